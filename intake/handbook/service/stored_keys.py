"""Keys that are stored are read anew from what was typed, when addresses come to be read otherwise.

Each room reads its own (`ports.stored_keys`); every row that changes leaves an entry in the trail.
A key that another row has already is kept as it is, and marked (`meets`), until a person decides.
"""

from datetime import datetime
from typing import Any

from intake import ports
from intake.data.base import db, insert
from intake.engine import audit_trail
from intake.engine.table import CLOCK
from intake.people.models import Setting

TRACK = "stored_key"
RULES = "3"  # the rules by which keys are read: another number has all of them read anew
COUNTER = "key_rules"  # the row that says by which rules the stored keys were read


def at_start(now: datetime) -> None:
    """Read all keys anew, once after the rules have changed; inside write()."""
    found = db.session.get(Setting, COUNTER)
    if found is not None and found.value == RULES:
        return
    read_anew(CLOCK, now)
    row = insert(Setting.__table__).values(name=COUNTER, value=RULES, created_at=now)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": RULES}))


def read_anew(by: Any, now: datetime) -> None:
    """Let each room read its keys anew."""
    for room in ports.here().stored_keys:
        room(by, now)


def note(by: Any, now: datetime, subject: Any, row: Any, was: str, key: str, *, meets: bool) -> str:
    """The entry for one row that was read anew, with its old and new key as words, which go with
    the row; its id."""
    narrows = was.startswith("web:host:") and key.startswith("web:page:")
    step = "meet" if meets else "narrow" if narrows else "reread"
    facts = {"row": row.__tablename__, "id": str(row.id)}
    words = {"was": was, "key": key}
    return audit_trail.record(by, now, subject, TRACK, step, facts=facts, words=words)
