"""Evidence for the handlers of its case: pictures to look at, and the original behind a step."""

from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries, reporter, service
from intake.fakes.evidence import integrity_check
from intake.fakes.forms.evidence import OriginalForm
from intake.fakes.models import Case
from intake.fakes.views.room import room
from intake.people.models import Person, Role
from intake.refusals import Unseen
from intake.web import access
from intake.web.forms import Problem

HANDLING = (Role.HANDLER.value, Role.LEAD.value, Role.KEEPER.value)


@room.get("/cases/<id>/evidence/<child>/<int:page>", endpoint="evidence_picture")
@access.roles(*HANDLING, referrer=access.UNSEEN, policy=access.INERT)
def picture(id: str, child: str, page: int) -> Any:
    """A page of a file, drawn anew: nothing of the file itself is in it (A64, A65)."""
    number, file = integrity_check.of_case(queries.get(id, current_user), child)
    found = next((one for one in file.pictures if one.number == page), None)
    if found is None:
        raise Unseen
    try:
        content = file_store.read(found.sha256)
    except (OSError, file_store.Damaged) as error:  # `flask evidence verify` names it
        current_app.logger.error("picture of %s is not whole (%s)", child, type(error).__name__)
        raise Unseen from error
    answer = Response(content, mimetype=found.media_type)
    name = integrity_check.picture_name(number, found, file)
    answer.headers.set("Content-Disposition", "inline", filename=name)
    return answer


@room.get("/cases/<id>/evidence/<child>/original", endpoint="evidence_open")
@access.roles(*HANDLING, referrer=access.UNSEEN)
def ask(id: str, child: str) -> Any:
    """What opening an original means, before it is opened."""
    target = ("fakes.evidence_original", {"id": id, "child": child})
    return _drawn(queries.get(id, current_user), child, OriginalForm(target=target))


@room.post("/cases/<id>/evidence/<child>/original", endpoint="evidence_original")
@access.roles(*HANDLING, referrer=access.UNSEEN, policy=access.INERT)
def original(id: str, child: str) -> Any:
    """The file as it was handed in, as an attachment without its own type; each time it is opened
    leaves a line in the trail (A97)."""
    case = queries.get(id, current_user)
    number, file = integrity_check.of_case(case, child)
    form = OriginalForm()
    if not form.validate_on_submit():
        return _drawn(case, child, form), form.status
    name, person_id = integrity_check.original_name(number, file), current_user.id
    try:
        content = file_store.read(file.sha256)
    except (OSError, file_store.Damaged) as error:
        current_app.logger.error("evidence %s is not whole (%s)", child, type(error).__name__)
        gone = _("The stored file is missing or has changed. Tell an administrator.")
        form.refuse([Problem(gone)])
        return _drawn(case, child, form), form.status
    with write(form, once=False):  # each opening is a line of its own
        person = db.session.get_one(Person, person_id)
        case = queries.get(id, person)
        integrity_check.of_case(case, child)
        service.take(case, "reveal", person, clock.now(), what=f"original:{child}")
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _drawn(case: Case, child: str, form: OriginalForm) -> str:
    number, file = integrity_check.of_case(case, child)
    now = clock.now()
    line = queries.revealed_to(case, current_user, now).get(f"original:{file.id}")
    return render_template(
        "fakes/original.html",
        case=case,
        number=number,
        file=file,
        name=reporter.revealed_name(file, line, now),
        until=line.until if line else None,
        by=integrity_check.handed_in_by(file),
        form=form,
    )
