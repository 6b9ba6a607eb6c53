"""What people are found by: kept up with every change of a person."""

from typing import Any

from sqlalchemy import Connection, event

from intake import search
from intake.people.models import Person
from intake.people.seeing import INDEX


def watch() -> None:
    """Follow the people; a second call changes nothing."""
    for moment in ("after_insert", "after_update"):
        if not event.contains(Person, moment, _refresh):
            event.listen(Person, moment, _refresh)


def _refresh(_mapper: Any, connection: Connection, person: Person) -> None:
    known = search.words(f"{person.name} {person.title or ''} {person.email}")
    search.replace(connection, INDEX, person.id, known)
