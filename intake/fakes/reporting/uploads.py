"""Files that somebody hands in: read and stored at once, and kept for the form they came with
until it is sent, so that a mistake in another field loses none of them.

They are stored before the rows that name them are written (F1). Staging uses up no token: the
corrected form may still be sent.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, or_, select

from intake import clock
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.fakes.evidence import integrity_check, pictures, quota
from intake.fakes.forms.files import FILES, Pictures
from intake.fakes.models import Case, Evidence, EvidencePage
from intake.fakes.service import incoming
from intake.people.models import Person
from intake.security.sealed import Sealed
from intake.web.forms import BaseForm, Problem, Upload

LARGEST = 10 * 1024 * 1024  # bytes of a file
A_REPORT = 25  # files
FULL = "evidence_full"
KEPT = timedelta(hours=24)  # for a form that was refused, and after it what no row names
TOGETHER = 30.0  # seconds after which no further file of a form is begun


class Unstored(Problem):
    """Nothing that its sender could mend: what they send is taken without the file, and says so."""


@dataclass(frozen=True)
class Read:
    """A file that lies in the storage, with its pictures, and no row yet."""

    name: str
    sha256: str
    size: int
    reading: pictures.Reading
    hashes: list[str]  # of the pictures


def stage(
    form: BaseForm, uploads: Sequence[Upload], report_id: str | None = None, network: str = ""
) -> list[Problem]:
    """Keep files for a form whose token held; what is wrong with those that are not kept.

    Called outside of any write: each file is decoded first. `report_id` is that of a report that
    is added to, `network` the hash of where the files come from. Only a problem that is no
    `Unstored` is a reason to refuse the form.
    """
    if not uploads or not form.token_held:
        return []
    if not quota.has_room():
        with write(form, once=False):
            integrity_check.tell_administrators(FULL, clock.now())
        return [Unstored(_("There is no room for files just now, so none of them was stored."))]
    mine = _of(form.token_hash, report_id)
    if _count(mine) >= A_REPORT:
        return [_too_many()]
    files, problems = _read_all(uploads)
    if files:
        with write(form, once=False):
            for file in files:
                problems += _keep(file, form.token_hash, network, mine)
    return problems


@dataclass(frozen=True)
class Waiting:
    """A file that waits for a form, as whoever sends that form is told of it."""

    id: str
    name: str
    size: int


def waiting(form_token_hash: str) -> list[Waiting]:
    """The files that wait for a form, for the page that draws it again for its sender."""
    return [Waiting(one.id, one.name.opened(), one.size) for one in staged(form_token_hash)]


def staged(form_token_hash: str) -> list[Evidence]:
    """The files that wait for a form, oldest first."""
    query = select(Evidence).where(Evidence.staged_for == form_token_hash)
    return list(db.session.scalars(query.order_by(Evidence.created_at, Evidence.id)))


def to_add(form_token_hash: str, report_id: str) -> tuple[list[Evidence], bool]:
    """The files that waited for a form, for the report they add to, inside write(); and whether
    some were too many, which forms filled in side by side can bring. One that the report has
    already counts once, and nobody is told so (A60)."""
    query = select(Evidence.sha256).where(Evidence.report_id == report_id)
    known = set(db.session.scalars(query))
    there = staged(form_token_hash)
    new = [file for file in there if file.sha256 not in known]
    taken = new[: max(0, A_REPORT - len(known))]
    for file in there:
        if file not in taken:
            db.session.delete(file)
    return taken, len(taken) < len(new)


def give(case: Case, files: Sequence[Evidence], by: Person, at: datetime) -> None:
    """Hand what waited for a handler's form over to the case, inside write()."""
    incoming.hand_over(files, at, case_id=case.id, by_id=by.id)
    db.session.flush()


def _of(form_token_hash: str, report_id: str | None) -> ColumnElement[bool]:
    """What was handed in with a form and, where it adds to one, with its report."""
    mine = Evidence.staged_for == form_token_hash
    return mine if report_id is None else or_(mine, Evidence.report_id == report_id)


def _read_all(uploads: Sequence[Upload]) -> tuple[list[Read], list[Problem]]:
    files: list[Read] = []
    problems: list[Problem] = []
    end = time.monotonic() + TOGETHER
    for upload in uploads:
        try:
            if time.monotonic() > end:
                raise pictures.FileRefused("busy")
            files.append(_read(upload))
        except pictures.FileRefused as refusal:
            problems.append(refused(upload, refusal))
        except (OSError, file_store.Damaged) as error:
            current_app.logger.error("a file was not stored (%s)", type(error).__name__)
            problems.append(Unstored(_("%(name)s could not be stored.", name=upload.name)))
    return files, problems


def refused(upload: Upload, refusal: pictures.FileRefused) -> Problem:
    """Why a file is not taken, with its name."""
    return Problem(str(pictures.SENTENCES[str(refusal)]) % {"name": upload.name}, "evidence")


def _read(upload: Upload) -> Read:
    if len(upload.content) > LARGEST:
        raise pictures.FileRefused("large")
    reading = pictures.read(upload.content)
    return Read(
        name=upload.name[:255],
        sha256=file_store.put(upload.content),
        size=len(upload.content),
        reading=reading,
        hashes=[file_store.put(picture.content) for picture in reading.pictures],
    )


def _keep(
    file: Read, form_token_hash: str, network: str, mine: ColumnElement[bool]
) -> list[Problem]:
    """Write the rows of a file; one that came with the form already counts once."""
    own = Evidence.staged_for == form_token_hash
    if db.session.scalar(select(Evidence.id).where(own, Evidence.sha256 == file.sha256).limit(1)):
        return []
    if _count(mine) >= A_REPORT:
        return [_too_many()]
    if _count(own) >= FILES:
        return [Problem(Pictures.too_many(), "evidence")]
    if not all(file_store.exists(digest) for digest in (file.sha256, *file.hashes)):
        return [Unstored(_("%(name)s could not be stored.", name=file.name))]
    row = Evidence(
        sha256=file.sha256,
        media_type=file.reading.media_type,
        size=file.size,
        name=Sealed.of(file.name),
        pages=file.reading.pages,
        staged_for=form_token_hash,
        staged_from=network or None,
    )
    for number, (picture, digest) in enumerate(
        zip(file.reading.pictures, file.hashes, strict=True), 1
    ):
        row.pictures.append(
            EvidencePage(
                number=number,
                sha256=digest,
                media_type=picture.media_type,
                size=len(picture.content),
                width=picture.width,
                height=picture.height,
            )
        )
    db.session.add(row)
    db.session.flush()
    return []


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Evidence).where(condition)) or 0


def _too_many() -> Problem:
    return Problem(_("At most %(most)d files fit a report.", most=A_REPORT), "evidence")


def sweep(now: datetime) -> None:
    """Remove what waited for a form that nobody sent, and files that no row names.

    The files of rows that go now are left for the next time: a backup whose copy of the database
    still has those rows finds them.
    """
    before = now - KEPT
    strays = [name for name in file_store.old(before) if not _is_named(name)]
    waited = select(Evidence).where(Evidence.staged_for.is_not(None), Evidence.created_at < before)
    if not strays and db.session.scalars(waited.limit(1)).first() is None:
        return
    with write():
        for name in strays:
            if not _is_named(name):
                file_store.remove(name, before)
        for row in db.session.scalars(waited):
            db.session.delete(row)


def _is_named(name: str) -> bool:
    """Does a row name the file?"""
    return any(
        db.session.scalar(select(model.id).where(model.sha256 == name).limit(1)) is not None
        for model in (Evidence, EvidencePage)
    )
