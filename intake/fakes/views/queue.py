"""The queue of cases, and sorting many of them at once."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intake import clock
from intake.data.write import write
from intake.engine.step_view import me
from intake.fakes import choices, service, words
from intake.fakes.desk import queue, queue_text
from intake.fakes.forms.queue import FilterForm, SameForm, SortForm
from intake.fakes.matching import same_text
from intake.fakes.states import CaseState
from intake.fakes.views.room import DESK, room
from intake.handbook import queries as handbook
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import Unseen
from intake.web import access, locale


@room.get("/cases", endpoint="queue")
@access.roles(*DESK, referrer=access.UNSEEN)
def index() -> Any:
    """The cases that I may see, the oldest deadline first."""
    return _page(_sort_form()), 200


def _page(form: SortForm) -> str:
    """The queue as the address narrows it, with a form for those that are ticked."""
    wanted, person, now = queue.asked(request.args), me(), clock.now()
    undone = queue.set_aside(request.args.get("undo", "").split("."), person)
    return render_template(
        "fakes/queue.html",
        wanted=wanted,
        page=queue.page(wanted, person, now),
        counts=queue.counts(person, now),
        views=queue_text.VIEWS,
        filters=_filters(),
        names=_platforms(),
        form=form,
        ticked=form.chosen.data or (),
        tick_all="ticked" in request.args,
        undo=[queue.mark_of(case, number) for case, number in undone],
        undo_form=_sort_form(),
        same_form=_same_form(wanted.same, person),
        at_once=same_text.AT_ONCE,
        due=lambda case: queue_text.due(case, now),
        mark_of=queue.mark_of,
        may_oversee=Role.LEAD.value in person.roles,
        words=words,
    )


def _sort_form() -> SortForm:
    """One that nobody has filled in."""
    return SortForm(formdata=None, target=("fakes.sort", {}))


def _same_form(text: str, person: Person) -> SameForm | None:
    """Where one of the cases of a text waits."""
    if not text or not same_text.waiting(text, person, 1):
        return None
    return SameForm(formdata=None, target=("fakes.sort_same", {}), data={"same": text})


def _platforms() -> dict[str, Any]:
    """What each platform is called; web sites and unknown services have words of their own."""
    known = {one.code: one.name for one in (*handbook.platforms(), *handbook.retired_platforms())}
    return {**choices.WITHOUT_RULES, **known}


def _filters() -> FilterForm:
    form = FilterForm(formdata=request.args)
    states = [(state.value, words.CASE.states[state].text) for state in CaseState]
    form.state.choices = [("", _("All")), (queue.UNTAKEN, _("Not taken yet")), *states]
    form.platform.choices = [("", _("All")), *_platforms().items()]
    spoken, tree = locale.current(), people.organisation(clock.today()).tree()
    units = [(unit.id, "\u00a0" * 3 * depth + unit.name(spoken)) for unit, depth in tree]
    form.unit.choices = [("", _("All")), *units]
    return form


@room.route("/cases/same", methods=["GET", "POST"], endpoint="sort_same")
@access.roles(*DESK, referrer=access.UNSEEN)
def sort_same() -> Any:
    """Set aside what waits and says the same, so many at once as one write takes (A90)."""
    form = SameForm()
    if not same_text.is_known(form.same.data or request.args.get("same", ""), me()):
        raise Unseen
    if not form.validate_on_submit():
        sorting = _sort_form()
        sorting.problems += form.problems
        return _page(sorting), form.status
    with write(form) as done:
        person, now = me(), clock.now()
        waiting = same_text.waiting(form.same.data or "", person)
        chosen = [(case, case.revision, True) for case in waiting]
        number = len(service.sort(chosen, "set_aside", person, now).done)
        done.leads_to = url_for("fakes.queue", same=form.same.data)
    flash(ngettext("%(num)d case: done.", "%(num)d cases: done.", number))
    return redirect(done.leads_to, 303)


@room.route("/cases/sort", methods=["GET", "POST"], endpoint="sort")
@access.roles(*DESK, referrer=access.UNSEEN)
def sort() -> Any:
    """Take a step on every case that is ticked, in one write; what could not be done is named."""
    form = SortForm()
    form.chosen.choices = [(mark, mark) for mark in request.form.getlist("chosen")]
    if not form.validate_on_submit():
        return _page(form), form.status
    step = form.step.data
    kept: dict[str, Any] = {**queue.asked(request.args).kept}
    with write(form) as done:
        person = me()
        found = service.sort(queue.ticked(form.chosen.data, person), step, person, clock.now())
        undo = ".".join(case.id for case in found.done) if step == "set_aside" else None
        done.leads_to = url_for("fakes.queue", undo=undo, **kept)
        left = ", ".join(case.reference or "" for case in found.left)
        number = len(found.done)
    flash(ngettext("%(num)d case: done.", "%(num)d cases: done.", number))
    if left:
        flash(
            _(
                "Not done, for they have changed or their state does not allow it: %(cases)s.",
                cases=left,
            ),
            "warn",
        )
    return redirect(done.leads_to, 303)
