"""What people are found by: kept up with every change of a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from intake.data import full_text
from intake.data.base import db
from intake.data.full_text import Document, Source
from intake.data.write import write
from intake.people.models import Person, Unit
from intake.people.queries import PEOPLE
from intake.people.service.units import free_code

BATCH = 500


def init_app(app: Flask) -> None:
    """Follow the people."""
    full_text.register(app, SOURCE)
    if not event.contains(db.session, "after_flush", _follow):
        event.listen(db.session, "after_flush", _follow)


def _follow(session: Any, _context: Any) -> None:
    """All that a flush wrote at once: an import brings thousands."""
    if found := full_text.changed(session, Person, "name", "title", "email", "erased_at"):
        full_text.put(PEOPLE, _documents(found))


def _documents(people: Iterable[Any]) -> dict[str, Document]:
    """Of whom everything was erased, the name alone is left, for what they did: nobody finds it."""
    return {
        person.id: Document()
        if person.erased_at
        else Document(names=(person.name, person.title or ""), mails=(person.email,))
        for person in people
    }


def _describe(ids: Sequence[str]) -> Mapping[str, Document]:
    columns = (Person.id, Person.name, Person.title, Person.email, Person.erased_at)
    return _documents(db.session.execute(select(*columns).where(Person.id.in_(ids))))


SOURCE = Source("person", PEOPLE, Person, _describe, lambda: Person.erased_at.is_(None))


def catch_up() -> None:
    """Let those be found whom an import brought, in small writes between those of others."""
    while db.session.scalars(SOURCE.missing().limit(1)).first() is not None:
        with write():
            SOURCE.write(db.session.scalars(SOURCE.missing().limit(BATCH)).all())


def complete(_now: datetime) -> None:
    """Make up for what an older release did not keep: codes of units."""
    for unit in db.session.scalars(select(Unit).where(Unit.code.is_(None))):
        unit.code = free_code(unit.name_fi)
        db.session.flush()
