"""The hosts that the town adds to a service (S2, S3)."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import addresses, clock
from intake.handbook import queries
from intake.handbook.forms import ActForm, HostForm
from intake.handbook.service import hosts as service
from intake.handbook.views.room import Attempt, attempt, keeping, me, platform_of, room
from intake.refusals import Unseen


@room.route("/handbook/platforms/<code>/hosts", methods=["GET", "POST"])
@keeping
def add_host(code: str) -> Any:
    """Add a host; what would be read otherwise is shown first."""
    if not addresses.takes_hosts(platform_of(code).code):
        raise Unseen
    form = HostForm()

    def add() -> str:
        host = form.host.data or ""
        anyway = request.form.get("anyway") == host  # the very host that was warned of
        service.add(platform_of(code), host, me(), clock.now(), anyway=anyway)
        return url_for("handbook.platform", code=code, _anchor="hosts")

    done = attempt(form, add)
    if done.leads_to is None:
        return _page("handbook/add_host.html", code, form, done), form.status
    flash(_("The host was added. Addresses are read by it from now on."))
    return redirect(done.leads_to, 303)


@room.route("/handbook/platforms/<code>/hosts/<host>", methods=["GET", "POST"])
@keeping
def remove_host(code: str, host: str) -> Any:
    """Remove a host that the town has added."""
    if host not in {row.host for row in queries.hosts(platform_of(code).code)}:
        raise Unseen
    form = ActForm()

    def remove() -> str:
        anyway = "anyway" in request.form
        service.remove(platform_of(code), host, me(), clock.now(), anyway=anyway)
        return url_for("handbook.platform", code=code, _anchor="hosts")

    done = attempt(form, remove)
    if done.leads_to is None:
        return _page("handbook/remove_host.html", code, form, done, host=host), form.status
    flash(_("The host was removed."))
    return redirect(done.leads_to, 303)


def _page(template: str, code: str, form: Any, done: Attempt, **more: Any) -> str:
    caution = done.refusal if isinstance(done.refusal, service.Cautioned) else None
    platform = platform_of(code)
    return render_template(template, platform=platform, form=form, caution=caution, **more)
