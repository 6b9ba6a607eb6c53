"""What was opened of protected data in a month, as the lead handlers read it (A80)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, func, select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.fakes import queries
from intake.fakes.models import Case, Report, Reveal
from intake.people import queries as people
from intake.people.models import Person, Role

SHOWN = 500  # of a month, the newest; the counts are of all
NOTICE = "opened_data"
EARLIEST = date(2020, 1, 1)


@dataclass(frozen=True)
class Opening:
    """Somebody has opened a reporter's data, or an original."""

    at: datetime
    who: str
    what: Any
    case: Case


def first_of(month: str, today: date) -> date:
    """The first day of a month written as 2026-11; of the last whole month where it is none."""
    last = before(today.replace(day=1))
    try:
        found = date.fromisoformat(f"{month}-01")
    except ValueError:
        return last
    return found if EARLIEST <= found <= today else last


def before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def after(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _of(person: Person, first: date) -> ColumnElement[bool]:
    """What was opened in a month, of the cases that a person may see (A70)."""
    begins = clock.end_of(first - timedelta(days=1)) + timedelta(seconds=1)
    ends = clock.end_of(after(first) - timedelta(days=1)) + timedelta(seconds=1)
    return and_(Reveal.created_at >= begins, Reveal.created_at < ends, queries.visible_to(person))


def counts(person: Person, first: date) -> list[tuple[str, int]]:
    """How often each handler opened something in a month, the most first."""
    query = (
        select(Reveal.by_id, func.count())
        .join(Case, Case.id == Reveal.case_id)
        .where(_of(person, first))
        .group_by(Reveal.by_id)
    )
    found = [(row[0], row[1]) for row in db.session.execute(query)]
    names = people.people(by_id for by_id, _number in found)
    told = [(names[by_id].name, number) for by_id, number in found]
    return sorted(told, key=lambda pair: (-pair[1], pair[0]))


def openings(person: Person, first: date) -> list[Opening]:
    """What was opened in a month, the newest first."""
    query = (
        select(Reveal, Case)
        .join(Case, Case.id == Reveal.case_id)
        .where(_of(person, first))
        .order_by(Reveal.created_at.desc(), Reveal.id)
        .limit(SHOWN)
    )
    rows = [(row[0], row[1]) for row in db.session.execute(query)]
    names = people.people(reveal.by_id for reveal, _case in rows)
    references = _references([reveal for reveal, _case in rows])
    return [
        Opening(reveal.created_at, names[reveal.by_id].name, _what(reveal, references), case)
        for reveal, case in rows
    ]


def _references(rows: Sequence[Reveal]) -> dict[str, str]:
    ids = {row.what.partition(":")[2] for row in rows}
    query = select(Report.id, Report.reference).where(Report.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _what(row: Reveal, references: dict[str, str]) -> Any:
    kind, _colon, of = row.what.partition(":")
    if kind == "original":
        return _("Original file")
    return _("Contact data of %(reference)s", reference=references.get(of, "–"))


def tell(now: datetime) -> None:
    """Once a month each lead handler is told that there is a list to read, if there is (A80)."""
    first = before(clock.today(now).replace(day=1))
    leads = [one for one in people.holders(Role.LEAD) if counts(one, first)]
    if not leads:
        return
    with write():
        for lead in leads:
            outbox.notify(NOTICE, lead, lead, now, period=first)
