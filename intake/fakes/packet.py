"""The packet for the police: a summary to print, the evidence and its hashes, in one ZIP (P5).

It holds the pictures drawn anew. The originals stay where they are and are given to the police
when they ask: they may tell of who reported (A64).
"""

import json
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import IO

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import select

from intake import storage
from intake.database import db
from intake.fakes import evidence, queries, words
from intake.fakes.models import Case, Evidence, Look
from intake.forms import Problem
from intake.refusals import Unready


@dataclass(frozen=True)
class Line:
    """A picture of the packet and the original it shows; `name` is that in the packet, and
    `original_name` what its sender called the file."""

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


def packet(case: Case, now: datetime) -> IO[bytes]:
    """The packet as a file at its beginning, for the caller to close; raises Unready where a file
    is missing or is not what was handed in (A111), and OSError where there is no room for it."""
    files = evidence.numbered(case)
    lines = [line for number, file in files for line in _lines(number, file)]
    made = tempfile.TemporaryFile(dir=storage.ready())  # noqa: SIM115 -- the caller closes it
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("summary.html", _summary(case, lines, now))
            out.writestr("manifest.json", _manifest(case, lines, now))
            for _number, file in files:
                _whole(file.sha256)
            for line in lines:
                out.writestr(line.name, _whole(line.sha256), zipfile.ZIP_STORED)
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made


def _whole(digest: str) -> bytes:
    try:
        return storage.read(digest)
    except (OSError, storage.Damaged):
        sentence = _(
            "A file of evidence is missing or has changed, so no packet was made. Tell an "
            "administrator."
        )
        raise Unready([Problem(sentence)]) from None


def _lines(number: int, file: Evidence) -> list[Line]:
    return [
        Line(
            name=evidence.picture_name(number, page, file),
            page=page.number,
            media_type=page.media_type,
            size=page.size,
            sha256=page.sha256,
            original_name=file.name,
            original_media_type=file.media_type,
            original_pages=file.pages,
            original_size=file.size,
            original_sha256=file.sha256,
            received_at=file.created_at,
            handed_in_by=evidence.handed_in_by(file),
        )
        for page in file.pictures
    ]


def _manifest(case: Case, lines: list[Line], now: datetime) -> str:
    told = {
        "case": case.reference,
        "made_at": now.isoformat(),
        "files": [{**asdict(line), "received_at": line.received_at.isoformat()} for line in lines],
    }
    return json.dumps(told, indent=1, ensure_ascii=False)


def _summary(case: Case, lines: list[Line], now: datetime) -> str:
    looks = select(Look).where(Look.case_id == case.id).order_by(Look.seen_at)
    return render_template(
        "fakes/packet.html",
        case=case,
        reports=queries.reports_of(case),
        keys=queries.keys_of(case),
        filings=queries.filings_of(case),
        looks=list(db.session.scalars(looks)),
        lines=lines,
        tag=words.CASE.states[case.state] if case.state else None,
        ways=words.WAYS,
        now=now,
    )
