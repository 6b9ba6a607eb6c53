"""What a form holds and what is in force, side by side; and what was changed when by whom."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from intake.engine import audit_trail, tracks
from intake.handbook.models import APPROVALS, CHANNELS, KINDS
from intake.handbook.shipped import told
from intake.people import queries as people
from intake.web.templating import long_date

SHOWN = 20  # changes of a thing
CODES: dict[str, Any] = {"approval": APPROVALS, "kind": KINDS, "channel": CHANNELS}


def labels() -> dict[str, str]:
    """The fields of the handbook as the trail's changes name them."""
    return {
        "stored_name": _("Name"),
        "kind": _("Kind"),
        "approval": _("Use at work"),
        "has_messages": _("Private messages"),
        "bio_limit": _("Room for the profile text"),
        "terms_url": _("Address of the terms of use"),
        "host": _("Host"),
        "channel": _("Report"),
        "checked_on": _("Last tried"),
        "address": _("Where the report is made"),
        "needs_account": _("Account needed"),
        "asks": _("What it asks for"),
    }


def shown(name: str, value: Any) -> str:
    """A value as people see it."""
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "checked_on":
        return long_date(date.fromisoformat(value))
    return str(CODES[name][value]) if name in CODES else told(str(value))


def since(row: Any, values: dict[str, Any]) -> list[tuple[str, str]]:
    """(label, value in force) of everything that a form holds otherwise."""
    return [
        (labels()[name], shown(name, getattr(row, name)))
        for name, value in values.items()
        if getattr(row, name) != value
    ]


def history(subject_ids: list[str]) -> list[dict[str, Any]]:
    """The newest changes of things, each with who, when, and old and new values."""
    entries = audit_trail.history(subject_ids)[: -SHOWN - 1 : -1]
    names = people.people(entry.actor for entry, _words in entries)
    return [
        {
            "at": entry.at,
            "what": str(tracks.done(entry.track, entry.step))
            % {"actor": names[entry.actor].name if entry.actor in names else ""},
            "changes": _changes({**entry.detail(), **(words or {})}),
        }
        for entry, words in entries
    ]


def _changes(values: dict[str, Any]) -> list[str]:
    names = labels()
    return [
        f"{names[name]}: {_moved(name, value)}" for name, value in values.items() if name in names
    ]


def _moved(name: str, value: Any) -> str:
    if isinstance(value, list):
        return f"{shown(name, value[0])} → {shown(name, value[1])}"
    return shown(name, value)
