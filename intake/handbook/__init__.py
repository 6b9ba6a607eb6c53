"""What the town lays down: platforms, terms, guidelines, acknowledgements, trainings."""

from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intake import clock, ports
from intake.engine import tracks, witness
from intake.handbook import models, queries, service, views, words
from intake.handbook.views.room import looks_after
from intake.handbook.witnesses import WITNESSES
from intake.people.models import Person
from intake.web.templating import Entry

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the room, and what it brings to an empty database."""
    witness.register(app, WITNESSES)
    app.register_blueprint(views.room)
    ports.of(app).histories.update(words.HISTORY)
    ports.of(app).shipped += [service.ensure_shipped, service.read_stored_keys]
    ports.of(app).upkeep += _upkeep()
    with app.app_context():
        for notice in _notices():
            tracks.register_notice(notice)


def _upkeep() -> list[Entry]:
    """The pages of those who look after the handbook."""
    return [
        Entry(
            "handbook.versions",
            _l("Versions of the guidelines"),
            40,
            about=_l("What everybody who runs a profile acknowledges, and a new version of it."),
            may=looks_after,
        ),
        Entry(
            "handbook.trainings",
            _l("Trainings"),
            42,
            about=_l("Who runs a profile, and what they have read and learnt."),
            may=looks_after,
        ),
        Entry(
            "handbook.platforms",
            _l("Services"),
            44,
            about=_l("Which services there are, their terms, and whether they are for work."),
            may=looks_after,
        ),
        Entry(
            "handbook.routes",
            _l("Report routes"),
            46,
            about=_l("Where each service takes reports of fake profiles."),
            may=looks_after,
            news=_unchecked_routes,
        ),
    ]


def _unchecked_routes(_person: Any) -> str:
    number = queries.unchecked_routes(clock.today())
    if not number:
        return ""
    return str(ngettext("One route waits to be tried.", "%(num)d routes wait to be tried.", number))


def _notices() -> list[tracks.Notice]:
    return [
        tracks.Notice(
            "handbook/guidelines",
            models.GuidelineVersion,
            title=lambda one: _("guidelines, version %(number)d", number=one.number),
            address=lambda _version: "/handbook/guidelines",
        ),
        tracks.Notice(
            "handbook/hosts_changed",
            models.Platform,
            title=lambda platform: platform.name,
            address=lambda platform: f"/handbook/platforms/{platform.code}",
        ),
        tracks.Notice(
            "handbook/special_hosts",
            Person,
            title=lambda _person: _("Short links and hosts that serve many"),
            address=lambda _person: "/handbook/hosts",
        ),
    ]
