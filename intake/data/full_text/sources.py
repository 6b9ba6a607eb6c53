"""Where documents come from: each room names its subjects, and how one of them is described.

What a write changes is marked and described once, as it ends. Tokens of an older make are made
anew in small writes, from wherever the last one stopped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Select, func, select, text, true

from intake import ports
from intake.data.base import db, insert, is_postgresql
from intake.data.full_text import index
from intake.data.full_text.tables import DOCUMENT, STATE
from intake.data.full_text.words import Document
from intake.data.write import write

VERSION = 1  # of the tokens: raised with every change of how they are made
LOT = 100  # subjects described in one write
TRIED = 20  # documents that are asked for to see whether they are found
AT_START = 500  # subjects that a start waits for


@dataclass(frozen=True)
class Source:
    """Subjects of one scope: their model, which of them have a document, and how to describe
    some of them by id."""

    name: str
    scope: str
    model: Any
    describe: Callable[[Sequence[str]], Mapping[str, Document]]
    among: Callable[[], ColumnElement[bool]] = true

    def missing(self) -> Select[Any]:
        """The ids of subjects that have no document, though they should."""
        there = select(DOCUMENT.c.id).where(
            DOCUMENT.c.scope == self.scope, DOCUMENT.c.subject_id == self.model.id
        )
        return select(self.model.id).where(self.among(), ~there.exists())

    def count(self) -> int:
        """How many documents there should be."""
        query = select(func.count()).select_from(self.model).where(self.among())
        return db.session.scalar(query) or 0

    def write(self, ids: Sequence[str]) -> None:
        """Describe some subjects; those that are gone, or should not be found, are forgotten."""
        found = self.describe(ids) if ids else {}
        index.put(self.scope, {one: found.get(one, Document()) for one in ids})


def register(app: Flask, source: Source) -> None:
    """A room's subjects are found from now on."""
    ports.of(app).search_sources[source.name] = source


def every() -> list[Source]:
    """All sources there are."""
    return list(ports.here().search_sources.values())


def mark(name: str, ids: Iterable[str]) -> None:
    """Subjects have changed: they are described at the end of this write."""
    waiting = db.session.info.get("pending")
    if waiting is None:
        ports.here().search_sources[name].write(list(ids))
    else:
        waiting.setdefault("described", {}).setdefault(name, {}).update(dict.fromkeys(ids))


def mark_all(name: str, ids: Select[Any]) -> None:
    """As `mark`, of whatever a query names: of many the server's thread makes all anew."""
    some = list(db.session.scalars(ids.limit(LOT + 1)))
    if len(some) > LOT:
        _begin(name)
    elif some:
        mark(name, some)


def finish() -> None:
    """Describe what was marked, and write what was put: one of the last acts of a write."""
    for name, ids in db.session.info["pending"].pop("described", {}).items():
        source = ports.here().search_sources[name]
        source.write([one for one in ids if not index.is_put(source.scope, one)])
    index.finish()


def changed(session: Any, model: type, *fields: str) -> list[Any]:
    """What a flush wrote of a model: new and deleted rows, and those of which it changed one of
    these fields, or anything where none is named."""
    found = [one for one in (*session.new, *session.deleted) if isinstance(one, model)]
    for one in session.dirty:
        if isinstance(one, model):
            states = db.inspect(one).attrs
            if not fields or any(states[name].history.has_changes() for name in fields):
                found.append(one)
    return found


def settle(_now: datetime) -> None:
    """Begin what an older program left undescribed; of a small town it is done at once."""
    left = AT_START
    for source in _old():
        while left > 0 and (done := _lot(source)) is not None:
            left -= done
    if waiting := [one.name for one in _old()]:
        current_app.logger.warning("searching is made anew in the background: %s", waiting)


def go_on(_now: datetime) -> bool:
    """Describe what waits, lot by lot; was there anything?"""
    some = False
    for source in _old():
        some = True
        while _written(source):
            pass
    return some


def rebuild() -> dict[str, int]:
    """Describe everything anew, forget what is gone, and leave nothing behind; how many documents
    each source has. Searching goes on meanwhile."""
    if not is_postgresql():
        with write():
            db.session.execute(text("INSERT INTO search_fts(search_fts) VALUES('rebuild')"))
    for source in every():
        with write():
            _begin(source.name)
        while _written(source):
            pass
    with write():
        _forget_gone()
        index.optimise()
    return {source.name: source.count() for source in every()}


@dataclass(frozen=True)
class Health:
    """How the full text stands: sources that wait to be made anew, those with more or fewer
    documents than subjects, and of some documents how many are not found by their own tokens."""

    documents: int
    waiting: list[str]
    differing: list[str]
    tried: int
    lost: int


def examine() -> Health:
    """Compare documents with subjects, and ask for some of them."""
    wanted: dict[str, int] = {}
    for source in every():
        wanted[source.scope] = wanted.get(source.scope, 0) + source.count()
    there = select(DOCUMENT.c.scope, func.count()).group_by(DOCUMENT.c.scope)
    rows = {row[0]: row[1] for row in db.session.execute(there)}
    unequal = {scope for scope in {*wanted, *rows} if wanted.get(scope, 0) != rows.get(scope, 0)}
    differing = {one.name for one in every() if one.scope in unequal}
    sample = db.session.execute(select(DOCUMENT).order_by(DOCUMENT.c.id.desc()).limit(TRIED)).all()
    lost = sum(not index.is_found(row.scope, row.subject_id, row.tokens) for row in sample)
    return Health(
        documents=sum(rows.values()),
        waiting=[one.name for one in _old()],
        differing=sorted(differing | (unequal - set(wanted))),
        tried=len(sample),
        lost=lost,
    )


def _written(source: Source) -> bool:
    with write():
        return _lot(source) is not None


def _old() -> list[Source]:
    """The sources that are not wholly described in today's tokens."""
    rows = db.session.execute(select(STATE)).all()
    done = {row.source for row in rows if row.version == VERSION and row.after is None}
    return [source for source in every() if source.name not in done]


def _begin(name: str) -> None:
    _note(name, "")


def _note(name: str, after: str | None) -> None:
    values = {"version": VERSION, "after": after}
    made = insert(STATE).values(source=name, **values)
    db.session.execute(made.on_conflict_do_update(index_elements=["source"], set_=values))


def _lot(source: Source) -> int | None:
    """Describe the next subjects; how many, None where there are no more."""
    row = db.session.execute(select(STATE).where(STATE.c.source == source.name)).first()
    if row is not None and row.version == VERSION and row.after is None:
        return None
    after = row.after if row is not None and row.version == VERSION else ""
    query = select(source.model.id).where(source.model.id > (after or ""))
    ids = list(db.session.scalars(query.order_by(source.model.id).limit(LOT)))
    source.write(ids)
    _note(source.name, ids[-1] if len(ids) == LOT else None)
    return len(ids)


def _forget_gone() -> None:
    by_scope: dict[str, list[Source]] = {}
    for source in every():
        by_scope.setdefault(source.scope, []).append(source)
    for scope, sources in by_scope.items():
        query = select(DOCUMENT.c.subject_id).where(DOCUMENT.c.scope == scope)
        for source in sources:
            mine = select(source.model.id).where(source.among())
            query = query.where(DOCUMENT.c.subject_id.not_in(mine))
        index.forget(scope, *db.session.scalars(query))
    known = [source.scope for source in every()]
    strange = DOCUMENT.c.scope.not_in(known)
    for scope in db.session.scalars(select(DOCUMENT.c.scope).where(strange).distinct()).all():
        of_it = select(DOCUMENT.c.subject_id).where(DOCUMENT.c.scope == scope)
        index.forget(scope, *db.session.scalars(of_it))
