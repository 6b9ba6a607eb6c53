"""The packet for the police, as a file to take along."""

from typing import Any

from flask import abort, flash, redirect, send_file

from intake import access, clock, trail
from intake.database import write
from intake.fakes import packet as packing
from intake.fakes import queries, sending, words
from intake.fakes.forms.steps import StepForm
from intake.fakes.views.filing import AT_WORK, me
from intake.fakes.views.room import room
from intake.refusals import NotAllowed, Unready


@room.post("/cases/<id>/packet")
@access.roles(*AT_WORK, referrer=access.UNSEEN)
def packet(id: str) -> Any:
    """Summary, evidence and hashes as one ZIP; that it was made is kept with the case (P5)."""
    case, now = queries.get(id, me()), clock.now()
    back, name = words.place(case), f"{case.reference}.zip"
    if not sending.handles(case, me(), now):
        raise NotAllowed
    form = StepForm()
    if not form.validate_on_submit():
        abort(form.status)
    try:
        made = packing.packet(case, now)
    except Unready as refusal:
        flash(str(refusal.problems[0]), "bad")
        return redirect(back, 303)
    with write(form) as done:
        done.place = back
        current = queries.get(id, me())
        current.packet_at = now
        trail.record(me(), now, current, "case", "packet")
    return send_file(made, "application/zip", as_attachment=True, download_name=name)


def packet_form(case_id: str) -> StepForm:
    """The form behind the button on the page of a case."""
    return StepForm(formdata=None, target=("fakes.packet", {"id": case_id}))
