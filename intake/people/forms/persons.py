"""Forms of persons."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.people.models import ROLES
from intake.people.rules import NAME
from intake.web import locale
from intake.web.forms import BaseForm, Choice, Line, Mail, Radio, Tick

LANGUAGES = [(code, locale.NAMES[code]) for code in locale.LANGUAGES]


class ConfirmForm(BaseForm):
    """A button; what it does is said above it, and `was` is what stood there."""

    was = HiddenField()


class PersonForm(BaseForm):
    """What is known of a person."""

    name = Line(
        _l("Name"),
        most=NAME,
        missing=_l("Write the name."),
        personal=True,
        keep="STAFF",
        width="22",
    )
    title = Line(_l("Title"), most=NAME, optional=True, personal=True, keep="STAFF", width="22")
    email = Mail(
        _l("Work e-mail"),
        missing=_l("Write the work e-mail address."),
        autocomplete="off",
        personal=True,
        keep="STAFF",
    )
    language = Radio(_l("Language of messages"), choices=LANGUAGES)


class NewPersonForm(PersonForm):
    """Somebody who comes into the town's service."""

    unit = Choice(_l("Unit"), missing=_l("Choose the unit."))


class ChangePersonForm(PersonForm):
    """Other details; `was` is what the page showed."""

    was = HiddenField()


class MoveForm(BaseForm):
    """Another unit; `sure` where offices end with the move."""

    was = HiddenField()
    unit = Choice(_l("New unit"), missing=_l("Choose the unit."))
    sure = Tick(_l("The offices that do not fit the new unit may end"), optional=True)


class FilterForm(BaseForm):
    """What narrows the list of people; lies in the address and changes nothing."""

    class Meta:
        csrf = False

    unit = Choice(_l("Unit"), optional=True, width="22")
    role = Choice(_l("Role"), optional=True, width="22", choices=[("", _l("All")), *ROLES.items()])
