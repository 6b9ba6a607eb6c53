"""While nobody looks after a profile (E4): from when until when, and what it says meanwhile. Why is
asked nowhere."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import Outcome
from intake.profiles import published
from intake.profiles.models import Profile
from intake.profiles.states import PresenceState
from intake.web.forms import Day, Lines, Problem

LONGEST = timedelta(days=400)


class AbsenceForm(StepForm):
    """The days, and what people read meanwhile."""

    away_from = Day(_l("First day away"), public=True, keep="ABS", clause="E4", trail=True)
    away_until = Day(_l("Last day away"), public=True, keep="ABS", clause="E4", trail=True)
    away_cover = Lines(
        _l("Who answers meanwhile, or where do people turn?"),
        optional=True,
        most=300,
        rows=2,
        hint=_l("Published. Never write why you are away. Empty: nobody answers meanwhile."),
        public=True,
        keep="ABS",
        clause="E4",
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        """Begin with what is announced already."""
        profile = occasion.subject
        if self.is_submitted() or profile.presence is PresenceState.PRESENT:
            return
        for name in ("away_from", "away_until", "away_cover"):
            self[name].data = getattr(profile, name)


def days_fit(
    profile: Profile,
    now: datetime,
    *,
    away_from: date | None = None,
    away_until: date | None = None,
) -> Sequence[Problem]:
    """An absence ends after it begins, and not before today; its first day is not moved back."""
    if away_from is None or away_until is None:
        return []
    today = clock.today(now)
    began = profile.away_from if profile.presence is PresenceState.AWAY else None
    if away_from < today and away_from != began:
        return [Problem(_("The first day cannot have passed."), "away_from")]
    if away_until < max(today, away_from):
        return [
            Problem(_("The last day comes after the first, and not before today."), "away_until")
        ]
    if away_until - away_from > LONGEST:
        return [Problem(_("Choose a day within 400 days of the first."), "away_until")]
    return []


def announce(
    profile: Profile,
    _actor: Any,
    _now: datetime,
    *,
    away_from: date,
    away_until: date,
    away_cover: str = "",
) -> Outcome:
    """The register tells of the absence while it lasts."""
    published.refuse(profile, away_cover=away_cover)
    profile.away_from, profile.away_until, profile.away_cover = away_from, away_until, away_cover
    return Outcome({"from": away_from.isoformat(), "until": away_until.isoformat()})


def end(profile: Profile, _actor: Any, _now: datetime) -> None:
    """Somebody looks after the profile again."""
    profile.away_from = profile.away_until = profile.away_cover = None
