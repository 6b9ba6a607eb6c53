"""The demo town of Savonkoski: invented, played in order of time through the ordinary steps."""

from flask import current_app
from sqlalchemy import select

from intake import config
from intake.database import db
from intake.people import town
from intake.people.models import Person


def prepare(*, wanted: bool) -> None:
    """Fill an empty database where the demo is wanted; raises BadSettings where it may not be."""
    marked = town.current().is_demo
    if (marked or wanted) and config.is_production(current_app.config["BASE_URL"]):
        raise config.BadSettings("the demo town is only served at a loopback address.")
    in_use = db.session.scalars(select(Person.id).limit(1)).first() is not None
    if wanted and not marked and in_use:
        raise config.BadSettings("--demo fills an empty database; this one is in use.")
