"""What stands behind the page of a step: what it offers, what must be there, what it does.

A room module that adds steps extends `STEPS`, and `PREPARE` where a form needs choices.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.table import problems_of
from intake.fakes import parties, queries, service, words, workflow
from intake.fakes.desk import report_summary
from intake.fakes.forms.files import WithFiles
from intake.fakes.forms.steps import (
    STEPS,
    AimForm,
    EndExclusionForm,
    LookForm,
    NoteForm,
    PriorityForm,
    StepForm,
)
from intake.fakes.models import Case
from intake.fakes.reporting import uploads
from intake.fakes.states import Outcome, Priority
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.profiles import queries as profiles
from intake.refusals import NotAllowed, Unseen
from intake.web import locale

PRESENT = (Outcome.RESTRICTED, Outcome.LABELLED, Outcome.RENAMED)  # still there, but harmless
BAD = ("set_aside", "close_unresolved", "retract", "exclude")


@dataclass(frozen=True)
class Act:
    """What a handler keeps beside the steps: a form, its heading, and what it does."""

    form: type[StepForm]
    heading: Any
    do: Callable[[Case, Person, datetime, Any], None]


def _note(case: Case, person: Person, now: datetime, form: Any) -> None:
    service.note(case, person, now, form.text.data)


def _look(case: Case, person: Person, now: datetime, form: Any) -> None:
    service.look(case, person, now, form.there.data == "yes", form.text.data or "")


def _prioritise(case: Case, person: Person, now: datetime, form: Any) -> None:
    service.prioritise(case, person, now, Priority(form.priority.data))


def _aim(case: Case, person: Person, now: datetime, form: Any) -> None:
    service.aim(case, person, now, form.profile.data or "", form.unit.data or "")


def _end_exclusion(case: Case, person: Person, now: datetime, form: Any) -> None:
    service.end_exclusion(case, person, now, form.exclusion.data)


ACTS = {
    "note": Act(NoteForm, _l("Write a note"), _note),
    "look": Act(LookForm, _l("Note your own look"), _look),
    "prioritise": Act(PriorityForm, _l("Change the priority"), _prioritise),
    "aim": Act(AimForm, _l("Say whom it imitates"), _aim),
    "end_exclusion": Act(EndExclusionForm, _l("End an exclusion"), _end_exclusion),
}


def check(case: Case, step: str, person: Person, now: datetime) -> None:
    """May this person do this now? Raises a refusal; Unseen for what has no page."""
    if step in ACTS:
        if person not in parties.handler.people(case, now):
            raise NotAllowed
    elif step in STEPS:
        _flow(step).check(step, case, person, now)
    else:
        raise Unseen


def _flow(step: str) -> Any:
    return workflow.POLICE if step in words.POLICE.buttons else workflow.CASE


def form_of(case: Case, step: str, person: Person, now: datetime) -> StepForm:
    """The form of a step with what it offers."""
    form = ACTS[step].form() if step in ACTS else STEPS[step]()
    if prepare := PREPARE.get(step):
        prepare(form, case, person, now)
    return form


def take(case: Case, step: str, person: Person, now: datetime, form: Any) -> str:
    """Do it, inside write(); returns where it leads."""
    files = uploads.staged(form.token_hash) if isinstance(form, WithFiles) else []
    uploads.give(case, files, person, now)
    if step in ACTS:
        ACTS[step].do(case, person, now, form)
    else:
        if step == "note_takedown":
            there = Outcome(form.outcome.data) in PRESENT
            service.look(case, person, now, there, form.seen_text.data or "")
        answers = form.answers() | ({"seen_at": now} if step in SEEN_NOW else {})
        answers |= {"evidence": [file.sha256 for file in files]} if files else {}
        service.take(case, step, person, now, seen=form.seen.revision, **answers)
    if not queries.is_seen_by(case, person):
        return url_for("fakes.queue")
    anchor = f"report-{form.what.data.partition(':')[2]}" if step == "reveal" else None
    return url_for("fakes.case", id=case.id, _anchor=anchor)


SEEN_NOW = ("note_takedown", "recheck")


def told(case: Case, step: str, person: Person, now: datetime) -> dict[str, Any]:
    """What the page of a step says around its form."""
    if step in ACTS:
        heading, missing = ACTS[step].heading, []
    else:
        flow = _flow(step)
        row = flow.check(step, case, person, now)
        heading = (words.POLICE if flow is workflow.POLICE else words.CASE).buttons[step]
        problems = problems_of(row, case, now, acting=person)
        missing = [one for one in problems if getattr(one, "field", None) is None]
    return {
        "case": case,
        "name": words.name(case),
        "step": step,
        "heading": heading,
        "means": words.MEANS.get(step, ""),
        "missing": [] if step == "note_takedown" else missing,
        "kind": "bad" if step in BAD else "filled",
        "may_look": step == "confirm",
    }


def _assign(form: Any, case: Case, _person: Person, now: datetime) -> None:
    handlers = parties.handler.people(case, now)
    form.handler.choices = [("", _("Nobody")), *_by_name(handlers)]
    if not form.is_submitted():
        form.handler.data = case.handler_id or ""


def _exclude(form: Any, case: Case, _person: Person, _now: datetime) -> None:
    without = parties.excluded(case)
    found = [*parties.all_handlers(), *people.holders(Role.KEEPER)]
    form.person.choices = [
        ("", _("Choose")),
        *_by_name(one for one in found if one.id not in without),
    ]


def _by_name(found: Any) -> list[tuple[str, str]]:
    return sorted({(one.id, one.name) for one in found}, key=lambda pair: pair[1])


def _end(form: Any, case: Case, person: Person, _now: datetime) -> None:
    rows = [row for row in queries.exclusions_of(case) if row.person_id != person.id]
    names = people.people(row.person_id for row in rows)
    form.exclusion.choices = [(row.id, names[row.person_id].name) for row in rows]


def _reports(case: Case, person: Person, now: datetime) -> list[report_summary.Shown]:
    return sorted(
        report_summary.of(case, person, now), key=lambda one: (one.report.created_at, one.report.id)
    )


def _reveal(form: Any, case: Case, person: Person, now: datetime) -> None:
    form.what.choices = [
        (f"contact:{one.report.id}", one.report.reference)
        for one in _reports(case, person, now)
        if one.has_contact
    ]
    if not form.is_submitted():
        form.what.data = request.args.get("what", "")


def _ask(form: Any, case: Case, person: Person, now: datetime) -> None:
    pairs = [(one.report.id, _line(one)) for one in _reports(case, person, now)]
    form.report.choices = pairs
    if not form.is_submitted():
        form.report.data = pairs[0][0] if len(pairs) == 1 else request.args.get("report", "")


def _line(one: report_summary.Shown) -> str:
    return f"{one.report.reference}: {', '.join(str(act) for act in one.acts)}"


def _merge(form: Any, _case: Case, _person: Person, _now: datetime) -> None:
    if not form.is_submitted():
        form.main_case.data = request.args.get("main_case", "")[:24]


def _split(form: Any, case: Case, person: Person, now: datetime) -> None:
    form.reports.choices = [(one.report.id, _line(one)) for one in _reports(case, person, now)]
    form.keys.choices = [
        (key.id, words.defanged(key.shown or key.key)) for key in queries.keys_of(case)
    ]


def _priority(form: Any, case: Case, _person: Person, _now: datetime) -> None:
    if not form.is_submitted():
        form.priority.data = case.priority


def _whom(form: Any, case: Case, _person: Person, _now: datetime) -> None:
    form.profile.choices = [("", _("None")), *profiles.listed_names()]
    spoken, tree = locale.current(), people.organisation(clock.today()).tree()
    units = [(unit.id, "\u00a0" * 3 * depth + unit.name(spoken)) for unit, depth in tree]
    form.unit.choices = [("", _("None")), *units]
    if not form.is_submitted():
        form.profile.data, form.unit.data = case.profile_id or "", case.unit_id or ""


PREPARE: dict[str, Callable[[Any, Case, Person, datetime], None]] = {
    "assign": _assign,
    "exclude": _exclude,
    "end_exclusion": _end,
    "reveal": _reveal,
    "ask_reporter": _ask,
    "merge": _merge,
    "split": _split,
    "prioritise": _priority,
    "aim": _whom,
}
