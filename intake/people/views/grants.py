"""A role that waits for a second person: who it is for, who proposed it, and what one may do."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.table import problems_of
from intake.people import grant_words, queries, service, workflow
from intake.people.forms.persons import ConfirmForm, RefuseForm
from intake.people.models import Proposal
from intake.people.states import GrantState
from intake.people.views.acting import Sheet, answered, mark, me, still
from intake.people.views.roles import MAY
from intake.people.views.room import room
from intake.web import access

MEANS = {
    "grant": _l("Make sure that this person exists and works for the town, by another way than "
                "this service. From now on the role is theirs."),
    "refuse": _l("Who proposed it and everybody with the role get a message of this."),
    "withdraw": _l("Nobody needs to agree to it any more."),
}  # fmt: skip
SAID = {
    "grant": _l("The role was granted."),
    "refuse": _l("The role was refused."),
    "withdraw": _l("The proposal was taken back."),
}


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
        tag_of=grant_words.GRANT.states[found.state or GrantState.PROPOSED],
        may=MAY[found.role],
        waits=waits,
        missing=problems_of(row, found, now) if waits else [],
        seconds=[person.name for party in row.by for person in party.people(found, now)],
        steps=[
            (step.name, grant_words.GRANT.buttons[step.name])
            for step in workflow.GRANT.available(found, viewer, now)
        ],
    )


@room.route(
    "/people/grants/<id>/<any(grant, refuse, withdraw):step>",
    methods=["GET", "POST"],
    endpoint="grant_step",
)
@access.staff
def grant_step(id: str, step: str) -> Any:
    """Agree to a proposed role, refuse it, or take the proposal back."""
    found = queries.find_proposal(id, me())
    row = workflow.GRANT.check(step, found, me(), clock.now())
    form = mark((RefuseForm if "reason" in row.asks else ConfirmForm)(), *_shown(found))

    def take() -> str:
        current = queries.find_proposal(id, me())
        still(form, *_shown(current))
        answers = {name: form[name].data for name in row.asks}
        service.take(current, step, me(), clock.now(), **answers)
        return grant_words.place(current)

    title, place = grant_words.title(found), grant_words.place(found)
    sheet = Sheet(
        grant_words.GRANT.buttons[step],
        grant_words.GRANT.buttons[step],
        (str(title), place),
        kicker=f"{found.person.name}, {found.person.email}",
        means=(_("Role: %(role)s. %(may)s", role=found.label, may=MAY[found.role]), MEANS[step]),
        kind="filled" if step == "grant" else "bad",
    )
    return answered(form, take, SAID[step], sheet)


def _shown(proposal: Proposal) -> tuple[str, ...]:
    """What who decides must have seen: a person with another address is another person."""
    return proposal.person.name, proposal.person.email, proposal.role
