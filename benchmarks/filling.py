"""Writing much at once: rows collected and inserted table by table, with a trail that verifies."""

from collections import defaultdict
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import insert

from intake.data.base import Base, db, random_id
from intake.engine import audit_trail, witness

CHUNK = 50_000  # rows that are kept before they are written


class Filling:
    """Collects rows and writes them, parents first."""

    def __init__(self, now: datetime, size: int) -> None:
        witness.leave_out()  # `replay.settle` takes all at once, as after an upgrade
        self.now, self.size = now, size
        self.rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self.count, (self.seq, self.hash) = 0, audit_trail.head()
        self.units: list[dict[str, Any]] = []
        self.people: list[dict[str, Any]] = []

    def add(self, model: type[Base], **values: Any) -> dict[str, Any]:
        """One more row."""
        if "id" in model.__table__.c:
            values.setdefault("id", random_id())
        self.rows[model.__table__].append(values)
        self.count += 1
        return values

    def note(
        self, kind: str, subject: str, step: str, actor: str, at: datetime, **more: Any
    ) -> str:
        """One more line of the chain; the id of the entry."""
        self.seq += 1
        line = {
            "seq": self.seq,
            "entry": random_id(),
            "at": at,
            "actor": actor,
            "cause": more.get("cause"),
            "subject_type": kind,
            "subject_id": subject,
            "track": kind,
            "step": step,
            "old": more.get("old"),
            "new": more.get("new"),
            "revision": 1,
            "facts": "{}",
            "digest": None,
            "witness": None,
            "previous": self.hash,
        }
        # a plain thing with the same names does: making half a million rows of the ORM takes long
        self.hash = audit_trail.Entry.sealed(SimpleNamespace(**line))  # type: ignore[arg-type]
        self.add(audit_trail.Entry, **line, hash=self.hash)
        return str(line["entry"])

    def flush(self, least: int = 1) -> None:
        """Write what was collected, if it is so much."""
        if self.count < least:
            return
        for table in Base.metadata.sorted_tables:
            if rows := self.rows.pop(table, None):
                db.session.execute(insert(table), rows)
        self.count = 0

    def end(self) -> None:
        """Write the rest, and the end of the chain."""
        self.flush()
        head = db.session.get(audit_trail.Head, 1) or audit_trail.Head(id=1)
        head.seq, head.hash = self.seq, self.hash
        db.session.add(head)
