"""Is the register what the trail says? The chain read from its first line to its last, and what
it vouches for compared with the rows of today, both ways.

It only reads, in one snapshot, and never raises: what cannot be read is a fault with a sentence.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError

from intake.data.base import db, is_postgresql, lots
from intake.data.write import pending, write
from intake.engine import audit_trail, tracks, verification, witness
from intake.engine.audit_trail import Chain, Entry, Head
from intake.engine.table import EFFECT
from intake.engine.witness import WIDTH, Raw, Row, Witness

LOT = 1000  # rows in one line of a baseline


class TimeIsUpError(Exception):
    """What was allowed has passed."""


@dataclass
class Outcome:
    """What a comparison found: `faults` and, wrong by themselves or not, `flags`, each a sentence;
    how many `entries` and `rows` were looked at, of how many entries the words were `erased`, and
    whether it came to its end."""

    faults: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    entries: int = 0
    rows: int = 0
    erased: int = 0
    seconds: float = 0.0
    is_whole: bool = True


Known = tuple[tuple[str, ...], str]  # fields, and their digests one after the other


@dataclass
class Told:
    """What the chain says, line by line: which fields it vouches for, the digests of rows, and the
    state to which the last step of each subject led; was it read to its end?"""

    declared: dict[str, list[Any]] = field(default_factory=dict)
    rows: dict[str, dict[str, Known]] = field(default_factory=dict)
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    is_read: bool = False

    def take(self, line: verification.StoredEntry) -> None:
        """Take what a line says; raises ValueError, TypeError or KeyError where it cannot be
        read."""
        columns = line.columns
        if columns["new"] is not None:
            self.states.setdefault(columns["track"], {})[columns["subject_id"]] = columns["new"]
        said = line.witness()
        self.declared |= said.get("declared", {})
        for name, fields, rows in said.get("rows", ()):
            known, fields = self.rows.setdefault(name, {}), tuple(fields)
            for row, digests in rows.items():
                if fields:
                    known[row] = _joined(known.get(row), fields, digests)
                else:
                    known.pop(row, None)


def _joined(before: Known | None, fields: tuple[str, ...], digests: str) -> Known:
    if before is None or set(before[0]) <= set(fields):
        return fields, digests
    both = {**_parted(before), **_parted((fields, digests))}
    return tuple(both), "".join(both.values())


def _parted(known: Known) -> dict[str, str]:
    fields, digests = known
    return {name: digests[place * WIDTH :][:WIDTH] for place, name in enumerate(fields)}


def examine(anchor: tuple[int, str] | None = None, seconds: float | None = None) -> Outcome:
    """Compare all, or as much as some seconds allow.

    `anchor` is an earlier head (seq, hash) kept elsewhere: it finds a cut tail and a chain that
    was recomputed as a whole.
    """
    outcome, told, begun = Outcome(), Told(), time.monotonic()
    until = begun + seconds if seconds else None
    _one_snapshot()
    try:
        for name, part in (
            ("the trail", _chain(told, outcome, anchor, until)),
            ("the guards of the trail", verification.guard_faults()),
            ("the tables", _empty(told, outcome)),
            ("the tables", _tables(told, outcome, until)),
            ("the states", _states(told, until)),
        ):
            outcome.faults += _guarded(name, part)
    except TimeIsUpError:
        outcome.is_whole = False
    finally:
        db.session.rollback()
    outcome.seconds = time.monotonic() - begun
    return outcome


def verify(anchor: tuple[int, str] | None = None) -> list[str]:
    """A sentence for each thing wrong; nothing where the register is what the trail says."""
    return examine(anchor).faults


def _one_snapshot() -> None:
    """Chain and tables as they were at one moment, while others write."""
    db.session.rollback()
    if is_postgresql():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _guarded(name: str, part: Iterator[str]) -> Iterator[str]:
    """A part that cannot be read to its end says so, and the others go on."""
    try:
        yield from part
    except TimeIsUpError:
        raise
    except Exception as error:  # a database that somebody has written in may hold anything
        cause = type(getattr(error, "orig", error)).__name__
        yield f"{name} cannot be read to the end ({cause})"
        if isinstance(error, SQLAlchemyError):
            _one_snapshot()


def _in_time(until: float | None) -> None:
    if until is not None and time.monotonic() > until:
        raise TimeIsUpError


def _chain(
    told: Told, outcome: Outcome, anchor: tuple[int, str] | None, until: float | None
) -> Iterator[str]:
    """Every line of the chain, each taken for what follows."""
    seq, previous, before = 0, audit_trail.GENESIS, None
    for line in verification.lines():
        _in_time(until)
        yield from verification.faults_of(line, seq + 1, previous)
        if anchor and line.seq == anchor[0] and line.hash != anchor[1]:
            yield f"entry {line.seq}: differs from the head kept elsewhere"
        try:
            told.take(line)
            if before is not None and audit_trail.set_back(line, before):
                outcome.flags.append(f"entry {line.seq}: is dated earlier than the one before it")
            before = line
        except (ValueError, TypeError, KeyError, AttributeError):
            yield f"entry {line.seq}: cannot be read"
        outcome.entries += 1
        outcome.erased += line.is_erased
        seq, previous = line.seq, line.hash
    told.is_read = True
    yield from verification.end_faults(seq, previous, anchor)


def _empty(told: Told, outcome: Outcome) -> Iterator[str]:
    """A chain that vouches for nothing, beside data."""
    if told.declared or not told.is_read:
        return
    known = witness.witnesses().values()
    filled = [one.name for one in known if not one.shipped and _has_rows(one)]
    if not filled:
        return
    if outcome.entries == 0:
        yield f"the trail is empty, but there are rows: {', '.join(filled)}"
    else:
        yield (
            "the trail does not say what it vouches for: its beginning was cut, or the server was "
            "not started since the upgrade"
        )


def _has_rows(one: Witness) -> bool:
    return db.session.execute(select(one.key).limit(1)).first() is not None


def _tables(told: Told, outcome: Outcome, until: float | None) -> Iterator[str]:
    """Every row that the chain vouches for, and every one that it should."""
    for one in witness.witnesses().values():
        _edition, fields = told.declared.get(one.name, (0, []))
        vouched = [name for name in one.fields if name in fields]
        if not vouched:
            continue
        known = told.rows.pop(one.name, {})
        for row in one.rows():
            _in_time(until)
            outcome.rows += 1
            yield from _row_faults(one, vouched, row, known.pop(row.id, ((), "")))
        for row_id in known:
            yield f"{one.name} {row_id}: the trail knows it, but it is gone"


def _row_faults(one: Witness, vouched: list[str], row: Row, known: Known) -> Iterator[str]:
    if known[0] == tuple(vouched) and row.digests(known[0]) == known[1]:
        return
    name = f"{one.name} {row.id}" + (f" ({row.label})" if row.label else "")
    told = _parted(known)
    if not told:
        yield f"{name}: no line of the trail tells of it"
        return
    for column in vouched:
        if column not in told:
            yield f"{name}: no line of the trail tells of its {column}"
        elif column not in row.salts:
            yield f"{name}: {column} cannot be compared, its salt is gone"
        elif row.digests([column]) != told[column]:
            yield f"{name}: {column} is not what the trail says"


def _states(told: Told, until: float | None) -> Iterator[str]:
    """Every subject is in the state to which its last step led."""
    for track in tracks.tracks().values():
        last = told.states.get(track.name, {})
        state = getattr(track.model, track.workflow.column)
        query = select(track.model.id, type_coerce(state, Raw()))
        with db.session.execute(query, execution_options={"yield_per": LOT}) as rows:
            for subject_id, found in rows:
                _in_time(until)
                if subject_id in last and found != last[subject_id]:
                    yield f"{track.name} {subject_id}: is not in the state its last step led to"


def settle(now: datetime) -> int:
    """Let the chain vouch from now on for what it did not before, after an upgrade; how many rows.

    What stands there is taken as it is, in lots, each a line of its own; only what no line vouches
    for: of what the chain knows, a change that nobody made is found as before. A chain that is
    empty or without its head takes nothing: that is for a person to judge.
    """
    known = _declared()
    missing = {one: _missing(one, known) for one in witness.witnesses().values()}
    if not any(missing.values()) or not _has_end():
        return 0
    count = 0
    for one, fields in missing.items():
        ids = db.session.scalars(select(one.key).order_by(one.key)).all() if fields else []
        for some in lots(ids, LOT):
            with write():
                witness.touch(one.name, some, fields)
                facts = {"of": one.name, "rows": len(some)}
                audit_trail.record(EFFECT, now, Chain(), "trail", "baseline", facts=facts)
            count += len(some)
    with write():
        pending()["declares"] = True
        audit_trail.record(EFFECT, now, Chain(), "trail", "declare", facts={"rows": count})
    return count


def _missing(one: Witness, known: dict[str, list[Any]]) -> tuple[str, ...]:
    edition, fields = known.get(one.name, (0, []))
    if edition < one.edition:
        return one.fields
    return tuple(name for name in one.fields if name not in fields)


def _declared() -> dict[str, list[Any]]:
    """What the chain vouches for."""
    found: dict[str, list[Any]] = {}
    of = or_(Entry.seq == 1, (Entry.track == "trail") & (Entry.step == "declare"))
    for line in db.session.scalars(select(Entry.witness).where(of).order_by(Entry.seq)):
        found |= witness.read(line).get("declared", {})
    return found


def _has_end() -> bool:
    """Is there a chain, and does it end where its head says?"""
    end = db.session.get(Head, 1)
    last = db.session.scalars(select(Entry).order_by(Entry.seq.desc()).limit(1)).first()
    return bool(end and last and (end.seq, end.hash) == (last.seq, last.hash))
