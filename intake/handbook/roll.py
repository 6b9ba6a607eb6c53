"""Who runs a profile or is named to, and how they stand: who lacks something comes first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from intake.data.base import db
from intake.handbook import queries, uses
from intake.handbook.models import Acknowledgement, GuidelineVersion, Training, TrainingKind
from intake.handbook.queries import Readiness
from intake.people import queries as people
from intake.people.models import Person

PAGE = 25


def _bound() -> ColumnElement[bool]:
    return and_(Person.ended_at.is_(None), Person.id.in_(uses.bound()))


def everybody() -> list[Person]:
    """Everybody in service whom guidelines and trainings are for (G1, P11)."""
    return list(db.session.scalars(select(Person).where(_bound()).order_by(Person.sort_key)))


def acknowledged() -> tuple[int, int]:
    """How many of those who must have acknowledged the guidelines in force, and how many must."""
    read = func.coalesce(func.sum(case((_has_read(), 1), else_=0)), 0)
    done, every = db.session.execute(
        select(read, func.count()).select_from(Person).where(_bound())
    ).one()
    return done, every


@dataclass(frozen=True)
class ReadinessList:
    """Some people, how each stands, and the mark from which the next ones follow, if any."""

    people: list[tuple[Person, Readiness]]
    after: str | None
    is_near: bool = False


def page(on: date, *, q: str = "", after: str = "") -> ReadinessList:
    """Those who run a profile or are named to, who lacks most first; with words of a name,
    everybody in service who has them. From a mark on; in a constant number of queries."""
    served = Person.ended_at.is_(None)
    named = people.named(q, served) if q else None
    scope = and_(served, named.condition) if named else _bound()
    lacks = _lacks(on).label("lacks")
    standing = select(Person.id, Person.sort_key, lacks).where(scope).subquery()
    columns = standing.c
    query = select(columns.id).order_by(columns.lacks.desc(), columns.sort_key, columns.id)
    last = db.session.execute(select(standing).where(columns.id == after)).first()
    if last is not None:
        behind = tuple_(columns.sort_key, columns.id) > tuple_(last.sort_key, after)
        query = query.where(
            or_(columns.lacks < last.lacks, and_(columns.lacks == last.lacks, behind))
        )
    ids = list(db.session.scalars(query.limit(PAGE + 1)))
    shown = ids[:PAGE]
    found = {
        person.id: person
        for person in db.session.scalars(
            select(Person).where(Person.id.in_(shown)).options(selectinload(Person.unit))
        )
    }
    stand = queries.readiness(shown, on)
    rows = [(found[person_id], stand[person_id]) for person_id in shown]
    after = shown[-1] if len(ids) > PAGE else ""
    return ReadinessList(rows, after or None, named is not None and named.is_near)


def _lacks(on: date) -> Any:
    """How many of guidelines, social media training and security training a person lacks."""
    missing = [case((_has_read(), 0), else_=1)]
    for kind in TrainingKind:
        mine = exists().where(
            Training.person_id == Person.id, Training.kind == kind, queries.valid_on(on)
        )
        missing.append(case((mine, 0), else_=1))
    return missing[0] + missing[1] + missing[2]


def _has_read() -> ColumnElement[bool]:
    newest = select(func.max(GuidelineVersion.number)).scalar_subquery()
    return exists().where(Acknowledgement.person_id == Person.id, Acknowledgement.number >= newest)
