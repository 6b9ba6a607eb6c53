"""Merging cases, parting them again, and giving a case another address.

A merge notes where each report and key came from, so that it can be undone without loss (A93).
Who may see nothing of one case sees nothing of it in another either (A70).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from intake.data.base import db, random_id
from intake.engine import tracks
from intake.engine.table import Outcome, Then
from intake.fakes import guard, queries
from intake.fakes.effects import address_marks, triage
from intake.fakes.guard import Leaving
from intake.fakes.matching import report_keys, search
from intake.fakes.models import (
    Case,
    CaseKey,
    CaseReport,
    Exclusion,
    Question,
    ReportAddress,
)
from intake.fakes.states import Priority


@dataclass(frozen=True)
class Part:
    """What goes from a case to one of its own: ids of reports and of its rows of keys."""

    case: Case
    reports: tuple[str, ...]
    keys: tuple[str, ...]


def merge(case: Case, _actor: Any, now: datetime, *, main_case: str) -> Outcome:
    """The case's reports and addresses go to the main case, which is on the queue again where it
    had ended (A92)."""
    main = report_keys.by_reference(main_case)
    if main is None:  # its rule has seen it
        raise LookupError(main_case)
    case.main_case_id = main.id
    main.acts = sorted({*main.acts, *case.acts})
    there = {report.id for report in queries.reports_of(main)}
    going = [report for report in queries.reports_of(case) if report.id not in there]
    for row, more in ((CaseKey, ()), (CaseReport, (CaseReport.report_id.not_in(there),))):
        _move((row.case_id == case.id, *more), row, main.id, case.id)
    _ask_there([report.id for report in going], case, main)
    _exclude_there(case, main)
    if case.priority is Priority.URGENT:
        main.priority = case.priority
    triage.unconfirm(case)  # what is known of the fake is the main case's from now on
    address_marks.settle(main, now)
    search.remember(main)
    first = min(going, key=lambda one: (one.held is not None, one.created_at), default=None)
    joined = (Then("case", main, "join", {"report": first.id}),) if first else ()
    return Outcome({"main_case": main.id}, joined)


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


def _ask_there(reports: Sequence[str], case: Case, other: Case) -> None:
    """The questions that wait for the answers of reports go where these go."""
    db.session.execute(
        update(Question)
        .where(
            Question.case_id == case.id,
            Question.report_id.in_(list(reports)),
            Question.answered_at.is_(None),
        )
        .values(case_id=other.id)
    )
    db.session.expire_all()


def _exclude_there(case: Case, other: Case) -> None:
    """Who sees nothing of a case sees nothing of the one that its reports go to."""
    known = set(db.session.scalars(_excluded(Exclusion.person_id, other)))
    for row in db.session.scalars(_excluded(Exclusion, case)).all():
        if row.person_id not in known:
            db.session.add(Exclusion(case_id=other.id, person_id=row.person_id, by_id=row.by_id))
    db.session.flush()


def _excluded(what: Any, case: Case) -> Any:
    return select(what).where(Exclusion.case_id == case.id, Exclusion.ended_at.is_(None))


def unmerge(case: Case, _actor: Any, _now: datetime) -> Outcome:
    """Everything that the merge took goes back."""
    main = queries.main(case)
    above = case.main_case_id
    case.main_case_id = None
    taken = [case.id, *_merged_into(case.id)]
    for row in (CaseKey, CaseReport):
        _move((row.from_case_id.in_(taken),), row, case.id, None)
        own = row.case_id == case.id, row.from_case_id == case.id
        db.session.execute(update(row).where(*own).values(from_case_id=None))
    db.session.expire_all()
    _ask_there([report.id for report in queries.reports_of(case)], main, case)
    case.second_by_id = case.second_at = None  # it was given on less, or on more, than this
    for one in (case, main):
        search.remember(one)
    return Outcome({"main_case": above})


def _merged_into(case_id: str) -> list[str]:
    """Ids of the cases that were merged into one, however far."""
    found: list[str] = []
    wave = [case_id]
    while wave:
        wave = list(db.session.scalars(select(Case.id).where(Case.main_case_id.in_(wave))))
        found += wave
    return found


def add_key(case: Case, _actor: Any, now: datetime, *, key: str) -> Outcome:
    """A profile can have several addresses: reports of this one join the case too."""
    line = report_keys.read(key)
    address_marks.claim(line.keys[:1])
    address_marks.give_keys(case, line.keys[:1], key, now)
    search.remember(case)
    rows = [row for row in queries.keys_of(case) if row.key == line.keys[0]]
    return Outcome({"keys": [row.id for row in rows]})


def split(
    case: Case, _actor: Any, now: datetime, *, reports: Sequence[str] = (), keys: Sequence[str] = ()
) -> Outcome:
    """The chosen reports and addresses become a case of their own."""
    parted = Case(
        id=random_id(),
        name=case.name,
        platform_code=case.platform_code,
        priority=case.priority,
        acts=case.acts,
        profile_id=case.profile_id,
        unit_id=case.unit_id,
        reference=tracks.next_reference("VP", now),
    )
    parted.triage_by = triage.due_of_triage(parted, now)
    going = [row for row in queries.keys_of(case) if row.id in keys]
    if going:
        name = going[0].shown or going[0].key
        parted.name = guard.masked(case, name, Leaving.LETTER)[:200]
        parted.platform_code = going[0].key.partition(":")[0]
    part = Part(case, tuple(reports), tuple(keys))
    return Outcome(
        {"case": parted.id, "reports": list(reports), "keys": [row.id for row in going]},
        (Then("case", parted, "open", {"part": part}),),
    )


def open_case(
    case: Case, _actor: Any, now: datetime, *, report: str = "", part: Part | None = None
) -> Outcome:
    """A case was opened by a report, or parted from another one."""
    if part is not None:
        _take_over(case, part, now)
    return Outcome({"report": report, "held": case.held})


def _take_over(parted: Case, part: Part, now: datetime) -> None:
    """What was chosen goes to the new case."""
    case = part.case
    _exclude_there(case, parted)
    _part((CaseKey.case_id == case.id, CaseKey.id.in_(part.keys)), CaseKey, parted)
    chosen = CaseReport.case_id == case.id, CaseReport.report_id.in_(part.reports)
    _part(chosen, CaseReport, parted)
    _lead_there(case, parted, part.reports)
    _ask_there(part.reports, case, parted)
    address_marks.settle(parted, now)
    for one in (case, parted):
        search.remember(one)


def _part(conditions: Sequence[Any], row: Any, parted: Case) -> None:
    """What is parted belongs to the new case for good, wherever it came from."""
    db.session.execute(update(row).where(*conditions).values(from_case_id=None))
    _move(conditions, row, parted.id, None)


def _lead_there(case: Case, parted: Case, reports: Sequence[str]) -> None:
    """The addresses of parted reports lead to the new case on their follow pages."""
    db.session.execute(
        update(ReportAddress)
        .where(
            ReportAddress.report_id.in_(list(reports)),
            ReportAddress.case_id.in_([case.id, *_merged_into(case.id)]),
        )
        .values(case_id=parted.id)
    )
    db.session.expire_all()
