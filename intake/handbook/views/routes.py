"""Where services take reports of fake profiles (P5)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import clock
from intake.handbook import differing, queries
from intake.handbook.forms import ActForm, RouteForm
from intake.handbook.models import CHANNELS, Channel, Platform, ReportRoute
from intake.handbook.service import routes as service
from intake.handbook.shipped import told
from intake.handbook.views.room import attempt, keeping, me, platform_of, room, status
from intake.refusals import Unseen


@room.get("/handbook/routes")
@keeping
def routes() -> Any:
    """Every route by service, with its age; or only those that wait to be tried."""
    known, today = queries.routes(), clock.today()
    stale = {key for key, route in known.items() if not route.is_fresh(today)}
    only = "unchecked" in request.args
    groups = [(one, _lines(one, known, stale if only else None)) for one in queries.platforms()]
    return render_template(
        "handbook/routes.html",
        groups=[(platform, lines) for platform, lines in groups if lines],
        channels=CHANNELS,
        only=only,
        waiting=queries.unchecked_routes(today),
        told=told,
        check_form=_check_form,
    )


def _lines(
    platform: Platform,
    known: dict[tuple[str, Channel], ReportRoute],
    among: set[tuple[str, Channel]] | None,
) -> list[tuple[Channel, ReportRoute | None]]:
    keys = [(platform.code, channel) for channel in Channel]
    return [(key[1], known.get(key)) for key in keys if among is None or key in among]


def _check_form(route: ReportRoute) -> ActForm:
    """The form behind the button of a route in the list."""
    values = {"code": route.platform_code, "channel": route.channel.value}
    return ActForm(formdata=None, target=("handbook.check_route", values))


def _channel(channel: str) -> Channel:
    if channel not in {*Channel}:
        raise Unseen
    return Channel(channel)


@room.route("/handbook/routes/<code>/<channel>", methods=["GET", "POST"])
@keeping
def route(code: str, channel: str) -> Any:
    """Say or change where a service takes reports of one kind."""
    kind = _channel(channel)
    platform_of(code)
    form = _form_of(queries.route(code, kind))

    def store() -> str:
        platform, was = platform_of(code), form.was.data or ""
        service.store(platform, kind, _kept(form, code, kind), me(), clock.now(), was=was)
        return url_for("handbook.routes", _anchor=f"{code}-{channel}")

    done = attempt(form, store)
    if done.leads_to is not None:
        flash(_("Saved."))
        return redirect(done.leads_to, 303)
    current = queries.route(code, kind)
    since = []
    if done.is_stale:
        form.was.data = service.fingerprint(current)
        since = differing.since(current or ReportRoute(), _kept(form, code, kind))
    shown = {"platform": platform_of(code), "channel": kind, "name": CHANNELS[kind]}
    page = render_template("handbook/route.html", form=form, route=current, since=since, **shown)
    return page, status(form, done)


def _form_of(found: ReportRoute | None) -> RouteForm:
    if found is None:
        return RouteForm()
    return RouteForm(
        address=told(found.address),
        needs_account="yes" if found.needs_account else "no",
        asks=told(found.asks),
        was=service.fingerprint(found),
    )


def _kept(form: RouteForm, code: str, channel: Channel) -> dict[str, Any]:
    """What was typed; words that were shown translated and left alone stay as they are stored."""
    current, values = queries.route(code, channel), form.values()
    for name in ("address", "asks") if current is not None else ():
        if values[name] == told(getattr(current, name)):
            values[name] = getattr(current, name)
    return values


@room.route("/handbook/routes/<code>/<channel>/check", methods=["GET", "POST"])
@keeping
def check_route(code: str, channel: str) -> Any:
    """Note that a route was tried today and works."""

    def check() -> str:
        service.check(service.get(code, channel), me(), clock.now())
        return url_for("handbook.routes", _anchor=f"{code}-{channel}")

    return _act(code, channel, "check", check)


@room.route("/handbook/routes/<code>/<channel>/remove", methods=["GET", "POST"])
@keeping
def remove_route(code: str, channel: str) -> Any:
    """Forget a route that is there no more."""

    def remove() -> str:
        found, was = service.get(code, channel), request.form.get("was", "")
        service.remove(found, me(), clock.now(), was=was)
        return url_for("handbook.routes")

    return _act(code, channel, "remove", remove)


def _act(code: str, channel: str, step: str, act: Any) -> Any:
    """A step on a route that is one button."""
    form = ActForm(was=service.fingerprint(service.get(code, channel)))
    done = attempt(form, act)
    if done.leads_to is not None:
        flash(_("Saved."))
        return redirect(done.leads_to, 303)
    found = service.get(code, channel)
    if done.is_stale:
        form.was.data = service.fingerprint(found)
    shown = {"route": found, "name": CHANNELS[found.channel], "told": told}
    page = render_template("handbook/route_step.html", form=form, step=step, **shown)
    return page, status(form, done)
