"""One case: its page, and the page of each of its steps."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from intake import clock
from intake.engine import step_view
from intake.engine.step_form import Occasion, StepForm
from intake.engine.step_view import StepPages, me
from intake.engine.tracks import Track
from intake.fakes import queries, words, workflow
from intake.fakes.desk import case_page
from intake.fakes.forms.files import MOST, WithFiles
from intake.fakes.forms.notice import NotifyForm
from intake.fakes.models import Case
from intake.fakes.reporting import submission, uploads
from intake.fakes.service import CASE, POLICE, recovery
from intake.fakes.views.packet import packet_form
from intake.fakes.views.room import DESK, room
from intake.people.models import Person
from intake.profiles import queries as profiles
from intake.web import access

ROOM = 448 * 1024  # bytes of a form with a notice in two languages


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
    row = next(row for row in workflow.CASE.steps if row.name == step)
    values = {"id": case_id, "step": step}
    return step_view.button_form("fakes.case_step", values, row, revision)


@room.route("/cases/<id>/<step>", methods=["GET", "POST"], endpoint="case_step")
@access.roles(*DESK, limit=ROOM, files=MOST, referrer=access.UNSEEN)
def take(id: str, step: str) -> Any:
    """Take a step on a case, or on its track with the police."""
    return step_view.view(PAGES, id, step)


@room.route("/cases/<id>/file_recovery", methods=["GET", "POST"])
@access.roles(limit=ROOM, referrer=access.UNSEEN)
def file_recovery(id: str) -> Any:
    """Note what was sent to get a profile back: its admins may, who see nothing else of it."""
    return step_view.view(RECOVERY_PAGES, id, "file_recovery")


@room.route("/cases/recovery/<id>", methods=["GET", "POST"])
@access.roles(referrer=access.UNSEEN)
def open_recovery(id: str) -> Any:
    """Begin to get a profile of the town's own back: the alarm is set with it (G8)."""
    return step_view.view(OPENING_PAGES, id, "open_recovery")


def _take(track: Track, occasion: Occasion, form: StepForm) -> Case:
    """Files that came with the form are given to the case first."""
    case: Case = occasion.subject
    answers = dict(form.answers(occasion))
    if isinstance(form, WithFiles):
        files = uploads.staged(form.token_hash)
        uploads.give(case, files, occasion.person, occasion.now)
        if files and "evidence" in form.kept():
            answers["evidence"] = [file.sha256 for file in files]
    seen = form.seen.revision or 0
    track.take(case, occasion.row.name, occasion.person, occasion.now, seen=seen, **answers)
    return case


def _keep_files(form: StepForm) -> None:
    if isinstance(form, WithFiles):
        submission.keep_files(form)


def _left_out(form: StepForm) -> list[str]:
    if isinstance(form, WithFiles) and form.evidence.notes:
        return [_("Not all of the files could be stored. You can send them again later.")]
    return []


def _around(occasion: Occasion, form: StepForm) -> dict[str, Any]:
    case: Case = occasion.subject
    name = words.name(case)
    told = {
        "back": (case.reference, words.path(case)),
        "kicker": f"{case.reference} \u00b7 {name}",
        "case": case,
    }
    return told | case_page.notice(case, form) if isinstance(form, NotifyForm) else told


def _leads_to(occasion: Occasion, form: StepForm) -> str:
    """The case, at the report that was opened; the queue where one sees it no more."""
    case: Case = occasion.subject
    if not queries.is_seen_by(case, occasion.person):
        return url_for("fakes.queue")
    what = str(form["what"].data) if occasion.row.name == "reveal" else ""
    anchor = f"report-{what.partition(':')[2]}" if what else None
    return url_for("fakes.case", id=case.id, _anchor=anchor)


def _around_recovery(occasion: Occasion, _form: StepForm) -> dict[str, Any]:
    case: Case = occasion.subject
    return {
        "back": (case.name, case_page.home(case, occasion.person)),
        "kicker": case.reference or case.name,
    }


def _recovery_leads_to(occasion: Occasion, _form: StepForm) -> str:
    return case_page.home(occasion.subject, occasion.person)


def _not_yet_born(profile_id: str, person: Person) -> Case:
    return recovery.new_case(profiles.get(profile_id, person))


def _open(_track: Track, occasion: Occasion, form: StepForm) -> Case:
    profile = occasion.subject.profile
    answers = form.answers(occasion)
    return recovery.open_recovery(profile, occasion.person, occasion.now, **answers)


PAGES = StepPages(
    tracks=lambda: (CASE, POLICE),
    load=queries.get,
    around=_around,
    leads_to=_leads_to,
    template="fakes/step.html",
    take=_take,
    keep_files=_keep_files,
    left_out=_left_out,
)
RECOVERY_PAGES = StepPages(
    tracks=lambda: (CASE,),
    load=queries.recovery,
    around=_around_recovery,
    leads_to=_recovery_leads_to,
    page="fakes.file_recovery",
)
OPENING_PAGES = StepPages(
    tracks=lambda: (CASE,),
    load=_not_yet_born,
    around=_around_recovery,
    leads_to=_recovery_leads_to,
    take=_open,
    page="fakes.open_recovery",
)
