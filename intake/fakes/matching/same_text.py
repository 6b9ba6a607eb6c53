"""Equal texts folded into one: ten thousand reports that say the same of ten thousand addresses are
one row of the queue, and are set aside together (A90)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Case
from intake.fakes.states import CaseState
from intake.people.models import Person
from intake.security import keys

SHORTEST = 40  # letters of a text that two people hardly write alike
AT_ONCE = 200  # cases that one write sets aside


def digest(answers: dict[str, Any], *, is_more: bool) -> str | None:
    """What a report says beside its addresses, under a key; None where it stands alone: it has
    hardly a text, or tells of harm, or (`is_more`) something else came with it."""
    text = " ".join(str(answers.get("description") or "").split()).casefold()
    if is_more or len(text) < SHORTEST or answers.get("harm") != "no":
        return None
    acts = ",".join(sorted(answers.get("acts") or ()))
    return keys.keyed_hash("same_text", "\n".join((text, acts, str(answers.get("visible_name")))))


def _waits(case: Any) -> ColumnElement[bool]:
    return and_(case.state == CaseState.RECEIVED, case.same_text.is_not(None))


def first_of_its_text() -> ColumnElement[bool]:
    """No equal one waits before it. Only what nobody has looked at yet is folded."""
    other = aliased(Case)
    sooner = or_(
        other.due_at < Case.due_at,
        and_(other.due_at.is_not_distinct_from(Case.due_at), other.id < Case.id),
    )
    equal = and_(_waits(other), other.same_text == Case.same_text, other.held == Case.held, sooner)
    return or_(~_waits(Case), ~exists().where(equal))


def others(cases: Iterable[Case], person: Person) -> dict[str, int]:
    """How many more, of those that a person may see, say the same as each of some cases: by id."""
    waits = {case.id: (case.same_text, case.held) for case in cases if case.same_text}
    query = (
        select(Case.same_text, Case.held, func.count())
        .where(_waits(Case), queries.visible_to(person))
        .where(Case.same_text.in_({text for text, _held in waits.values()}))
        .group_by(Case.same_text, Case.held)
    )
    found = {(row[0], row[1]): row[2] for row in db.session.execute(query)}
    return {case_id: found[what] - 1 for case_id, what in waits.items() if found.get(what, 0) > 1}


def is_known(text: str, person: Person) -> bool:
    """May a person see a case of this text?"""
    query = select(Case.id).where(Case.same_text == text, queries.visible_to(person)).limit(1)
    return db.session.scalar(query) is not None


def waiting(text: str, person: Person, most: int = AT_ONCE) -> list[Case]:
    """The cases of a text that wait and that a person may see, unless told otherwise as many as
    one write takes."""
    query = select(Case).where(_waits(Case), Case.same_text == text, queries.visible_to(person))
    return list(db.session.scalars(query.order_by(Case.id).limit(most)))
