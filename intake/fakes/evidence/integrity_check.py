"""The evidence of a case: which file is which, and whether each is still what was handed in."""

import sys
from collections.abc import Iterator
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import gettext as _
from sqlalchemy import select

from intake import clock
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.fakes import queries
from intake.fakes.models import Case, Evidence, EvidencePage
from intake.people import queries as people
from intake.people.models import Role
from intake.refusals import Unseen

EXTENSIONS = {
    "application/pdf": "pdf",
    "image/avif": "avif",
    "image/gif": "gif",
    "image/heic": "heic",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}

DAMAGED = "evidence_damaged"

group = AppGroup("evidence", help="The files that were handed in.")


def numbered(case: Case) -> list[tuple[int, Evidence]]:
    """The files of a case and their numbers, from 1 in the order they came."""
    return list(enumerate(queries.evidence_of(case), 1))


def of_case(case: Case, evidence_id: str) -> tuple[int, Evidence]:
    """One file through its case, and its number; Unseen where the case has none such (A42)."""
    for number, file in numbered(case):
        if file.id == evidence_id:
            return number, file
    raise Unseen


def original_name(number: int, file: Evidence) -> str:
    """What a file is called when it is given out: never what its sender called it (A98)."""
    return f"evidence-{number}.{EXTENSIONS[file.media_type]}"


def picture_name(number: int, page: EvidencePage, file: Evidence) -> str:
    """What the picture of a page is called; a number of its own where there are several."""
    end = "" if len(file.pictures) == 1 else f"-{page.number}"
    return f"evidence-{number}{end}.{EXTENSIONS[page.media_type]}"


def handed_in_by(file: Evidence) -> str:
    """Who handed a file in: staff by name, a reporter by the reference of the report alone."""
    if file.report is not None:
        return str(_("who sent report %(reference)s", reference=file.report.reference))
    return file.by.name if file.by else ""


def faults() -> Iterator[str]:
    """A line for each file that is missing or not what its name says (A111)."""
    for model, what in ((Evidence, "original"), (EvidencePage, "picture")):
        for digest in db.session.scalars(select(model.sha256).distinct().order_by(model.sha256)):
            try:
                file_store.verify(digest)
            except FileNotFoundError:
                yield f"{what} {digest} is missing"
            except file_store.Damaged:
                yield f"{what} {digest} was changed"
            except OSError as error:
                yield f"{what} {digest} cannot be read: {error.strerror}"


def look(now: datetime) -> None:
    """Find such files once a day and tell the administrators, with the lines in the log (A111)."""
    found = list(faults())
    for line in found:
        current_app.logger.error("evidence: %s", line)
    if found:
        with write():
            tell_administrators(DAMAGED, now)


def tell_administrators(what: str, now: datetime) -> None:
    """Send them a notice of this name, once a day however often it is found, inside write()."""
    for person in people.holders(Role.ADMINISTRATOR):
        outbox.notify(what, person, person, now, period=clock.today(now))


@group.command("verify")
def verify() -> None:
    """Find files of evidence that are missing or changed."""
    found = 0
    for line in faults():
        found += 1
        click.echo(line)
    click.echo("whole" if not found else f"{found} faults")
    sys.exit(1 if found else 0)
