"""Forms of signing in and of one's own page."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake import language
from intake.forms import BaseForm, Mail, Password, Radio


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


class SignOutForm(BaseForm):
    """A button; the token is what matters."""


class LanguageForm(BaseForm):
    """The language a person works in and is written to."""

    language = Radio(
        _l("Language"), choices=[(code, language.NAMES[code]) for code in language.LANGUAGES]
    )
