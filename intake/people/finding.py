"""What people are found by: kept up with every change of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, select

from intake import search
from intake.database import db
from intake.people.models import Person, Unit
from intake.people.seeing import INDEX
from intake.people.service.units import free_code


def watch() -> None:
    """Follow the people; a second call changes nothing."""
    for moment in ("after_insert", "after_update"):
        if not event.contains(Person, moment, _refresh):
            event.listen(Person, moment, _refresh)


def _refresh(_mapper: Any, connection: Connection, person: Person) -> None:
    known = search.words(f"{person.name} {person.title or ''} {person.email}")
    search.replace(connection, INDEX, person.id, known)


def complete(_now: datetime) -> None:
    """Make up for what an older release did not keep: words of people, codes of units."""
    known = select(search.SearchWord.subject_id).where(search.SearchWord.index == INDEX)
    for person in db.session.scalars(select(Person).where(Person.id.not_in(known))):
        _refresh(None, db.session.connection(), person)
    for unit in db.session.scalars(select(Unit).where(Unit.code.is_(None))):
        unit.code = free_code(unit.name_fi)
        db.session.flush()
