"""Merging cases, parting them again, and giving a case another address.

A merge notes where each report and key came from, so that it can be undone without loss (A93).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from intake import subjects
from intake.database import db, random_id
from intake.fakes import meeting, queries, search
from intake.fakes.models import Case, CaseKey, CaseReport
from intake.fakes.service import arriving, marks, taking
from intake.workflow import Effect


def merge(
    case: Case, _actor: Any, _now: datetime, main_case: str = "", **_answers: Any
) -> dict[str, Any]:
    """The case's reports and addresses go to the main case."""
    main = meeting.by_reference(main_case)
    if main is None:  # its rule has seen it
        raise LookupError(main_case)
    case.main_case_id = main.id
    main.acts = sorted({*main.acts, *case.acts})
    there = select(CaseReport.report_id).where(CaseReport.case_id == main.id)
    for row, more in ((CaseKey, ()), (CaseReport, (CaseReport.report_id.not_in(there),))):
        _move((row.case_id == case.id, *more), row, main.id, case.id)
    search.remember(main)
    return {"main_case": main.id}


def _move(conditions: Sequence[Any], row: Any, to: str, came_from: str | None) -> None:
    values: dict[str, Any] = {"case_id": to}
    if came_from is not None:
        db.session.execute(
            update(row)
            .where(*conditions, row.from_case_id.is_(None))
            .values(from_case_id=came_from)
        )
    db.session.execute(update(row).where(*conditions).values(**values))
    db.session.expire_all()


def unmerge(case: Case, _actor: Any, _now: datetime, **_answers: Any) -> dict[str, Any]:
    """Everything that the merge took goes back."""
    main = case.main_case
    case.main_case_id = None
    taken = [case.id, *_merged_into(case.id)]
    for row in (CaseKey, CaseReport):
        _move((row.from_case_id.in_(taken),), row, case.id, None)
        own = row.case_id == case.id, row.from_case_id == case.id
        db.session.execute(update(row).where(*own).values(from_case_id=None))
    for one in (case, main):
        if one is not None:
            search.remember(one)
    return {"main_case": main.id if main else None}


def _merged_into(case_id: str) -> list[str]:
    """Ids of the cases that were merged into one, however far."""
    found: list[str] = []
    wave = [case_id]
    while wave:
        wave = list(db.session.scalars(select(Case.id).where(Case.main_case_id.in_(wave))))
        found += wave
    return found


def add_key(case: Case, _actor: Any, now: datetime, key: str = "", **_a: Any) -> dict[str, Any]:
    """A profile can have several addresses: reports of this one join the case too."""
    line = meeting.read(key)
    marks.claim(line.keys[:1])
    marks.give_keys(case, line.keys[:1], key, now)
    if case.confirmed_at is not None:
        marks.confirm(case, now)
    search.remember(case)
    return {"key": line.keys[0]}


def split(
    case: Case,
    actor: Any,
    now: datetime,
    reports: Sequence[str] = (),
    keys: Sequence[str] = (),
    **_answers: Any,
) -> dict[str, Any]:
    """The chosen reports and addresses become a case of their own."""
    parted = Case(
        id=random_id(),
        name=case.name,
        platform_code=case.platform_code,
        priority=case.priority,
        acts=case.acts,
        profile_id=case.profile_id,
        unit_id=case.unit_id,
        reference=subjects.next_reference("VP", now),
    )
    parted.triage_by = arriving.due_of_triage(parted, now)
    going = [row for row in queries.keys_of(case) if row.id in keys]
    if going:
        parted.name = going[0].shown or going[0].key
        parted.platform_code = going[0].key.partition(":")[0]
    taking.take(parted, "open", Effect(actor), now)
    _move((CaseKey.case_id == case.id, CaseKey.id.in_(list(keys))), CaseKey, parted.id, None)
    chosen = (CaseReport.case_id == case.id, CaseReport.report_id.in_(list(reports)))
    _move(chosen, CaseReport, parted.id, None)
    marks.hold(parted, now)
    for one in (case, parted):
        search.remember(one)
    return {"case": parted.id, "reports": list(reports), "keys": [row.key for row in going]}


EFFECTS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "merge": merge,
    "unmerge": unmerge,
    "add_key": add_key,
    "split": split,
}
