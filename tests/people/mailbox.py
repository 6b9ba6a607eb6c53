"""What people find in their mail, as it would be delivered now."""

import re

from sqlalchemy import select

from intake.data.base import db
from intake.engine import outbox
from intake.engine.audit_trail import Entry
from intake.engine.mail import Letter
from intake.engine.outbox import Message

NEW = "vispilä kaarna lumme 81"  # a good password


def letters(person, track: str) -> list[Letter]:
    """The letters of one kind to a person, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(
        select(Message)
        .where(Message.person_id == person.id, Message.track == track)
        .join(Entry, Entry.entry == Message.entry)
        .order_by(Entry.seq)
    )
    return [outbox.letter(row) for row in rows]


def link(letter: Letter) -> str:
    """The path of the link in a letter, which leads to the configured address."""
    return re.search(r"^http://127\.0\.0\.1:8000(/\S+)$", letter.plain, re.M)[1]
