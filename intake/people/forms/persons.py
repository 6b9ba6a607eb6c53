"""Forms of persons."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.people.models import ROLES
from intake.people.rules import NAME
from intake.web import locale
from intake.web.forms import BaseForm, Choice, Mail, Name, Radio, Tick

LANGUAGES = [(code, locale.NAMES[code]) for code in locale.LANGUAGES]


class ConfirmForm(BaseForm):
    """A button; what it does is said above it, and `was` is what stood there."""

    was = HiddenField()


def _work_email(**more: Any) -> Mail:
    return Mail(
        _l("Work e-mail"),
        missing=_l("Write the work e-mail address."),
        autocomplete="off",
        personal=True,
        keep="STAFF",
        **more,
    )


class PersonForm(BaseForm):
    """What is known of a person."""

    name = Name(
        _l("Name"),
        most=NAME,
        missing=_l("Write the name."),
        public=True,
        personal=True,
        keep="STAFF",
        width="22",
    )
    title = Name(
        _l("Title"),
        most=NAME,
        optional=True,
        public=True,
        personal=True,
        keep="STAFF",
        width="22",
    )
    email = _work_email()
    language = Radio(_l("Language of messages"), choices=LANGUAGES)


class NewPersonForm(PersonForm):
    """Somebody who comes into the town's service."""

    unit = Choice(_l("Unit"), missing=_l("Choose the unit."))


class ChangePersonForm(PersonForm):
    """Other details; `was` is what the page showed."""

    was = HiddenField()
    email = _work_email(
        hint=_l("With another address the person's roles wait until a second person agrees.")
    )


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
