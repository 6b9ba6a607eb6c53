"""The start page, what the service says of itself, and the probes of the operator."""

import json
import re
from typing import Any

from flask import Blueprint, Flask, current_app, render_template, request

from intake.ops import health
from intake.register import queries as register
from intake.site import notices
from intake.web import access, client_address

room = Blueprint("site", __name__)
# what a stranger sends is logged only where it is a directive's name, or a host
DIRECTIVE = re.compile(r"[a-z]+(-[a-z]+){1,3}(?= |$)")
HOST = re.compile(r"https?://([a-z0-9.-]{1,253})(?=[:/]|$)")


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(room)


@room.get("/")
@access.public(alike=True)
def start() -> Any:
    """The first door is the check itself."""
    return render_template(
        "site/start.html",
        count=register.count(),
        platforms=register.platform_count(),
        warnings=register.warnings(),
    )


@room.get("/privacy")
@access.public(access.SHORT)
def privacy() -> Any:
    """Which personal data the service holds, why, how long, and who sees it."""
    return render_template("site/privacy.html", notices=notices)


@room.get("/accessibility")
@access.public(access.SHORT)
def accessibility() -> Any:
    """How accessible the service is, what is known to be wrong, and whom to tell."""
    return render_template("site/accessibility.html", stated_on=notices.STATED_ON)


@room.get("/healthz")
@access.public()
def healthz() -> Any:
    """The process answers; asked for `address`, also as what sort of one it sees who asks."""
    seen = client_address.kind(request.remote_addr) if "address" in request.args else ""
    return f"ok {seen}".rstrip(), {"Content-Type": "text/plain; charset=utf-8"}


@room.get("/readyz")
@access.public()
def readyz() -> Any:
    """Can it do its work? One word; why not stands in the log and in `flask doctor`."""
    plain = {"Content-Type": "text/plain; charset=utf-8"}
    if not (found := list(health.reasons())):
        return "ok", plain
    current_app.logger.warning("not ready: %s", "; ".join(found))
    return "not ready", 503, plain


@room.post("/csp-report")
@access.public(limit=8 * 1024, cross_origin=True)
def csp_report() -> Any:
    """A browser refused something: the directive and the host are logged, nothing else."""
    told = _told()
    directive = DIRECTIVE.match(str(told.get("violated-directive", "")))
    host = HOST.match(str(told.get("blocked-uri", "")))
    found = (directive[0] if directive else "no directive", host[1] if host else "no host")
    current_app.logger.warning("content policy: %s, %s", *found)
    return "", 204


def _told() -> dict[str, Any]:
    """What a browser reports; nothing where it cannot be read."""
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return {}
    report = sent.get("csp-report") if isinstance(sent, dict) else None
    return report if isinstance(report, dict) else {}
