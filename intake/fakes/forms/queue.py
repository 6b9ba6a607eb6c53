"""The forms of the queue: what narrows it, and what is done to those that are ticked."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.fakes import words
from intake.fakes.service.bulk import STEPS
from intake.web.forms import BaseForm, Choice, Ticks


class FilterForm(BaseForm):
    """What narrows the queue; lies in the address and changes nothing."""

    class Meta:
        csrf = False

    state = Choice(_l("State"), optional=True, width="22")
    platform = Choice(_l("Service"), optional=True, width="22")
    unit = Choice(_l("Unit"), optional=True, width="22")


class SameForm(BaseForm):
    """A button that sets aside what waits and says the same."""

    same = HiddenField()


class SortForm(BaseForm):
    """What is done to the cases that are ticked."""

    chosen = Ticks(_l("Cases"), missing=_l("Tick the cases first."))
    step = Choice(
        _l("For those ticked"),
        choices=[(step, words.CASE.buttons[step]) for step in STEPS],
        width="22",
    )
