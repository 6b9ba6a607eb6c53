"""Looking at the genuine profile after a notice: platforms have removed the wrong page."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intake import clock
from intake.data.write import write
from intake.engine.step_view import me
from intake.fakes import queries
from intake.fakes.forms.filing import WatchForm
from intake.fakes.matching import side_by_side
from intake.fakes.models import Watch
from intake.fakes.service.watch import look
from intake.fakes.views.room import room
from intake.profiles import service as profiles
from intake.refusals import NotAllowed, WrongState
from intake.web import access


@room.route("/cases/watch/<id>", methods=["GET", "POST"])
@access.roles(referrer=access.UNSEEN)
def watch(id: str) -> Any:
    """Is the genuine profile still there? Its admins see nothing of the case itself (A69)."""
    form = WatchForm()
    row = queries.watch(id, me())
    if row.looked_at is not None:
        raise WrongState
    if not form.validate_on_submit():
        page = render_template(
            "fakes/watch.html",
            form=form,
            watch=row,
            profile=row.profile,
            addresses=side_by_side.addresses_of(row.profile),
        )
        return page, form.status
    is_there = form.found.data == "there"
    with write(form) as done:
        current = queries.watch(id, me())
        look(current, me(), clock.now(), is_there)
        done.leads_to = url_for("desk.index") if is_there else _flag_lost(current)
    flash(_("Thank you, your look is noted.") if is_there else _("Noted. Say what has happened."))
    return redirect(done.leads_to, 303)


def _flag_lost(row: Watch) -> str:
    """The step that warns of a lost profile, for who may take it; else the profile's page."""
    try:
        profiles.ALARM.workflow.check("flag_lost", row.profile, me(), clock.now())
    except (NotAllowed, WrongState):
        return url_for("profiles.show", id=row.profile_id)
    return url_for("profiles.step", id=row.profile_id, step="flag_lost")
