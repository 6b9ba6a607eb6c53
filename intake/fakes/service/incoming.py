"""A report comes in: each of its keys opens a case or joins the one there is (A92, A93)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from intake.data.base import db, random_id
from intake.engine import outbox, tracks
from intake.engine.table import ANYONE
from intake.fakes import guard, parties, queries, reporter
from intake.fakes.effects import address_marks, triage
from intake.fakes.matching import name_index, report_keys, same_text, search
from intake.fakes.matching.report_keys import TypedAddress
from intake.fakes.models import (
    Addition,
    Case,
    CaseReport,
    Evidence,
    Question,
    Report,
    ReportAddress,
    Sending,
)
from intake.fakes.reporter import Told
from intake.fakes.service import steps
from intake.fakes.states import CaseState, Held, Priority
from intake.people.models import Person


@dataclass(frozen=True)
class Sent:
    """A report as its form sends it: `answers` as typed, under the keys of the form; `lines` what
    its addresses were read to, never none; `nonce` that of the form's token."""

    answers: dict[str, Any]
    lines: Sequence[TypedAddress]
    nonce: str
    language: str
    told: Told | None = None
    files: Sequence[Evidence] = ()
    held: Held | None = None
    by: Person | None = None  # staff who are signed in
    profile_id: str | None = None  # the genuine one that was chosen
    unit_id: str | None = None


def receive(sent: Sent, now: datetime) -> Report:
    """Take a report in, inside write(): its row, its contact data, its files, its cases."""
    report = Report(
        reference=reporter.new_reference(),
        code_hash=reporter.code_hash(reporter.code_of(sent.nonce)),
        answers=sent.answers,
        language=sent.language,
        held=sent.held,
        is_colleague=sent.by is not None,
    )
    db.session.add(report)
    db.session.flush()
    reporter.keep_contact(report, _told(sent))
    hand_over(sent.files, now, report_id=report.id)
    address_marks.claim(key for line in sent.lines for key in line.keys)
    cases: dict[Case, list[str]] = {}
    for place, line in enumerate(sent.lines):
        case = _case_of(line, sent)
        if case not in cases:
            _let_in(case, line, report, sent, now)
        cases.setdefault(case, []).extend(line.keys)
        db.session.add(_address(report, place, line, case))
    db.session.flush()
    search.put_report(report, [(line.typed, line.keys) for line in sent.lines])
    for case, keys in cases.items():
        name_index.learn(case, report, keys)
    _tell_of_a_flood(report, now)
    return report


def _told(sent: Sent) -> Told:
    """What is known of the sender; of a colleague name and work address."""
    if sent.by is not None and not sent.told:
        return Told(name=sent.by.name, email=sent.by.email)
    return sent.told or Told()


def _address(report: Report, place: int, line: TypedAddress, case: Case) -> ReportAddress:
    return ReportAddress(
        report_id=report.id,
        place=place,
        typed=line.typed,
        key=line.keys[0] if line.keys else None,
        deep_link=line.deep_link,
        note=line.note,
        case_id=case.id,
    )


def _case_of(line: TypedAddress, sent: Sent) -> Case:
    """The case that has the key, else a new one, not yet born."""
    for key in line.keys:
        if known := queries.of_key(key):
            return queries.main(known)
    profile = queries.listed_with(line.keys)
    visible = str(sent.answers.get("visible_name") or "")
    return Case(
        id=random_id(),
        name=guard.name_of(_name(line), line, visible, _told(sent), sent.files),
        platform_code=line.platform or "other",
        profile_id=sent.profile_id or (profile.id if profile else None),
        unit_id=sent.unit_id,
    )


def _name(line: TypedAddress) -> str:
    kind, _, value = line.keys[0].partition(":") if line.keys else ("", "", "")
    shown = value.partition(":")[2] if kind not in ("link", "text", "name") else ""
    return (shown or line.typed).strip()[:200]


def _let_in(case: Case, line: TypedAddress, report: Report, sent: Sent, now: datetime) -> None:
    """Open the case or join it: a report in an end state puts it on the queue again (A92)."""
    urgent = report_keys.is_urgent(sent.answers) and sent.held is None
    is_more = bool(sent.files or sent.by or sent.told)
    text = same_text.digest(sent.answers, is_more=is_more)
    first = case.state is None
    if urgent:
        case.priority = Priority.URGENT
    if first:
        case.held = sent.held is not None
        case.triage_by = None if case.held else triage.due_of_triage(case, now)
        case.reference = tracks.next_reference("VP", now)
        case.acts, case.same_text = [], text
        db.session.add(case)
        db.session.flush()
    elif case.same_text != text:
        case.same_text = None  # it is no more what the equal ones are
    weightier = not first and report_keys.is_weightier(case, sent.answers, bool(sent.files))
    if sent.held is None:  # else a flood of reports could make the true one look like no news
        case.acts = sorted({*case.acts, *(sent.answers.get("acts") or ())})
    db.session.add(CaseReport(case_id=case.id, report_id=report.id))
    db.session.flush()
    case.sending = Sending(report.id, weightier)
    try:
        # a colleague's report is anybody's in the trail: it must not tell who reported
        steps.take(case, "open" if first else "join", ANYONE, now, report=report.id)
    finally:
        case.sending = None
    if first:
        address_marks.give_keys(case, line.keys, line.typed, now)
        name_index.remember(case)
        search.put_case(case, line.keys, line.typed)


def hand_over(files: Sequence[Evidence], at: datetime, **to: str) -> None:
    """Files that waited for a form come when it is sent, in the order they were chosen: a packet
    that the police got before lacks them. `to` is who brings them."""
    for place, file in enumerate(files):
        file.staged_for = file.staged_from = None
        file.created_at = at + timedelta(microseconds=place)
        for name, value in to.items():
            setattr(file, name, value)


def add(
    report: Report,
    kind: str,
    text: str,
    files: Sequence[Evidence],
    now: datetime,
    *,
    about: Case | None = None,
) -> None:
    """What a reporter adds through the follow page, about one of the report's cases or (None) all;
    the first answer after a question answers it. Nothing of it is shown back, and no word of it is
    in the trail (A60, A71)."""
    addition = Addition(report_id=report.id, case_id=about and about.id, kind=kind, text=text)
    db.session.add(addition)
    hand_over(files, now, report_id=report.id)
    db.session.flush()
    cases = queries.cases_of(report) if about is None else [about]
    for case in dict.fromkeys(queries.main(case) for case in cases):
        answered = [one for one in queries.questions_to(report) if _is_of(one, case)]
        for question in answered:
            question.answered_at = now
        case.same_text = None
        step = "answer" if case.state is CaseState.NEEDS_INFO and answered else "add"
        case.sending = Sending(report.id, bool(files) or kind == "back")
        try:
            steps.take(case, step, reporter.of(report), now, addition=addition.id)
        finally:
            case.sending = None


def _is_of(question: Question, case: Case) -> bool:
    """Was a question asked in this case, or in one that was merged into it since?"""
    return queries.main(db.session.get_one(Case, question.case_id)) is case


def _tell_of_a_flood(report: Report, now: datetime) -> None:
    """One message an hour instead of one a report (A90)."""
    if not parties.is_flood(now):
        return
    for person in parties.all_handlers():
        key = f"flood:{now:%Y-%m-%dT%H}:{person.id}"
        outbox.queue(key, "flood", "flood", "", report, "handlers", person, now)
