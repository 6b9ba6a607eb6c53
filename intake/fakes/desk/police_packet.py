"""The packet for the police: a summary to print, the evidence and its hashes, in one ZIP (P5).

It holds the pictures drawn anew. The originals stay where they are and are given to the police
when they ask: they may tell of who reported (A64).
"""

import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import IO, Any

from flask import render_template
from flask_babel import gettext as _

from intake.data import file_store
from intake.fakes import guard, notice_text, queries
from intake.fakes.desk import filing_page
from intake.fakes.evidence import integrity_check
from intake.fakes.guard import Leaving
from intake.fakes.matching import side_by_side
from intake.fakes.models import Case, Evidence, Report
from intake.people.models import Person
from intake.refusals import Unready
from intake.security import outgoing
from intake.web.forms import Problem


@dataclass(frozen=True)
class PacketPicture:
    """A picture of the packet and the original it shows; both names are the town's own, for what
    its sender called a file may tell who that was."""

    name: str
    page: int
    media_type: str
    size: int
    sha256: str
    original_name: str
    original_media_type: str
    original_pages: int
    original_size: int
    original_sha256: str
    received_at: datetime
    handed_in_by: str


def packet(case: Case, by: Person, now: datetime) -> IO[bytes]:
    """The packet as a file at its beginning, for the caller to close; raises Unready where a file
    is missing or is not what was handed in (A111), and OSError where there is no room for it."""
    story = told(case, by, now)
    lines = [line for file in story["files"] for line in file.lines]
    made = tempfile.TemporaryFile(dir=file_store.ready())  # noqa: SIM115 -- the caller closes it
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("summary.html", render_template("fakes/packet.html", **story))
            out.writestr("manifest.json", _manifest(case, lines, now))
            for file in story["files"]:
                _whole(file.original.sha256)
            for line in lines:
                out.writestr(line.name, _whole(line.sha256), zipfile.ZIP_STORED)
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made


def _whole(digest: str) -> bytes:
    try:
        return file_store.read(digest)
    except (OSError, file_store.Damaged):
        sentence = _(
            "A file of evidence is missing or has changed, so no packet was made. Tell an "
            "administrator."
        )
        raise Unready([Problem(sentence)]) from None


def _lines(number: int, file: Evidence) -> list[PacketPicture]:
    return [
        PacketPicture(
            name=integrity_check.picture_name(number, page, file),
            page=page.number,
            media_type=page.media_type,
            size=page.size,
            sha256=page.sha256,
            original_name=integrity_check.original_name(number, file),
            original_media_type=file.media_type,
            original_pages=file.pages,
            original_size=file.size,
            original_sha256=file.sha256,
            received_at=file.created_at,
            handed_in_by=integrity_check.handed_in_by(file),
        )
        for page in file.pictures
    ]


def _manifest(case: Case, lines: list[PacketPicture], now: datetime) -> str:
    manifest = {
        "case": case.reference,
        "made_at": now.isoformat(),
        "files": [{**asdict(line), "received_at": line.received_at.isoformat()} for line in lines],
    }
    return json.dumps(manifest, indent=1, ensure_ascii=False)


@dataclass(frozen=True)
class File:
    """A file as the summary tells of it: the original, and its pictures in the packet."""

    number: int
    original: Evidence
    handed_in_by: str
    lines: list[PacketPicture]


@dataclass(frozen=True)
class Look:
    """A handler's look at the profile."""

    seen_at: datetime
    there: bool
    text: str


@dataclass(frozen=True)
class Account:
    """What a report tells, and never who sent it."""

    reference: str
    created_at: datetime
    seen_on: date | None
    seen_at_time: str
    description: str


@dataclass(frozen=True)
class Letter:
    """What was sent about the case, and where."""

    way: str
    sent_at: datetime
    route: str
    reference: str
    decided_on: date | None


def told(case: Case, by: Person, now: datetime) -> dict[str, Any]:
    """What the police are told of a case, on paper and in the packet alike; no reporter's identity
    is in it (P7): whatever somebody typed goes through the guard."""
    bar = guard.bar_of(case, Leaving.PACKET, by)

    def clean(text: Any) -> str:
        return outgoing.masked(str(text or ""), bar)

    return {
        "case": case,
        "name": clean(case.name),
        "made_at": now,
        "made_by": by,
        "service": notice_text.service_of(case),
        "addresses": notice_text.locations(case),
        "genuine": side_by_side.addresses_of(case.profile) if case.profile else [],
        "offences": [
            (notice_text.OFFENCES[one], notice_text.SECTIONS[one])
            for one in notice_text.likely(case)
        ],
        "looks": [Look(one.seen_at, one.there, clean(one.text)) for one in queries.looks_of(case)],
        "reports": [_account(one, clean) for one in queries.reports_of(case)],
        "files": [_file(number, file) for number, file in integrity_check.numbered(case)],
        "sent": [_letter(one, clean) for one in filing_page.filings_of(case)],
    }


def _account(report: Report, clean: Callable[[Any], str]) -> Account:
    return Account(
        reference=report.reference,
        created_at=report.created_at,
        seen_on=report.seen_on,
        seen_at_time=clean(report.answers.get("seen_at_time")),
        description=clean(report.answers.get("description")),
    )


def _letter(sent: filing_page.Sent, clean: Callable[[Any], str]) -> Letter:
    row = sent.filing
    return Letter(sent.way, row.sent_at, clean(row.route), clean(row.reference), row.decided_on)


def _file(number: int, file: Evidence) -> File:
    return File(
        number=number,
        original=file,
        handed_in_by=integrity_check.handed_in_by(file),
        lines=_lines(number, file),
    )
