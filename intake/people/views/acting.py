"""What every page that changes people and the organisation has in common."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.history import sentence
from intake.people import queries, seeing, words
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, Stale, Unready
from intake.web import locale, templating

KEEPING = (Role.ADMINISTRATOR.value, Role.KEEPER.value)
ADMINISTRATOR = Role.ADMINISTRATOR.value


def me() -> Person:
    """The person at work, read in this transaction."""
    person = queries.active_person(current_user.id)
    if person is None:
        raise NotAllowed
    return person


def another(person_id: str) -> Person:
    """Somebody else whom one may see: nobody does such things to themself (A6)."""
    viewer = me()
    found = seeing.find_person(person_id, viewer, clock.today())
    if found == viewer:
        raise NotAllowed
    return found


@dataclass(frozen=True)
class Sheet:
    """What stands around the fields of a form: heading and button, what it means, the way back."""

    heading: Any
    verb: Any
    back: tuple[str, str]
    kicker: str = ""
    means: tuple[Any, ...] = ()
    kind: str = "filled"


def print_of(*shown: Any) -> str:
    """A mark of what a page showed, to tell whether it still stands."""
    return sha256(json.dumps(shown, default=str).encode()).hexdigest()[:32]


def mark(form: Any, *shown: Any) -> Any:
    """Let a form carry what its page shows."""
    form.stands = print_of(*shown)
    if request.method == "GET":
        form.was.data = form.stands
    return form


def begin(field: Any, stored: Any) -> None:
    """Let a field begin with what is stored, where that is no attribute of its object."""
    field.object_data = stored
    if request.method == "GET":
        field.data = stored


def still(form: Any, *stands: Any) -> None:
    """Raises Stale where something else stands now than the page showed."""
    if form.was.data != print_of(*stands):
        raise Stale


def answered(
    form: Any,
    act: Callable[[], str],
    said: Any,
    sheet: Sheet,
    template: str = "people/organisation_form.html",
    **told: Any,
) -> Any:
    """Do it in one write and go where it leads, or show the form with all that was typed."""
    status = 0
    if form.validate_on_submit():
        try:
            with write(form) as done:
                done.leads_to = act()
        except Unready as refusal:
            form.refuse(refusal.problems)
        except Stale:
            _overtaken(form)
            status = 409
        else:
            flash(str(said))
            return redirect(done.leads_to, 303)
    return render_template(template, form=form, sheet=sheet, **told), status or form.status


def _overtaken(form: Any) -> None:
    """Somebody has changed it meanwhile: what stands is told beside what was typed, and sending
    again decides."""
    form.refuse([_("Somebody else has changed this since you opened it. Nothing was saved yet.")])
    form.was.data = form.stands
    for field in form:
        stored = _stored(field) if hasattr(field, "type_of") else ""
        if stored and field.data != field.object_data:
            field.notes = [_("Stored now: %(value)s", value=stored)]


def _stored(field: Any) -> str:
    """What stands in the database, as people read it."""
    labels = {one.value: one.label for one in getattr(field, "choices", ())}
    return str(labels.get(field.object_data) or field.object_data or "").strip()


def unit_choices(first: Any) -> list[tuple[str, Any]]:
    """Every unit, set in below the one above it; before them what no unit means."""
    tree = queries.organisation(clock.today()).tree()
    names = [
        (unit.id, f"{templating.NBSP * 3 * depth}{unit.name(locale.current())}")
        for unit, depth in tree
    ]
    return [("", first), *names]


def history(ids: list[str]) -> list[tuple[audit_trail.Entry, str, Any]]:
    """What was done, the newest first: the line, its sentence, and what it was about."""
    lines = [entry for entry, _written in audit_trail.history(ids)]
    names: dict[str, Any] = queries.people(entry.actor for entry in lines)
    return [
        (entry, sentence(entry, names), words.about(entry.detail())) for entry in reversed(lines)
    ]
