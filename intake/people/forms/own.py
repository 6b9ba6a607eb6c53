"""Forms of signing in and of one's own page."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import StopValidation

from intake.people.forms.accounts import new_password
from intake.web import locale
from intake.web.forms import BaseForm, Line, Mail, Password, Radio


class SignInForm(BaseForm):
    """Work address and password. Bound to nobody, so that it works whoever is signed in."""

    anonymous = True
    email = Mail(
        _l("Work e-mail"),
        missing=_l("Write your work e-mail address."),
        autocomplete="username",
        width="22",
    )
    password = Password(
        _l("Password"),
        missing=_l("Write your password."),
        autocomplete="current-password",
        width="22",
    )
    next = HiddenField()
    carried = HiddenField()
    altcha = HiddenField()


class SignOutForm(BaseForm):
    """A button; the token is what matters."""


class LanguageForm(BaseForm):
    """The language a person works in and is written to."""

    language = Radio(
        _l("Language"), choices=[(code, locale.NAMES[code]) for code in locale.LANGUAGES]
    )


class ChangePasswordForm(BaseForm):
    """A new password for somebody who shows that they know the present one."""

    known: Iterable[str] = ()
    current_password = Password(
        _l("Your password now"),
        missing=_l("Write your password."),
        autocomplete="current-password",
        width="22",
    )
    password = new_password(_l("New password"))

    def names(self) -> Iterable[str]:
        """What the password may not hold."""
        return self.known

    def validate_password(self, field: Any) -> None:
        """The same again would end nothing of what a thief knows."""
        if field.data and field.data == self.current_password.data:
            raise StopValidation(_("Choose another password than the one you have now."))


class SessionsForm(BaseForm):
    """Which session to end: each has its own button."""

    which = Line(missing=_l("Choose a session."), most=64)
