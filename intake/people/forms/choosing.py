"""Naming one person among thousands: by work address or name, with no list to scroll."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from intake.web.forms import BaseForm, Line

NAMED = 5  # people shown when a text means several


class Someone(Line):
    """One person: `person_id` is whom the text means. `suggestions` are shown while typing."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        self.suggestions: list[tuple[str, str]] = []
        self.person_id: str | None = None
        usual = {"hint": _l("Work address or name."), "autocomplete": "off", "most": 254}
        super().__init__(label, checks=(_means_one,), **(usual | kwargs))

    def suggest(self, people: Iterable[Any]) -> None:
        """Offer these people."""
        self.suggestions = [(one.email, _named(one)) for one in people]


class NamingForm(BaseForm):
    """A form that names people; `find(text)` is handed in and says whom a text may mean."""

    find: Callable[[str], list[Any]]


def _named(person: Any) -> str:
    return f"{person.name}, {person.title}" if person.title else str(person.name)


def _means_one(form: Any, field: Any) -> None:
    found = form.find(field.data or "")
    if len(found) == 1:
        field.person_id = found[0].id
        return
    field.suggest(found)
    if not found:
        raise ValidationError(_("Nobody in service was found by this. Write the work address."))
    field.notes = [f"{_named(one)}: {one.email}" for one in found[:NAMED]]
    raise ValidationError(_("Several people fit. Write the address of the one you mean."))
