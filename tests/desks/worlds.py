"""Worlds for the desks: one subject in a state, and every combination of what may be so around it.

A switch changes rows inside a write that is never committed, so thousands of worlds cost no more
than one town.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import tracks, witness
from intake.people import queries as people
from intake.people.models import Absence, Person, Role, RoleGrant, Unit

Switch = Callable[["World"], None]


class NotKept(Exception):  # noqa: N818 -- what was changed for one look is not kept
    """Ends a world."""


@dataclass
class World:
    """A town around one subject, for the length of one look."""

    cast: Any
    subject: Any
    names: tuple[str, ...] = ()
    lead: Any = None
    days: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Is a switch on?"""
        return name in self.names


@contextmanager
def world(cast, model, subject_id: str, switches: dict[str, Switch], names) -> Iterator[World]:
    """The town with some switches on; nothing of it is kept."""
    try:
        with write():
            witness.leave_out()  # a supposition, not a deed
            made = World(cast, db.session.get_one(model, subject_id), tuple(names))
            for name in names:
                switches[name](made)
            db.session.flush()
            db.session.expire_all()
            for one in tracks.tracks().values():
                if one.model is model:
                    db.session.refresh(made.subject)
            yield made
            raise NotKept
    except NotKept:
        return


def combined(names: Iterable[str], seed: str, number: int) -> list[tuple[str, ...]]:
    """None, each switch alone, and so many combinations of two to four, drawn by a seed."""
    every, draw = sorted(names), Random(seed)  # noqa: S311 -- drawn, not secret
    drawn = [tuple(draw.sample(every, draw.randint(2, 4))) for _ in range(number)]
    return [(), *((name,) for name in every), *drawn]


def everyone() -> list[Person]:
    """Everybody in service, in this world."""
    return people.active_people()


# switches that any track knows


def no_heads(_world: World) -> None:
    """No unit has a head."""
    db.session.execute(update(Unit).values(head_id=None, deputy_id=None))


def head_away(made: World) -> None:
    """The head is away, and nobody stands in."""
    db.session.execute(update(Unit).values(deputy_id=None))
    day = clock.today()
    away = Absence(
        person_id=made.cast.head.id,
        begins=day - timedelta(days=1),
        until=day + timedelta(days=900),
        entered_by_id=made.cast.head.id,
    )
    db.session.add(away)


def without(role: Role) -> Switch:
    """Nobody holds a role."""

    def end(_world: World) -> None:
        grants = update(RoleGrant).where(RoleGrant.role == role, RoleGrant.ended_at.is_(None))
        db.session.execute(grants.values(ended_at=clock.now()))

    return end


def one_keeper(made: World) -> None:
    """One register keeper is left."""
    held = select(RoleGrant).where(RoleGrant.person_id == made.cast.other_keeper.id)
    for grant in db.session.scalars(held):
        grant.ended_at = clock.now()


def on_day(days: int) -> date:
    """A day counted from today."""
    return clock.today() + timedelta(days=days)
