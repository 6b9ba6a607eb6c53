"""Finding cases by their words: handle, addresses, what reporters wrote, references."""

from collections.abc import Sequence

from intake.data import word_index
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.matching import name_index
from intake.fakes.models import Case, Report

INDEX = "case"
TEXTS = ("description", "visible_name", "target")


def remember(case: Case) -> None:
    """Let a case be found by what it holds now; never by who reported it."""
    db.session.flush()
    texts = [case.name, case.reference or ""]
    for key in queries.keys_of(case):
        texts += [key.key, key.shown]
    for report in queries.reports_of(case):
        texts += _texts(report)
    entries = {word for text in texts for word in word_index.words(text)}
    word_index.replace(db.session.connection(), INDEX, case.id, entries)
    name_index.remember(case)


def learn(case: Case, report: Report, keys: Sequence[str]) -> None:
    """Let a case be found by one more report, too: as much work as the report is long, however
    many there are already (A94)."""
    entries = {word for text in _texts(report) for word in word_index.words(text)}
    word_index.add(db.session.connection(), INDEX, case.id, entries)
    name_index.learn(case, report, keys)


def _texts(report: Report) -> list[str]:
    typed = [line.typed for line in report.addresses]
    return [report.reference, *typed, *(str(report.answers.get(name) or "") for name in TEXTS)]
