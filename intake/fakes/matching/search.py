"""Finding cases by their words: handle, addresses, notes, what reporters wrote, references; never
by who reported. A report has a document of its own, whatever cases it belongs to (A94)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, Select, event, select, union_all

from intake.data import full_text
from intake.data.base import db
from intake.data.full_text import Document, Found, Place, Source
from intake.fakes.matching import name_index
from intake.fakes.models import (
    Case,
    CaseKey,
    CaseReport,
    Filing,
    Note,
    Report,
    ReportAddress,
)
from intake.handbook import queries as handbook
from intake.people import town

CASES = "c"  # the scope of cases and their reports


def init_app(app: Flask) -> None:
    """Follow cases and reports."""
    for source in SOURCES:
        full_text.register(app, source)
    if not event.contains(db.session, "after_flush", _follow):
        event.listen(db.session, "after_flush", _follow)


def ask(text: str, may: ColumnElement[bool]) -> Found:
    """The cases that a text finds, among those that one may see."""
    place = Place(CASES, Case.id, may, _cases, handbook.known())
    return full_text.ask(place, text, optional=town.current().spoken)


def _cases(found: Select[Any]) -> Any:
    """The ids of cases that were found themselves or by a report."""
    of_reports = select(CaseReport.case_id).where(CaseReport.report_id.in_(found))
    return union_all(found, of_reports)


def remember(case: Case) -> None:
    """Let a case be found and compared by what it holds now."""
    db.session.flush()
    full_text.mark("case", [case.id])
    name_index.remember(case)


def put_report(report: Report, lines: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Let a new report be found; `lines` are its addresses as typed, each with its keys."""
    typed = [(text, tuple(keys)) for text, keys in lines]
    keys = [key for _text, found in typed for key in found]
    full_text.put(CASES, {report.id: _of_report(report, [text for text, _keys in typed], keys)})


def put_case(case: Case, keys: Sequence[str], typed: str) -> None:
    """Let a new case be found; `typed` is the address it was opened for."""
    full_text.put(CASES, {case.id: _of_case(case, keys, [typed])})


def _follow(session: Any, _context: Any) -> None:
    cases = {one.id for one in full_text.changed(session, Case, "name", "reference")}
    for one in full_text.changed(session, CaseKey, "key", "shown", "case_id"):
        cases |= {one.case_id, *db.inspect(one).attrs.case_id.history.deleted}
    cases |= {one.case_id for one in full_text.changed(session, Note)}
    cases |= {one.case_id for one in full_text.changed(session, Filing, "reference")}
    reports = {one.id for one in full_text.changed(session, Report, "reference", "answers")}
    reports |= {one.report_id for one in full_text.changed(session, ReportAddress)}
    if cases := cases - {None}:
        full_text.mark("case", sorted(cases))
    if reports:
        full_text.mark("report", sorted(reports))


def _describe_cases(ids: Sequence[str]) -> Mapping[str, Document]:
    rows = select(Case.id, Case.name, Case.reference, Case.platform_code).where(Case.id.in_(ids))
    keys = _grouped(select(CaseKey.case_id, CaseKey.key).where(CaseKey.case_id.in_(ids)))
    shown = _grouped(select(CaseKey.case_id, CaseKey.shown).where(CaseKey.case_id.in_(ids)))
    notes = _grouped(select(Note.case_id, Note.text).where(Note.case_id.in_(ids)))
    sent = _grouped(select(Filing.case_id, Filing.reference).where(Filing.case_id.in_(ids)))
    return {
        row.id: _of_case(
            row,
            keys.get(row.id, ()),
            shown.get(row.id, ()),
            notes.get(row.id, ()),
            sent.get(row.id, ()),
        )
        for row in db.session.execute(rows)
    }


def _of_case(
    case: Any,
    keys: Sequence[str],
    shown: Sequence[str],
    notes: Sequence[str] = (),
    sent: Sequence[str] = (),
) -> Document:
    return Document(
        names=(case.name, _service(case.platform_code)),
        texts=tuple(notes),
        addresses=tuple(shown),
        keys=tuple(keys),
        references=tuple(one for one in (case.reference, *sent) if one),
    )


def _service(code: str) -> str:
    platform = handbook.platform(code)
    name = platform.stored_name if platform else code
    return f"{name} {full_text.ALIASES.get(code, '')}"


def _describe_reports(ids: Sequence[str]) -> Mapping[str, Document]:
    lines = select(ReportAddress.report_id, ReportAddress.typed)
    typed = _grouped(lines.where(ReportAddress.report_id.in_(ids)))
    keyed = select(ReportAddress.report_id, ReportAddress.key)
    keys = _grouped(keyed.where(ReportAddress.report_id.in_(ids), ReportAddress.key.is_not(None)))
    rows = select(Report.id, Report.reference, Report.answers).where(Report.id.in_(ids))
    return {
        row.id: _of_report(row, typed.get(row.id, ()), keys.get(row.id, ()))
        for row in db.session.execute(rows)
    }


def _of_report(report: Any, typed: Sequence[str], keys: Sequence[str]) -> Document:
    said = {name: str(report.answers.get(name) or "") for name in ("visible_name", "target")}
    return Document(
        names=tuple(said.values()),
        texts=(str(report.answers.get("description") or ""),),
        addresses=tuple(typed),
        keys=tuple(keys),
        references=(report.reference,),
    )


def _grouped(query: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, text in db.session.execute(query):
        found.setdefault(one, []).append(text)
    return found


SOURCES = (
    Source("case", CASES, Case, _describe_cases),
    Source("report", CASES, Report, _describe_reports),
)
