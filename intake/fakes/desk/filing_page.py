"""What the pages show of what is sent, of the police, and of the two profiles side by side."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from intake import clock
from intake.engine.table import problems_of
from intake.fakes import parties, queries, words, workflow
from intake.fakes.models import Case, Filing
from intake.fakes.service import recovery
from intake.fakes.states import PoliceState, Way
from intake.handbook import queries as handbook
from intake.handbook.models import ReportRoute
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.refusals import NotAllowed, WrongState

COMPLAINT_MONTHS = 6  # from being told a decision (2022/2065 art. 20(1))


def complaint_until(row: Filing) -> date | None:
    """The last day on which the town can complain to the service about its decision on a notice
    of illegal content; at least six months from being told (2022/2065 art. 20(1))."""
    if row.way is not Way.ART16 or row.decided_on is None:
        return None
    years, month = divmod(row.decided_on.month - 1 + COMPLAINT_MONTHS, 12)
    year, month = row.decided_on.year + years, month + 1
    return date(year, month, min(row.decided_on.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Sent:
    """What was sent, as the case page shows it."""

    filing: Filing
    way: str
    by: str
    complaint_until: date | None


def filings_of(case: Case, *, police: bool = False) -> list[Sent]:
    """What was sent about a case, newest first: to the service and further, or to the police."""
    rows = [row for row in queries.filings_of(case) if (row.way is Way.POLICE) == police]
    names = people.people(row.by_id for row in rows)
    return [
        Sent(
            row,
            str(words.WAYS[row.way]),
            names[row.by_id].name if row.by_id in names else "",
            complaint_until(row),
        )
        for row in reversed(rows)
    ]


@dataclass(frozen=True)
class Police:
    """The track with the police, as the case page shows it."""

    tag: Any
    due: datetime | None
    steps: list[tuple[str, Any]]
    filings: list[Sent]
    packed_at: datetime | None
    is_stale: bool  # evidence came after the packet was made


def police_of(case: Case, person: Person, now: datetime) -> Police:
    """How the case stands with the police, and the steps that are open to a person."""
    newest = max((file.created_at for file in queries.evidence_of(case)), default=None)
    waits = case.police is PoliceState.NOT_CONSIDERED
    return Police(
        tag=words.POLICE.states[case.police],
        due=case.police_due_at if waits else None,
        steps=[
            (url_for("fakes.case_step", id=case.id, step=row.name), words.POLICE.buttons[row.name])
            for row in workflow.POLICE.available(case, person, now)
        ],
        filings=filings_of(case, police=True),
        packed_at=case.packet_at,
        is_stale=bool(case.packet_at and newest and newest > case.packet_at),
    )


def handles(case: Case, person: Person, now: datetime) -> bool:
    """Is a person a handler of the case?"""
    return person in parties.handler.people(case, now)


def told_of_route(route: ReportRoute | None) -> dict[str, Any]:
    """A platform's route in words: where, what it asks for, and whether that is still true."""
    if route is None:
        return {}
    address, asks = handbook.words_of(route)
    return {
        "address": address,
        "asks": asks,
        "needs_account": route.needs_account,
        "checked_on": route.checked_on,
        "is_fresh": route.is_fresh(clock.today()),
    }


def beside_profile(profile: Profile, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """What a person may do about a profile of the town's own: begin to get it back, or note what
    was sent for it."""
    open_case = queries.open_recovery_of(profile.id)
    if open_case is None:
        case = recovery.new_case(profile)
        if _is_closed_to(case, "open_recovery", person, now):
            return []
        path = url_for("fakes.open_recovery", id=profile.id)
        return [(path, words.CASE.buttons["open_recovery"])]
    found = []
    if handles(open_case, person, now):
        found.append((words.path(open_case), words.title(open_case)))
    if any(row.name == "file_recovery" for row in workflow.CASE.available(open_case, person, now)):
        path = url_for("fakes.file_recovery", id=open_case.id)
        found.append((path, words.CASE.buttons["file_recovery"]))
    return found


def _is_closed_to(case: Case, step: str, person: Person, now: datetime) -> bool:
    """Can a person not take a step now, whatever they answer?"""
    try:
        row = workflow.CASE.check(step, case, person, now)
    except (NotAllowed, WrongState):
        return True
    return bool(problems_of(row, case, now, {"acting": person}))
