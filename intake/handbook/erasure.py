"""What goes of people who have left, in this room, inside write()."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.handbook.models import Acknowledgement, Training


def erase_leavers(ids: Sequence[str], _now: datetime) -> None:
    """Erase what people have read and learned."""
    for model in (Acknowledgement, Training):
        about = list(db.session.scalars(select(model.id).where(model.person_id.in_(ids))))
        db.session.execute(delete(model).where(model.person_id.in_(ids)))
        audit_trail.erase_words_about(about)
        outbox.forget(about)
