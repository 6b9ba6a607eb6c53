"""What follows when a profile is taken over or lost, and when it is in the town's hands again:
one person sets the alarm at once, clearing it takes two (A54)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake.people.models import Person
from intake.profiles.models import Profile


def flag(
    profile: Profile, actor: Person, _now: datetime, interim_channel: str = "", **_answers: Any
) -> None:
    """The alarm is set: the register and the check warn from the commit on."""
    profile.alarm_by_id, profile.clearing_by_id = actor.id, None
    profile.interim_channel = interim_channel or None


def propose(profile: Profile, actor: Person, _now: datetime, **_answers: Any) -> None:
    """A keeper has checked the profile; somebody else clears the alarm."""
    profile.clearing_by_id = actor.id
    profile.revision += 1


def clear(profile: Profile, _actor: Person, _now: datetime, **_answers: Any) -> None:
    """The profile is the town's again."""
    profile.alarm_by_id = profile.clearing_by_id = None
    profile.interim_channel = None


EFFECTS: dict[str, Callable[..., None]] = {
    "flag_hijacked": flag,
    "flag_lost": flag,
    "propose_clear": propose,
    "clear": clear,
}
