"""The chain by itself: its lines one after the other, what is wrong with them, and its guards."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text, type_coerce

from intake.data.base import db, is_postgresql
from intake.engine import audit_trail
from intake.engine.audit_trail import CHAINED, GENESIS, Entry, Head, Words
from intake.engine.witness import Raw

AT_ONCE = 500  # lines
GUARDS = (("trail", "UPDATE"), ("trail", "DELETE"), ("trail_words", "UPDATE"))
SQLITE_GUARD = (
    "CREATE TRIGGER {table}_no_{low} BEFORE {act} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
)
POSTGRESQL_GUARD = (
    "CREATE TRIGGER {table}_no_{low} BEFORE {act} ON {table} "
    "FOR EACH {each} EXECUTE FUNCTION only_added_to()"
)
REFUSAL = "BEGIN RAISE EXCEPTION 'the trail is only added to'; END"


@dataclass(frozen=True)
class StoredEntry:
    """A line as it is stored, whatever stands in it: nothing is made of its values that could
    fail. `salt` and `words` are what lies beside it."""

    columns: dict[str, Any]
    hash: Any
    salt: Any
    words: Any

    @property
    def seq(self) -> int:
        return int(self.columns["seq"])

    @property
    def at(self) -> datetime:
        """Its moment; raises ValueError, TypeError or AttributeError where that is none."""
        stored = self.columns["at"]
        moment: datetime = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
        return moment.replace(tzinfo=moment.tzinfo or UTC)

    @property
    def is_erased(self) -> bool:
        """Were its words erased?"""
        return self.columns["digest"] is not None and self.words is None and self.salt is None

    def witness(self) -> dict[str, Any]:
        """What it says of the tables; raises ValueError where that cannot be read."""
        stored = self.columns["witness"]
        found = json.loads(stored) if stored else {}
        if not isinstance(found, dict):
            raise ValueError("no mapping")
        return found


def lines() -> Iterator[StoredEntry]:
    """Every line of the chain, in order."""
    table, beside = Entry.__table__, Words.__table__
    columns = [table.c[name] for name in (*CHAINED, "hash")]
    query = (
        select(*(type_coerce(one, Raw()) for one in (*columns, beside.c.salt, beside.c.text)))
        .outerjoin_from(table, beside, beside.c.entry == table.c.entry)
        .order_by(table.c.seq)
    )
    with db.session.execute(query, execution_options={"yield_per": AT_ONCE}) as rows:
        for *found, digest, salt, words in rows:
            yield StoredEntry(dict(zip(CHAINED, found, strict=True)), digest, salt, words)


def faults_of(line: StoredEntry, expected: int, previous: Any) -> Iterator[str]:
    """What is wrong with a line that should have a number and follow a hash."""
    if line.seq != expected:
        yield f"entry {expected}: missing (the next is {line.seq})"
    elif line.columns["previous"] != previous:
        yield f"entry {line.seq}: does not follow the one before"
    try:
        unchanged = line.hash == audit_trail.chain_hash({**line.columns, "at": line.at})
    except (ValueError, TypeError, AttributeError, OverflowError):
        unchanged = False
    if not unchanged:
        yield f"entry {line.seq}: was changed"
    if not line.is_erased and _digest(line) != line.columns["digest"]:
        yield f"entry {line.seq}: its words were changed"


def _digest(line: StoredEntry) -> str | None:
    """The digest that the words beside a line give; none where there are none."""
    if line.words is None and line.salt is None:
        return None
    return audit_trail.digest_of(str(line.salt), str(line.words))


def end_faults(seq: int, digest: Any, anchor: tuple[int, str] | None) -> Iterator[str]:
    """What is wrong with the end of the chain, which is at entry `seq`."""
    table = Head.__table__
    told = db.session.execute(
        select(type_coerce(table.c.seq, Raw()), type_coerce(table.c.hash, Raw()))
    ).first()
    told_seq, told_hash = told or (0, GENESIS)
    if told_seq != seq or told_hash != (digest if seq else GENESIS):
        yield f"the chain ends at entry {seq}, its head says {told_seq}"
    if anchor and anchor[0] > seq:
        yield f"the chain ends at entry {seq}, the head kept elsewhere is {anchor[0]}"


def guard_faults() -> Iterator[str]:
    """A sentence for each guard of the trail that is missing or does not guard."""
    found, wanted = (_guards, _wanted) if is_postgresql() else (_sqlite_guards, _sqlite_wanted)
    there = found()
    for name, definition in wanted().items():
        if name not in there:
            yield f"the guard {name} is missing: the trail can be changed"
        elif _plain(there[name]) != _plain(definition):
            yield f"the guard {name} was changed: the trail can be changed"


def _plain(definition: str) -> str:
    return re.sub(r"\s+", " ", definition.replace("public.", "")).strip()


def _sqlite_guards() -> dict[str, str]:
    rows = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: str(sql) for name, sql in rows}


def _sqlite_wanted() -> dict[str, str]:
    return {
        f"{table}_no_{act.lower()}": SQLITE_GUARD.format(table=table, act=act, low=act.lower())
        for table, act in GUARDS
    }


def _guards() -> dict[str, str]:
    """The triggers of PostgreSQL that are switched on, each with what it does."""
    rows = db.session.execute(
        text(
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid), prosrc FROM pg_trigger"
            " JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        )
    )
    return {name: f"{definition} {source}" for name, definition, source in rows}


def _wanted() -> dict[str, str]:
    return {
        f"{table}_no_{act.lower()}": POSTGRESQL_GUARD.format(
            table=table, act=act, low=act.lower(), each="STATEMENT" if act == "TRUNCATE" else "ROW"
        )
        + f" {REFUSAL}"
        for table, act in (*GUARDS, ("trail", "TRUNCATE"))
    }
