"""Erasing cases with all that hangs on them, and reporters' contact data, inside write().

A report that belongs to another case as well stays with that one. Files go by the sweep of those
that no row names (`reporting.uploads.sweep`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from intake.data import word_index
from intake.data.base import db
from intake.engine import audit_trail, legal_hold, outbox
from intake.fakes import queries
from intake.fakes.matching.name_index import CaseName
from intake.fakes.models import (
    Addition,
    Case,
    CaseKey,
    CaseReport,
    Contact,
    Evidence,
    EvidencePage,
    Exclusion,
    Filing,
    Follow,
    Look,
    Note,
    PublicWarning,
    Question,
    Report,
    ReportAddress,
    Reveal,
    Watch,
)
from intake.fakes.states import CaseState
from intake.profiles import service as profiles

AT_REST = tuple(state for state in CaseState if state not in queries.OPEN)
ENDED = tuple(state for state in AT_REST if state is not CaseState.DUPLICATE)
OF_CASE: tuple[type[Any], ...] = (
    Filing,
    Look,
    Watch,
    Note,
    PublicWarning,
    Exclusion,
    Reveal,
    CaseName,
    CaseKey,
)
OF_REPORT: tuple[type[Any], ...] = (Contact, Follow)
OF_BOTH: tuple[type[Any], ...] = (Question, Addition, Evidence)


def _seen_since(before: datetime) -> ColumnElement[bool]:
    """Has a handler looked at the profile of a case since a moment? An unresolved one is looked
    at each year, and is kept as long as that goes on."""
    return exists().where(Look.case_id == Case.id, Look.seen_at >= before)


def held() -> set[str]:
    """Ids of the cases of which nothing is erased: those that are held, and the ones they were
    merged into."""
    found: set[str | None] = set(db.session.scalars(legal_hold.held_ids()))
    wave = found
    while wave:
        above = select(Case.main_case_id).where(Case.id.in_(wave))
        wave = set(db.session.scalars(above)) - found - {None}
        found |= wave
    return {one for one in found if one}


def cases(before: datetime) -> Any:
    """Ids of the cases that ended, and were looked at last, before a moment; those that were
    merged go with their main case, and where one is held none goes."""
    is_over = and_(Case.state.in_(ENDED), Case.ended_at < before)
    return select(Case.id).where(is_over, ~_seen_since(before), Case.id.not_in(held()))


def erase_cases(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase cases, those merged into them, and the reports that belong to no other; the
    references of the cases."""
    every = [*ids, *merged_into(ids)]
    rows = db.session.execute(select(Case.id, Case.reference).where(Case.id.in_(every))).all()
    references = sorted(str(row.reference or row.id) for row in rows)
    reports = _reports_of(every)
    watches = list(db.session.scalars(select(Watch.id).where(Watch.case_id.in_(every))))
    known = [*every, *reports, *watches]
    profiles.forget_marks(db.session.scalars(select(CaseKey.key).where(CaseKey.case_id.in_(every))))
    _erase_files(every, reports)
    for both in OF_BOTH:
        hangs = or_(both.case_id.in_(every), both.report_id.in_(reports))
        db.session.execute(delete(both).where(hangs))
    for one in OF_CASE:
        db.session.execute(delete(one).where(one.case_id.in_(every)))
    for one in OF_REPORT:
        db.session.execute(delete(one).where(one.report_id.in_(reports)))
    _part(every, reports)
    db.session.execute(delete(Report).where(Report.id.in_(reports)))
    db.session.execute(delete(Case).where(Case.id.in_(every)))
    word_index.forget(db.session.connection(), every)
    audit_trail.erase_words_about(known)
    outbox.forget(known)
    legal_hold.forget(every)
    return references


def merged_into(ids: Sequence[str]) -> list[str]:
    """Ids of the cases that were merged into these, however far."""
    found: list[str] = []
    wave = list(ids)
    while wave:
        wave = list(db.session.scalars(select(Case.id).where(Case.main_case_id.in_(wave))))
        wave = [one for one in wave if one not in found]
        found += wave
    return found


def _reports_of(cases: Sequence[str]) -> list[str]:
    """Ids of the reports that belong to these cases alone."""
    other = aliased(CaseReport)
    elsewhere = exists().where(other.report_id == CaseReport.report_id, other.case_id.not_in(cases))
    query = select(CaseReport.report_id).where(CaseReport.case_id.in_(cases), ~elsewhere)
    return list(db.session.scalars(query.distinct()))


def _erase_files(cases: Sequence[str], reports: Sequence[str]) -> None:
    files = select(Evidence.id).where(
        or_(Evidence.case_id.in_(cases), Evidence.report_id.in_(reports))
    )
    db.session.execute(
        delete(EvidencePage)
        .where(EvidencePage.evidence_id.in_(files))
        .execution_options(synchronize_session=False)
    )


def _part(cases: Sequence[str], reports: Sequence[str]) -> None:
    """Untie reports from the cases; of those that stay, the address leads to no case any more."""
    db.session.execute(delete(ReportAddress).where(ReportAddress.report_id.in_(reports)))
    db.session.execute(
        update(ReportAddress).where(ReportAddress.case_id.in_(cases)).values(case_id=None)
    )
    db.session.execute(
        delete(CaseReport).where(
            or_(CaseReport.case_id.in_(cases), CaseReport.report_id.in_(reports))
        )
    )
    for model in (CaseKey, CaseReport):
        db.session.execute(
            update(model).where(model.from_case_id.in_(cases)).values(from_case_id=None)
        )


def contacts(before: datetime) -> Any:
    """Ids of the reports with contact data of which no case is open, ended after a moment, or is
    held."""
    belongs = CaseReport.case_id == Case.id
    kept = or_(
        Case.state.not_in(AT_REST),
        and_(Case.state.in_(ENDED), Case.ended_at >= before),
        Case.id.in_(held()),
    )
    wanted = exists().where(CaseReport.report_id == Report.id, belongs, kept)
    return (
        select(Contact.report_id)
        .join(Report, Report.id == Contact.report_id)
        .where(Report.created_at < before, ~wanted)
    )


def erase_contacts(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase reporters' contact data; the references of the reports."""
    db.session.execute(delete(Contact).where(Contact.report_id.in_(ids)))
    outbox.forget(ids)
    found = db.session.scalars(select(Report.reference).where(Report.id.in_(ids)))
    return sorted(found)
