"""What is sent about a case and what comes back: notices, warnings, recovery, the police."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.fakes import queries, service, words, workflow
from intake.fakes.desk import filing_page
from intake.fakes.forms.filing import (
    FILING,
    DraftForm,
    FileRecoveryForm,
    NotifyForm,
    RecoverForm,
    moment_of,
)
from intake.fakes.forms.steps import StepForm
from intake.fakes.matching import side_by_side
from intake.fakes.models import Case
from intake.fakes.service import recovery
from intake.fakes.states import Way
from intake.fakes.views.room import room
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles import queries as profiles
from intake.refusals import Stale, Unready, Unseen
from intake.web import access
from intake.web.forms import Problem

AT_WORK = ("handler", "lead", "keeper")  # whose case it is, `queries.visible_to` says
STALE = "shown"  # beside no field: the whole form is about what was shown
ROOM = 512 * 1024  # bytes of a form with a notice in two languages


@room.route("/cases/<id>/notify", methods=["GET", "POST"])
@access.roles(*AT_WORK, limit=ROOM, referrer=access.UNSEEN)
def notify(id: str) -> Any:
    """The notice to the platform: drafted, read by a person, sent by them, and noted (P5)."""
    case, now = queries.get(id, me()), clock.now()
    workflow.CASE.check("notify", case, me(), now)
    form = NotifyForm()
    asked = request.form if request.method == "POST" else request.args
    draft = filing_page.draft_of(case, DraftForm(formdata=asked))
    if request.method == "GET":
        filing_page.fill_notice(form, case, draft, me(), now)

    def act() -> str:
        if form.channel.data not in filing_page.CHANNELS:  # no page offers it
            raise Stale
        sent_at = moment_of(form.sent_on.data, now)
        current = queries.get(id, me())
        _take(current, "notify", form, sent_at=sent_at)
        return words.place(current)

    place = _attempt(form, act)
    return _left(place, "notify") if place else _notice_page(id, form, draft)


def _notice_page(id: str, form: NotifyForm, draft: DraftForm) -> Any:
    """The fake and the genuine one side by side, the route, the text in both languages."""
    case = queries.get(id, me())
    _see(form, case)
    form.channel.data = channel = str(draft.channel.data)
    page = render_template(
        "fakes/notify.html",
        case=case,
        form=form,
        draft=draft,
        heading=words.CASE.buttons["notify"],
        pair=side_by_side.of(
            case, queries.keys_of(case), queries.evidence_of(case), queries.looks_of(case)
        ),
        route=filing_page.told_of_route(filing_page.route_of(case, channel)),
        way=words.WAYS[Way(channel)],
        is_used=channel in filing_page.used(case),
    )
    return page, _status(form)


@access.roles(*AT_WORK, limit=ROOM, referrer=access.UNSEEN)
def filing(id: str, step: str) -> Any:
    """Note what was sent, what came back, and how the case stands with the police (P5)."""
    case, now = queries.get(id, me()), clock.now()
    _flow(step).check(step, case, me(), now)
    form = FILING[step]()
    filing_page.fill(form, step, case, now)

    def act() -> str:
        current = queries.get(id, me())
        _take(current, step, form, **_moments(form, now))
        return words.place(current)

    place = _attempt(form, act)
    if place:
        return _left(place, step)
    case = queries.get(id, me())
    told = {"back": (case.reference, words.place(case)), "means": filing_page.MEANS.get(step, "")}
    return _page(form, step, case, **told)


for _step in FILING:  # each has an address of its own
    room.add_url_rule(
        f"/cases/<id>/{_step}", view_func=filing, methods=["GET", "POST"], defaults={"step": _step}
    )


@room.route("/cases/<id>/file_recovery", methods=["GET", "POST"])
@access.roles(limit=ROOM, referrer=access.UNSEEN)
def file_recovery(id: str) -> Any:
    """Note what was sent to get a profile back: its admins may, who see nothing else of it."""
    case, now = queries.recovery(id, me()), clock.now()
    workflow.CASE.check("file_recovery", case, me(), now)
    form = FileRecoveryForm()

    def act() -> str:
        current = queries.recovery(id, me())
        _take(current, "file_recovery", form, sent_at=moment_of(form.sent_on.data, now))
        return _home(current)

    place = _attempt(form, act)
    if place:
        return _left(place, "file_recovery")
    case = queries.recovery(id, me())
    back = (case.name, _home(case))
    return _page(form, "file_recovery", case, back=back, means=filing_page.MEANS["file_recovery"])


def _home(case: Case) -> str:
    """The case for who may see it, else the profile."""
    if filing_page.handles(case, me(), clock.now()):
        return words.place(case)
    return url_for("profiles.show", id=case.profile_id)


@room.route("/cases/recovery/<profile>", methods=["GET", "POST"])
@access.roles(referrer=access.UNSEEN)
def open_recovery(profile: str) -> Any:
    """Begin to get a profile of the town's own back: the alarm is set with it (G8)."""
    found, now = profiles.get(profile, me()), clock.now()
    workflow.CASE.check("open_recovery", recovery.new_case(found), me(), now)
    form = RecoverForm()

    def act() -> str:
        current = profiles.get(profile, me())
        case = recovery.open_recovery(current, me(), clock.now(), **form.answers())
        return _home(case)

    place = _attempt(form, act)
    if place:
        return _left(place, "open_recovery")
    found = profiles.get(profile, me())
    back = (found.name, url_for("profiles.show", id=profile))
    case = recovery.new_case(found)
    return _page(form, "open_recovery", case, back=back, means=filing_page.MEANS["open_recovery"])


def _take(case: Case, step: str, form: StepForm, **more: Any) -> None:
    answers = {**form.answers(), **more}
    service.take(case, step, me(), clock.now(), seen=form.seen.revision, **answers)


def _moments(form: StepForm, now: Any) -> dict[str, Any]:
    """Days as the moments that are stored."""
    if "received_on" not in form:
        return {}
    return {"received_at": moment_of(form["received_on"].data, now)}


def _flow(step: str) -> Any:
    return workflow.POLICE if step in words.POLICE.buttons else workflow.CASE


def me() -> Person:
    """The person at work, read in this transaction."""
    person = people.active_person(current_user.id)
    if person is None:
        raise Unseen
    return person


def _attempt(form: StepForm, act: Callable[[], str]) -> str | None:
    """Take the step in a write; where it led, None where the form is shown, with what is wrong."""
    if not form.validate_on_submit():
        return None
    try:
        with write(form) as done:
            done.place = act()
    except Unready as refusal:
        form.refuse(refusal.problems)
        return None
    except Stale:
        form.refuse([Problem(_("This has changed since you opened it."), STALE)])
        return None
    return done.place


def _see(form: StepForm, case: Case) -> None:
    """Carry what the person has seen: on a first look and after a difference was shown."""
    if request.method == "GET" or _is_stale(form):
        form.seen.data = case.revision


def _is_stale(form: StepForm) -> bool:
    return any(getattr(problem, "field", None) == STALE for problem in form.problems)


def _status(form: StepForm) -> int:
    return 409 if _is_stale(form) else form.status


def _left(place: str, step: str) -> Any:
    told = {**words.CASE.done, **words.POLICE.done}[step]
    flash(str(told) % {"actor": current_user.name})
    return redirect(place, 303)


def _page(form: StepForm, step: str, case: Case, **told: Any) -> Any:
    """The form of a step: empty, or refused with all that was typed."""
    _see(form, case)
    heading = {**words.CASE.buttons, **words.POLICE.buttons}[step]
    page = render_template(
        "fakes/filing.html", form=form, step=step, case=case, heading=heading, **told
    )
    return page, _status(form)
