"""Forms of units."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.people.forms.choosing import NamingForm, Someone
from intake.people.models import LEVELS
from intake.people.rules import CODE, NAME
from intake.web.forms import BaseForm, Choice, Line


class UnitForm(BaseForm):
    """A unit; `was` is what the page showed."""

    was = HiddenField()
    name_fi = Line(_l("Name in Finnish"), most=NAME, missing=_l("Write the name."), clause="O1")
    name_sv = Line(_l("Name in Swedish"), most=NAME, optional=True, clause="O1")
    level = Choice(_l("Level"), choices=[*LEVELS.items()], width="22", clause="O1")
    parent = Choice(_l("Unit above"), missing=_l("Choose the unit above."), clause="O1")
    code = Line(
        _l("Code"),
        most=CODE,
        optional=True,
        width="22",
        hint=_l("Files of units and people call the unit by it. Left empty, the name makes it."),
    )


class HeadForm(NamingForm):
    """Who heads a unit and who stands in; `was` is who the page showed."""

    was = HiddenField()
    head = Someone(_l("Head"), optional=True, personal=True, keep="STAFF", clause="O3")
    deputy = Someone(_l("Standing deputy"), optional=True, personal=True, keep="STAFF", clause="O3")
