"""Jobs: each once for each period, whoever runs them; deadlines; the server's own thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from intake import clock, ports
from intake.data.base import Base, db, insert
from intake.data.write import write
from intake.engine import mail, outbox, tracks
from intake.engine.table import CLOCK, NOTHING, Deadline
from intake.refusals import Refused
from intake.web import forms

PERIODS = {"hour": "%Y-%m-%d %H", "day": "%Y-%m-%d"}
ALWAYS = "always"
KEPT = timedelta(days=30)  # of the notes that a job ran


class JobRun(Base):
    """A job that was claimed for a period."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)


@dataclass(frozen=True)
class Job:
    """A function to run once an hour or once a day (in Helsinki, not before the hour `since`), or
    at every tick: such a one sees by itself whether anything waits, and says whether it did
    something."""

    name: str
    period: str  # of PERIODS, or ALWAYS
    run: Callable[[datetime], Any]
    since: int = 0


def init_app(app: Flask) -> None:
    """The jobs of the flat files; rooms add theirs with `add`."""
    ports.of(app).jobs += [
        Job("deadlines", "hour", run_deadlines),
        Job("old_tokens", "day", _forget),
    ]


def add(app: Flask, job: Job) -> None:
    """Register a room's job."""
    ports.of(app).jobs.append(job)


def tick(now: datetime | None = None) -> list[str]:
    """Run every job whose period nobody has claimed; the names of those that ran."""
    moment = now or clock.now()
    return [job.name for job in ports.here().jobs if _ran(job, moment)]


def _ran(job: Job, now: datetime) -> bool:
    if job.period == ALWAYS:
        return bool(_run(job, now))
    if now.astimezone(clock.HELSINKI).hour < job.since or not _claim(job, now):
        return False
    _run(job, now)
    return True


def _period(job: Job, now: datetime) -> str:
    return now.astimezone(clock.HELSINKI).strftime(PERIODS[job.period])


def _claim(job: Job, now: datetime) -> bool:
    period = _period(job, now)
    if db.session.get(JobRun, (job.name, period)) is not None:
        return False
    values = {"job": job.name, "period": period, "created_at": now}
    with write():
        claim = insert(JobRun.__table__).values(**values).on_conflict_do_nothing()
        return db.session.execute(claim.returning(JobRun.job)).scalar() is not None


def _run(job: Job, now: datetime) -> Any:
    try:
        return job.run(now)
    except Exception:  # one job that fails stops no other; it is tried again next time
        current_app.logger.exception("job %s failed", job.name)
        db.session.rollback()
    if job.period != ALWAYS:
        _release(job, now)
    return None


def _release(job: Job, now: datetime) -> None:
    claim = delete(JobRun).where(JobRun.job == job.name, JobRun.period == _period(job, now))
    with write():
        db.session.execute(claim)


def _forget(now: datetime) -> None:
    with write():
        forms.forget_old_tokens(now)
        db.session.execute(delete(JobRun).where(JobRun.created_at < now - KEPT))


def run_deadlines(now: datetime) -> None:
    """Take the steps that are time's own."""
    for track in list(tracks.tracks().values()):
        for deadline in track.workflow.deadlines:
            if deadline.step:
                _take_due(track, deadline, now)


def _waiting(track: tracks.Track, deadline: Deadline, until: datetime) -> list[str]:
    """The ids of what is due, the longest due first."""
    model = track.model
    state, due = getattr(model, track.workflow.column), getattr(model, track.due)
    waiting = select(model.id).where(state == deadline.state, due <= until)
    return list(db.session.scalars(waiting.order_by(due, model.id)))


def _take_due(track: tracks.Track, deadline: Deadline, now: datetime) -> None:
    """Take a step of time's own; none that erases by a clock that has jumped (A243)."""
    erases = track.workflow.rows[str(deadline.step), deadline.state].to is NOTHING
    if erases and not ports.here().is_clock_trusted(now):
        return
    for subject_id in _waiting(track, deadline, now):
        try:
            with write():
                subject = db.session.get(track.model, subject_id)
                if subject is not None:
                    track.take(subject, deadline.step, CLOCK, now)
        except Refused:
            current_app.logger.info(
                "%s %s: %s is not due any more", track.name, subject_id, deadline.step
            )


class Worker(threading.Thread):
    """The server's own thread: delivers what is due, woken after each commit, and ticks."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="jobs", daemon=True)
        self.app = app
        self.woken = threading.Event()
        self.stopping = False
        ports.of(app).write_lock.wake.append(self.woken.set)

    def run(self) -> None:
        while not self.stopping:
            self.woken.clear()
            self._work()
            self.woken.wait(60)

    def _work(self) -> None:
        with self.app.app_context():
            try:
                tick()
                outbox.deliver(stopping=lambda: self.stopping)
            except Exception:  # the thread must outlive a database that is away
                self.app.logger.exception("the worker stumbled")

    def stop(self) -> None:
        """Finish the message that has begun and end: no lease is left behind (F26)."""
        self.stopping = True
        self.woken.set()
        self.join(3 * mail.TIMEOUT)
