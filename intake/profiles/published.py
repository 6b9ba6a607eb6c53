"""What the register says of a profile in somebody's own words, held against the guard of what
leaves before it is stored."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake import ports
from intake.profiles.models import Profile

Effect = Callable[..., dict[str, Any] | None]
BY_STEP = {
    "announce_closing": ("reason", "successor"),
    "flag_lost": ("interim_channel",),
}


def guarded(step: str, effect: Effect | None) -> Effect | None:
    """The effect of a step, before which it is refused (Unready) where it would publish what must
    not be; only who may take the step gets so far."""
    fields = BY_STEP.get(step)
    if fields is None or effect is None:
        return effect

    def after(profile: Any, actor: Any, now: datetime, **answers: Any) -> Any:
        ports.here().guard.refuse(profile, {name: answers.get(name) for name in fields})
        return effect(profile, actor, now, **answers)

    return after


def refuse_decided(profile: Profile) -> None:
    """The same of the name and the texts that a decided request hands over."""
    texts = {name: text for name, text in profile.texts.items() if isinstance(text, str)}
    ports.here().guard.refuse(profile, {"name": profile.name, **texts})
