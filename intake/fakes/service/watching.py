"""The looks at a genuine profile on days 1, 7 and 14 after a notice; no step of the case."""

from datetime import datetime

from intake import trail
from intake.fakes.models import Watch
from intake.people.models import Person
from intake.refusals import WrongState


def look(watch: Watch, by: Person, now: datetime, is_there: bool) -> None:
    """Somebody has looked. Raises WrongState where somebody else was first."""
    if watch.looked_at is not None:
        raise WrongState
    watch.looked_by_id, watch.looked_at = by.id, now
    facts = {"case": watch.case_id, "profile": watch.profile_id, "there": is_there}
    trail.record(by, now, watch, "watch", "there" if is_there else "gone", facts=facts)
