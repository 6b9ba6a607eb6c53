"""How the queue speaks: its views, and what is said of a deadline."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.tracks import Tag
from intake.fakes.models import Case
from intake.fakes.states import CaseState
from intake.web import templating

VIEWS = {
    "open": _l("Open"),
    "late": _l("Late"),
    "mine": _l("Mine"),
    "unassigned": _l("Without handler"),
    "urgent": _l("Urgent ones"),
    "looks": _l("To look at today"),
    "held": _l("Held apart"),
}
RESTING = (CaseState.TAKEN_DOWN, CaseState.CLOSED_UNRESOLVED)
DAY = timedelta(days=1)


def due(case: Case, now: datetime) -> Tag | None:
    """The deadline of a case as the queue shows it: late in red, today in amber, a later day
    plain (without an icon); None where it has none."""
    if case.due_at is None:
        return None
    if case.due_at <= now:
        return Tag(_late(now - case.due_at), "bad", "clock")
    if clock.today(case.due_at) == clock.today(now):
        return Tag(_("Today"), "warn", "clock")
    day = templating.short_date(case.due_at)
    return Tag(_("Look %(day)s", day=day) if case.state in RESTING else day, "calm", "")


def _late(time: timedelta) -> Any:
    if time < DAY:
        return _("Late %(time)s", time=f"{max(1, time // timedelta(hours=1))}\u00a0h")
    return _("Late %(days)d d", days=time // DAY)
