"""Answers as people read them: on the answers page, in a difference, before a decision."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from intake.establishment.forms.base import PageForm
from intake.establishment.forms.people import AdminPanel, AdminsPage
from intake.web import templating


@dataclass(frozen=True)
class Row:
    """One answer: its question, the lines of it, whether it is published, what is wrong with it.
    `is_missing` means that something must be answered and nothing was."""

    name: str
    label: str
    lines: list[str]
    public: bool
    errors: list[str]
    is_missing: bool
    control: str  # the id of the control that answers it


def rows(form: PageForm) -> list[Row]:
    """The answers of a page, in the order of its questions."""
    asked = [_row(field, form) for field in form.doubts]
    if isinstance(form, AdminsPage):
        return [*_admins(form), *asked]
    found = [*(_row(field, form) for field in form.drawn()), *asked]
    return [row for row in found if row.lines or row.errors or row.name not in form.dependent]


def _row(field: Any, form: PageForm) -> Row:
    lines = shown(field, form)
    return Row(
        name=field.name,
        label=str(field.label.text),
        lines=lines,
        public=field.public,
        errors=[str(error) for error in field.errors],
        is_missing=bool(field.errors) and not lines,
        control=f"{field.id}-0" if field.type_of in ("radio", "ticks") else field.id,
    )


def shown(field: Any, form: PageForm) -> list[str]:
    """The lines of an answer; what cannot be read is shown as it was typed."""
    typed = [str(value) for value in field.raw_data or [] if str(value).strip()]
    if field.data in (None, "", [], False):
        return typed or _default(field)
    if field.type_of in ("choice", "radio", "ticks"):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return [", ".join(_label(field, value, form) for value in chosen)]
    if field.type_of == "day":
        return [templating.long_date(field.data)]
    if field.type_of in ("amount", "whole"):
        return [templating.number(field.data)]
    return str(field.data).split("\n")


def _default(field: Any) -> list[str]:
    """What no answer means, where it means something: the supervisor that was found."""
    if field.type_of != "choice" or not field.is_optional:
        return []
    return [str(one.label) for one in field.choices if one.value == ""]


def _label(field: Any, value: str, form: PageForm) -> str:
    labels = {str(choice.value): str(choice.label) for choice in field.choices}
    known = form.context.named.get(value)
    if value in labels or known is None:
        return labels.get(value, value)
    return str(known.name(form.context.language) if callable(known.name) else known.name)


def _admins(form: AdminsPage) -> list[Row]:
    """Who runs the profile, and with what time: two answers for all of them."""
    people = [", ".join(_who(panel, form)) for panel in form.panels]
    times = [_time(panel, form) for panel in form.panels]
    names, hours = ("person", "task", "lead"), ("hours_update", "hours_interaction")
    in_all = _("%(hours)s a week in all", hours=templating.hours(form.total))
    return [
        _summed("admins", _("Admins"), people, form, names, public=True),
        _summed("hours", _("Working time"), [*times, in_all if form.total else ""], form, hours),
    ]


def _summed(
    name: str,
    label: str,
    lines: list[str],
    form: AdminsPage,
    parts: tuple[str, ...],
    *,
    public: bool = False,
) -> Row:
    errors = [str(error) for panel in form.panels for part in parts for error in panel[part].errors]
    lines = [line for line in lines if line]
    control = f"admins-0-{parts[0]}"
    missing = bool(errors) and not lines
    return Row(name, str(label), lines, public, errors, is_missing=missing, control=control)


def _who(panel: AdminPanel, form: AdminsPage) -> list[str]:
    told = [*shown(panel["person"], form), *shown(panel["task"], form)]
    return [*told, _("lead admin")] if panel["lead"].data else told


def _time(panel: AdminPanel, form: AdminsPage) -> str:
    update, interaction = panel["hours_update"], panel["hours_interaction"]
    if update.data is None or interaction.data is None:
        return ""
    return str(
        _(
            "%(name)s: updating %(update)s, interaction %(interaction)s",
            name=", ".join(shown(panel["person"], form)),
            update=templating.hours(update.data),
            interaction=templating.hours(interaction.data),
        )
    )
