"""What administrators do, each in a write of its own, and what was written of it."""

from sqlalchemy import select

from intake import clock
from intake.data.base import Base, db
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.outbox import Message
from intake.people import service


def again(row):
    """A row as it stands now."""
    return db.session.get_one(type(row), row.id, populate_existing=True)


def do(verb: str, *given, by, **more):
    """Call the service by somebody, with every row read anew."""
    with write():
        rows = [again(one) if isinstance(one, Base) else one for one in given]
        named = {key: again(one) if isinstance(one, Base) else one for key, one in more.items()}
        actor = again(by) if isinstance(by, Base) else by
        return getattr(service, verb)(*rows, actor, clock.now(), **named)


def told(notice: str) -> list[str]:
    """Ids of the people a notice was queued for."""
    return list(db.session.scalars(select(Message.person_id).where(Message.template == notice)))


def steps_of(*ids: str) -> list[str]:
    """What the trail says was done to subjects."""
    return [entry.step for entry, _words in audit_trail.history(ids)]
