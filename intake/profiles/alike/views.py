"""The pages of known neighbours, and of the fakes that are to be expected of a profile."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intake import clock
from intake.data.write import write
from intake.engine.step_view import me
from intake.people.models import Role
from intake.profiles import queries
from intake.profiles.alike import made_beforehand, neighbours
from intake.profiles.models import Profile
from intake.profiles.views import room
from intake.refusals import Unready
from intake.web import access
from intake.web.forms import BaseForm, Line, Lines, Ticks

keeping = access.roles(Role.ADMINISTRATOR.value, Role.KEEPER.value)


class NeighbourForm(BaseForm):
    """A name or address that is somebody else's."""

    text = Line(
        _l("Name, handle or address"),
        hint=_l("For example the profile of the library's friends."),
        most=300,
    )
    note = Lines(
        _l("Whose is it, and how do we know?"), least=3, most=500, rows=3, missing=_l("Say whose.")
    )


class RemoveForm(BaseForm):
    """A button."""


class LookForm(BaseForm):
    """Which fakes somebody has looked for."""

    looked = Ticks(_l("I have looked for these today"))


@room.route("/neighbours", methods=["GET", "POST"])
@keeping
def neighbour_list() -> Any:
    """The known neighbours, and a form for one more."""
    form = NeighbourForm()
    path = None
    if form.validate_on_submit():
        try:
            with write(form) as done:
                neighbours.add(form.text.data or "", form.note.data or "", me(), clock.now())
                path = done.leads_to = url_for("profiles.neighbour_list")
        except Unready as refusal:
            form.refuse(refusal.problems)
    if path is None:
        rows = neighbours.listed()
        return render_template("profiles/neighbours.html", form=form, rows=rows), form.status
    flash(_("It was added. The check does not call it a look-alike."))
    return redirect(path, 303)


@room.route("/neighbours/<row>/remove", methods=["GET", "POST"])
@keeping
def remove_neighbour(row: str) -> Any:
    """Take a neighbour off the list."""
    found, form = neighbours.of(row), RemoveForm()
    if not form.validate_on_submit():
        page = render_template("profiles/remove_neighbour.html", form=form, row=found)
        return page, form.status
    with write(form) as done:
        neighbours.remove(row, me(), clock.now())
        done.leads_to = url_for("profiles.neighbour_list")
    flash(_("It was removed from the list."))
    return redirect(done.leads_to, 303)


@room.get("/<id>/likely_fakes")
@access.staff
def likely_fakes(id: str) -> Any:
    """The fifty likeliest fakes of a profile, each with the day of the last look."""
    profile = queries.get(id, me())
    return _expected_page(profile, _look_form(profile))


@room.post("/<id>/likely_fakes")
@access.staff
def note_looks(id: str) -> Any:
    """Note that some of them were looked for today."""
    profile = queries.get(id, me())
    form = _look_form(profile)
    if not form.validate_on_submit():
        return _expected_page(profile, form), form.status
    chosen = list(form.looked.data or [])
    with write(form) as done:
        number = made_beforehand.look(queries.get(id, me()), chosen, me(), clock.now())
        done.leads_to = url_for("profiles.likely_fakes", id=id)
    flash(ngettext("One look was noted.", "%(num)d looks were noted.", number))
    return redirect(done.leads_to, 303)


def _look_form(profile: Profile) -> LookForm:
    form = LookForm(target=("profiles.note_looks", {"id": profile.id}))
    form.looked.choices = [(one.text, one.text) for one in made_beforehand.of(profile)]
    return form


def _expected_page(profile: Profile, form: LookForm) -> str:
    return render_template(
        "profiles/likely_fakes.html",
        form=form,
        profile=profile,
        looked={one.text: one.looked_on for one in made_beforehand.of(profile)},
        may_look=made_beforehand.may_look(profile, me()),
    )
