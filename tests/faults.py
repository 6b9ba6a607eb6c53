"""What must hold after every fault, asked in one place; and another writer to wait for."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, delete, select, text
from werkzeug.test import TestResponse

from intake.data.base import db, is_postgresql
from intake.data.write import write
from intake.engine import audit_trail, replay, tracks, verification
from intake.engine.audit_trail import Entry
from intake.engine.outbox import Fate, Message
from intake.engine.witness import Salt


def assert_sound(
    acknowledged: Iterable[Any] = (),
    letters: Iterable[str] | None = None,
    answers: Iterable[tuple[TestResponse, str]] = (),
) -> None:
    """The six questions of every fault.

    `acknowledged` are subjects (class, id) that somebody was told of, `letters` the Message-IDs
    that arrived, `answers` what people saw, each with what they had typed.
    """
    db.session.rollback()
    db.session.expire_all()
    entries = list(db.session.scalars(select(Entry).order_by(Entry.seq)))
    for model, subject_id in acknowledged:  # (1) it is there, whole
        assert db.session.get(model, subject_id) is not None
    births = Counter(line.subject_id for line in entries if line.old is None and line.new)
    assert [one for one, times in births.items() if times > 1] == []  # (2) none twice
    _nothing_is_half(entries)  # (3)
    assert replay.verify() == []  # (4)
    _is_intact()
    if letters is not None:
        _left_once(list(letters))  # (5)
    for answer, typed in answers:  # (6)
        assert answer.status_code in (302, 303, 409, 422, 503), answer.status_code
        assert answer.status_code < 400 or typed in answer.text, "what was typed is lost"


def _nothing_is_half(entries: list[Entry]) -> None:
    """No row without its line, no line that says otherwise than its row, no message of nothing."""
    last = {(line.subject_id, line.track): line.new for line in entries}
    for track in tracks.tracks().values():
        for subject in db.session.scalars(select(track.model)):
            told = last.get((subject.id, track.name), track.workflow.initial)
            assert told == track.workflow.state_of(subject), f"{track.name} {subject.id}"
    known = {line.entry for line in entries}
    told_of = set(db.session.scalars(select(Message.entry).where(Message.entry.is_not(None))))
    assert told_of <= known


def _is_intact() -> None:
    if not is_postgresql():
        for pragma in ("integrity_check", "foreign_key_check"):
            found = db.session.connection().exec_driver_sql(f"PRAGMA {pragma}").scalars().all()
            assert found in (["ok"], []), pragma


def _left_once(letters: list[str]) -> None:
    """Each message left once, or is marked as perhaps sent where everybody can see."""
    assert len(letters) == len(set(letters))
    fates = {line.id: line.fate for line in db.session.scalars(select(Message))}
    arrived = {letter.strip("<>").split("@")[0] for letter in letters}
    assert {one for one, fate in fates.items() if fate is Fate.SENT} <= arrived
    assert {fates[one] for one in arrived} <= {Fate.SENT, Fate.UNCERTAIN}


def unguard_trail() -> None:
    """What somebody who has the whole database does first: take the guards of the trail away."""
    for table, act in (("trail", "update"), ("trail", "delete"), ("trail_words", "update")):
        of = f" ON {table}" if is_postgresql() else ""
        with write():
            db.session.execute(text(f"DROP TRIGGER {table}_no_{act}{of}"))


def guard_trail() -> None:
    """Put the guards back, as somebody does who wants it not to be seen."""
    wanted = verification._wanted() if is_postgresql() else verification._sqlite_wanted()
    with write():
        for definition in wanted.values():
            if "TRUNCATE" not in definition:
                made = definition.removesuffix(f" {verification.REFUSAL}")
                db.session.execute(text(made))


def without_witness() -> None:
    """The chain as a program left it that vouched for nothing yet."""
    unguard_trail()
    with write():
        previous = audit_trail.GENESIS
        for line in db.session.scalars(select(Entry).order_by(Entry.seq)).all():
            line.witness, line.previous, line.hash = None, previous, ""
            previous = line.hash = line.chained()
            db.session.flush()
        db.session.get_one(audit_trail.Head, 1).hash = previous
        db.session.execute(delete(Salt))
    guard_trail()


@contextmanager
def another_writer(seconds: float = 60) -> Iterator[threading.Event]:
    """Somebody else holds what every write needs; the event lets go of it."""
    begun, go = threading.Event(), threading.Event()
    url, postgresql = db.engine.url, is_postgresql()

    def hold() -> None:
        engine = create_engine(url)
        with engine.connect() as connection:
            if postgresql:
                connection.exec_driver_sql("LOCK TABLE used_token, job_run IN EXCLUSIVE MODE")
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            begun.set()
            go.wait(seconds)
            connection.rollback()
        engine.dispose()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert begun.wait(10)
        yield go
    finally:
        go.set()
        thread.join()
