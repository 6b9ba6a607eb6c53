"""One case: its page, and the page of each step and of what is kept beside the steps."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries, words
from intake.fakes.desk import case_page, step_page
from intake.fakes.forms.files import MOST, WithFiles
from intake.fakes.forms.steps import NoteForm, StepForm
from intake.fakes.reporting import submission
from intake.fakes.views.packet import packet_form
from intake.fakes.views.room import room
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, Stale, Unready
from intake.web import access
from intake.web.forms import Problem

DESK = (Role.HANDLER.value, Role.LEAD.value, Role.KEEPER.value)


def me() -> Person:
    """The person at work, read in this transaction."""
    person = people.active_person(current_user.id)
    if person is None:
        raise NotAllowed
    return person


@room.get("/cases/<id>", endpoint="case")
@access.roles(*DESK, referrer=access.UNSEEN)
def show(id: str) -> Any:
    """One case: what comes next, fake and genuine side by side, reports, history."""
    person = me()
    case = queries.get(id, person)
    told = case_page.of(case, person, clock.now(), every_report="all" in request.args)
    return render_template("fakes/case.html", **told, form_for=_form_for, packet_form=packet_form)


def _form_for(case_id: str, step: str, revision: int) -> StepForm:
    """The form behind a button on the page of a case."""
    kind = NoteForm if step == "note" else StepForm
    form = kind(formdata=None, target=("fakes.case_step", {"id": case_id, "step": step}))
    form.seen.data = revision
    return form


@room.route("/cases/<id>/<step>", methods=["GET", "POST"], endpoint="case_step")
@access.roles(*DESK, files=MOST, referrer=access.UNSEEN)
def take(id: str, step: str) -> Any:
    """Take a step on a case, or keep something beside the steps."""
    case, person = queries.get(id, me()), me()
    step_page.check(case, step, person, clock.now())
    form = step_page.form_of(case, step, person, clock.now())
    place = _attempt(form, id, step) if _is_right(form) else None
    if place is not None:
        flash(str(words.TOLD[step]))
        if isinstance(form, WithFiles) and form.evidence.notes:
            flash(_("Not all of the files could be stored. You can send them again later."), "warn")
        return redirect(place, 303)
    case, person = queries.get(id, me()), me()
    stale = form.token_held and form.seen.revision != case.revision
    form.seen.data = case.revision
    told = step_page.told(case, step, person, clock.now())
    return render_template("fakes/step.html", form=form, **told), 409 if stale else form.status


def _is_right(form: StepForm) -> bool:
    """Was the form sent, with nothing wrong in it? Its files are kept either way."""
    if not form.is_submitted():
        return False
    form.validate()
    if isinstance(form, WithFiles):
        submission.keep_files(form)
    return not form.summary()


def _attempt(form: StepForm, case_id: str, step: str) -> str | None:
    """Do it in one write; where it led, None where it was refused and the form says why."""
    try:
        with write(form) as done:
            person = me()
            case = queries.get(case_id, person)
            done.place = step_page.take(case, step, person, clock.now(), form)
            db.session.flush()
    except Unready as refusal:
        form.refuse(refusal.problems)
        return None
    except Stale:
        form.refuse([Problem(_("This has changed since you opened it."))])
        return None
    return done.place
