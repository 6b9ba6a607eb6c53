"""The pages of profiles for staff: list, profile, each step, each address."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import step_view
from intake.engine.step_form import Occasion, StepForm
from intake.engine.step_view import StepPages, me
from intake.engine.tracks import Track
from intake.people.models import Person
from intake.profiles import checklist, overview, queries, service, words, workflow
from intake.profiles.change.models import Change, Handover
from intake.profiles.forms import CheckForm, FilterForm, TypeForm
from intake.profiles.models import Address, ChecklistItem, Profile
from intake.refusals import Stale, Unready, Unseen
from intake.web import access

room = Blueprint("profiles", __name__, url_prefix="/profiles")


@room.get("")
@access.staff
def index() -> Any:
    """My profiles, and all that I may see."""
    asked = request.args
    narrowed = {name: asked[name] for name in ("q", "state", "unit") if asked.get(name)}
    form = FilterForm(formdata=asked)
    overview.offer(form)
    return render_template(
        "profiles/index.html",
        page=queries.page(me(), **narrowed, after=asked.get("after", "")),
        filters=form,
        kept=narrowed,
        mine=[] if narrowed or asked.get("after") else queries.mine(me()),
        tags=words.PROFILE.states,
        may_keep=bool(me().roles & queries.OVERSEERS),
    )


@room.get("/<id>")
@access.staff
def show(id: str) -> Any:
    """One profile: what comes next, the checklist, the text to paste, addresses, history."""
    profile, person = queries.get(id, me()), me()
    return render_template(
        "profiles/show.html", **overview.of(profile, person, clock.now()), check_form=_item_form
    )


@room.route("/<id>/check_off", methods=["GET", "POST"])
@access.staff
def check_off(id: str) -> Any:
    """Tick an item of the checklist, leave it out with a reason, or take the tick back."""
    profile = queries.get(id, me())
    row = workflow.PROFILE.check("check_off", profile, me(), clock.now())
    form = CheckForm()
    form.item.data = form.item.data or request.args.get("item", "")
    item = _item(profile, form.item.data)
    if not checklist.ITEMS[item.item].optional and form.done.data == "left_out":
        raise Unseen
    if not form.validate_on_submit():
        return render_template(
            "profiles/item.html", form=form, profile=profile, item=item, checklist=checklist
        ), form.status

    def tick() -> str:
        current = queries.get(id, me())
        answers = form.answers(Occasion(current, me(), clock.now(), row))
        service.take(current, "check_off", me(), clock.now(), **answers)
        return url_for("profiles.show", id=id, _anchor=f"item-{form.item.data}")

    with write(form) as done:
        done.leads_to = tick()
    return redirect(done.leads_to, 303)


def _item(profile: Profile, item_id: str) -> ChecklistItem:
    for row in profile.checklist:
        if row.id == item_id:
            return row
    raise Unseen


def _item_form(profile: Profile, item: ChecklistItem) -> CheckForm:
    """The form behind the button of an item on the profile's page."""
    form = CheckForm(formdata=None, target=("profiles.check_off", {"id": profile.id}))
    form.item.data = item.id
    return form


@room.route("/<id>/<step>", methods=["GET", "POST"])
@access.staff
def step(id: str, step: str) -> Any:
    """Take a step on a profile, or on its alarm."""
    return step_view.view(PAGES, id, step)


@room.route("/<id>/address/type", methods=["GET", "POST"])
@access.staff
def type_address(id: str) -> Any:
    """Type the address of a profile; another person confirms it (A9)."""
    profile = queries.get(id, me())
    new = Address(profile_id=profile.id, key="", typed_by_id=me().id)
    workflow.ADDRESS.check("type", new, me(), clock.now())
    form = TypeForm()
    overview.ask_lasting(form, profile)

    def type_it() -> str:
        current = queries.get(id, me())
        service.type_address(current, me(), clock.now(), **overview.typed(form))
        return url_for("profiles.show", id=id)

    path = None
    if form.validate_on_submit():
        try:
            with write(form) as done:
                path = done.leads_to = type_it()
        except Unready as refusal:
            form.refuse(refusal.problems)
    if path is None:
        profile = queries.get(id, me())
        return render_template("profiles/type.html", form=form, profile=profile), form.status
    flash(str(words.ADDRESS.told["type"]))
    return redirect(path, 303)


@room.route("/<id>/address/<child>/<step>", methods=["GET", "POST"])
@access.staff
def address_step(id: str, child: str, step: str) -> Any:
    """Take a step on an address of a profile, found through the profile (A42)."""
    return step_view.view(ADDRESS_PAGES, f"{id}/{child}", step)


@room.route("/<id>/change/<what>", methods=["GET", "POST"])
@access.staff
def propose_change(id: str, what: str) -> Any:
    """Propose a change of a profile: a new admin, another unit, text, name or kind."""
    return step_view.view(PROPOSE_PAGES, f"{id}/{what}", "propose")


@room.route("/<id>/changes/<child>/<step>", methods=["GET", "POST"])
@access.staff
def change_step(id: str, child: str, step: str) -> Any:
    """Take a step on a change of a profile, found through the profile (A42)."""
    return step_view.view(CHANGE_PAGES, f"{id}/{child}", step)


@room.route("/<id>/handovers/<child>/<step>", methods=["GET", "POST"])
@access.staff
def handover_step(id: str, child: str, step: str) -> Any:
    """Check off an admin who left a profile, found through the profile (A42)."""
    return step_view.view(HANDOVER_PAGES, f"{id}/{child}", step)


def _new_change(ids: str, person: Person) -> Change:
    profile_id, _, what = ids.partition("/")
    return service.new_change(queries.get(profile_id, person), what, person)


def _below(model: type[Any]) -> Callable[[str, Person], Any]:
    """What finds something of a profile through the profile."""

    def load(ids: str, person: Person) -> Any:
        profile_id, _, child = ids.partition("/")
        found = db.session.get(model, child)
        if found is None or found.profile_id != queries.get(profile_id, person).id:
            raise Unseen
        return found

    return load


def _propose(_track: Track, occasion: Occasion, form: StepForm) -> Change:
    typed = dict(form.answers(occasion))
    return service.propose_change(occasion.subject, occasion.person, occasion.now, **typed)


def _to_profile(occasion: Occasion, _form: StepForm) -> str:
    return overview.place_after(occasion.subject.profile_id, occasion.person)


def _address(ids: str, person: Person) -> Address:
    profile_id, _, child = ids.partition("/")
    for line in queries.get(profile_id, person).addresses:
        if line.id == child:
            return line
    raise Unseen


def _take_on_address(track: Track, occasion: Occasion, form: StepForm) -> Address:
    """Addresses have no revision of their own: the profile's tells what the person saw (A10)."""
    line: Address = occasion.subject
    if form.seen.revision != line.profile.revision:
        raise Stale
    answers = form.answers(occasion)
    track.take(line, occasion.row.name, occasion.person, occasion.now, **answers)
    return line


def _leads_to(occasion: Occasion, _form: StepForm) -> str:
    return overview.place_after(occasion.subject.id, occasion.person)


PAGES = StepPages(
    tracks=lambda: (service.PROFILE, *service.BESIDE),
    load=queries.get,
    around=overview.around,
    template="profiles/step.html",
    leads_to=_leads_to,
)
PROPOSE_PAGES = StepPages(
    tracks=lambda: (service.CHANGE,),
    load=_new_change,
    around=overview.around,
    template="profiles/step.html",
    leads_to=_to_profile,
    take=_propose,
    page="profiles.propose_change",
)
CHANGE_PAGES = StepPages(
    tracks=lambda: (service.CHANGE,),
    load=_below(Change),
    around=overview.around,
    template="profiles/step.html",
    leads_to=_to_profile,
)
HANDOVER_PAGES = StepPages(
    tracks=lambda: (service.HANDOVER,),
    load=_below(Handover),
    around=overview.around,
    template="profiles/step.html",
    leads_to=_to_profile,
)
ADDRESS_PAGES = StepPages(
    tracks=lambda: (service.ADDRESS,),
    load=_address,
    around=overview.around,
    template="profiles/step.html",
    leads_to=lambda occasion, _form: url_for("profiles.show", id=occasion.subject.profile_id),
    seen=lambda line: int(line.profile.revision),
    take=_take_on_address,
)
