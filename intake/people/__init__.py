"""Persons, units, absences, roles, sign-in, the town's own settings, and who decides."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.engine import step_view, tracks, witness
from intake.people import (
    accounts,
    finding,
    images,
    look,
    service,
    settings,
    sign_in,
    views,
    words,
)
from intake.people.importing import running as importing
from intake.people.models import Role
from intake.people.witnesses import WITNESSES
from intake.web import templating


def init_app(app: Flask) -> None:
    """Register pages, words, jobs and what administrators look after."""
    witness.register(app, WITNESSES)
    app.jinja_env.globals.update(town_sheet=look.address, logo_address=images.address)
    with app.app_context():
        words.tell()
        tracks.register(service.GRANTS)
        accounts.init_app(app)
    settings.init_app(app)
    finding.init_app(app)
    sign_in.init_app(app)
    ports.of(app).shipped.append(finding.complete)
    importing.init_app(app)
    app.register_blueprint(views.room)
    step_view.register(app, views.grants.PAGES)
    ports.of(app).upkeep += [
        templating.Entry(
            "people.town",
            _l("The town's settings"),
            5,
            about=_l("Names, languages, contacts, deadlines, colour and logo."),
            may=lambda person: Role.ADMINISTRATOR in person.roles,
        ),
        templating.Entry(
            "people.persons", _l("People"), 10, about=_l("Who works for the town, in which role.")
        ),
        templating.Entry(
            "people.units", _l("Units"), 15, about=_l("The organisation, its heads and deputies.")
        ),
        templating.Entry(
            "people.absences", _l("Absences"), 20, about=_l("Who is away and who stands in.")
        ),
        views.imports.ENTRY,
    ]
