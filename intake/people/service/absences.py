"""Absences: for routing alone, so never with a reason (A3, E4)."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from intake import clock, ports
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.people import queries
from intake.people.models import Absence, Person, Role
from intake.people.service.common import locked
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web.forms import Problem


def enter_absence(
    person: Person, begins: date, until: date, deputy: Person | None, by: Person, now: datetime
) -> Absence:
    """Note when a person is away and who stands in (A3).

    Entered by the person, their own head or an administrator, never by who would stand in, and
    never back-dated. Raises NotAllowed, or Unready beside `begins`, `until` or `deputy`.
    """
    locked(person)
    if not may_enter_absence(person, by, now) or by == deputy:
        raise NotAllowed
    if problems := _problems(person, begins, until, deputy, now):
        raise Unready(problems)
    absence = Absence(
        person_id=person.id,
        begins=begins,
        until=until,
        deputy_id=deputy.id if deputy else None,
        entered_by_id=by.id,
    )
    db.session.add(absence)
    db.session.flush()
    _note(absence, "enter", by, now)
    return absence


def change_absence(absence: Absence, until: date, by: Person, now: datetime) -> bool:
    """Another last day, such as yesterday for somebody who is back early; says whether anything
    changed. By the same people as entering. Raises WrongState where the absence is over."""
    _own(absence, by, now)
    if absence.until == until:
        return False
    if problems := _end_problems(absence, until, now):
        raise Unready(problems)
    absence.until = until
    _note(absence, "change", by, now)
    return True


def cancel_absence(absence: Absence, by: Person, now: datetime) -> None:
    """The absence does not take place, or ends this moment. Raises WrongState where it is over."""
    _own(absence, by, now)
    _cancel(absence, by, now)


def end_all(person: Person, by: Any, now: datetime) -> None:
    """Every absence of somebody who leaves that is not over, whoever asks."""
    for absence in queries.absences_of(person, clock.today(now)):
        _cancel(absence, by, now)


def _cancel(absence: Absence, by: Any, now: datetime) -> None:
    absence.cancelled_at = now
    _note(absence, "cancel", by, now)


def _own(absence: Absence, by: Person, now: datetime) -> None:
    if not may_change_absence(absence, by, now):
        raise NotAllowed
    locked(absence)
    if is_over(absence, now):
        raise WrongState


def is_over(absence: Absence, now: datetime) -> bool:
    """Has the absence ended, or was it cancelled?"""
    return absence.cancelled_at is not None or absence.until < clock.today(now)


def _note(absence: Absence, step: str, by: Any, now: datetime) -> None:
    """Leave a line, and tell the person and who stands in, unless they did it themselves."""
    db.session.flush()
    facts = {
        "person": absence.person_id,
        "deputy": absence.deputy_id,
        "from": str(absence.begins),
        "until": str(absence.until),
    }
    line = audit_trail.record(by, now, absence, "absence", step, facts=facts)
    for person in queries.people([absence.person_id, absence.deputy_id]).values():
        if person != by and person.is_active:
            outbox.notify("absence", absence, person, now, line)
    ports.here().staff.organisation_changed(by, now)


def may_enter_absence(person: Person, by: Person, now: datetime) -> bool:
    """The person, the head above them, or an administrator; never a standing deputy of theirs."""
    if by == person:
        return True
    org = queries.organisation(clock.today(now))
    if any(unit.head_id == person.id and unit.deputy_id == by.id for unit in org.units.values()):
        return False
    return by.id == org.head_above(person) or Role.ADMINISTRATOR in by.roles


def may_change_absence(absence: Absence, by: Person, now: datetime) -> bool:
    """As for entering it, and never who stands in because of it."""
    return may_enter_absence(absence.person, by, now) and by.id != absence.deputy_id


def _problems(
    person: Person, begins: date, until: date, deputy: Person | None, now: datetime
) -> list[Problem]:
    problems = []
    if not person.is_active:
        problems.append(Problem(_("This person is not in service any more."), "person"))
    if begins < clock.today(now):
        problems.append(Problem(_("An absence cannot begin before today."), "begins"))
    if until < begins:
        problems.append(Problem(_("The last day is before the first."), "until"))
    elif _overlaps(person, begins, until, now):
        problems.append(Problem(_("Another absence is entered for these days already."), "begins"))
    if deputy is not None and (deputy == person or not deputy.is_active):
        problems.append(Problem(_("Choose somebody else who is in service."), "deputy"))
    return problems


def _end_problems(absence: Absence, until: date, now: datetime) -> list[Problem]:
    yesterday = clock.today(now) - timedelta(days=1)
    if until < absence.begins:
        return [
            Problem(_("The last day is before the first. Cancel the absence instead."), "until")
        ]
    if until < yesterday:
        return [Problem(_("The last day can be yesterday at the earliest."), "until")]
    if _overlaps(absence.person, absence.begins, until, now, but=absence):
        return [Problem(_("Another absence is entered for these days already."), "until")]
    return []


def _overlaps(
    person: Person, begins: date, until: date, now: datetime, but: Absence | None = None
) -> bool:
    return any(
        one.begins <= until and begins <= one.until
        for one in queries.absences_of(person, clock.today(now))
        if one is not but
    )
