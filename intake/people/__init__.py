"""Persons, units, absences, roles, sign-in, the town's own settings, and who decides."""

from flask import Flask

from intake.people import queries, service, sign_in, town, views


def init_app(app: Flask) -> None:
    """Tell the flat files where people and the town's settings come from."""
    app.extensions["person"] = queries.reader
    app.extensions["town"] = town.current
    app.extensions["ask_to_sign_in"] = views.signing.ask_to_sign_in
    with app.app_context():
        service.tell_history()
    sign_in.init_app(app)
    app.register_blueprint(views.room)
