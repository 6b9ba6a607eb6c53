"""Persons, units, absences, roles, sign-in, the town's own settings, and who decides."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake.people import images, look, queries, service, settings, sign_in, town, views
from intake.people.models import Role
from intake.templating import Entry


def init_app(app: Flask) -> None:
    """Tell the flat files where people and the town's settings come from."""
    app.extensions["person"] = queries.active_person
    app.extensions["town"] = town.current
    app.extensions["ask_to_sign_in"] = views.signing.ask_to_sign_in
    app.jinja_env.globals.update(town_sheet=look.address, logo_address=images.address)
    with app.app_context():
        service.tell_history()
    settings.init_app(app)
    sign_in.init_app(app)
    app.register_blueprint(views.room)
    app.extensions["upkeep"].append(
        Entry(
            "people.town",
            _l("The town's settings"),
            10,
            about=_l("Names, languages, contacts, deadlines, colour and logo."),
            may=lambda person: Role.ADMINISTRATOR in person.roles,
        )
    )
