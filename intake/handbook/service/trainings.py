"""Trainings that people have had (P11, G1): recorded by somebody else, cancelled when mistaken."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.handbook.models import Training, TrainingKind
from intake.people.models import Person
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web.forms import Problem


def record_training(
    person: Person, kind: TrainingKind, held_on: date, until: date | None, by: Any, now: datetime
) -> Training:
    """Note a training that a person has had; as `record_trainings`."""
    return record_trainings([person], kind, held_on, until, by, now)[0]


def record_trainings(
    persons: Sequence[Person],
    kind: TrainingKind,
    held_on: date,
    until: date | None,
    by: Any,
    now: datetime,
) -> list[Training]:
    """Note a training that people have had; `until` is its last valid day, None for ever.

    Nobody records their own: NotAllowed. Unready where it lies ahead or ends before it was held.
    A row that is there already, the same in everything, is not made again.
    """
    if by in persons:
        raise NotAllowed
    problems = []
    if held_on > clock.today(now):
        problems.append(Problem(_("The training is still to come."), "held_on"))
    if until is not None and until < held_on:
        problems.append(Problem(_("The training ends before it was held."), "until"))
    if problems:
        raise Unready(problems)
    same = select(Training).where(
        Training.person_id.in_([person.id for person in persons]),
        Training.kind == kind,
        Training.held_on == held_on,
        Training.until == until if until else Training.until.is_(None),
        Training.cancelled_at.is_(None),
    )
    there = {row.person_id: row for row in db.session.scalars(same)}
    return [
        there.get(person.id) or _record(person, kind, held_on, until, by, now) for person in persons
    ]


def _record(
    person: Person, kind: TrainingKind, held_on: date, until: date | None, by: Any, now: datetime
) -> Training:
    row = Training(person_id=person.id, kind=kind, held_on=held_on, until=until)
    db.session.add(row)
    db.session.flush()
    facts = {"person": person.id, "kind": kind, "held_on": str(held_on)}
    facts |= {"until": str(until)} if until else {}
    audit_trail.record(by, now, row, "training", "record", facts=facts)
    return row


def cancel_training(row: Training, by: Person, now: datetime) -> None:
    """Note that a training was recorded by mistake: it stays in sight and counts no more.

    Nobody cancels their own: NotAllowed. WrongState where it was cancelled before.
    """
    if by.id == row.person_id:
        raise NotAllowed
    db.session.refresh(row, with_for_update={"of": Training})
    if row.cancelled_at is not None:
        raise WrongState
    row.cancelled_at = now
    audit_trail.record(by, now, row, "training", "cancel", facts={"person": row.person_id})
