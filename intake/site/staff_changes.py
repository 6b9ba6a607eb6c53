"""What follows in each room when somebody leaves the town's service or moves within it.

The room of people knows no other room; it calls what is set here, inside its own write().
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from intake import clock, ports
from intake.data.write import pending
from intake.engine import tracks
from intake.establishment import queries as requests
from intake.establishment import service as establishment
from intake.establishment.states import RequestState
from intake.people import town
from intake.people.models import Person, Unit
from intake.profiles import queries as profiles
from intake.profiles import service as profile_service
from intake.profiles.models import Profile, ProfileKind
from intake.profiles.states import ProfileState
from intake.web import templating
from intake.web.forms import Problem

MANY = 2  # the fewest admins of an office profile (P1)


def init_app(app: Flask) -> None:
    """Look once at the end of each write where decisions have moved."""
    ports.of(app).finishing.insert(0, reroute)  # its messages and lines belong to the write


def person_left(person: Person, by: Any, now: datetime) -> None:
    """Their requests and their part in others' end, and so do their parts in profiles."""
    establishment.person_leaves(person, by, now)
    profile_service.person_leaves(person, by, now)


def person_moved(_person: Person, _by: Any, _now: datetime) -> None:
    """Profiles go on: their admins may work anywhere in the town (P1). Who decides on what waits
    follows from `organisation_changed`."""


def organisation_changed(by: Any, now: datetime) -> None:
    """Remember to look, at the end of this write, who decides on what waits."""
    pending()["organisation"] = (by, now)


def reroute() -> None:
    """Tell of every request on which somebody else decides after this write; once, however many
    units and people it changed."""
    by, now = pending().pop("organisation", (None, None))
    if now is not None:
        establishment.reroute_all(now, cause=by)


def unit_holds(unit: Unit) -> list[Problem]:
    """What stands in the way of ending a unit: its open requests and its profiles."""
    found = []
    if requests.any_open_of(unit.id):
        found.append(Problem(_("Requests for this unit are still open.")))
    if profiles.any_running_of(unit.id):
        found.append(Problem(_("The unit still has profiles: close them first.")))
    return found


@dataclass(frozen=True)
class Work:
    """Something that a person does or has begun: what it is, and what becomes of it when they
    leave. Without an address where the reader may not see it."""

    group: str
    title: str
    url: str
    fate: str


def work_of(person: Person, viewer: Person, now: datetime) -> list[Work]:
    """The profiles and requests of a person, each with what their leaving would mean."""
    return [*_profiles(person, viewer, now), *_requests(person, viewer), *_waiting(person, now)]


def _profiles(person: Person, viewer: Person, now: datetime) -> Iterator[Work]:
    track, running = tracks.track("profile"), profiles.mine(person)
    seen = profiles.seen_by(viewer, [one.id for one in running])
    for profile in running:
        if profile.id in seen:
            fate = _fate(profile, now)
            yield Work(_("Profiles"), track.title(profile), track.address(profile), fate)


def _fate(profile: Profile, now: datetime) -> str:
    if profile.kind is ProfileKind.OFFICE:
        enough = len(profile.current_admins) > MANY
        few = _("They are no admin of it any more: too few are left.")
        return str(_("They are no admin of it any more.") if enough else few)
    if profile.state is ProfileState.SETUP:
        return str(_("It is not opened."))
    if profile.state is ProfileState.CLOSING_ANNOUNCED:
        return str(_("It closes as announced."))
    day = clock.today(now) + timedelta(days=town.current().expert_closing_notice_days)
    return str(_("It is announced to close on %(day)s.", day=templating.long_date(day)))


def _requests(person: Person, viewer: Person) -> Iterator[Work]:
    track, found = tracks.track("request"), requests.of_leaver(person)
    seen = requests.seen_by(viewer, [one.id for one in found])
    for request in found:
        if request.state == RequestState.DRAFT:
            fate = _("It is erased.")
        elif person.id in (request.requester_id, request.subject_id):
            fate = _("It is withdrawn.")
        else:
            fate = _("They are no admin in it any more.")
        if request.id in seen:
            yield Work(_("Requests"), track.title(request), track.address(request), fate)
        else:
            yield Work(_("Requests"), _("A draft that nobody else may read"), "", fate)


def _waiting(person: Person, now: datetime) -> Iterator[Work]:
    track = tracks.track("request")
    for request in requests.to_decide(person, now):
        fate = _("It goes to whoever decides then.")
        yield Work(
            _("Waiting for their decision"), track.title(request), track.address(request), fate
        )
