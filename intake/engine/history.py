"""What happened, as a sentence: an entry of the trail in the reader's words."""

from typing import Any

from flask_babel import gettext as _

from intake import ports
from intake.engine import audit_trail, outbox, tracks
from intake.engine.table import CLOCK, EFFECT


def event(message: outbox.Message) -> str:
    """What happened, in the reader's language: "Kaisa approved the request"."""
    entry = audit_trail.by_id(message.entry) if message.entry else None
    return "" if entry is None else sentence(entry)


def sentence(entry: Any, names: dict[str, Any] | None = None) -> str:
    """An entry of the trail as a sentence of history."""
    words = tracks.done(entry.track, entry.step)
    if words is None:
        return str(entry.step)
    known = names if names is not None else ports.here().names([entry.actor])
    actor = known.get(entry.actor)
    machine = {CLOCK.name: _("Time"), EFFECT.name: "Profiilivahti"}
    return str(words) % {"actor": actor.name if actor else machine.get(entry.actor, "")}
