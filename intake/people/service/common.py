"""What every change of people and the organisation has in common."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.data.write import pending
from intake.engine import outbox
from intake.people import queries
from intake.people.models import Person, Role
from intake.refusals import NotAllowed


def organises(by: Any) -> None:
    """Only administrators change the organisation, and what follows by itself; else NotAllowed."""
    if isinstance(by, Person) and Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed


def of_another(person: Person, by: Any) -> None:
    """Nobody changes their own roles, offices, unit or work address (A6); else NotAllowed."""
    organises(by)
    if by == person:
        raise NotAllowed


def locked(row: Any) -> None:
    """Read a row again for update: who comes second sees what the first has done."""
    db.session.flush()
    db.session.refresh(row, with_for_update={"of": type(row)})


@contextmanager
def together() -> Iterator[None]:
    """Many changes at once, of which administrators are told by one message of their own."""
    pending()["together"] = True
    yield
    del pending()["together"]


def tell(
    notice: str,
    subject: Any,
    people: list[Person],
    by: Any,
    now: datetime,
    line: str,
    *,
    former: str = "",
) -> None:
    """Write to people and to all administrators of what a person did, and to the former address
    of whom it was done to; nobody is told of what the program founds (A6)."""
    if not isinstance(by, Person):
        return
    others = [] if "together" in pending() else queries.holders(Role.ADMINISTRATOR)
    for person in dict.fromkeys([*people, *others]):
        outbox.notify(notice, subject, person, now, line)
    if former:
        outbox.notify(notice, subject, subject, now, line, address=former)
