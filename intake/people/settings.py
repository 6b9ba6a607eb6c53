"""Changing the town's own settings: each change is in the trail, with what was before, and every
other administrator is told (A132)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.data.base import db, insert
from intake.engine import audit_trail, outbox, tracks
from intake.people import queries, town
from intake.people.models import Person, Role, Setting
from intake.refusals import NotAllowed, Stale

COUNTER = "revision"  # the row that stands for all settings in trail and messages
DONE = {"change": _l("%(actor)s changed the town's settings.")}


def init_app(app: Flask) -> None:
    """Make the letter to the administrators known, and the sentence of the history."""
    with app.app_context():
        tracks.tell_history("town", DONE)
        tracks.register_notice(
            tracks.Notice(
                "settings_changed",
                Setting,
                title=lambda _row: _("The town's settings"),
                address=lambda _row: "/town",
            )
        )


@dataclass(frozen=True)
class Change:
    """A change as the trail holds it: `values` is {setting: (before, after)}, empty where the
    words were erased; `revision` is the number that the settings got by it."""

    at: datetime
    actor: str
    settings: tuple[str, ...]
    revision: int
    values: dict[str, tuple[Any, Any]]


def change(values: dict[str, Any], by: Person, now: datetime, *, seen: int) -> bool:
    """Store what differs; says whether anything did.

    `seen` is the revision the person saw: Stale where one of the same settings has been changed
    since. Changes of others do not stand in the way. Raises NotAllowed for who is no administrator.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed
    counter = _locked(now)
    before = town.current()
    if overtaken(seen) & values.keys():
        raise Stale
    new = {name: value for name, value in values.items() if getattr(before, name) != value}
    if not new:
        return False
    town.store(**new, revision=before.revision + 1)
    _rename_root(new, by, now)
    entry = audit_trail.record(
        by,
        now,
        counter,
        "town",
        "change",
        facts={"settings": sorted(new), "revision": before.revision + 1},
        words={name: [getattr(before, name), value] for name, value in new.items()},
    )
    for reader in queries.holders(Role.ADMINISTRATOR):
        if reader != by:
            outbox.notify("settings_changed", counter, reader, now, entry)
    return True


def _locked(now: datetime) -> Setting:
    """The row that counts the changes, made where it is missing: two who change at once wait here
    for each other."""
    first = insert(Setting.__table__).values(name=COUNTER, value="0", created_at=now)
    db.session.execute(first.on_conflict_do_nothing())
    return db.session.get_one(Setting, COUNTER, with_for_update=True, populate_existing=True)


def _rename_root(new: dict[str, Any], by: Person, now: datetime) -> None:
    """The town is the root of the organisation: it has one name in both."""
    names: dict[str, Any] = {name: new[name] for name in ("name_fi", "name_sv") if name in new}
    root = queries.root()
    if not names or root is None:
        return
    for name, value in names.items():
        setattr(root, name, value)
    db.session.flush()
    audit_trail.record(
        by, now, root, "unit", "change", facts={"fields": sorted(names)}, words=names
    )


def overtaken(seen: int) -> set[str]:
    """The settings that were changed after a revision."""
    return {name for line in changes() if line.revision > seen for name in line.settings}


def changes() -> list[Change]:
    """Every change made in the browser, newest first."""
    found = []
    for entry, words in reversed(audit_trail.history([COUNTER])):
        facts = entry.detail()
        found.append(
            Change(
                at=entry.at,
                actor=entry.actor,
                settings=tuple(facts["settings"]),
                revision=facts["revision"],
                values={name: (old, new) for name, (old, new) in (words or {}).items()},
            )
        )
    return found
