"""What a reporter does through the follow page, always inside write(): nothing of it comes back to
that page (A60), and no word of it is in the trail (A71)."""

from collections.abc import Sequence
from datetime import datetime

from intake.data.base import db
from intake.engine import audit_trail
from intake.fakes import queries, reporter
from intake.fakes.models import Addition, Case, Evidence, Question, Report
from intake.fakes.question_phrases import Phrase
from intake.fakes.reporter import Told
from intake.fakes.service import incoming

TRACK = "follow"


def answer(
    question: Question,
    report: Report,
    kind: str,
    text: str,
    files: Sequence[Evidence],
    at: datetime,
) -> None:
    """Answer a handler's question: in words, or whether the profile is still `there` or `gone`."""
    case = db.session.get_one(Case, question.case_id)
    incoming.add(report, kind, text, files, at, about=case)


def back(report: Report, case: Case, now: datetime) -> None:
    """The profile is there again: its case is on the queue again (A92)."""
    incoming.add(report, "back", "", (), now, about=case)


def gone(report: Report, case: Case, now: datetime) -> None:
    """The reporter does not see the profile any more: no step of the case."""
    _note(report, "gone", now, case)


def give_contact(report: Report, told: Told, now: datetime) -> None:
    """Keep contact data: what is given takes the place of what was given before, the rest stays.
    It answers a question for it, if one waits."""
    reporter.add_contact(report, told)
    for question in queries.questions_to(report):
        if question.phrase == Phrase.CONTACT:
            return answer(question, report, "contact", "", (), now)
    return _note(report, "contact", now)


def withdraw_contact(report: Report, now: datetime) -> None:
    """Erase contact data; that it was withdrawn is kept, and nothing of what it was (A74)."""
    reporter.forget_contact(report)
    _note(report, "withdrawn", now)


def _note(report: Report, kind: str, now: datetime, case: Case | None = None) -> None:
    row = Addition(report_id=report.id, case_id=case and case.id, kind=kind)
    db.session.add(row)
    db.session.flush()
    actor = reporter.of(report)
    audit_trail.record(actor, now, case or report, TRACK, kind, facts={"addition": row.id})
