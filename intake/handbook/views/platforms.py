"""The services: list, new, one (S2, G3, G7)."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intake import addresses, clock
from intake.handbook import differing, queries, uses
from intake.handbook.forms import ActForm, NewPlatformForm, PlatformForm
from intake.handbook.models import CHANNELS, KINDS, WEB, Platform
from intake.handbook.service import platforms as service
from intake.handbook.service import rules
from intake.handbook.views.room import Attempt, attempt, keeping, me, platform_of, room, status
from intake.handbook.words import APPROVAL_TAGS
from intake.refusals import Unseen, WrongState


@room.get("/handbook/platforms")
@keeping
def platforms() -> Any:
    """The services that are offered, and the retired ones."""
    return render_template(
        "handbook/platforms.html",
        lists=[
            (_("In use"), queries.platforms()),
            (_("Out of use"), queries.retired_platforms()),
        ],
        kinds=KINDS,
        approvals=APPROVAL_TAGS,
    )


@room.route("/handbook/platforms/new", methods=["GET", "POST"])
@keeping
def new_platform() -> Any:
    """Add a service."""
    form = NewPlatformForm()

    def add() -> str:
        made = service.add(form.code.data, form.values(), me(), clock.now())
        return url_for("handbook.platform", code=made.code)

    done = attempt(form, add)
    if done.leads_to is None:
        return render_template("handbook/new_platform.html", form=form), form.status
    flash(_("The service was added."))
    return redirect(done.leads_to, 303)


@room.route("/handbook/platforms/<code>", methods=["GET", "POST"])
@keeping
def platform(code: str) -> Any:
    """One service: what the town says of it, its hosts, its report routes."""
    form = _form_of(platform_of(code))

    def change() -> str:
        current = platform_of(code)
        service.change(current, form.values(), me(), clock.now(), was=form.was.data or "")
        return url_for("handbook.platform", code=code)

    done = attempt(form, change)
    if done.leads_to is None:
        return _shown(platform_of(code), form, done), status(form, done)
    flash(_("Saved."))
    return redirect(done.leads_to, 303)


def _form_of(found: Platform) -> PlatformForm:
    values = {name: getattr(found, name) for name in service.FIELDS}
    values["has_messages"] = "yes" if found.has_messages else "no"
    form = PlatformForm(data=values, was=service.fingerprint(found))
    if found.code == WEB:  # its name is said in the reader's language
        del form.stored_name
    return form


def _shown(found: Platform, form: PlatformForm, done: Attempt) -> str:
    if done.is_stale:
        form.was.data = service.fingerprint(found)
    routes = {
        channel: route for (code, channel), route in queries.routes().items() if code == found.code
    }
    return render_template(
        "handbook/platform.html",
        platform=found,
        form=form,
        counts=uses.counts(found.code),
        since=differing.since(found, form.values()) if done.is_stale else [],
        takes_hosts=addresses.takes_hosts(found.code),
        can_be_stated=rules.can_be_stated(found.code),
        rule=queries.rule(found.code),
        shipped=addresses.shipped_hosts(found.code),
        hosts=queries.hosts(found.code),
        channels=CHANNELS,
        routes=routes,
        history=differing.history([found.code, *(route.id for route in routes.values())]),
    )


@room.route("/handbook/platforms/<code>/<step>", methods=["GET", "POST"])
@keeping
def platform_step(code: str, step: str) -> Any:
    """Take a service out of use, or back into use."""
    steps = {"retire": service.retire, "restore": service.restore}
    if step not in steps:
        raise Unseen
    found, form = platform_of(code), ActForm()
    if (found.retired_at is None) is not (step == "retire"):
        raise WrongState

    def take() -> str:
        steps[step](platform_of(code), me(), clock.now())
        return url_for("handbook.platform", code=code)

    done = attempt(form, take)
    if done.leads_to is None:
        page = render_template(
            "handbook/platform_step.html",
            platform=platform_of(code),
            form=form,
            step=step,
            counts=uses.counts(code),
        )
        return page, form.status
    flash(_("Saved."))
    return redirect(done.leads_to, 303)
