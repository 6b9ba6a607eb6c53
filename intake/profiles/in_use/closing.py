"""Closing in good order (O8): the announcement is posted, a copy is kept, the address is looked at
again afterwards; and a fixed term is made longer."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock, ports
from intake.engine.step_form import StepForm
from intake.engine.table import Outcome
from intake.profiles.forms import reasons
from intake.profiles.models import Profile
from intake.web.forms import Day, Lines, Problem, Radio, Tick

AGAIN = (timedelta(days=90), timedelta(days=365))  # after the closing


class Found(StrEnum):
    """What lies at the address of a closed profile."""

    NOTHING = "nothing"
    OURS = "ours"
    SOMEBODY = "somebody"


FOUND = {
    Found.NOTHING: _l("nothing: there is no such profile"),
    Found.OURS: _l("our own profile, locked and unused"),
    Found.SOMEBODY: _l("somebody else uses it"),
}


class PostedForm(StepForm):
    """The profile itself tells that it closes."""

    posted_on = Day(_l("When was the announcement posted?"), clause="O8", trail=True)


class RecheckForm(StepForm):
    """A look at the address of a closed profile."""

    what_is_there = Radio(
        _l("What is at the address now?"), choices=list(FOUND.items()), clause="O8", trail=True
    )
    what_was_seen = Lines(
        _l("What did you see?"),
        optional=True,
        most=1000,
        hint=_l("Facts only. Needed if somebody else uses the address."),
        trail=True,
    )
    seen_today = Tick(
        _l("I looked at the address today"),
        missing=_l("Look at the address today before you say what is there."),
        trail=True,
    )


class TermForm(StepForm):
    """A later last day of a fixed term."""

    until = Day(_l("The new last day"), public=True, clause="O8", trail=True)
    reason = reasons()


def has_term(profile: Profile, _now: datetime) -> bool:
    """Was the profile meant to end on a day?"""
    return profile.ends_on is not None


def announcement_is_not_posted(profile: Profile, _now: datetime) -> bool:
    """Has nobody said yet that the profile itself tells of its closing?"""
    return profile.closing_posted_on is None


def address_is_watched(profile: Profile, _now: datetime) -> bool:
    """Is there still a day on which the address is looked at again?"""
    return profile.recheck_on is not None


def day_has_been(
    _profile: Profile, now: datetime, *, posted_on: date | None = None
) -> Sequence[Problem]:
    """What is told of has happened."""
    if posted_on and posted_on > clock.today(now):
        return [Problem(_("The day cannot lie ahead."), "posted_on")]
    return []


def copy_has_been_taken(
    _profile: Profile, now: datetime, *, copied_on: date | None = None
) -> Sequence[Problem]:
    """The town's own copy is not of a day to come."""
    if copied_on and copied_on > clock.today(now):
        return [Problem(_("The day cannot lie ahead."), "copied_on")]
    return []


def new_term_is_ahead(
    profile: Profile, now: datetime, *, until: date | None = None
) -> Sequence[Problem]:
    """The new last day lies after today and after the old one."""
    if until and until > max(clock.today(now), profile.ends_on or date.min):
        return []
    return [Problem(_("Choose a day after today and after the present one."), "until")]


def what_was_seen_is_told(
    _profile: Profile, _now: datetime, *, what_is_there: str = "", what_was_seen: str = ""
) -> Sequence[Problem]:
    """A case begins with what somebody saw."""
    if what_is_there != Found.SOMEBODY or len(what_was_seen) >= 10:
        return []
    return [Problem(_("Say what you saw: at least 10 characters."), "what_was_seen")]


def note_posted(profile: Profile, _actor: Any, _now: datetime, *, posted_on: date) -> Outcome:
    """The announcement stands in the profile."""
    profile.closing_posted_on = posted_on
    return Outcome({"posted_on": posted_on.isoformat()})


def extend_term(profile: Profile, _actor: Any, _now: datetime, *, until: date) -> Outcome:
    """The profile goes on to a later day."""
    profile.ends_on = until
    return Outcome({"until": until.isoformat()})


def recheck(
    profile: Profile, actor: Any, now: datetime, *, what_is_there: str, what_was_seen: str = ""
) -> Outcome:
    """The address was looked at; where somebody else uses it, a case begins."""
    profile.recheck_on = next_look(profile, clock.today(now))
    if what_is_there == Found.SOMEBODY:
        ports.here().address_is_used(profile, what_was_seen, actor, now)
    return Outcome({"found": what_is_there})


def next_look(profile: Profile, day: date) -> date | None:
    """When the address of a closed profile is looked at after a day, if ever."""
    closed = profile.closed_on or day
    return next((closed + span for span in AGAIN if closed + span > day), None)
