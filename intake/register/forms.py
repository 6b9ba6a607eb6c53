"""The forms of public pages: they only ask, so they carry no token and change nothing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from intake.profiles.models import ProfileKind
from intake.register import check, words
from intake.register.queries import Choices
from intake.web import forms, locale


class Asking(forms.BaseForm):
    """Base of a form that is sent with GET."""

    class Meta:
        csrf = False


class CheckForm(Asking):
    """What somebody wants to know of: an address, a handle or a name on each line."""

    q = forms.Lines(
        _l("Address, handle or name of the profile"),
        optional=True,
        most=(check.LONGEST + 1) * check.MOST,
    )

    @property
    def lines(self) -> list[str]:
        """The texts to check, one a line."""
        stripped = (line.strip() for line in (self.q.data or "").split("\n"))
        return [line for line in stripped if line]

    def validate_q(self, _field: Any) -> None:
        """No more and no longer lines than one answer can hold."""
        if len(self.lines) > check.MOST:
            raise ValidationError(_("Check at most %(most)d lines at once.", most=check.MOST))
        over = max(map(len, self.lines), default=0) - check.LONGEST
        if over > 0:
            raise ValidationError(forms.too_long(over, check.LONGEST))


class FilterForm(Asking):
    """What narrows the list."""

    q = forms.Lines(_l("Search by name or handle"), optional=True, most=check.LONGEST)
    platform = forms.Choice(_l("Service"), optional=True)
    unit = forms.Choice(_l("Unit"), optional=True)
    kind = forms.Choice(_l("Type"), optional=True)

    def offer(self, choices: Choices) -> None:
        """Fill the selects with what is in the list."""
        spoken = locale.current()
        units = sorted((unit.name(spoken), unit.id) for unit in choices.units)
        every = ("", _("All"))
        self.platform.choices = [every, *((one.code, one.name) for one in choices.platforms)]
        self.unit.choices = [every, *((id, name) for name, id in units)]
        self.kind.choices = [every, *((kind.value, words.KINDS[kind]) for kind in ProfileKind)]

    @property
    def selects(self) -> list[Any]:
        """The fields drawn beside the search."""
        return [self.platform, self.unit, self.kind]
