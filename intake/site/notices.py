"""What the privacy notice is made from: what the forms declare of their own questions, and the
cookies that are set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList
from wtforms.form import BaseForm

from intake.establishment.forms import PAGES
from intake.fakes import workflow
from intake.fakes.forms.follow import AddForm, AnswerForm, ContactForm
from intake.fakes.forms.report import ReportForm
from intake.people.forms.absences import AbsenceForm
from intake.people.forms.persons import PersonForm
from intake.people.forms.units import HeadForm
from intake.profiles.change.proposals import ProposeForm, TaskForm
from intake.web.forms import Told

STATED_ON = date(2026, 11, 24)  # the day on which both notices were last held against the program


@dataclass(frozen=True)
class Kept:
    """A retention class as the fields name it in `keep`: who sees it, and how long it is kept."""

    code: str
    heading: Any
    how_long: Any


CLASSES = (
    Kept(
        "REG",
        _l("Published in the register"),
        _l(
            "Names, work tasks and work addresses are shown until the profile is closed. Then they "
            "are kept with the request, and the entry itself stays, marked closed."
        ),
    ),
    Kept(
        "REQ",
        _l("Not published, for handling the request"),
        _l(
            "Kept as long as the profile exists and two years after; two years where no profile "
            "came of the request."
        ),
    ),
    Kept(
        "STAFF",
        _l("People and units"),
        _l("Kept as long as you work for the town, and two years after."),
    ),
    Kept("ABS", _l("Absences"), _l("Kept for six months after they end.")),
    Kept(
        "CASE",
        _l("Reports of fake profiles"),
        _l("Seen by the handlers of the case. Kept for five years after the case has ended."),
    ),
    Kept(
        "CONTACT",
        _l("A reporter's contact data"),
        _l(
            "Seen by the handlers of the case alone, each time with a line in the trail. Kept "
            "encrypted while the case is open and six months after; erased at once when you "
            "withdraw it."
        ),
    ),
)


@dataclass(frozen=True)
class Cookie:
    """A cookie: its name on this browser begins with `__Host-` where the service has https,
    except for that of the language."""

    name: str
    what: Any
    how_long: Any


COOKIES = (
    Cookie(
        "session",
        _l("Keeps you signed in."),
        _l("Ends after 30 minutes without use, after 10 hours, and when you close the browser."),
    ),
    Cookie(
        "device",
        _l("Remembers that you have signed in with this browser, so that nobody can shut you out."),
        _l("One year."),
    ),
    Cookie(
        "follow",
        _l("Lets you see how your report stands after you have given its code."),
        _l("Ends 15 minutes after the last form you sent, and when you close the browser."),
    ),
    Cookie("lang", _l("Remembers the language you chose."), _l("One year.")),
)


ASKING: tuple[tuple[Any, type[Any]], ...] = (
    *((page.title, page.form) for page in PAGES),
    (_l("Person"), PersonForm),
    (_l("Head and deputy"), HeadForm),
    (_l("Absence"), AbsenceForm),
    (_l("Change of a profile"), ProposeForm),
    (_l("Change of a profile"), TaskForm),
    (_l("Report of a fake profile"), ReportForm),
    *((_l("Addition to a report"), form) for form in (AnswerForm, AddForm, ContactForm)),
    *((_l("Handling of a case"), form) for form in workflow.forms()),
)


@cache
def collected() -> dict[str, dict[Any, list[Any]]]:
    """{retention class: {what the form is about: labels}} of what is asked about persons."""
    found: dict[str, dict[Any, list[Any]]] = {kept.code: {} for kept in CLASSES}
    for title, form in ASKING:
        for field in declared(form):
            labels = found[field.keep].setdefault(title, []) if field.personal else []
            if field.personal and field.label.text not in labels:
                labels.append(field.label.text)
    return found


def declared(form: type[Any]) -> Iterator[Any]:
    """The fields of a form's class as they are declared, repeated ones once."""
    unbound = {
        name: getattr(form, name)
        for name in dir(form)
        if hasattr(getattr(form, name, None), "_formfield")
    }
    in_order = sorted(unbound.items(), key=lambda item: item[1].creation_counter)
    for field in BaseForm(in_order):
        if isinstance(field, FieldList):
            yield from declared(field.unbound_field.args[0])
        elif isinstance(field, Told):
            yield field
