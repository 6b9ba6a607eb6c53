"""The request form: choose the type, fill its pages in any order, check all answers, send."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.establishment import answers, known, queries, reasons, service
from intake.establishment.forms import FormPage, PageForm, pages, typed
from intake.establishment.forms import page as page_of
from intake.establishment.forms.base import added, carried, removed
from intake.establishment.forms.kind import StartForm, TypeForm
from intake.establishment.forms.tasks import MISSING, NOT_YET, READY, grouped, tasks
from intake.establishment.models import Request
from intake.establishment.step_forms import RequestStepForm
from intake.establishment.views.room import room
from intake.establishment.words import WORDS
from intake.establishment.workflow import WORKFLOW
from intake.people import queries as people
from intake.people import town
from intake.profiles.models import KINDS, ProfileKind
from intake.refusals import Stale, Unseen
from intake.web import access


def _editable(request_id: str) -> Request:
    """The request, if the reader may fill it in now; raises a refusal."""
    found = queries.get(request_id, current_user)
    WORKFLOW.check("save", found, current_user, clock.now())
    return found


def _save(form: Any, request_id: str, slug: str, values: dict[str, list[str]]) -> Request:
    """Keep what was typed; a page may be saved again and again, so its token is not used up."""
    person_id, seen, was = current_user.id, form.seen.revision, form.was.data
    with write(form, once=False):
        person = people.active_person(person_id)
        if person is None:
            raise Unseen
        found = queries.get(request_id, person)
        if was == _mark(found, slug):  # only other pages have changed in the meantime
            seen = found.revision
        service.save(found, person, slug, values, clock.now(), seen)
    return found


def _mark(found: Request, slug: str) -> str:
    """A hash of what is saved of a page."""
    return answers.digest({slug: found.draft.get(slug, {})})


@room.route("/start", methods=["GET", "POST"], endpoint="start")
@access.staff
def start() -> Any:
    """Begin a request."""
    form = StartForm()
    if not form.validate_on_submit():
        return render_template("establishment/start.html", form=form), form.status
    kind, person_id = ProfileKind(form.profile_type.data), current_user.id
    with write(form) as done:
        person = people.active_person(person_id)
        if person is None:
            raise Unseen
        found = service.start(person, kind, clock.now())
        done.leads_to = url_for("establishment.tasks", id=found.id)
    return redirect(done.leads_to, 303)


@room.get("/<id>/form", endpoint="tasks")
@access.staff
def task_list(id: str) -> Any:
    """What is done and missing, who decides and why, what comes next."""
    found = _editable(id)
    context = known.of(found, to_advise=False)
    remarks = queries.remarks(found)
    listed = tasks(found.kind, found.draft, answers.judged(context), remarks)
    return render_template(
        "establishment/tasks.html",
        found=found,
        tasks=listed,
        groups=grouped(listed),
        general=[remark.text for remark in remarks if not remark.page],
        context=context,
        why=_why(context, found),
        states=WORDS.states,
        words=WORDS.buttons,
        kinds=KINDS,
        ready_tag=READY,
        not_yet=NOT_YET,
    )


def _why(context: Any, found: Request) -> list[str]:
    return reasons.explained(context.route, found.kind, clock.now()) if context.unit else []


def _step_form(found: Request, step: str) -> RequestStepForm:
    form = RequestStepForm(
        target=("establishment.act", {"id": found.id, "step": step}), formdata=None
    )
    form.seen.data, form.version.data = str(found.revision), str(found.version)
    return form


@room.route("/<id>/form/<page>", methods=["GET", "POST"], endpoint="page")
@access.staff
def fill(id: str, page: str) -> Any:
    """A page of the form."""
    found = _editable(id)
    line = page_of(found.kind, page)
    if line is None:
        raise Unseen
    return _saved(found, line) if request.method == "POST" else _shown(found, line)


def _shown(found: Request, line: FormPage) -> str:
    """The page as it stands, fed from what was typed, mistakes included."""
    sent = found.draft.get(line.slug)
    form = line.form(known.of(found), sent)
    if sent is not None and "focus" not in request.args:
        form.judge_again()
    return _drawn(found, line, form)


def _saved(found: Request, line: FormPage) -> Any:
    """Keep what was typed, mistakes included; then go on, come back later, or mend it."""
    sent, focus = _rearranged(line, typed(line.form, request.form))
    form, request_id = _judged(found, line, sent), found.id
    if not form.token_held:
        return _drawn(found, line, form), form.status
    try:
        found = _save(form, request_id, line.slug, sent)
    except Stale:
        return _differing(request_id, line, sent)
    if focus is not None:
        return redirect(_address(found, line, focus=focus, _anchor=f"admins-{focus}-person"), 303)
    if "later" in request.form:
        flash(_("Saved. You can go on whenever you like."))
        return redirect(url_for("establishment.tasks", id=found.id), 303)
    if form.summary():
        return _drawn(found, line, form), form.status
    return redirect(_next(found, line), 303)


def _rearranged(
    line: FormPage, sent: dict[str, list[str]]
) -> tuple[dict[str, list[str]], int | None]:
    """What was typed with an admin more or less, and which panel to go to."""
    if line.form.repeated and "add" in request.form:
        return added(sent)
    if line.form.repeated and "remove" in request.form:
        return removed(sent, request.form["remove"]), 0
    return sent, None


def _judged(found: Request, line: FormPage, sent: dict[str, list[str]]) -> PageForm:
    context = known.of(found, {**found.draft, line.slug: sent})
    form = line.form(context, sent, carried=carried(request.form))
    form.validate()
    return form


def _differing(id: str, line: FormPage, sent: dict[str, list[str]]) -> Any:
    """Somebody saved in the meantime: both texts are shown, and saving again decides."""
    found = _editable(id)
    form = _judged(found, line, sent)
    kept = {line.slug: found.draft.get(line.slug, {})}
    changes = answers.changes(found.kind, kept, {line.slug: sent})
    return _drawn(found, line, form, changes=changes), 409


def _address(found: Request, line: FormPage, **more: Any) -> str:
    values: dict[str, Any] = {"id": found.id, "page": line.slug, **more}
    if request.args.get("back") == "check":
        values["back"] = "check"
    return url_for("establishment.page", **values)


def _next(found: Request, line: FormPage) -> str:
    """The page after this one; the answers page after the last or when one came from there."""
    order = pages(found.kind)
    place = order.index(line) + 1
    if request.args.get("back") == "check" or place == len(order):
        return url_for("establishment.check", id=found.id)
    return url_for("establishment.page", id=found.id, page=order[place].slug)


def _drawn(found: Request, line: FormPage, form: PageForm, changes: Any = None) -> str:
    form.seen.data, form.was.data = str(found.revision), _mark(found, line.slug)
    remarks = [one.text for one in queries.remarks(found) if one.page == line.slug]
    return render_template(
        f"establishment/{line.template}.html",
        found=found,
        line=line,
        form=form,
        action=_address(found, line),
        changes=changes,
        remarks=remarks,
        why=_why(form.context, found),
    )


@room.get("/<id>/form/check", endpoint="check")
@access.staff
def check(id: str) -> Any:
    """All answers on one page, each with its own way to change it, and the button that sends."""
    found = _editable(id)
    context = known.of(found)
    forms = answers.judged(context)
    sent = queries.version_of(found, found.version)
    changed = answers.changes(found.kind, sent.answers, found.draft) if sent else []
    listed, step = tasks(found.kind, found.draft, forms), _sending_step(found)
    return render_template(
        "establishment/check.html",
        found=found,
        context=context,
        why=_why(context, found),
        groups=grouped(listed),
        rows=answers.answered(forms),
        changed={(change.page, change.field): change for change in changed},
        gaps=[task for task in listed if not task.is_done],
        missing=MISSING,
        words=WORDS.buttons,
        decided_by=clock.due(clock.now(), town.current().decision_working_days, working=True),
        step=step,
        send=_step_form(found, step),
    )


def _sending_step(found: Request) -> str:
    """`submit`, or `ask_consent` where an expert has still to agree: exactly one exists (E2)."""
    rows = WORKFLOW.available(found, current_user, clock.now())
    return next(row.name for row in rows if row.name in ("submit", "ask_consent"))


@room.route("/<id>/form/type", methods=["GET", "POST"], endpoint="type")
@access.staff
def change_type(id: str) -> Any:
    """Make it a profile of the other kind; asks before answers are removed."""
    found = _editable(id)
    form = TypeForm(data={"profile_type": found.kind.value, "seen": str(found.revision)})
    other = ProfileKind.EXPERT if found.kind is ProfileKind.OFFICE else ProfileKind.OFFICE
    lost = _lost(found, other)
    form.settle(lost, other)
    if not form.validate_on_submit():
        page = render_template("establishment/type.html", form=form, found=found, lost=lost)
        return page, form.status
    if form.profile_type.data != found.kind:
        _save(form, id, "type", {"profile_type": [form.profile_type.data]})
        flash(_("The type of the profile has been changed."))
    return redirect(url_for("establishment.tasks", id=id), 303)


def _lost(found: Request, kind: ProfileKind) -> list[str]:
    """The labels of the answers that a change of kind would remove."""
    kept = answers.switched(kind, found.draft)
    return [change.label for change in answers.changes(found.kind, found.draft, kept)]
