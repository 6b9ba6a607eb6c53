"""The desk: what waits for me, why and until when; my requests and my profiles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Flask, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from intake import clock, ports
from intake.data.cache import commit_cache
from intake.engine import tracks
from intake.engine.duties import Duty, Rank
from intake.establishment import queries as establishment
from intake.handbook import queries as handbook
from intake.people import queries as people
from intake.people import routing
from intake.profiles import queries as profiles
from intake.retention import clock_guard
from intake.site import onboarding, trail_check
from intake.web import access, templating
from intake.web.templating import long_date

room = Blueprint("desk", __name__)
SHOWN = 6  # of my own requests, profiles and absences each
AWAY = tracks.Tag(_l("away now"), "wait", "clock")
COMING = tracks.Tag(_l("coming"), "calm", "dot")


def init_app(app: Flask) -> None:
    """The desk's page, its entry in the navigation, and what a letter says of it."""
    app.register_blueprint(room)
    entry = templating.Entry("desk.index", _l("Desk"), 0, count=waiting)
    ports.of(app).navigation.insert(0, entry)


@dataclass(frozen=True)
class Row:
    """One of my own requests or profiles."""

    title: str
    url: str
    tag: tracks.Tag | None


@dataclass(frozen=True)
class Aside:
    """A list beside the desk, with what to do next."""

    heading: str
    rows: list[Row]
    empty: str = ""
    verb: str = ""
    url: str = ""


def mine(person: Any) -> list[Duty]:
    """Everything that waits for a person, oldest first; read once for each answer."""
    if "duties" not in g:
        g.duties = duties(person, clock.now())
    found: list[Duty] = g.duties
    return found


def waiting(person: Any) -> int:
    """How much waits for a person: every page says it, so it is counted once until anybody commits
    anything or the hour turns."""
    counts = commit_cache().setdefault("waiting", {})
    key = person.id, clock.now().replace(minute=0, second=0, microsecond=0)
    if key not in counts:
        counts[key] = len(mine(person))
    return int(counts[key])


def duties(person: Any, now: datetime) -> list[Duty]:
    """What waits for a person in every track, what hurts most first, then by deadline."""
    found = [duty for track in tracks.tracks().values() for duty in track.duties(person, now, None)]
    found += [*_unread_guidelines(person), *trail_check.duties(person)]
    found += clock_guard.duties(person)
    return sorted(found, key=lambda duty: _place(duty, now))


def _place(duty: Duty, now: datetime) -> tuple[Any, ...]:
    """Where it stands: what is urgent today, what is late, then day by day; routine looks last of
    what is late, and of each day."""
    until = duty.until or now
    late = until < now
    worst = not is_hot(duty, now), not late, duty.rank if late else 0
    return *worst, duty.until is None, clock.today(until), duty.rank, until, duty.subject.id


def is_hot(duty: Duty, now: datetime) -> bool:
    """Is it urgent, and due today or late?"""
    due = duty.until is not None and clock.today(duty.until) <= clock.today(now)
    return due and duty.rank is Rank.URGENT


def _unread_guidelines(person: Any) -> list[Duty]:
    """Whoever runs a profile, or is named to, acknowledges the guidelines in force (G1)."""
    number = handbook.unread_by(person.id)
    if number is None or not (profiles.runs_any(person) or establishment.is_named(person)):
        return []
    title = _("guidelines, version %(number)d", number=number)
    why = _("You run a profile or are named to, and have not acknowledged the version in force.")
    what = _("Acknowledge the guidelines, version %(number)d", number=number)
    return [Duty(_("Acknowledge"), title, why, None, "/handbook/guidelines", person, what)]


def duty_on(track: str, subject: Any, person: Any) -> Duty | None:
    """What waits for a person on one subject, if anything."""
    if subject is None:
        return None
    return next(iter(tracks.track(track).duties(person, clock.now(), subject)), None)


def grouped(found: Iterable[Duty], day: date) -> list[tuple[str, list[Duty]]]:
    """Duties under the headings urgent, late, today, this week, later; empty ones left out."""
    groups: dict[str, list[Duty]] = {
        _("Urgent now"): [],
        _("Late"): [],
        _("Today"): [],
        _("This week"): [],
        _("Later"): [],
    }
    urgent, late, now, week, later = groups.values()
    sunday = day + timedelta(days=6 - day.weekday())
    for duty in found:
        if is_hot(duty, clock.end_of(day)):
            urgent.append(duty)
            continue
        until = clock.today(duty.until) if duty.until else date.max
        target = (
            late if until < day else now if until == day else week if until <= sunday else later
        )
        target.append(duty)
    return [(heading, rows) for heading, rows in groups.items() if rows]


@room.get("/desk")
@access.staff
def index() -> Any:
    """My work."""
    found = mine(current_user)
    groups = grouped(found, clock.today())
    asides = [
        aside for aside in (_requests(), _profiles(), _absences()) if aside.rows or aside.verb
    ]
    return render_template(
        "desk/index.html",
        duties=found,
        groups=groups,
        asides=asides,
        away=_away(clock.today()),
        first_steps=onboarding.of(current_user),
        tags={"done": onboarding.DONE, "open": onboarding.OPEN},
    )


def _requests() -> Aside:
    newest = establishment.mine(current_user, SHOWN)
    return Aside(
        heading=_("My requests"),
        rows=[_row(tracks.track("request"), one) for one in newest],
        empty=_("You have not asked for a profile yet."),
        verb=_("Request a new profile"),
        url=url_for("establishment.start"),
    )


def _profiles() -> Aside:
    track = tracks.track("profile")
    rows = [_row(track, one) for one in profiles.mine(current_user, SHOWN)]
    return Aside(heading=_("Profiles I run"), rows=rows)


def _absences() -> Aside:
    day = clock.today()
    return Aside(
        heading=_("My absences"),
        rows=[
            Row(
                f"{long_date(one.begins)}–{long_date(one.until)}",
                url_for("people.absence", id=one.id),
                AWAY if one.begins <= day else COMING,
            )
            for one in people.absences_of(current_user, day)[:SHOWN]
        ],
        empty=_("No absence is entered."),
        verb=_("Enter an absence"),
        url=url_for("people.new_absence"),
    )


def _away(day: date) -> tuple[str, ...]:
    """That I am marked away today, and who decides in my place."""
    running = [one for one in people.absences_of(current_user, day) if one.begins <= day]
    if not running:
        return ()
    absence = max(running, key=lambda one: one.created_at)  # as who decides is found
    until = _("You are marked away until %(day)s.", day=long_date(absence.until))
    if not people.headed_by(current_user, day):
        return (until,)
    acting = routing.acting_for(current_user, (), day)
    if acting is None:
        return (until, _("Nobody can stand in for you today, so the next unit up decides."))
    return (until, _("%(person)s decides in your place.", person=acting.name))


def _row(track: tracks.Track, subject: Any) -> Row:
    state = track.workflow.state_of(subject)
    tag = None if state is None else track.words.states[state]
    return Row(str(track.title(subject)), track.address(subject), tag)
