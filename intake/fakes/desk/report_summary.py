"""The reports of a case as its handlers read them: the weightiest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intake.data.base import db
from intake.fakes import choices, queries, reporter, words
from intake.fakes.matching.report_keys import GRAVE
from intake.fakes.models import Addition, Case, Contact, Evidence, Question, Report, Reveal
from intake.fakes.question_phrases import LABELS, Phrase
from intake.people.models import Person

HARM = {
    "money": _l("Money given"),
    "data": _l("Data given"),
    "no": _l("No harm"),
    "unsaid": _l("Harm not told"),
}
ROLES = {
    "bystander": _l("A bystander reported it."),
    "impersonated": _l("The one who is impersonated reported it."),
    "unit": _l("Somebody of the imitated unit reported it."),
    "cheated": _l("Somebody who was cheated reported it."),
}
ADDED = {
    "text": _l("The reporter added"),
    "gone": _l("The reporter says that it is gone"),
    "back": _l("The reporter says that it is back"),
}


@dataclass(frozen=True)
class Shown:
    """One report on the page. `told` is its contact data while these are open to the reader."""

    report: Report
    harm: Any
    acts: list[Any]
    role: Any
    kind: Any
    elsewhere: list[Any]
    addresses: list[str]
    files: list[Evidence]
    additions: list[tuple[Any, Addition]]
    asked: list[tuple[Any, Question]]
    has_contact: bool
    told: reporter.Told | None
    until: datetime | None

    @property
    def weight(self) -> tuple[Any, ...]:
        """Those with pictures, with harm, with contact data come first; then the oldest."""
        grave = self.report.answers.get("harm") in GRAVE
        return not self.files, not grave, not self.has_contact, self.report.created_at

    @property
    def is_plain(self) -> bool:
        """Is there nothing to it but the words of its form?"""
        grave = self.report.answers.get("harm") in GRAVE
        return not (grave or self.files or self.has_contact or self.additions or self.asked)

    @property
    def says(self) -> tuple[Any, ...]:
        """What makes two reports equal: the words and the addresses as they were typed."""
        words = str(self.report.answers.get("description") or "").split()
        name = self.report.answers.get("visible_name")
        return tuple(words), name, tuple(self.addresses), tuple(map(str, self.acts))


def of(case: Case, person: Person, now: datetime) -> list[Shown]:
    """The reports that a person may read of a case (A70)."""
    hidden = queries.hidden_reports(case, person)
    found = [report for report in queries.reports_of(case) if report.id not in hidden]
    ids = [report.id for report in found]
    beside = {model: _grouped(model, ids) for model in (Addition, Contact, Evidence, Question)}
    revealed = queries.revealed_to(case, person, now)
    return sorted((_shown(one, beside, revealed, now) for one in found), key=lambda one: one.weight)


def folded(found: Iterable[Shown]) -> list[tuple[Shown, int]]:
    """Each report with the number of others that say the very same, which are not shown: ten
    thousand equal texts are one (A90, A94). Whatever has a picture, harm, contact data or an
    addition of its own stands alone."""
    alone: list[tuple[Shown, int]] = []
    equal: dict[tuple[Any, ...], list[Shown]] = {}
    for one in found:
        if one.is_plain:
            equal.setdefault(one.says, []).append(one)
        else:
            alone.append((one, 0))
    several = [(group[0], len(group) - 1) for group in equal.values()]
    return sorted([*alone, *several], key=lambda pair: pair[0].weight)


def _grouped(model: Any, ids: Iterable[str]) -> dict[str, list[Any]]:
    """What belongs to each report, oldest first."""
    query = select(model).where(model.report_id.in_(list(ids))).order_by(model.created_at)
    groups: dict[str, list[Any]] = {}
    for row in db.session.scalars(query):
        groups.setdefault(row.report_id, []).append(row)
    return groups


def _shown(report: Report, beside: Any, revealed: dict[str, Reveal], now: datetime) -> Shown:
    said, line = report.answers.get, revealed.get(f"contact:{report.id}")
    return Shown(
        report=report,
        harm=HARM.get(str(said("harm")), ""),
        acts=_labels(choices.ACTS, said("acts")),
        role=ROLES.get(str(said("reporter_role")), ""),
        kind=next(iter(_labels(choices.TARGET_KINDS, [said("target_kind")])), ""),
        elsewhere=_labels(choices.ELSEWHERE, said("reported_elsewhere")),
        addresses=[words.defanged(line.typed) for line in report.addresses],
        files=beside[Evidence].get(report.id, []),
        additions=[(ADDED.get(one.kind, ""), one) for one in beside[Addition].get(report.id, [])],
        asked=[(LABELS[Phrase(one.phrase)], one) for one in beside[Question].get(report.id, [])],
        has_contact=report.id in beside[Contact],
        told=reporter.revealed(report, line, now) if line else None,
        until=line.until if line else None,
    )


def _labels(labels: dict[Any, Any], codes: Any) -> list[Any]:
    """The words of codes; a code that nobody knows is left out."""
    known = {str(code): label for code, label in labels.items()}
    return [known[str(code)] for code in codes or () if str(code) in known]
