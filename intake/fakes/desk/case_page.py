"""What the page of one case shows, gathered for its template."""

from datetime import datetime
from typing import Any

from flask import url_for

from intake import clock
from intake.engine import audit_trail, tracks
from intake.engine import duties as desks
from intake.engine.duties import Awaited
from intake.engine.history import sentence
from intake.fakes import choices, duties, queries, waiting, words, workflow
from intake.fakes.desk import filing_page, report_summary
from intake.fakes.desk.report_summary import Shown
from intake.fakes.forms.notice import NotifyForm, route_of, used
from intake.fakes.matching import related_cases, report_keys, side_by_side
from intake.fakes.models import Case
from intake.fakes.states import CaseState, Priority, Way
from intake.handbook import queries as handbook
from intake.people import queries as people
from intake.people.models import Person

SHOWN = 20  # reports, unless all are asked for
ENDED = {CaseState.DUPLICATE: "unmerge", CaseState.SPAM: "restore"}  # what undoes an end
BESIDE = ("reveal", "note", "look", "prioritise", "aim", "end_exclusion")  # have their own places


def of(case: Case, person: Person, now: datetime, *, every_report: bool = False) -> dict[str, Any]:
    """All that the page of a case shows to a person."""
    steps = steps_of(case, person, now)
    reports = report_summary.of(case, person, now)
    keys = queries.keys_of(case)
    notes, looks = queries.notes_of(case), queries.looks_of(case)
    files = queries.evidence_of(case)
    excluded = queries.exclusions_of(case)
    main, merged = queries.main(case), queries.merged_into(case, person)
    return {
        "case": case,
        "name": words.name(case),
        "platform": platform_name(case.platform_code),
        "tag": words.CASE.states[case.state],  # type: ignore[index]
        "is_urgent": case.priority is Priority.URGENT,
        "money_given": any(one.report.answers.get("harm") == "money" for one in reports),
        "tells_of_children": any(report_keys.names_children(one.report.answers) for one in reports),
        "is_late": case.due_at is not None and case.due_at <= now,
        **_next(case, person, now),
        "steps": steps,
        "may_merge": "merge" in dict(steps),
        "may_note": filing_page.handles(case, person, now),
        "keys": keys,
        "pair": side_by_side.of(case, keys, files, looks),
        "reports": _listed(reports, every=every_report),
        "number": len(reports),
        "files": files,
        "looks": looks,
        "questions_open": {question.report_id for question in queries.open_questions(case)},
        "notes": notes,
        "excluded": excluded,
        "main": main if main != case and queries.is_seen_by(main, person) else None,
        "merged": merged,
        "history": history(case, merged),
        "coming": None if case.due_at is None else (words.DUE[case.state], case.due_at),  # type: ignore[index]
        "related": related_cases.related(case, person),
        "police": filing_page.police_of(case, person, now),
        "sent": filing_page.filings_of(case),
        "is_grave": report_keys.is_grave(case),
        "outcome": words.OUTCOMES.get(case.outcome) if case.outcome else "",
        "ground": words.GROUNDS.get(case.ground) if case.ground else "",
        "held": words.HELD,
        "names": _names(case, *notes, *looks, *excluded),
    }


def _next(case: Case, person: Person, now: datetime) -> dict[str, Any]:
    """What waits for the reader, the step that the rules allow them for it, what blocks the one
    that does not go yet, and whom the case waits for."""
    duty = next(iter(duties.of_cases(person, now, case)), None)
    found = desks.first_step(tracks.track(workflow.CASE.name), case, person, now, waiting.LIFTS)
    first = found.step.name if found.step else ENDED.get(case.state or CaseState.RECEIVED, "")
    if not workflow.CASE.may(first, case, person, now):
        first = ""
    return {
        "duty": duty,
        "next": _inside(str(duty.verb)) if duty else "",
        "first": (first, words.CASE.buttons[first]) if first else None,
        "one_press": first in ("take", "restore", "go_on", "ask_second"),
        "blocks": found.blocks,
        "awaited": _awaited(case, now),
    }


def _awaited(case: Case, now: datetime) -> list[Awaited]:
    """What the case and the police wait for, and the alarm of a profile that is got back."""
    about: list[tuple[str, Any]] = [(workflow.CASE.name, case), (workflow.POLICE.name, case)]
    if case.state is CaseState.RECOVERING and case.profile is not None:
        about.insert(0, ("alarm", case.profile))
    return [one for name, what in about for one in desks.awaited(tracks.track(name), what, now)]


def _listed(reports: list[Shown], *, every: bool) -> list[tuple[Shown, int]]:
    """Each report to show, and how many more say the very same."""
    return [(one, 0) for one in reports] if every else report_summary.folded(reports)[:SHOWN]


def _inside(verb: str) -> str:
    """A verb as it stands inside a sentence."""
    return verb[:1].lower() + verb[1:]


def steps_of(case: Case, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """Name and button of every step that is open to a person here and has no place of its own."""
    return [
        (step.name, words.CASE.buttons[step.name])
        for step in workflow.CASE.available(case, person, now)
        if step.page in (None, "fakes.file_recovery") and step.name not in BESIDE
    ]


def platform_name(code: str) -> Any:
    """What a platform is called; web sites and unknown services have words of their own."""
    found = handbook.platform(code)
    return found.name if found else choices.WITHOUT_RULES.get(code, code)


def history(case: Case, merged: list[Case]) -> list[dict[str, Any]]:
    """What was done on a case, the newest first, with reasons; and what was merged into it."""
    entries = [
        (entry, written or {})
        for entry, written in audit_trail.history([case.id, *(one.id for one in merged)])
        if entry.subject_id == case.id or entry.step == "merge"
    ]
    names: dict[str, Any] = people.people(entry.actor for entry, _written in entries)
    references = {one.id: one.reference for one in merged}
    return [
        {
            "at": entry.at,
            "what": sentence(entry, names),
            "why": _why(written),
            "which": references.get(entry.subject_id, ""),
        }
        for entry, written in reversed(entries)
    ]


def _why(written: dict[str, Any]) -> str:
    """The reasons that somebody wrote with a step."""
    asked = ("reason", "opinion", "what_happened", "decision_text")
    return next((str(written[name]) for name in asked if written.get(name)), "")


def _names(*rows: Any) -> dict[str, str]:
    """The names of those who are named by some rows, by id."""
    ids = [
        getattr(row, name, None)
        for row in rows
        for name in ("by_id", "person_id", "second_by_id", "handler_id")
    ]
    return {person_id: person.name for person_id, person in people.people(ids).items()}


def notice(case: Case, form: NotifyForm) -> dict[str, Any]:
    """What stands around a notice: the fake and the genuine one side by side, and the route."""
    channel = str(form.draft.channel.data)
    form.channel.data = channel
    return {
        "draft": form.draft,
        "pair": side_by_side.of(
            case, queries.keys_of(case), queries.evidence_of(case), queries.looks_of(case)
        ),
        "route": filing_page.told_of_route(route_of(case, channel)),
        "way": words.WAYS[Way(channel)],
        "is_used": Way(channel) in used(case),
    }


def home(case: Case, person: Person) -> str:
    """The case for who handles it, else the profile that it is about."""
    if filing_page.handles(case, person, clock.now()):
        return words.path(case)
    return url_for("profiles.show", id=case.profile_id)
