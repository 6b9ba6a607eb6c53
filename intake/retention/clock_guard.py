"""Nothing is erased by a clock that has jumped: what a wrong date erased would be gone for good.

The clock is trusted as far as the trail and the last run follow each other within a day. A longer
silence is a jump, or a server that stood still; an administrator looks which, and says so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox
from intake.engine.duties import Duty
from intake.engine.table import CLOCK
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, WrongState
from intake.retention.models import Run

NEWEST = "retention"
NOTICE = "clock_jump"
LONGEST = timedelta(days=1, hours=2)  # of silence: a day, and some time for the night


def newest() -> Run:
    """The newest run; an empty one before the first."""
    return db.session.get(Run, NEWEST) or Run(id=NEWEST, unclean=False)


def may_erase(now: datetime) -> bool:
    """Is the clock to be trusted? Where not, that is kept and the administrators are told; the
    first night only begins to count."""
    if _known() is None:
        note_run(now)
        return False
    if is_trusted(now):
        return True
    if newest().refused_at is None:
        _refuse(now)
    return False


def is_trusted(now: datetime) -> bool:
    """Has no silence been longer than it may since the clock was last known to be right?"""
    known = _known()
    return known is None or not _jumps(known, now)


def _known() -> datetime | None:
    """When the clock was last known to be right; None before the first night."""
    run = newest()
    return max(filter(None, (run.at, run.confirmed_at)), default=None)


def _jumps(known: datetime, now: datetime) -> bool:
    return any(after - before > LONGEST for before, after in pairwise(_moments(known, now)))


def _moments(known: datetime, now: datetime) -> Iterator[datetime]:
    """What is known of the time since a moment, in order, until now."""
    line = audit_trail.Entry
    yield known
    yield from db.session.scalars(
        select(line.at).where(line.at > known, line.at < now).order_by(line.at)
    )
    yield now


def _refuse(now: datetime) -> None:
    with write():
        run = _locked()
        run.refused_at = now
        db.session.flush()
        entry = audit_trail.record(CLOCK, now, run, "retention", "refuse")
        for person in people.holders(Role.ADMINISTRATOR):
            outbox.notify(NOTICE, run, person, now, entry)


def confirm(by: Person, now: datetime) -> None:
    """An administrator says that the clock is right: the coming night erases again. Raises
    NotAllowed for anybody else, and WrongState where nobody asked."""
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed
    run = _locked()
    if run.refused_at is None:
        raise WrongState
    run.confirmed_at, run.refused_at = now, None
    db.session.flush()
    audit_trail.record(by, now, run, "retention", "confirm")


def note_run(now: datetime) -> None:
    """Keep that the job has run."""
    with write():
        run = _locked()
        run.at, run.refused_at = now, None


def note_erased() -> None:
    """Keep, inside write(), that erased bytes may still lie in the file of the database."""
    _locked().unclean = True


def note_clean() -> None:
    """Keep that none do."""
    with write():
        _locked().unclean = False


def _locked() -> Run:
    run = db.session.get(Run, NEWEST, with_for_update=True)
    if run is None:
        run = Run(id=NEWEST)
        db.session.add(run)
    return run


def news(person: Any) -> str:
    """What stands beside the page's entry on the page of administration."""
    if newest().refused_at is None or Role.ADMINISTRATOR not in person.roles:
        return ""
    return str(_("Nothing is erased until you have looked at the clock."))


def duties(person: Any) -> list[Duty]:
    """An administrator looks at the clock."""
    run, said = newest(), news(person)
    if not said or run.refused_at is None:
        return []
    title = _("the server's clock")
    what = _("Look at the server's clock")
    return [Duty(_("Look at"), title, said, run.refused_at, "/retention/clock", run, what)]
