"""The pages of profiles for staff: list, profile, each step, each address."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles import alarming, checklist, overview, queries, service, words, workflow
from intake.profiles.forms import (
    AnnounceForm,
    CheckedForm,
    CheckForm,
    ClearForm,
    CloseForm,
    ConfirmForm,
    ExtendForm,
    FilterForm,
    HijackedForm,
    LostForm,
    ReasonForm,
    RightsForm,
    StepForm,
    TypeForm,
)
from intake.profiles.models import Address, ChecklistItem, Profile
from intake.refusals import Stale, Unready, Unseen
from intake.web import access
from intake.web.forms import Problem

room = Blueprint("profiles", __name__, url_prefix="/profiles")
FORMS: dict[str, type[StepForm]] = {
    "list": ConfirmForm,
    "accept_part": StepForm,
    "decline_part": StepForm,
    "state_rights": RightsForm,
    "extend_setup": ExtendForm,
    "cancel_setup": ReasonForm,
    "announce_closing": AnnounceForm,
    "withdraw_consent": StepForm,
    "leave": StepForm,
    "call_off_closing": ReasonForm,
    "close": CloseForm,
    "flag_hijacked": HijackedForm,
    "flag_lost": LostForm,
    "propose_clear": CheckedForm,
    "clear": ClearForm,
}
ADDRESS_FORMS: dict[str, type[StepForm]] = {
    "allow": ReasonForm,
    "confirm": ConfirmForm,
    "drop": StepForm,
}


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
        page=queries.page(_me(), **narrowed, after=asked.get("after", "")),
        filters=form,
        kept=narrowed,
        mine=[] if narrowed or asked.get("after") else queries.mine(_me()),
        tags=words.PROFILE.states,
    )


@room.get("/<id>")
@access.staff
def show(id: str) -> Any:
    """One profile: what comes next, the checklist, the text to paste, addresses, history."""
    profile, person = queries.get(id, _me()), _me()
    return render_template(
        "profiles/show.html", **overview.of(profile, person, clock.now()), check_form=_item_form
    )


@room.route("/<id>/check_off", methods=["GET", "POST"])
@access.staff
def check_off(id: str) -> Any:
    """Tick an item of the checklist, leave it out with a reason, or take the tick back."""
    profile = queries.get(id, _me())
    workflow.PROFILE.check("check_off", profile, _me(), clock.now())
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
        current = queries.get(id, _me())
        service.take(current, "check_off", _me(), clock.now(), **form.answers())
        return url_for("profiles.show", id=id, _anchor=f"item-{form.item.data}")

    place = _attempt(form, tick)
    return redirect(place or url_for("profiles.show", id=id), 303)


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
    """Take a step on a profile."""
    if step not in FORMS:
        raise Unseen
    profile = queries.get(id, _me())
    flow = workflow.ALARM if step in alarming.EFFECTS else workflow.PROFILE
    flow.check(step, profile, _me(), clock.now())
    form = FORMS[step]()
    if isinstance(form, RightsForm):
        form.ask_of(profile.kind)

    def take() -> str:
        person = _me()
        current = queries.get(id, person)
        seen = form.seen.revision
        service.take(current, step, person, clock.now(), seen=seen, **form.answers())
        db.session.flush()
        return overview.place_after(id, person)

    return _answered(form, step, take, lambda: (queries.get(id, _me()), None))


@room.route("/<id>/address/type", methods=["GET", "POST"])
@access.staff
def type_address(id: str) -> Any:
    """Type the address of a profile; another person confirms it (A9)."""
    profile = queries.get(id, _me())
    new = Address(profile_id=profile.id, key="", typed_by_id=current_user.id)
    workflow.ADDRESS.check("type", new, _me(), clock.now())
    form = TypeForm()
    overview.ask_lasting(form, profile)

    def type_it() -> str:
        current = queries.get(id, _me())
        service.type_address(current, _me(), clock.now(), **overview.typed(form))
        return url_for("profiles.show", id=id)

    place = _attempt(form, type_it) if form.validate_on_submit() else None
    if place is None:
        profile = queries.get(id, _me())
        return render_template("profiles/type.html", form=form, profile=profile), form.status
    flash(str(words.TOLD["type"]))
    return redirect(place, 303)


@room.route("/<id>/address/<child>/<step>", methods=["GET", "POST"])
@access.staff
def address_step(id: str, child: str, step: str) -> Any:
    """Take a step on an address of a profile, found through the profile (A42)."""
    if step not in ADDRESS_FORMS:
        raise Unseen
    line = _address(queries.get(id, _me()), child)
    workflow.ADDRESS.check(step, line, _me(), clock.now())
    form = ADDRESS_FORMS[step]()

    def take() -> str:
        person = _me()
        current = queries.get(id, person)
        if form.seen.revision != current.revision:
            raise Stale
        service.take(_address(current, child), step, person, clock.now(), **form.answers())
        return url_for("profiles.show", id=id)

    def read() -> tuple[Profile, Address]:
        profile = queries.get(id, _me())
        return profile, _address(profile, child)

    return _answered(form, step, take, read)


def _address(profile: Profile, child: str) -> Address:
    for line in profile.addresses:
        if line.id == child:
            return line
    raise Unseen


def _me() -> Person:
    """The person at work, read in this transaction."""
    person = people.active_person(current_user.id)
    if person is None:
        raise Unseen
    return person


def _attempt(form: Any, act: Callable[[], str]) -> str | None:
    """Do something in a write; where it led, None where it was refused and the form says why."""
    try:
        with write(form) as done:
            done.place = act()
    except Unready as refusal:
        form.refuse(refusal.problems)
        return None
    except Stale:
        form.refuse([Problem(_("This has changed since you opened it."), "shown")])
        return None
    return done.place


def _answered(
    form: StepForm,
    step: str,
    act: Callable[[], str],
    read: Callable[[], tuple[Profile, Address | None]],
) -> Any:
    """Take the step, or show its form: empty, or refused with all that was typed."""
    place = _attempt(form, act) if form.validate_on_submit() else None
    if place is not None:
        flash(str(words.TOLD[step]))
        return redirect(place, 303)
    profile, line = read()
    stale = any(getattr(one, "field", None) == "shown" for _id, one in form.summary())
    posted = request.form.get("shown", "")
    if request.method == "GET" or stale:
        form.seen.data = profile.revision
    template = "profiles/confirm.html" if isinstance(form, ConfirmForm) else "profiles/step.html"
    told = overview.of_step(profile, line, step, form, _me(), clock.now())
    if stale and isinstance(form, ConfirmForm):
        told["before"] = queries.shown(profile, posted)
    return render_template(template, form=form, **told), 409 if stale else form.status
