"""Who may and who is told, in relation to a case."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from intake import clock
from intake.database import db, once
from intake.fakes.models import Case, CaseReport, Exclusion, Report, Way
from intake.fakes.models import Filing as FilingRow
from intake.people import queries as people
from intake.people import routing
from intake.people.models import Person, Role
from intake.profiles.models import Profile
from intake.profiles.parties import admins as admins_of
from intake.profiles.parties import supervisor as supervisor_of
from intake.workflow import Party

Found = list[Person]


def excluded(case: Case) -> set[str]:
    """Ids of those who may see nothing of a case (A70)."""
    kept: dict[str, set[str]] = once().setdefault("excluded", {})
    if case.id not in kept:
        rows = select(Exclusion.person_id).where(
            Exclusion.case_id == case.id, Exclusion.ended_at.is_(None)
        )
        kept[case.id] = set(db.session.scalars(rows))
    return kept[case.id]


def _holders(role: Role) -> Found:
    kept: dict[Role, Found] = once().setdefault("holders", {})
    if role not in kept:
        kept[role] = people.holders(role)
    return kept[role]


def handlers_of(case: Case, _now: datetime) -> Found:
    """Every handler who is not excluded; where all are, the leads; where they are too, the
    keepers: naming every handler hides a report from nobody (A70)."""
    without = excluded(case)
    for role in (Role.HANDLER, Role.LEAD, Role.KEEPER):
        found = [person for person in _holders(role) if person.id not in without]
        if found:
            return found
    return _holders(Role.KEEPER)


def _lead(case: Case, now: datetime) -> Found:
    without = excluded(case)
    found = [person for person in _holders(Role.LEAD) if person.id not in without]
    return found or handlers_of(case, now)


def _other_handler(case: Case, now: datetime) -> Found:
    return [person for person in handlers_of(case, now) if person.id != case.handler_id]


def _assigned_handler(case: Case, now: datetime) -> Found:
    found = handlers_of(case, now)
    return [person for person in found if person.id == case.handler_id] or found


def _keepers(_case: Any, _now: datetime) -> Found:
    return _holders(Role.KEEPER)


def _target_admins(case: Case, now: datetime) -> Found:
    return [] if case.profile is None else list(admins_of.people(case.profile, now))


def _supervisor(case: Case, now: datetime) -> Found:
    return [] if case.profile is None else list(supervisor_of.people(case.profile, now))


def _target_unit(case: Case, now: datetime) -> Found:
    """The admins of the imitated profile and the head of its unit."""
    unit_id = case.unit_id or (case.profile.unit_id if case.profile else None)
    if unit_id is None:
        return _target_admins(case, now)
    head = routing.route(unit_id, [], (), clock.today(now)).acting
    return list(dict.fromkeys([*_target_admins(case, now), *([head] if head else [])]))


def _impersonated(case: Case, _now: datetime) -> Found:
    """The expert whose profile is imitated, or the colleague who said that it is them."""
    found = [case.profile.subject] if case.profile and case.profile.subject else []
    ids = {
        report.by_id
        for report in case.reports
        if report.by_id and report.answers.get("reporter_role") == "impersonated"
    }
    found += [person for person in people.people(ids).values() if person.is_active]
    return list(dict.fromkeys(found))
