"""Roles: who has which, granted and withdrawn one at a time, each with a page that asks first."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.people import queries, seeing, service
from intake.people.forms.persons import ConfirmForm
from intake.people.grants import vouching, words
from intake.people.models import ROLES, Role
from intake.people.service.roles import GRANT_DAYS
from intake.people.views.acting import (
    ADMINISTRATOR,
    KEEPING,
    Sheet,
    another,
    answered,
    mark,
    me,
    still,
)
from intake.people.views.room import room
from intake.refusals import WrongState
from intake.web import access

MAY = {
    Role.KEEPER: _l(
        "Keeps the register: confirms addresses, sees every request and profile, passes on what "
        "nobody may decide, and keeps the handbook."
    ),
    Role.HANDLER: _l("Handles reports of fake profiles."),
    Role.LEAD: _l("Handles reports of fake profiles and looks after the other handlers."),
    Role.ADMINISTRATOR: _l(
        "Looks after people, units, roles and the town's settings, and sees the trail and the "
        "messages. Decides on no request."
    ),
}
STEPS = {
    "grant": (_l("Grant the role: %(role)s"), _l("Grant the role"), _l("The role was granted.")),
    "withdraw": (
        _l("Withdraw the role: %(role)s"),
        _l("Withdraw the role"),
        _l("The role was withdrawn."),
    ),
}


@room.get("/people/<id>/roles", endpoint="roles")
@access.roles(*KEEPING)
def roles(id: str) -> Any:
    """Which roles a person has, and what each is for."""
    viewer = me()
    found = seeing.find_person(id, viewer, clock.today())
    held = {grant.role: grant for grant in queries.grants_of(found)}
    givers = queries.people(
        one for grant in held.values() for one in (grant.by_id, grant.confirmed_by_id)
    )
    organises = ADMINISTRATOR in viewer.roles and viewer != found and found.is_active
    return render_template(
        "people/person_roles.html",
        found=found,
        roles=[(role, ROLES[role], MAY[role], held.get(role)) for role in Role],
        waiting={one.role: one for one in queries.proposals() if one.person_id == found.id},
        path=words.path,
        givers=givers,
        organises=organises,
        own=viewer == found,
    )


@room.route(
    "/people/<id>/roles/<any(keeper, handler, lead, administrator):role>"
    "/<any(grant, withdraw):step>",
    methods=["GET", "POST"],
)
@access.roles(ADMINISTRATOR)
def role_step(id: str, role: str, step: str) -> Any:
    """Grant or withdraw one role; never one's own (A6)."""
    wanted, found = Role(role), another(id)
    if (queries.grant_of(found, wanted) is None) != (step == "grant"):
        raise WrongState
    form = mark(ConfirmForm(), found.name, found.email)

    def take() -> str:
        current = another(id)
        still(form, current.name, current.email)
        getattr(service, step)(current, wanted, me(), clock.now())
        return url_for("people.roles", id=id)

    heading, verb, said = STEPS[step]
    back = (found.name, url_for("people.roles", id=id))
    told = _("The person, all administrators and everybody with the role get a message of this.")
    if step == "withdraw":
        told = _("The person and all administrators get a message of this.")
    elif vouching.is_second_needed(found, me(), clock.now()):
        verb, said = _("Propose the role"), _("The role waits for a second person.")
        told = _(
            "Another administrator or a register keeper must agree within %(days)d days. Until "
            "then the person does not have the role.",
            days=GRANT_DAYS,
        )
    sheet = Sheet(
        str(heading) % {"role": ROLES[wanted]},
        verb,
        back,
        means=(MAY[wanted], told),
        kind="filled" if step == "grant" else "bad",
    )
    return answered(form, take, said, sheet)
