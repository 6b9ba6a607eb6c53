"""What the police need to know of a case: on paper, and as a file to take along."""

from typing import Any

from flask import render_template, send_file

from intake import clock
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.step_form import StepForm
from intake.engine.step_view import me
from intake.fakes import queries, words
from intake.fakes.desk import police_packet as packing
from intake.fakes.views.room import DESK, room
from intake.refusals import Unready
from intake.web import access


@room.route("/cases/<id>/packet", methods=["GET", "POST"])
@access.roles(*DESK, referrer=access.UNSEEN)
def packet(id: str) -> Any:
    """A summary to print; and with the evidence and its hashes as one ZIP, of which the case keeps
    when it was made (P5). No reporter's identity is in either (P7)."""
    form, now = StepForm(), clock.now()
    if not form.validate_on_submit():
        return _summary(id, form)
    case = queries.get(id, me())
    back, name = words.path(case), f"{case.reference}.zip"
    try:
        made = packing.packet(case, me(), now)
    except Unready as refusal:
        form.refuse(refusal.problems)
        return _summary(id, form)
    try:
        with write(form) as done:
            done.leads_to = back
            current = queries.get(id, me())
            current.packet_at = now
            audit_trail.record(me(), now, current, "case", "packet")
    except BaseException:
        made.close()
        raise
    return send_file(made, "application/zip", as_attachment=True, download_name=name)


def _summary(id: str, form: StepForm) -> Any:
    case = queries.get(id, me())
    told = packing.told(case, me(), clock.now())
    page = render_template("fakes/packet_page.html", form=form, **told)
    return page, form.status


def packet_form(case_id: str) -> StepForm:
    """The form behind the button on the page of a case."""
    return StepForm(formdata=None, target=("fakes.packet", {"id": case_id}))
