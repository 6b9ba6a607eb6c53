"""The trail: an append-only hash chain; and perform(), the one way anything changes state.

Words (reasons, remarks, conditions) lie beside the chain, which holds only a keyed digest of
them: erase the words and the chain still verifies.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC as UTC_ZONE
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import (
    ForeignKey,
    Select,
    String,
    Text,
    delete,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from intake import clock
from intake.data.base import UTC, Base, db, is_postgresql, random_id
from intake.data.write import pending
from intake.engine import outbox, tracks, witness
from intake.engine.table import EFFECT, NOTHING, STAY, Effect, Marker, Outcome, Step, called
from intake.refusals import Stale

GENESIS = "0" * 64
SLACK = timedelta(minutes=5)  # a moment is read before its writer's turn comes


class Entry(Base):
    """One line of the chain. `facts` is canonical JSON of ids and field names, never of words;
    `witness` the digests of what its write has changed in the tables (`engine.witness`)."""

    __tablename__ = "trail"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry: Mapped[str] = mapped_column(String(16), unique=True)
    at: Mapped[datetime] = mapped_column(UTC, index=True)
    actor: Mapped[str] = mapped_column(String(16), index=True)
    cause: Mapped[str | None] = mapped_column(String(16))
    subject_type: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    track: Mapped[str] = mapped_column(String(24))
    step: Mapped[str] = mapped_column(String(40))
    old: Mapped[str | None] = mapped_column(String(32))
    new: Mapped[str | None] = mapped_column(String(32))
    revision: Mapped[int]
    facts: Mapped[str] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    witness: Mapped[str | None] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64))

    def chained(self) -> str:
        """The hash that belongs to this line."""
        return chain_hash({name: getattr(self, name) for name in CHAINED})

    def detail(self) -> dict[str, Any]:
        """The facts as a mapping."""
        found: dict[str, Any] = json.loads(self.facts)
        return found


CHAINED = tuple(
    column.name for column in Entry.__table__.columns if column.name not in ("hash", "created_at")
)


def chain_hash(columns: dict[str, Any]) -> str:
    """The hash of a line: over every other column of it, and so over the line before. Lines from
    before there were witnesses have none."""
    chained = {**columns, "at": columns["at"].astimezone(UTC_ZONE).isoformat()}
    if chained["witness"] is None:
        del chained["witness"]
    line = json.dumps(chained, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


class Words(Base):
    """What a person wrote with a step, as JSON {field: text}; may be erased."""

    __tablename__ = "trail_words"

    entry: Mapped[str] = mapped_column(ForeignKey("trail.entry"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)

    def digest(self) -> str:
        """HMAC of the words under their salt."""
        return digest_of(self.salt, self.text)


def digest_of(salt: str, words: str) -> str:
    return hmac.new(salt.encode(), words.encode(), hashlib.sha256).hexdigest()


class Head(Base):
    """The end of the chain: one row."""

    __tablename__ = "trail_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Dated(Protocol):
    """A line, read as a row or raw."""

    @property
    def at(self) -> datetime:
        """Its moment."""


@dataclass(frozen=True)
class Change:
    """A line waiting for the end of the transaction."""

    entry: str
    at: datetime
    actor: str
    cause: str | None
    subject_type: str
    subject_id: str
    track: str
    step: str
    old: str | None
    new: str | None
    revision: int
    facts: dict[str, Any]
    words: dict[str, Any]


def perform(
    track: tracks.Track,
    subject: Any,
    name: str,
    actor: Any,
    now: datetime,
    *,
    seen: int | None = None,
    **answers: Any,
) -> Step:
    """Take one step of one track on one subject: the only place that sets a state.

    Reads the subject again for update, checks who, whether and what is still missing, sets the
    state, calls the row's effect with the answers it names, sets all due dates, leaves a
    trail entry and a message for everyone the row tells, and then takes the steps that follow.
    `seen` is the revision the person saw; rules and effects may name the actor as `acting`.
    Raises a refusal, changing nothing, and TypeError for an answer that nobody takes.
    """
    workflow = track.workflow
    if inspect(subject).persistent:
        db.session.flush()
        db.session.refresh(subject, with_for_update={"of": type(subject)})
    row = workflow.check(name, subject, actor, now)
    if row.moves and seen is not None and seen != subject.revision:
        raise Stale
    row.refuse_strangers(answers)
    old = workflow.state_of(subject)
    earlier = tracks.people_of([party for party in row.tells if party.earlier], subject, now)
    outcome = _done(track, row, subject, actor, now, {"acting": actor, **answers})
    entry = record(
        actor,
        now,
        subject,
        track.name,
        name,
        old=old,
        new=old if row.to == STAY else row.to,
        facts=dict(outcome.facts),
        words={one: answers[one] for one in row.keeps if answers.get(one) not in (None, "", [])},
    )
    if row.to is not NOTHING:
        tracks.set_due_dates(subject)
    db.session.flush()
    outbox.tell(row, track.name, entry, subject, actor, now, earlier)
    cause = actor if isinstance(actor, Effect) else Effect(actor)
    for then in outcome.then:
        tracks.track(then.track).take(then.subject, then.step, cause, now, **then.answers)
    return row


def _done(
    track: tracks.Track, row: Step, subject: Any, actor: Any, now: datetime, answers: dict[str, Any]
) -> Outcome:
    """Set the state and do what the row does."""
    track.workflow.apply(row, subject, now, answers)
    if row.moves:
        subject.revision = (subject.revision or 0) + 1
        setattr(subject, track.since, now)
    db.session.add(subject)
    db.session.flush()
    found = called(row.effect, subject, actor, now, answers=answers) if row.effect else None
    return found or Outcome()


def record(
    actor: Any,
    now: datetime,
    subject: Any,
    track: str,
    step: str,
    *,
    old: str | None = None,
    new: str | None = None,
    facts: dict[str, Any] | None = None,
    words: dict[str, Any] | None = None,
) -> str:
    """Note a change for the trail, appended when the transaction ends; returns the entry's id.

    For what is no step of a workflow too: a setting, a grant, an acknowledgement.
    """
    change = Change(
        entry=random_id(),
        at=now,
        actor=actor_code(actor),
        cause="effect" if isinstance(actor, Effect) else None,
        subject_type=subject.subject_type,
        subject_id=str(subject.id),
        track=track,
        step=step,
        old=old,
        new=new,
        revision=getattr(subject, "revision", 0) or 0,
        facts=facts or {},
        words=words or {},
    )
    pending()["trail"].append(change)
    return change.entry


def actor_code(actor: Any) -> str:
    """The id of a person, or the name of what is none."""
    if isinstance(actor, Effect):
        return actor_code(actor.cause)
    return actor.name if isinstance(actor, Marker) else str(actor.id)


@dataclass(frozen=True)
class Chain:
    """What the trail names where a line is about itself."""

    subject_type: str = "trail"
    id: str = "trail"


def append() -> None:
    """Write the waiting lines to the chain: the last act before each commit.

    What the write has changed of witnessed values goes with the first of them; where nobody has
    left a line, with one of its own.
    """
    changes: list[Change] = pending()["trail"]
    if not changes and not witness.has_touched():
        return
    end = _end()
    if end.seq == 0:
        witness.touch_shipped()
    noted: dict[str, Any] = {"rows": rows} if (rows := witness.noted()) else {}
    if noted and not changes:
        record(EFFECT, clock.now(), Chain(), "trail", "witness")
    if end.seq == 0 or pending().pop("declares", False):
        noted["declared"] = witness.declared()
    _append(changes, noted, end)


def _end() -> Head:
    """The end of the chain, locked until the commit."""
    if is_postgresql():
        db.session.execute(text("SELECT pg_advisory_xact_lock(7261)"))
    return db.session.get(Head, 1, populate_existing=True) or Head(id=1, seq=0, hash=GENESIS)


def _append(changes: list[Change], noted: dict[str, Any], end: Head) -> None:
    lines, words = [], []
    for change in changes:
        line, written = _line(change, end.seq + 1, end.hash, noted)
        noted = {}
        end.seq, end.hash = line["seq"], line["hash"]
        lines.append(line)
        words += written
    if not lines:
        return
    db.session.add(end)
    db.session.flush()
    db.session.execute(insert(Entry), lines)
    if words:
        db.session.execute(insert(Words), words)


def _line(
    change: Change, seq: int, previous: str, noted: dict[str, Any]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of a change in the chain, and that of its words, if any."""
    facts = json.dumps(change.facts, sort_keys=True, ensure_ascii=False)
    line = {**vars(change), "facts": facts, "seq": seq, "previous": previous, "digest": None}
    line["witness"] = json.dumps(noted, separators=(",", ":")) if noted else None
    del line["words"]
    words = []
    if change.words:
        text_of = json.dumps(change.words, ensure_ascii=False, default=_plain)
        words = [{"entry": change.entry, "salt": secrets.token_hex(16), "text": text_of}]
        line["digest"] = digest_of(words[0]["salt"], text_of)
    line["hash"] = chain_hash(line)
    return line, words


def _plain(value: Any) -> str:
    """Days and moments among the words."""
    return value.isoformat() if isinstance(value, date) else str(value)


def set_back(line: Dated, before: Dated) -> bool:
    """Is an entry dated earlier than the one before it, as if a clock had been set back?"""
    return before.at - line.at > SLACK


def head() -> tuple[int, str]:
    """The end of the chain: (number of entries, hash)."""
    row = db.session.get(Head, 1)
    return (row.seq, row.hash) if row else (0, GENESIS)


def history(subject_ids: Iterable[str]) -> list[tuple[Entry, dict[str, Any] | None]]:
    """The entries of subjects, oldest first, each with its words (None where erased or none)."""
    rows = db.session.execute(
        select(Entry, Words)
        .outerjoin(Words, Words.entry == Entry.entry)
        .where(Entry.subject_id.in_(list(subject_ids)))
        .order_by(Entry.seq)
    )
    return [(entry, json.loads(words.text) if words else None) for entry, words in rows]


def erase_words(entry: str) -> None:
    """Erase what was written with an entry; the chain still verifies."""
    erase_all_words([entry])


def erase_all_words(entries: Iterable[str] | Select[Any]) -> None:
    """Erase what was written with entries, by their ids; the chain still verifies."""
    chosen = entries if isinstance(entries, Select) else list(entries)
    db.session.execute(delete(Words).where(Words.entry.in_(chosen)))


def erase_words_about(subject_ids: Iterable[str]) -> None:
    """Erase what was written with any entry of subjects."""
    erase_all_words(select(Entry.entry).where(Entry.subject_id.in_(list(subject_ids))))


def latest(subject_id: str, step: str) -> Entry | None:
    """The newest entry of a step on a subject."""
    return db.session.scalars(
        select(Entry)
        .where(Entry.subject_id == subject_id, Entry.step == step)
        .order_by(Entry.seq.desc())
        .limit(1)
    ).first()


def newest_of(subject_id: str) -> Entry | None:
    """The newest entry of a subject."""
    return db.session.scalars(
        select(Entry).where(Entry.subject_id == subject_id).order_by(Entry.seq.desc()).limit(1)
    ).first()


def by_id(entry: str) -> Entry | None:
    """The entry of an id."""
    return db.session.scalars(select(Entry).where(Entry.entry == entry)).first()


def newest(limit: int, before: int | None = None) -> list[Entry]:
    """The newest entries, those before a number where one is given."""
    query = select(Entry).order_by(Entry.seq.desc()).limit(limit)
    return list(db.session.scalars(query if before is None else query.where(Entry.seq < before)))
