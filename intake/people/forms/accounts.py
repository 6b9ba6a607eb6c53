"""Forms of accounts: the first administrator, invitations, and new passwords."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from intake.people import passwords
from intake.web import locale
from intake.web.forms import BaseForm, Line, Mail, Password, Radio


def _strong(form: Any, field: Any) -> None:
    if problems := passwords.problems(field.data or "", form.names()):
        raise StopValidation(problems[0])


def new_password(label: Any = None) -> Password:
    """The field of a new password, with its rules beside it."""
    return Password(
        label or _l("Password"),
        hint=_l(
            "At least 12 characters. Several words that do not belong together are good, with "
            "spaces too. Not your name or the town's."
        ),
        missing=_l("Choose a password."),
        autocomplete="new-password",
        width="22",
        checks=(_strong,),
    )


class NewPasswordForm(BaseForm):
    """A password chosen by link. Bound to nobody, so that it works whoever is signed in."""

    anonymous = True
    known: Iterable[str] = ()
    password = new_password()

    def names(self) -> Iterable[str]:
        """What the password may not hold."""
        return self.known


class FirstStartForm(BaseForm):
    """The town's names and its first administrator."""

    anonymous = True
    name_fi = Line(
        _l("The town's name in Finnish"), missing=_l("Write the town's name."), most=80, width="22"
    )
    name_sv = Line(
        _l("The town's name in Swedish"),
        hint=_l("Left empty, it is the same as in Finnish."),
        most=80,
        optional=True,
        width="22",
    )
    name_en = Line(
        _l("The town's name in English"),
        hint=_l("Left empty, it is the same as in Finnish."),
        most=80,
        optional=True,
        width="22",
    )
    name = Line(
        _l("Your name"), missing=_l("Write your name."), most=120, autocomplete="name", width="22"
    )
    title = Line(
        _l("Your title"), most=120, optional=True, autocomplete="organization-title", width="22"
    )
    email = Mail(
        _l("Your work e-mail"),
        hint=_l("You sign in with it. Colleagues will have addresses that end the same."),
        missing=_l("Write your work e-mail address."),
        autocomplete="username",
        width="22",
    )
    language = Radio(
        _l("Language"),
        hint=_l("You work and get mail in it."),
        choices=[(code, locale.NAMES[code]) for code in locale.LANGUAGES],
    )
    password = new_password()

    def names(self) -> Iterable[str]:
        """What the password may not hold."""
        address = (self.email.data or "").rpartition(".")[0]
        return [*self.called().values(), self.name.data or "", address]

    def called(self) -> dict[str, str]:
        """The town's names as settings."""
        finnish = self.name_fi.data or ""
        others = {"name_sv": self.name_sv.data or finnish, "name_en": self.name_en.data or finnish}
        return {"name_fi": finnish, **others}

    def own(self) -> dict[str, str]:
        """What is the administrator's own."""
        fields = (self.name, self.title, self.email, self.language)
        return {field.name: field.data or "" for field in fields}


class ResetForm(BaseForm):
    """Whoever has forgotten their password."""

    anonymous = True
    email = Mail(
        _l("Work e-mail"),
        missing=_l("Write your work e-mail address."),
        autocomplete="username",
        width="22",
    )


class InviteForm(BaseForm):
    """A button; the token is what matters."""
