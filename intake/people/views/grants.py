"""A role that waits for a second person: who it is for, who proposed it, and what one may do."""

from typing import Any

from flask import render_template

from intake import clock
from intake.engine import step_view
from intake.engine.step_form import Occasion, StepForm
from intake.engine.step_view import StepPages, me
from intake.engine.table import problems_of
from intake.engine.tracks import Track
from intake.people import queries, service, workflow
from intake.people.forms.grants import GrantForm, mark
from intake.people.grants import words
from intake.people.states import GrantState
from intake.people.views.roles import MAY
from intake.people.views.room import room
from intake.refusals import Stale
from intake.web import access


@room.get("/people/grants/<id>", endpoint="grant")
@access.staff
def grant(id: str) -> Any:
    """One proposed role, and the steps that are open to who looks."""
    viewer, now = me(), clock.now()
    found = queries.find_proposal(id, viewer)
    row = workflow.GRANT.rows[("grant", GrantState.PROPOSED)]
    waits = found.state is GrantState.PROPOSED
    return render_template(
        "people/grant.html",
        found=found,
        tag_of=words.GRANT.states[found.state or GrantState.PROPOSED],
        may=MAY[found.role],
        waits=waits,
        missing=problems_of(row, found, now, {"acting": viewer}) if waits else [],
        seconds=[person.name for party in row.by for person in party.people(found, now)],
        steps=[
            (step.name, words.GRANT.buttons[step.name])
            for step in workflow.GRANT.available(found, viewer, now)
        ],
    )


@room.route("/people/grants/<id>/<step>", methods=["GET", "POST"], endpoint="grant_step")
@access.staff
def grant_step(id: str, step: str) -> Any:
    """Agree to a proposed role, refuse it, or take the proposal back."""
    return step_view.view(PAGES, id, step)


def _around(occasion: Occasion, _form: StepForm) -> dict[str, Any]:
    found = occasion.subject
    return {
        "back": (str(words.title(found)), words.path(found)),
        "kicker": f"{found.label}: {found.person.name}, {found.person.email}",
    }


def _take(track: Track, occasion: Occasion, form: StepForm) -> Any:
    """Nobody decides on another person, or on another address, than they saw."""
    if not isinstance(form, GrantForm) or form.shown.data != mark(occasion.subject):
        raise Stale
    return step_view.as_track(track, occasion, form)


PAGES = StepPages(
    tracks=lambda: (service.GRANTS,),
    load=queries.find_proposal,
    around=_around,
    leads_to=lambda occasion, _form: words.path(occasion.subject),
    take=_take,
    button=GrantForm,
)
