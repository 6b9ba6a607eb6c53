"""Forms of absences: days and a deputy, never a reason (E4)."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.people.forms.choosing import NamingForm, Someone
from intake.web.forms import BaseForm, Day


class AbsenceForm(NamingForm):
    """When somebody is away, both days included, and who stands in."""

    person = Someone(_l("Who is away"), missing=_l("Say who is away."), personal=True, keep="ABS")
    begins = Day(
        _l("First day"), missing=_l("Give the first day."), personal=True, keep="ABS", clause="E4"
    )
    until = Day(
        _l("Last day"), missing=_l("Give the last day."), personal=True, keep="ABS", clause="E4"
    )
    deputy = Someone(
        _l("Stands in"),
        optional=True,
        personal=True,
        keep="ABS",
        clause="O3",
        hint=_l(
            "Work address or name. Left empty, the standing deputy or the next unit up decides."
        ),
    )


class EndForm(BaseForm):
    """Another last day; `was` is the one the page showed."""

    was = HiddenField()
    until = Day(
        _l("Last day"), missing=_l("Give the last day."), personal=True, keep="ABS", clause="E4"
    )
