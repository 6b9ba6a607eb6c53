"""What follows in each room when somebody leaves the town's service or moves within it.

The room of people knows no other room; it calls what is set here, inside its own write().
"""

from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import gettext as _

from intake.database import pending
from intake.establishment import queries as requests
from intake.establishment import service as establishment
from intake.forms import Problem
from intake.people.models import Person, Unit
from intake.profiles import queries as profiles
from intake.profiles import service as profile_service


def init_app(app: Flask) -> None:
    """Say what follows, and look once at the end of each write where decisions have moved."""
    app.extensions["person_left"] = person_left
    app.extensions["person_moved"] = person_moved
    app.extensions["organisation_changed"] = organisation_changed
    app.extensions["unit_holds"] = unit_holds
    app.extensions["finishing"].insert(0, reroute)  # its messages and lines belong to the write


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
