"""What people are found by: kept up with every change of a person."""

from collections.abc import Iterable
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
    event.listen(db.session, "after_flush", _follow)


def _follow(session: Any, _context: Any) -> None:
    """All that a flush wrote at once: an import brings thousands."""
    changed = [one for one in (*session.new, *session.dirty) if isinstance(one, Person)]
    if changed:
        _note(session.connection(), changed)


def _note(connection: Connection, people: Iterable[Person]) -> None:
    known = {
        person.id: search.words(f"{person.name} {person.title or ''} {person.email}")
        for person in people
    }
    search.replace_all(connection, INDEX, known)


def complete(_now: datetime) -> None:
    """Make up for what an older release did not keep: words of people, codes of units."""
    known = select(search.SearchWord.subject_id).where(search.SearchWord.index == INDEX)
    _note(
        db.session.connection(), db.session.scalars(select(Person).where(Person.id.not_in(known)))
    )
    for unit in db.session.scalars(select(Unit).where(Unit.code.is_(None))):
        unit.code = free_code(unit.name_fi)
        db.session.flush()
