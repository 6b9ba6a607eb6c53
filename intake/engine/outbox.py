"""Messages as rows, written with the change they tell of; rendered and sent afterwards.

A row holds whom, about what and from which entry, never text: it is rendered when it is
delivered, in the reader's language. Each is claimed by one UPDATE, so any number of deliverers may
run; a lease that ends while a message was under way leaves it *uncertain*, for a person to judge.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from intake import clock, ports
from intake.data.base import UTC, Base, Identified, coded, db, insert
from intake.data.write import pending, write
from intake.engine import mail, tracks
from intake.engine.table import Effect, Step
from intake.refusals import Unseen

LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP = timedelta(days=3)


class Fate(StrEnum):
    """What has become of a message."""

    WAITING = "waiting"
    UNDER_WAY = "under_way"
    SENT = "sent"
    UNCERTAIN = "uncertain"  # perhaps sent: a person decides
    GIVEN_UP = "given_up"
    VOID = "void"  # its reader or subject is gone


FATES = {
    Fate.WAITING: tracks.Tag(_l("waits to be sent"), "wait", "clock"),
    Fate.UNDER_WAY: tracks.Tag(_l("being sent"), "wait", "half"),
    Fate.SENT: tracks.Tag(_l("sent"), "ok", "check"),
    Fate.UNCERTAIN: tracks.Tag(_l("perhaps sent"), "warn", "unknown"),
    Fate.GIVEN_UP: tracks.Tag(_l("could not be sent"), "bad", "stop"),
    Fate.VOID: tracks.Tag(_l("needed no more"), "calm", "stop"),
}


class Message(Identified, Base):
    """One message to one person; `key` makes sure that nothing is told twice."""

    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    template: Mapped[str] = mapped_column(String(40))
    track: Mapped[str] = mapped_column(String(24))
    step: Mapped[str] = mapped_column(String(40))
    entry: Mapped[str | None] = mapped_column(String(16))
    subject_type: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    title: Mapped[str] = mapped_column(Text)
    party: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str] = mapped_column(String(16), index=True)
    address: Mapped[str | None] = mapped_column(String(254))  # until sent, if not the reader's own
    fate: Mapped[Fate] = mapped_column(coded(Fate), default=Fate.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UTC, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UTC)
    sent_at: Mapped[datetime | None] = mapped_column(UTC)
    problem: Mapped[str | None] = mapped_column(Text)


def tell(
    row: Step,
    track: str,
    entry: str,
    subject: Any,
    actor: Any,
    now: datetime,
    earlier: Iterable[Any],
) -> None:
    """Queue a message for everyone the row tells.

    A step taken as another's effect waits for the end of the transaction and tells only those
    whom its cause has not told.
    """
    if isinstance(actor, Effect):
        pending()["effects"].append((row, track, entry, subject, now, list(earlier)))
        return
    _tell(row, track, entry, subject, now, earlier)


def tell_effects() -> None:
    """Tell of what followed from other steps: called before each commit."""
    told: set[str] = pending()["told"]
    for row, track, entry, subject, now, earlier in pending()["effects"]:
        _tell(row, track, entry, subject, now, earlier, without=frozenset(told))


def _tell(
    row: Step,
    track: str,
    entry: str,
    subject: Any,
    now: datetime,
    earlier: Iterable[Any],
    without: frozenset[str] = frozenset(),
) -> None:
    told: set[str] = pending()["told"]
    parties = [party for party in row.tells if not party.earlier]
    for party, person in [*tracks.people_of(parties, subject, now), *earlier]:
        if person.id not in without:
            told.add(person.id)
            queue(
                f"{entry}:{person.id}",
                getattr(person, "template", "step"),  # some readers get letters of their own
                track,
                row.name,
                subject,
                party.name,
                person,
                now,
                entry,
            )


def notify(
    notice: str,
    subject: Any,
    person: Any,
    now: datetime,
    entry: str | None = None,
    *,
    period: date | None = None,
    address: str | None = None,
) -> None:
    """Queue a notice: once for each entry of the trail (else for the period that begins on a day,
    else for each subject) and person; once more where it goes to another address than theirs.

    Nobody (None) gets a row too, which ends in nothing: what is queued must not tell whether an
    address is known (A35).
    """
    key = f"{notice}:{entry or period or subject.id}:{person.id if person else ''}"
    key += ":elsewhere" if address else ""
    queue(key, notice, notice, "", subject, "", person, now, entry, address)


def queue(
    key: str,
    template: str,
    track: str,
    step: str,
    subject: Any,
    party: str,
    person: Any,
    now: datetime,
    entry: str | None = None,
    address: str | None = None,
) -> bool:
    """Queue one message unless its key was queued before; says whether it is new."""
    values = {
        "id": Message.__table__.c.id.default.arg(None),
        "created_at": clock.now(),
        "key": key,
        "template": template,
        "track": track,
        "step": step,
        "entry": entry,
        "subject_type": subject.subject_type,
        "subject_id": subject.id,
        "title": str(tracks.matter(track).title(subject)),
        "party": party,
        "person_id": person.id if person else "",
        "address": address,
        "fate": Fate.WAITING,
        "tries": 0,
        "due_at": now,
    }
    made = insert(Message.__table__).values(**values).on_conflict_do_nothing().returning(Message.id)
    return db.session.execute(made).scalar() is not None


def deliver(
    now: datetime | None = None,
    limit: int = 1000,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due; the number of messages that left. Does nothing without a mail server;
    begins no further message once it is `stopping`."""
    server = current_app.config["MAIL_URL"]
    if not server:
        return 0
    sent = 0
    for _ in range(limit):
        if stopping():
            break
        moment = now or clock.now()
        claimed = _claim(moment)
        if claimed is None:
            break
        sent += _deliver(claimed, server, moment)
    return sent


def _claim(now: datetime) -> str | None:
    is_due, is_left = _due(now), _left(now)
    if db.session.scalar(select(Message.id).where(or_(is_due, is_left)).limit(1)) is None:
        return None  # an empty write would wake the deliverer again, for ever
    due = (
        select(Message.id)
        .where(is_due)
        .order_by(Message.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    with write():
        db.session.execute(
            update(Message)
            .where(is_left)
            .values(fate=Fate.UNCERTAIN)
            .execution_options(synchronize_session=False)
        )
        claim = (
            update(Message)
            .where(Message.id == due)
            .values(fate=Fate.UNDER_WAY, lease_until=now + LEASE, tries=Message.tries + 1)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        claimed: str | None = db.session.execute(claim).scalar()
    return claimed


def _due(now: datetime) -> Any:
    """Waiting for its moment, which has come; one further off than the longest pause was set by a
    clock that has been put back since (F12)."""
    has_come = or_(Message.due_at <= now, Message.due_at > now + PAUSES[-1])
    return (Message.fate == Fate.WAITING) & has_come


def _left(now: datetime) -> Any:
    """Taken by a deliverer that has not come back within its lease, by either clock."""
    is_over = or_(Message.lease_until < now, Message.lease_until > now + LEASE)
    return (Message.fate == Fate.UNDER_WAY) & is_over


def _deliver(message_id: str, server: str, now: datetime) -> int:
    message = db.session.get(Message, message_id)
    if message is None:
        return 0
    try:
        written = letter(message) if _stands(message, now) else None
        made = None if written is None else mail.envelope(message_id, written)
    except Exception as error:  # a message that cannot be built is parked, the queue goes on
        current_app.logger.exception("a message cannot be built")
        _note(message_id, fate=Fate.GIVEN_UP, problem=type(error).__name__)
        return 0
    if made is None:
        _note(message_id, fate=Fate.VOID)
        return 0
    db.session.rollback()  # nothing is held while the mail server thinks
    outcome = mail.send(server, made)
    if outcome.sent:
        _note(message_id, fate=Fate.SENT, sent_at=now, address=None)
        return 1
    _note(message_id, **_after_failure(message_id, outcome, now))
    return 0


def _stands(message: Message, now: datetime) -> bool:
    """Is what a notice tells still so? A link that has ended meanwhile is not sent any more."""
    matter = tracks.matter(message.track)
    subject = tracks.load(message.subject_type, message.subject_id)
    return not isinstance(matter, tracks.Notice) or (
        subject is not None and matter.stands(subject, now)
    )


def _after_failure(message_id: str, outcome: mail.Outcome, now: datetime) -> dict[str, Any]:
    message = db.session.get(Message, message_id)
    if message is None or outcome.uncertain:
        return {"fate": Fate.UNCERTAIN, "problem": outcome.problem}
    over = now - message.created_at >= GIVE_UP
    if outcome.final or over:
        return {"fate": Fate.GIVEN_UP, "problem": outcome.problem}
    pause = PAUSES[min(message.tries, len(PAUSES)) - 1]
    return {"fate": Fate.WAITING, "due_at": now + pause, "problem": outcome.problem}


def _note(message_id: str, **values: Any) -> None:
    with write():
        db.session.execute(
            update(Message).where(Message.id == message_id).values(lease_until=None, **values)
        )


def letter(message: Message, *, hide_secrets: bool = False) -> mail.Letter | None:
    """The letter of a message in its reader's language, None where reader or address is gone.

    `hide_secrets` leaves out a link that only its reader may have.
    """
    reader = ports.here().reader(message.person_id)
    if reader is None or not reader.email:
        return None
    subject = tracks.load(message.subject_type, message.subject_id)
    return mail.write(message, reader, subject, hide_secrets=hide_secrets)


def waiting(
    person_id: str | None = None, before: str | None = None, limit: int = 50
) -> list[Message]:
    """The newest messages, of one person or of all, for a page of them."""
    query = select(Message).order_by(Message.created_at.desc(), Message.id.desc()).limit(limit)
    if person_id:
        query = query.where(Message.person_id == person_id)
    if before and (last := db.session.get(Message, before)):
        query = query.where(
            or_(
                Message.created_at < last.created_at,
                (Message.created_at == last.created_at) & (Message.id < last.id),
            )
        )
    return list(db.session.scalars(query))


def old(before: datetime) -> Any:
    """Ids of the messages written before a moment."""
    return select(Message.id).where(Message.created_at < before)


def erase(ids: Iterable[str]) -> None:
    """Erase messages."""
    db.session.execute(delete(Message).where(Message.id.in_(list(ids))))


def forget(ids: Iterable[str]) -> None:
    """Erase every message about subjects, or to readers, of these ids."""
    known = list(ids)
    about = or_(Message.subject_id.in_(known), Message.person_id.in_(known))
    db.session.execute(delete(Message).where(about))


def find(message_id: str) -> Message:
    """One message; raises Unseen where there is none."""
    found = db.session.get(Message, message_id)
    if found is None:
        raise Unseen
    return found
