"""The town's own settings: what they are, and a form for each group of them."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.people import queries, settings, town
from intake.people.forms.look import IMAGES, ColourForm
from intake.people.forms.setting_group import SettingsForm
from intake.people.forms.town import GROUPS, shown
from intake.people.models import Person, Role
from intake.people.views.room import room
from intake.refusals import NotAllowed, Stale
from intake.web import access

ADMINISTRATOR = Role.ADMINISTRATOR.value
SHOWN = 5  # of the latest changes
FORMS: tuple[type[SettingsForm], ...] = (*GROUPS.values(), ColourForm)


@room.get("/town", endpoint="town")
@access.roles(ADMINISTRATOR)
def town_page() -> Any:
    """Every setting as it stands, and what was changed last."""
    return render_template(
        "people/town.html",
        groups=[_reading(form, obj=town.current()) for form in FORMS],
        shown=shown,
        images=IMAGES,
        changes=list(_told(settings.changes()[:SHOWN])),
    )


def _told(lines: list[settings.Change]) -> Iterator[tuple[Any, str, list[tuple[Any, Any, Any]]]]:
    """(when, who, [(setting, before, after)]) of changes, as a page tells them."""
    names = queries.people(line.actor for line in lines)
    for line in lines:
        before, after = (
            {name: values[place] for name, values in line.values.items()} for place in (0, 1)
        )
        old, new = _fields(before), _fields(after)
        rows = [
            (IMAGES[name], "", "")
            if name in IMAGES
            else (new[name].label.text, _line(old[name]), _line(new[name]))
            for name in line.settings
        ]
        yield line.at, names[line.actor].name if line.actor in names else "", rows


def _line(field: Any) -> str:
    told = shown(field)
    return told if isinstance(told, str) else ", ".join(told)


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    """Every setting's field, holding what is given."""
    forms = [_reading(form, data=values) for form in FORMS]
    return {field.name: field for form in forms for field in form.settings()}


def _reading(kind: type[SettingsForm], **given: Any) -> SettingsForm:
    """A form that is only read."""
    return kind(formdata=None, meta={"csrf": False}, **given)


@room.route(
    f"/town/<any({', '.join(GROUPS)}):group>", methods=["GET", "POST"], endpoint="town_group"
)
@access.roles(ADMINISTRATOR)
def group_page(group: str) -> Any:
    """A group of settings to change."""
    form = fresh(GROUPS[group])
    if not form.validate_on_submit():
        return render_template("people/town_group.html", form=form), form.status
    try:
        return stored(
            form, lambda by: settings.change(form.values(), by, clock.now(), seen=seen(form))
        )
    except Stale:
        overtaken(form)
        return render_template("people/town_group.html", form=form), 409


def fresh(kind: type[SettingsForm]) -> SettingsForm:
    """The form, holding what was typed, else what is stored."""
    form = kind(obj=town.current())
    if not form.is_submitted():
        form.seen.data = str(town.current().revision)
    return form


def seen(form: Any) -> int:
    """The revision that the person saw."""
    return form.seen.revision or 0


def stored(form: Any, act: Callable[[Person], bool]) -> Any:
    """Make a change in a write of its own and go back to the settings."""
    person_id = current_user.id
    with write(form) as done:
        person = queries.active_person(person_id)
        if person is None:
            raise NotAllowed
        changed = act(person)
        done.leads_to = url_for("people.town")
    flash(_("Saved.") if changed else _("Nothing was changed."))
    return redirect(done.leads_to, 303)


def overtaken(form: SettingsForm) -> None:
    """Somebody has changed the same: what they wrote stands beside what was typed, and saving
    again decides."""
    now = _reading(type(form), obj=town.current())
    changed = settings.overtaken(seen(form))
    for field in form.settings():
        if field.name in changed:
            value = _line(now[field.name])
            field.notes = [
                _("Somebody has changed this meanwhile. It is now: %(value)s", value=value)
            ]
    form.problems = [
        _("Somebody else has changed this since you opened it. Nothing was saved yet.")
    ]
    form.seen.data = str(town.current().revision)
