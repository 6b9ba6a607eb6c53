"""Persons, units, absences, roles, sign-in, the town's own settings, and who decides."""

from flask import Flask

from intake.people import finding, queries, sign_in, town, views, words
from intake.people.importing import running as importing


def init_app(app: Flask) -> None:
    """Tell the flat files where people and the town's settings come from."""
    app.extensions["person"] = queries.active_person
    app.extensions["town"] = town.current
    app.extensions["ask_to_sign_in"] = views.signing.ask_to_sign_in
    with app.app_context():
        words.tell()
    finding.watch()
    sign_in.init_app(app)
    importing.init_app(app)
    app.register_blueprint(views.room)
    app.extensions["upkeep"].append(views.imports.ENTRY)
