"""The forms of the pages about how long data is kept."""

from functools import cache

from flask_babel import lazy_gettext as _l

from intake.retention.periods import Unit
from intake.retention.table import ROWS, Row
from intake.web.forms import BaseForm, Lines, Mail, Radio, Seen, Whole

LABELS = {Unit.MONTHS: _l("Months"), Unit.DAYS: _l("Days")}


class PeriodForm(BaseForm):
    """How long one type of data is kept; `seen` is the length that the page showed."""

    seen = Seen()
    length: Whole
    reason = Lines(
        _l("Reasons"),
        hint=_l("What in the town's information management plan, or in the law, has changed?"),
        least=10,
        most=1000,
        rows=3,
        missing=_l("Say why."),
        clause="P7",
        trail=True,
    )


@cache
def form_of(code: str) -> type[PeriodForm]:
    """The form of a row of the table, with the limits of that row."""
    row: Row = {one.code: one for one in ROWS}[code]
    field = Whole(
        LABELS[row.length.unit],
        least=str(row.length.least),
        most=str(row.length.most),
        clause="P7",
    )
    return type("PeriodForm", (PeriodForm,), {"length": field, "__doc__": PeriodForm.__doc__})


class ClockForm(BaseForm):
    """An administrator says that the clock is right: one button."""


class LookUpForm(BaseForm):
    """Whose data is looked up, and how that person has shown who they are."""

    email = Mail(
        _l("E-mail address"),
        hint=_l("Of somebody who works or has worked for the town, or has reported a profile."),
        autocomplete="off",
        missing=_l("Write the e-mail address."),
    )
    shown_by = Radio(
        _l("How has the person shown who they are?"),
        choices=[
            ("strong", _l("Strong electronic identification")),
            ("card", _l("An identity document, at a service point")),
            ("officer", _l("The data protection officer has seen to it")),
        ],
        missing=_l("Choose how the person has shown who they are."),
    )
