"""What people are found by: kept up with every change of a person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, event, exists, select

from intake.data import word_index
from intake.data.base import db
from intake.data.word_index import SearchWord
from intake.data.write import write
from intake.people.models import Person, Unit
from intake.people.seeing import INDEX
from intake.people.service.units import free_code

BATCH = 500


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
        person.id: word_index.words(f"{person.name} {person.title or ''} {person.email}")
        for person in people
    }
    word_index.replace_all(connection, INDEX, known)


def _unknown() -> Select[Any]:
    """Whoever is found by nothing yet."""
    known = (SearchWord.index == INDEX) & (SearchWord.subject_id == Person.id)
    return select(Person).where(~exists().where(known)).limit(BATCH)


def catch_up() -> None:
    """Let those be found whom an import brought, in small writes between those of others."""
    while db.session.scalars(_unknown()).first() is not None:
        with write():
            _note(db.session.connection(), db.session.scalars(_unknown()))


def complete(_now: datetime) -> None:
    """Make up for what an older release did not keep: words of people, codes of units."""
    while people := db.session.scalars(_unknown()).all():
        _note(db.session.connection(), people)
    for unit in db.session.scalars(select(Unit).where(Unit.code.is_(None))):
        unit.code = free_code(unit.name_fi)
        db.session.flush()
