"""What the trail vouches for: the values of rows that decide outward truth and rights.

A room names the columns it lets witness. Whatever a write changes of them is put as salted digests
into the chain, with the first line of that write; `engine.replay` compares the last of these with
the rows of today. The salt of a value lies beside the chain and goes when the value does: what was
there before, and what was erased, can be guessed from no digest.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC as UTC_ZONE
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from flask import Flask
from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Numeric,
    String,
    Text,
    and_,
    delete,
    event,
    inspect,
    null,
    select,
    type_coerce,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, UserDefinedType

from intake import clock, ports
from intake.data.base import Base, db, insert, lots
from intake.data.write import pending

SALT = 12  # bytes in hex: so many that nobody tries them all
DIGEST = 12  # bytes
WIDTH = 2 * DIGEST  # letters of a digest in hex
LOT = 500  # rows asked for at once
GONE: tuple[str, ...] = ()  # the fields of a row that is no more


class Salt(Base):
    """The salts of a row's digests, as JSON {field: salt}; no row of another table needs it."""

    __tablename__ = "trail_salt"

    table_name: Mapped[str] = mapped_column(String(24), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(254), primary_key=True)
    salts: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Witness:
    """The columns of a model that the chain vouches for. `label` is the column by which people
    know a row, if administrators may read it. A migration that rewrites such values raises
    `edition`: the next start takes them anew. What is `shipped` is there before anybody has done
    anything: the first line of the chain takes it."""

    model: type[Any]
    fields: tuple[str, ...]
    label: str = ""
    edition: int = 1
    shipped: bool = False

    @property
    def name(self) -> str:
        """The name of the table."""
        return str(self.model.__tablename__)

    @property
    def key(self) -> Any:
        """The column of the primary key: one column, of text."""
        return getattr(self.model, inspect(self.model).primary_key[0].key)

    def rows(self, ids: Sequence[str] | None = None) -> Iterator["Row"]:
        """These rows or all, as both databases tell them; what stands in them is no error."""
        columns = [getattr(self.model, name) for name in self.fields]
        label = getattr(self.model, self.label) if self.label else null()
        raw_columns = (
            type_coerce(one, Raw()).label(f"raw_{place}")
            for place, one in enumerate((label, Salt.salts, *columns))
        )
        query = select(self.key, *raw_columns)
        query = query.outerjoin(Salt, and_(Salt.table_name == self.name, Salt.row_id == self.key))
        if ids is not None:
            query = query.where(self.key.in_(ids))
        types = [column.type for column in columns]
        with db.session.execute(query, execution_options={"yield_per": LOT}) as found:
            for key, known_as, salts, *raw in found:
                values = map(canonical, types, raw)
                yield Row(
                    key,
                    str(known_as) if self.label else "",
                    dict(zip(self.fields, values, strict=True)),
                    read(salts),
                )


@dataclass(frozen=True)
class Row:
    """A row of a witnessed table as it stands: its values as text, and the salts of these."""

    id: str
    label: str
    values: dict[str, str]
    salts: dict[str, str]

    def digests(self, fields: Iterable[str]) -> str:
        """The digests of fields, one after the other; of WIDTH dashes where a salt is missing."""
        return "".join(
            digest(self.salts[name], self.values[name]) if name in self.salts else "-" * WIDTH
            for name in fields
        )


def read(stored: Any) -> dict[str, Any]:
    """A mapping that is kept as JSON; an empty one where it cannot be read."""
    try:
        return dict(json.loads(stored))
    except (ValueError, TypeError):
        return {}


class Raw(UserDefinedType[Any]):
    """A value as the driver gives it: nothing is made of it that could fail."""

    cache_ok = True


def canonical(kind: Any, value: Any) -> str:
    """A value as text, the same whether either database tells it; what is no value of its column
    is told as it stands."""
    if value is None:
        return "-"
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    try:
        return "=" + _plain(kind, value)
    except (ValueError, TypeError, ArithmeticError):
        return f"?{value!r}"


def _plain(kind: Any, value: Any) -> str:
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.replace(tzinfo=moment.tzinfo or UTC_ZONE).astimezone(UTC_ZONE).isoformat()
    if isinstance(kind, Date):
        return (date.fromisoformat(value) if isinstance(value, str) else value).isoformat()
    if isinstance(kind, Boolean):
        return str(int(value))
    if isinstance(kind, Numeric):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(kind, JSON):
        told = json.loads(value) if isinstance(value, str) else value
        return json.dumps(told, sort_keys=True, ensure_ascii=False)
    return str(value)


def init_app() -> None:
    """Watch what every write changes."""
    event.listen(db.session, "after_flush", _note_flush)
    event.listen(db.session, "after_begin", _watch)


def _watch(session: Any, *_: Any) -> None:
    """Watch the statements of a session that writes: one that only reads pays nothing."""
    if "pending" in session.info and "watched" not in session.info:
        session.info["watched"] = True
        event.listen(session, "do_orm_execute", _note_statement)


def register(app: Flask, found: Iterable[Witness]) -> None:
    """Let the chain vouch for what a room names."""
    ports.of(app).witnesses.update({one.name: one for one in found})


def witnesses() -> dict[str, Witness]:
    """Every witness by the name of its table."""
    return ports.here().witnesses


def declared() -> dict[str, list[Any]]:
    """What is vouched for, as the chain keeps it: {table: [edition, fields]}."""
    return {one.name: [one.edition, list(one.fields)] for one in witnesses().values()}


Touched = dict[str, dict[str, tuple[str, ...]]]  # {table: {id: the fields that were changed}}


def _touched(info: dict[Any, Any]) -> Touched | None:
    """What the running write has changed; None outside one, and where it is left out."""
    kept = info.get("pending")
    if kept is None or kept.get("left_out"):
        return None
    found: Touched = kept.setdefault("touched", {})
    return found


def _note(touched: Touched, name: str, row: str, fields: tuple[str, ...]) -> None:
    before = touched.setdefault(name, {}).get(row, GONE)
    touched[name][row] = fields if fields is GONE else tuple(dict.fromkeys((*before, *fields)))


def _note_flush(session: Any, _context: Any) -> None:
    """Note the witnessed columns of what was flushed."""
    touched = _touched(session.info)
    if touched is None:
        return
    known = witnesses()
    for rows, fields_of in (
        (session.new, _all_of),
        (session.dirty, _changed_of),
        (session.deleted, _none_of),
    ):
        for row in rows:
            witness = known.get(type(row).__tablename__)
            if witness is None:
                continue
            fields = fields_of(witness, row)
            if fields or fields_of is _none_of:
                _note(
                    touched,
                    witness.name,
                    inspect(row).mapper.primary_key_from_instance(row)[0],
                    fields,
                )


def _all_of(witness: Witness, _row: Any) -> tuple[str, ...]:
    return witness.fields


def _changed_of(witness: Witness, row: Any) -> tuple[str, ...]:
    attributes = inspect(row).attrs
    return tuple(name for name in witness.fields if attributes[name].history.has_changes())


def _none_of(_witness: Witness, _row: Any) -> tuple[str, ...]:
    return GONE


def _note_statement(state: Any) -> None:
    """Note what a statement changes without an object; refuse one that does not tell which rows."""
    if state.is_select or (touched := _touched(state.session.info)) is None:
        return
    witness = witnesses().get(getattr(getattr(state.statement, "table", None), "name", ""))
    if witness is None:
        return
    if state.is_insert:
        for row, fields in _inserted(state, witness):
            if fields:  # what is only met stays what it is
                _note(touched, witness.name, row, fields)
        return
    where = state.statement.whereclause
    query = select(witness.key) if where is None else select(witness.key).where(where)
    fields = _among(witness, getattr(state.statement, "_values", None))
    if not state.is_delete and not fields:
        return
    for row in state.session.scalars(query).all():
        _note(touched, witness.name, row, GONE if state.is_delete else fields)


def _among(witness: Witness, values: Any) -> tuple[str, ...]:
    """The witnessed fields that a statement sets."""
    names = {getattr(column, "key", column) for column in values or ()}
    return tuple(name for name in witness.fields if name in names)


def _inserted(state: Any, witness: Witness) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows that an INSERT makes, whole; of those that it meets, what it sets in them."""
    given = state.parameters or state.statement.compile().params
    name = witness.key.key
    ids = [row.get(name) for row in (given if isinstance(given, list) else [given])]
    if not all(ids):
        raise RuntimeError(f"an INSERT into {witness.name} that does not name its row")
    clause = getattr(state.statement, "_post_values_clause", None)
    set_there = _among(witness, getattr(clause, "update_values_to_set", None))
    for lot in lots(ids, LOT):
        query = select(witness.key).where(witness.key.in_(lot))
        met = set(state.session.scalars(query))
        yield from ((one, set_there if one in met else witness.fields) for one in lot)


def has_touched() -> bool:
    """Has the running write changed anything that is vouched for?"""
    return bool(_touched(db.session.info))


def leave_out() -> None:
    """Let the running write change what it likes: a copy that brings its own trail along, or what
    the product ships before there is one."""
    pending()["left_out"] = True


def touch_shipped() -> None:
    """Take what the product has brought along, as it is."""
    for one in witnesses().values():
        if one.shipped:
            touch(one.name, db.session.scalars(select(one.key)).all(), one.fields)


def touch(name: str, rows: Sequence[str], fields: tuple[str, ...]) -> None:
    """Take what stands in rows today as it is: where nothing was vouched for before."""
    touched = _touched(db.session.info)
    if touched is not None:
        for row in rows:
            _note(touched, name, row, fields)


def noted() -> list[Any]:
    """The digests of what this write has changed, for its line in the chain: a list of
    [table, fields, {id: digests}], no fields for rows that are gone. Their salts are stored."""
    touched = _touched(db.session.info) or {}
    found = []
    for name, rows in touched.items():
        found += digested(witnesses()[name], rows)
    touched.clear()
    return found


def digested(witness: Witness, rows: Mapping[str, tuple[str, ...]]) -> list[Any]:
    """The digests of fields of rows, as the chain keeps them, under new salts that are stored."""
    groups: dict[tuple[str, ...], dict[str, str]] = {}
    for lot in lots(list(rows), LOT):
        for row, fields, digests in _digests(witness, {one: rows[one] for one in lot}):
            groups.setdefault(fields, {})[row] = digests
    return [[witness.name, list(fields), told] for fields, told in groups.items()]


def _digests(
    witness: Witness, rows: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, tuple[str, ...], str]]:
    """(id, fields, digests) of rows; without fields where a row is gone."""
    found = {row.id: row for row in witness.rows(list(rows))}
    told, salts = [], {}
    for row, fields in rows.items():
        if row in found and fields:
            new = {name: secrets.token_hex(SALT) for name in fields}
            salts[row] = {**found[row].salts, **new}
            told.append((row, fields, replace(found[row], salts=new).digests(fields)))
        else:
            told.append((row, GONE, ""))
    gone = [row for row, fields, _ in told if not fields]
    known = _known(witness.name, gone) if gone else set()
    _keep(witness.name, salts, gone)
    return [one for one in told if one[1] or one[0] in known]


def _known(name: str, rows: Sequence[str]) -> set[str]:
    """The rows that there are salts of: others were never stored, or met what was there."""
    return set(
        db.session.scalars(
            select(Salt.row_id).where(Salt.table_name == name, Salt.row_id.in_(rows))
        )
    )


def _keep(name: str, salts: Mapping[str, Mapping[str, str]], gone: Sequence[str]) -> None:
    if gone:
        db.session.execute(delete(Salt).where(Salt.table_name == name, Salt.row_id.in_(gone)))
    if not salts:
        return
    now = clock.now()
    rows = [
        {"table_name": name, "row_id": row, "salts": json.dumps(kept), "created_at": now}
        for row, kept in salts.items()
    ]
    made = insert(Salt.__table__)
    made = made.on_conflict_do_update(
        index_elements=["table_name", "row_id"], set_={"salts": made.excluded.salts}
    )
    db.session.execute(made, rows)


def digest(salt: str, value: str) -> str:
    """The salted digest of a value, in hex: always WIDTH letters."""
    return blake2b(
        value.encode(errors="replace"), key=str(salt).encode()[:64], digest_size=DIGEST
    ).hexdigest()
