"""Who may and who is told, in relation to a case."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.engine.table import Party
from intake.fakes import reporter as senders
from intake.fakes.models import Case, Exclusion, Question
from intake.fakes.reporter import Reporter
from intake.fakes.states import Ground, Priority
from intake.people import queries as people
from intake.people import routing, town
from intake.people.models import Person, Role
from intake.profiles import queries as profiles

Found = list[Person]


def excluded(case: Case) -> set[str]:
    """Ids of those who may see nothing of a case (A70)."""
    kept: dict[str, set[str]] = transaction_cache(Exclusion)
    if case.id not in kept:
        rows = select(Exclusion.person_id).where(
            Exclusion.case_id == case.id, Exclusion.ended_at.is_(None)
        )
        kept[case.id] = set(db.session.scalars(rows))
    return kept[case.id]


def recall_excluded(cases: Iterable[Case]) -> None:
    """Read at once who is excluded from many cases."""
    kept: dict[str, set[str]] = transaction_cache(Exclusion)
    wanted = [case.id for case in cases if case.id not in kept]
    rows = select(Exclusion.case_id, Exclusion.person_id).where(
        Exclusion.case_id.in_(wanted), Exclusion.ended_at.is_(None)
    )
    kept.update({case_id: set() for case_id in wanted})
    for case_id, person_id in db.session.execute(rows) if wanted else ():
        kept[case_id].add(person_id)


def all_handlers() -> Found:
    """Every handler, lead handlers among them."""
    return people.holders(Role.HANDLER)


def _handlers(case: Case, _now: datetime) -> Found:
    """Every handler who is not excluded; where all are, the keepers who are not: naming every
    handler hides a report from nobody (A70). Where nobody is left, the administrators name
    somebody (`nobody_handles`)."""
    without = excluded(case)
    for found in (all_handlers(), people.holders(Role.KEEPER)):
        if left := [person for person in found if person.id not in without]:
            return left
    return []


def _administrators(_case: Case, _now: datetime) -> Found:
    return people.holders(Role.ADMINISTRATOR)


def _lead(case: Case, now: datetime) -> Found:
    without = excluded(case)
    leads = [one for one in people.holders(Role.LEAD) if one.id not in without]
    return leads or _handlers(case, now)


def _other_handler(case: Case, now: datetime) -> Found:
    """Another handler than the case's; nobody where the town has only one."""
    return [person for person in _handlers(case, now) if person.id != case.handler_id]


def _assigned_handler(case: Case, now: datetime) -> Found:
    found = _handlers(case, now)
    return [person for person in found if person.id == case.handler_id] or found


def _told_of_new(case: Case, now: datetime) -> Found:
    """The handlers, but nobody of reports held apart, nor of each single case in a flood."""
    if case.held or is_flood(now):
        return []
    return _handlers(case, now)


def is_flood(now: datetime) -> bool:
    """Have more cases come within an hour than are told of one by one (A90)?"""
    most = town.current().flood_cases
    recent = select(Case.id).where(
        Case.held.is_(False), Case.created_at > now - timedelta(hours=1), Case.created_at <= now
    )
    return len(db.session.scalars(recent.limit(most + 1)).all()) > most


def _keepers(_case: Any, _now: datetime) -> Found:
    return people.holders(Role.KEEPER)


def _target_admins(case: Case, _now: datetime) -> Found:
    return [] if case.profile is None else [part.person for part in case.profile.current_admins]


def _supervisor(case: Case, now: datetime) -> Found:
    found = None if case.profile is None else profiles.supervisor(case.profile, now)
    return [] if found is None else [found]


def _target_unit(case: Case, now: datetime) -> Found:
    """The admins of the imitated profile and the head of its unit."""
    unit_id = case.unit_id or (case.profile.unit_id if case.profile else None)
    if unit_id is None:
        return _target_admins(case, now)
    head = routing.route(unit_id, [], (), clock.today(now)).acting
    return list(dict.fromkeys([*_target_admins(case, now), *([head] if head else [])]))


def _impersonated(case: Case, now: datetime) -> Sequence[Any]:
    """The expert whose profile is imitated; and colleagues who said that it is them, who are told
    as reporters, for a letter to their person would tell who reported."""
    expert = [case.profile.subject] if case.profile and case.profile.subject else []
    own = {
        report.id
        for report in case.reports
        if report.is_colleague and report.answers.get("reporter_role") == "impersonated"
    }
    return [*expert, *(one for one in senders.reachable(case.id, now) if own and one.id in own)]


def _reporters(case: Case, _now: datetime) -> Sequence[Reporter]:
    return senders.of_case(case.id)


def _reachable(case: Case, now: datetime) -> Sequence[Reporter]:
    return senders.reachable(case.id, now)


def _sender(case: Case, now: datetime) -> Sequence[Reporter]:
    """Who has just sent a report, where they left an address; nobody of older ones."""
    if case.sending is None:
        return []
    return [one for one in senders.reachable(case.id, now) if one.id == case.sending.report_id]


def _asked(case: Case, now: datetime) -> Sequence[Reporter]:
    open_one = select(Question.report_id).where(
        Question.case_id == case.id, Question.answered_at.is_(None)
    )
    asked = set(db.session.scalars(open_one))
    return [one for one in senders.reachable(case.id, now) if one.id in asked]


def _if(holds: Callable[[Case], bool], people: Callable[[Case, datetime], Any]) -> Any:
    return lambda case, now: people(case, now) if holds(case) else []


def _is_urgent(case: Case) -> bool:
    return case.priority is Priority.URGENT and not case.held


def _is_weightier(case: Case) -> bool:
    return case.sending is not None and case.sending.weightier


def _is_official(case: Case) -> bool:
    return case.ground in (Ground.OFFICIAL, Ground.WAS_OFFICIAL)


handler = Party("handler", _handlers)
handlers = Party("handlers", _told_of_new)
lead = Party("lead", _lead)
administrators = Party("administrators", _administrators)
other_handler = Party("other_handler", _other_handler)
assigned_handler = Party("assigned_handler", _assigned_handler)
handler_if_weightier = Party("handler_if_weightier", _if(_is_weightier, _assigned_handler))
keeper = Party("keeper", _keepers)
keepers = Party("keepers", _keepers)
supervisor = Party("supervisor", _supervisor)
target_admins = Party("target_admins", _target_admins)
target_admins_if_official = Party("target_admins_if_official", _if(_is_official, _target_admins))
target_unit = Party("target_unit", _target_unit)
unit_if_urgent = Party("unit_if_urgent", _if(_is_urgent, _target_unit))
impersonated = Party("impersonated", _impersonated)
reporter = Party("reporter", _reporters)
sender = Party("reporter", _sender)
reporters = Party("reporters", _reachable)
asked_reporter = Party("asked_reporter", _asked)
