"""What people are found by: kept up with every change of a person."""

from typing import Any

from sqlalchemy import event

from intake import search
from intake.database import db
from intake.people.models import Person
from intake.people.seeing import INDEX


def watch() -> None:
    """Follow the people; a second call changes nothing."""
    event.listen(db.session, "after_flush", _refresh)


def _refresh(session: Any, _context: Any) -> None:
    """All that a flush wrote at once: an import brings thousands."""
    changed = [one for one in (*session.new, *session.dirty) if isinstance(one, Person)]
    if changed:
        search.replace_all(session.connection(), INDEX, {one.id: _words(one) for one in changed})


def _words(person: Person) -> list[str]:
    return search.words(f"{person.name} {person.title or ''} {person.email}")
