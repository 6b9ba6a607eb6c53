"""What the register says of a profile in somebody's own words, held against the guard of what
leaves before it is stored."""

from collections.abc import Mapping
from typing import Any

from intake import ports
from intake.profiles.models import Profile

BY_STEP = {
    "announce_closing": ("reason", "successor"),
    "flag_lost": ("interim_channel",),
}


def refuse_step(profile: Any, step: str, answers: Mapping[str, Any]) -> None:
    """Raise Unready where a step would publish what must not be, beside its field."""
    if fields := BY_STEP.get(step):
        ports.here().guard.refuse(profile, {name: answers.get(name) for name in fields})


def refuse_decided(profile: Profile) -> None:
    """The same of the name and the texts that a decided request hands over."""
    texts = {name: text for name, text in profile.texts.items() if isinstance(text, str)}
    ports.here().guard.refuse(profile, {"name": profile.name, **texts})
