"""The demo town of Savonkoski: invented, played in order of time through the ordinary steps."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from intake import clock, config
from intake.data.base import db
from intake.demo import fakes, organisation, script
from intake.demo.stage import Stage
from intake.people import town
from intake.people.models import Person

FOUNDED = timedelta(days=500)  # before today


def prepare(*, wanted: bool) -> list[str]:
    """Fill an empty database where the demo is wanted; the lines to print where it is the demo.

    Raises BadSettings where it may not be.
    """
    marked = town.current().is_demo
    if (marked or wanted) and config.is_production(current_app.config["BASE_URL"]):
        raise config.BadSettings("the demo town is only served at a loopback address.")
    if wanted and not marked:
        _fill()
    return _accounts() if marked or wanted else []


def _fill() -> None:
    if db.session.scalars(select(Person.id).limit(1)).first() is not None:
        raise config.BadSettings("--demo fills an empty database; this one is in use.")
    founding = clock.now() - FOUNDED
    with clock.at(founding):
        units, people = organisation.found(founding)
    stage = Stage(units, people)
    script.write_acts(stage)
    fakes.write_acts(stage)
    stage.play()


def _accounts() -> list[str]:
    names = {key: (name, roles) for key, name, _title, _unit, roles, _lang in organisation.PEOPLE}
    lines = [f"The demo town of Savonkoski. Everybody has the password {organisation.PASSWORD}"]
    for key in organisation.PRINTED:
        name, _roles = names[key]
        lines.append(f"  {organisation.email(name)}  ({organisation.PRINTED[key]})")
    return lines
