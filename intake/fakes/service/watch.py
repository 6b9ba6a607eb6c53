"""The looks at a genuine profile on days 1, 7 and 14 after a notice; no step of the case."""

from datetime import datetime

from intake import clock
from intake.engine import audit_trail
from intake.fakes import queries
from intake.fakes.models import Watch
from intake.people.models import Person
from intake.refusals import WrongState


def look(watch: Watch, by: Person, now: datetime, is_there: bool) -> None:
    """Somebody has looked: it answers every look at the profile that is due by now. Raises
    WrongState where somebody else was first."""
    if watch.looked_at is not None:
        raise WrongState
    for one in {watch, *queries.watches_due(watch.profile_id, clock.today(now))}:
        one.looked_by_id, one.looked_at = by.id, now
        facts = {"case": one.case_id, "profile": one.profile_id, "there": is_there}
        audit_trail.record(by, now, one, "watch", "there" if is_there else "gone", facts=facts)
