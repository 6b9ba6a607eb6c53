"""Every night the register is compared with the trail; what came of it is kept for administrators,
who are told where the two differ (A210)."""

import json
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from intake.data.base import UTC, Base, db
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, replay, tracks
from intake.engine.duties import Duty
from intake.engine.table import CLOCK
from intake.people import queries as people
from intake.people.models import Role

NOTICE = "trail_differs"
NEWEST = "trail"
KEPT = 100  # differences that are kept word for word
HISTORY = {
    "witness": _l("Profiilivahti noted what was changed without a line of its own."),
    "baseline": _l(
        "Profiilivahti noted what stood in the database when it was brought up to date."
    ),
    "declare": _l("Profiilivahti noted what the trail vouches for from now on."),
    "differs": _l("The register was found to differ from the trail."),
}


class TrailCheck(Base):
    """The newest comparison: one row. `faults` counts the differences, `said` holds the first of
    them, as a JSON list of English sentences for the operator."""

    __tablename__ = "trail_check"
    subject_type = "trail_check"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTC)
    entries: Mapped[int]
    rows: Mapped[int]
    erased: Mapped[int]
    faults: Mapped[int]
    said: Mapped[str] = mapped_column(Text)

    @property
    def differences(self) -> list[str]:
        """The first of the differences."""
        found: list[str] = json.loads(self.said)
        return found


def init_app(app: Flask) -> None:
    """Register the job, its letter and the sentences of the history."""
    jobs.add(app, jobs.Job(NEWEST, "day", look))
    with app.app_context():
        tracks.tell_history("trail", HISTORY)
        tracks.register_notice(
            tracks.Notice(
                NOTICE,
                TrailCheck,
                title=lambda _check: _("The register differs from the trail"),
                address=lambda _check: "/trail",
                stands=lambda check, _now: check.faults > 0,
            )
        )


def newest() -> TrailCheck | None:
    """What came of the newest comparison; None before the first."""
    return db.session.get(TrailCheck, NEWEST)


def look(now: datetime) -> None:
    """Compare, keep what came of it, and tell the administrators of differences that are new."""
    found = replay.examine()
    said = json.dumps(found.faults[:KEPT])
    if found.faults:
        current_app.logger.error(
            "the register differs from the trail in %d places", len(found.faults)
        )
    with write():
        check = newest()
        before = check.said if check else "[]"
        check = check or TrailCheck(id=NEWEST)
        check.at, check.entries, check.rows = now, found.entries, found.rows
        check.erased, check.faults, check.said = found.erased, len(found.faults), said
        db.session.add(check)
        db.session.flush()
        if found.faults and said != before:
            _tell(check, now)


def _tell(check: TrailCheck, now: datetime) -> None:
    facts = {"faults": check.faults}
    entry = audit_trail.record(CLOCK, now, check, "trail", "differs", facts=facts)
    for person in people.holders(Role.ADMINISTRATOR):
        outbox.notify(NOTICE, check, person, now, entry)


def news(person: Any) -> str:
    """What stands beside the trail on the page of administration."""
    check = newest() if Role.ADMINISTRATOR in person.roles else None
    if check is None or not check.faults:
        return ""
    return str(
        ngettext(
            "The register differs from the trail in one place.",
            "The register differs from the trail in %(num)d places.",
            check.faults,
        )
    )


def duties(person: Any) -> list[Duty]:
    """An administrator looks into each difference."""
    said = news(person)
    check = newest() if said else None
    if check is None:
        return []
    title = _("the trail and the register")
    what = _("Clear up where the register differs from the trail")
    return [Duty(_("Clear up"), title, said, check.at, "/trail", check, what)]
