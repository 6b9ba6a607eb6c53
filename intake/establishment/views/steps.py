"""The steps of a request: GET shows what a step asks, POST takes it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.engine import audit_trail, history
from intake.establishment import consents, queries, service, words
from intake.establishment.models import Request
from intake.establishment.step_forms import PAGES, Occasion, StepForm, StepPage
from intake.establishment.track import TRACK
from intake.establishment.views.requests import changes
from intake.establishment.views.room import room
from intake.handbook import queries as handbook
from intake.people import queries as people
from intake.refusals import NotAllowed, Refused, Stale, Unready, Unseen, WrongState
from intake.web import access


@room.route("/<id>/<step>", methods=["GET", "POST"], endpoint="act")
@access.staff
def act(id: str, step: str) -> Any:
    """Show a step's form, or take the step."""
    page = PAGES.get(step)
    if page is None:
        raise Unseen
    found = queries.get(id, current_user)
    form = _form(page, found)
    if not form.validate_on_submit():
        return _refused(page, found, step, form)
    try:
        place = _take(form, id, step)
    except Unready as refusal:
        form.refuse(refusal.problems)
        return _drawn(page, queries.get(id, current_user), step, form), form.status
    except (Stale, WrongState) as refusal:
        return _overtaken(page, id, step, form, refusal)
    return redirect(place, 303)


def _form(page: StepPage, found: Request) -> StepForm:
    form = page.form_of(found)()
    if request.method == "GET":
        form.seen.data, form.version.data = str(found.revision), str(found.version)
    form.settle(Occasion(found, current_user, clock.now()))
    return form


def _refused(page: StepPage, found: Request, step: str, form: StepForm) -> Any:
    """Only who may take the step is shown its form; what was typed is kept."""
    try:
        TRACK.workflow.check(step, found, current_user, clock.now())
    except WrongState as refusal:
        if request.method == "GET":
            raise
        return _overtaken(page, found.id, step, form, refusal)
    return _drawn(page, found, step, form), form.status


def _take(form: StepForm, request_id: str, step: str) -> str:
    """Take the step in one write; says where it leads."""
    person_id = current_user.id
    with write(form) as done:
        person = people.active_person(person_id)
        if person is None:
            raise NotAllowed
        found = queries.get(request_id, person)
        given = form.given(found)
        service.take(found, step, person, clock.now(), seen=form.seen.revision or 0, **given)
        gone = step == "discard"
        done.place = url_for("establishment.index") if gone else words.address(found)
    entry = audit_trail.latest(request_id, step)
    if entry is not None:
        flash(history.sentence(entry))
    return done.place


def _drawn(page: StepPage, found: Request, step: str, form: StepForm, **more: Any) -> str:
    template = "consent" if step == "consent" else "step"
    context = {
        "found": found,
        "step": step,
        "page": page,
        "form": form,
        "title_of": words.title,
        "state": words.tag(found),
        "button_text": words.WORDS.buttons[step],
        "overtaken": "",
        "changes": [],
        "open": True,
    }
    if step == "consent":
        context |= _consented(found)
    return render_template(f"establishment/{template}.html", **{**context, **more})


def _consented(found: Request) -> dict[str, Any]:
    """What the expert agrees to."""
    guidelines = handbook.current_guidelines()
    return {
        "text": consents.text_of(found),
        "answers": queries.present_answers(found),
        "guidelines": guidelines.number if guidelines else 0,
        "decline": words.WORDS.buttons["decline_consent"],
    }


def _overtaken(page: StepPage, request_id: str, step: str, form: StepForm, refusal: Refused) -> Any:
    """Somebody was first: who and when, what has changed, and what was typed, kept."""
    found = queries.get(request_id, current_user)
    seen, version = form.seen.revision, str(form.version.data or "")
    last = audit_trail.history([found.id])[-1][0]
    is_open = step in {
        one.name for one in TRACK.workflow.available(found, current_user, clock.now())
    }
    form.seen.data, form.version.data = str(found.revision), str(found.version)
    before = int(version) if version.isdecimal() and len(version) < 6 else found.version
    told = {
        "overtaken": history.sentence(last),
        "at": last.at,
        "changes": changes(found, found.version, before) if seen is not None else [],
        "open": is_open,
    }
    return _drawn(page, found, step, form, **told), refusal.status
