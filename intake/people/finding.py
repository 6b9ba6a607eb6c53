"""What people are found by: kept up with every change of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import event, select

from intake import search
from intake.database import db
from intake.people.models import Person, Unit
from intake.people.seeing import INDEX
from intake.people.service.units import free_code


def watch() -> None:
    """Follow the people; a second call changes nothing."""
    event.listen(db.session, "after_flush", _refresh)


def _refresh(session: Any, _context: Any) -> None:
    """All that a flush wrote at once: an import brings thousands."""
    _index([one for one in (*session.new, *session.dirty) if isinstance(one, Person)])


def _index(people: list[Person]) -> None:
    if people:
        words = {one.id: _words(one) for one in people}
        search.replace_all(db.session.connection(), INDEX, words)


def _words(person: Person) -> list[str]:
    return search.words(f"{person.name} {person.title or ''} {person.email}")


def complete(_now: datetime) -> None:
    """Make up for what an older release did not keep: words of people, codes of units."""
    known = select(search.SearchWord.subject_id).where(search.SearchWord.index == INDEX)
    _index(list(db.session.scalars(select(Person).where(Person.id.not_in(known)))))
    for unit in db.session.scalars(select(Unit).where(Unit.code.is_(None))):
        unit.code = free_code(unit.name_fi)
        db.session.flush()
