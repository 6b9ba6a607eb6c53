"""The guidelines: published as numbered versions, acknowledged by each person (G1, P12)."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.handbook import queries, roll
from intake.handbook.models import Acknowledgement, GuidelineVersion
from intake.people.models import Person
from intake.refusals import Stale, Unready, Unseen
from intake.web.forms import Problem


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
    audit_trail.record(person, now, row, "acknowledgement", "acknowledge", facts=facts)


def publish(
    texts: Mapping[str, str], by: Person, now: datetime, *, seen: int | None
) -> GuidelineVersion:
    """Bring a new version into force, from a text for each language; it is never changed again.

    Everybody who must acknowledge it gets a message. `seen` is the number of the version that the
    texts began from: Stale where another is in force. Unready where nothing was changed.
    """
    newest = select(GuidelineVersion.id).order_by(GuidelineVersion.number.desc()).limit(1)
    db.session.execute(newest.with_for_update())  # two at once: the second sees the first
    current = queries.current_guidelines()
    if current is None or seen != current.number:
        raise Stale
    if all(current.text(code).strip() == text.strip() for code, text in texts.items()):
        raise Unready([Problem(_("This is the version in force. Change the text first."))])
    version = GuidelineVersion(
        number=current.number + 1,
        in_force_on=clock.today(now),
        **{f"text_{code}": text for code, text in texts.items()},
    )
    db.session.add(version)
    db.session.flush()
    hashes = {code: sha256(text.encode()).hexdigest() for code, text in texts.items()}
    facts = {"number": version.number, **hashes}
    entry = audit_trail.record(by, now, version, "guidelines", "publish", facts=facts)
    for person in roll.everybody():
        outbox.notify("handbook/guidelines", version, person, now, entry)
    return version
