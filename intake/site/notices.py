"""What the privacy notice is made from: what the forms declare of their own questions, the table
of how long everything is kept, and the cookies that are set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from flask_babel import gettext as _
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
from intake.retention import table
from intake.web.forms import Told

STATED_ON = date(2026, 12, 1)  # the day on which both notices were last held against the program


@dataclass(frozen=True)
class Kept:
    """A retention class as the fields name it in `keep`: who sees it, and the rows of the table
    of retention that say how long it is kept."""

    code: str
    heading: Any
    rows: tuple[str, ...]
    says: Any = ""

    @property
    def how_long(self) -> list[str]:
        """How long it is kept, a sentence for each row."""
        return [str(_("Kept %(how_long)s.", how_long=table.row(code).told)) for code in self.rows]


CLASSES = (
    Kept(
        "REG",
        _l("Published in the register"),
        ("office_profile", "expert_profile"),
        _l(
            "Names, work tasks and work addresses are shown until the profile is closed. After "
            "that nobody reads them in the register; the entry of an office profile stays, marked "
            "closed, that of an expert profile goes."
        ),
    ),
    Kept("REQ", _l("Not published, for handling the request"), ("request",)),
    Kept(
        "STAFF",
        _l("People and units"),
        ("leaver",),
        _l(
            "Kept as long as you work for the town. Your name stays longer with the requests, "
            "profiles and cases in which you took part."
        ),
    ),
    Kept("ABS", _l("Absences"), ("absence",)),
    Kept(
        "CASE",
        _l("Reports of fake profiles"),
        ("case",),
        _l("Seen by the handlers of the case."),
    ),
    Kept(
        "CONTACT",
        _l("A reporter's contact data"),
        ("contact",),
        _l(
            "Kept encrypted. Seen by the handlers of the case alone, and by the register keeper "
            "who answers when you ask what is held of you; each time a line is left in the trail. "
            "Erased at once when you withdraw it."
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
