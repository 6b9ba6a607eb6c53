"""Known neighbours: names and addresses that resemble a listed one and are somebody else's, such as
those of a library's friends. The check calls none of them a look-alike."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from intake import addresses
from intake.addresses.lookalike import shaped
from intake.data.base import db
from intake.engine import audit_trail
from intake.handbook import queries as handbook
from intake.people.models import Person
from intake.profiles import queries
from intake.profiles.models import Neighbour
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem


def listed() -> list[Neighbour]:
    """All of them, by what was typed."""
    return list(db.session.scalars(select(Neighbour).order_by(Neighbour.text, Neighbour.id)))


def of(row_id: str) -> Neighbour:
    """One of them; raises Unseen where there is none."""
    row = db.session.get(Neighbour, row_id)
    if row is None:
        raise Unseen
    return row


def add(text: str, note: str, by: Person, now: datetime) -> Neighbour:
    """Know one more, an address by its key, a name by its shape.

    Unready where it names nothing, is there already, or is a listed profile's or a fake's.
    """
    reading = addresses.read(text, handbook.known())
    key = reading.keys[0] if reading.keys else None
    shape = None if key else shaped(reading.value or text)
    if reading.note in ("share_link", "email", "too_long") or not (key or shape):
        raise Unready([Problem(_("Write the name of a profile, its handle or address."), "text")])
    if key and queries.taken(key):
        sentence = _("This is the address of a listed profile, or a fake's.")
        raise Unready([Problem(sentence, "text")])
    same = Neighbour.key == key if key else Neighbour.shape == shape
    if db.session.scalars(select(Neighbour.id).where(same)).first() is not None:
        raise Unready([Problem(_("This is on the list already."), "text")])
    row = Neighbour(text=text, key=key, shape=shape, note=note)
    db.session.add(row)
    db.session.flush()
    audit_trail.record(by, now, row, "neighbour", "add", facts={"text": text})
    return row


def remove(row_id: str, by: Person, now: datetime) -> None:
    """Know it no longer; raises Unseen where it is not there."""
    row = of(row_id)
    audit_trail.record(by, now, row, "neighbour", "remove", facts={"text": row.text})
    db.session.delete(row)
    db.session.flush()
