"""Changing what the town lays down: every change leaves a line in the trail."""

from datetime import date, datetime
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import select

from intake import clock, trail
from intake.database import db
from intake.forms import Problem
from intake.handbook import queries
from intake.handbook.models import (
    Acknowledgement,
    GuidelineVersion,
    Platform,
    Training,
    TrainingKind,
)
from intake.handbook.shipped import PLATFORMS
from intake.people.models import Person
from intake.refusals import Stale, Unready, Unseen

TEXTS = Path(__file__).parent / "guidelines"


def ensure_shipped(now: datetime) -> None:
    """Fill in what is shipped and not there: platforms, and the first guidelines.

    Called inside `write()` at every start; what the town has changed stays as it is. Shipped rows
    are nobody's doing and leave no trail. Hosts are shipped with the address rules: the table
    holds those that the town adds.
    """
    there = set(db.session.scalars(select(Platform.code)))
    db.session.add_all(Platform(**line._asdict()) for line in PLATFORMS if line.code not in there)
    if db.session.scalars(select(GuidelineVersion.id).limit(1)).first() is None:
        texts = {f"text_{code}": _shipped_text(code) for code in ("fi", "sv", "en")}
        db.session.add(GuidelineVersion(number=1, in_force_on=clock.today(now), **texts))
    db.session.flush()


def _shipped_text(code: str) -> str:
    return (TEXTS / f"1.{code}.md").read_text(encoding="utf-8")


def acknowledge(person: Person, now: datetime, *, seen: int | None = None) -> None:
    """Note that a person has read the guidelines in force and follows them (G1, P12).

    `seen` is the number of the version they read: Stale where another has come into force. A
    repeat changes nothing.
    """
    current = queries.current_guidelines()
    if current is None:
        raise Unseen
    if seen is not None and seen != current.number:
        raise Stale
    db.session.get(
        Person, person.id, with_for_update=True
    )  # two at once: the second sees the first
    newest = queries.acknowledgement(person.id)
    if newest is not None and newest.number >= current.number:
        return
    row = Acknowledgement(person_id=person.id, number=current.number, at=now)
    db.session.add(row)
    db.session.flush()
    facts = {"person": person.id, "version": current.number}
    trail.record(person, now, row, "acknowledgement", "acknowledge", facts=facts)


def record_training(
    person: Person, kind: TrainingKind, held_on: date, until: date | None, by: Person, now: datetime
) -> Training:
    """Note a training that a person has had (P11, G1); `until` is its last valid day.

    Unready where it lies ahead or ends before it was held.
    """
    problems = []
    if held_on > clock.today(now):
        problems.append(Problem(_("The training is still to come."), "held_on"))
    if until is not None and until < held_on:
        problems.append(Problem(_("The training ends before it was held."), "until"))
    if problems:
        raise Unready(problems)
    row = Training(person_id=person.id, kind=kind, held_on=held_on, until=until)
    db.session.add(row)
    db.session.flush()
    trail.record(by, now, row, "training", "record", facts={"person": person.id, "kind": kind})
    return row
