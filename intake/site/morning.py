"""The letter of the morning: one for each person who has something late or near, on working days.

It names everything on their desk as it stands when it is delivered, so no line of it is out of
date. What is late is told again each week, what is urgent each day; who is told of what, and from
which day on, stands with the tasks of the tracks.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from intake import clock, ports
from intake.data.base import db, lots
from intake.data.write import write
from intake.engine import duties, jobs, outbox, tracks
from intake.engine.duties import Call, Duty
from intake.engine.jobs import Job
from intake.people import queries as people
from intake.people.models import Person
from intake.site import desk

NOTICE = "morning"
HOUR = 7  # in Helsinki: none is sent before
AGAIN = timedelta(days=7)
AT_ONCE = 25  # letters queued in one transaction
SHOWN = 15  # lines of a letter; the desk shows the rest


def init_app(app: Flask) -> None:
    """The job and the kind of letter."""
    jobs.add(app, Job(NOTICE, "day", run, since=HOUR))
    with app.app_context():
        tracks.register_notice(
            tracks.Notice(
                NOTICE,
                Person,
                lambda _person: _l("What waits for you"),
                lambda _person: "/desk",
                stands=lambda person, now: bool(desk.duties(person, now)),
                tells=tells,
            )
        )


def run(now: datetime) -> None:
    """Queue the letters of a day, none on a free one."""
    day = clock.today(now)
    if not clock.is_working_day(day):
        return
    ids = sorted(called(now))
    for some in lots(ids, AT_ONCE):
        with write():
            for person_id in some:
                person = people.active_person(person_id)
                if person is not None:
                    outbox.notify(NOTICE, person, person, now, period=day)


def called(now: datetime) -> set[str]:
    """Ids of those who get a letter today."""
    last, found = _last(now), set()
    for call in _calls(now):
        person = call.person
        if isinstance(person, Person) and is_told(call, last.get(person.id), clock.today(now)):
            found.add(person.id)
    return found


def _calls(now: datetime) -> Iterable[Call]:
    for track in list(tracks.tracks().values()):
        yield from duties.calls(track, track.waiting(now), now)
    for more in ports.here().calls:
        yield from more(now)


def _last(now: datetime) -> dict[str, date]:
    """The day of the last letter by the person's id; one from a day to come was queued by a clock
    that has been put back (F12)."""
    when = func.max(outbox.Message.created_at)
    rows = (
        select(outbox.Message.person_id, when)
        .where(outbox.Message.track == NOTICE, outbox.Message.created_at <= now)
        .group_by(outbox.Message.person_id)
    )
    return {person_id: clock.today(moment) for person_id, moment in db.session.execute(rows)}


def is_told(call: Call, last: date | None, day: date) -> bool:
    """Is a person told today: a day of it has come since their last letter, or it is late and a
    week has passed, or a day where it is urgent?"""
    if last is None:
        return any(one <= day for one in call.days) or call.late
    if any(last < one <= day for one in call.days):
        return True
    return call.late and day - last >= (timedelta(days=1) if call.daily else AGAIN)


def tells(person: Any, now: datetime) -> Mapping[str, Any]:
    """What the letter says: what waits, the worst first, and how much of it is late."""
    found = desk.duties(person, now)
    late = [duty for duty in found if duty.until is not None and duty.until < now]
    return {
        "duties": [(_said(duty), duty.until, duty in late) for duty in found[:SHOWN]],
        "number": len(found),
        "late": len(late),
        "more": max(0, len(found) - SHOWN),
    }


def _said(duty: Duty) -> str:
    """A line, without what must not leave (A68)."""
    said = str(duty.what) or f"{duty.verb}: {duty.title}"
    return ports.here().guard.masked(duty.subject, said)
