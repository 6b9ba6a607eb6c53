"""The files that programs look for by themselves."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect

from intake import clock
from intake.people import town
from intake.web import access, assets

room = Blueprint("well_known", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
GOOD_FOR = timedelta(days=180)  # RFC 9116 asks for less than a year


def init_app(app: Flask) -> None:
    """Register the files."""
    app.register_blueprint(room)


@room.get("/favicon.ico")
@access.public(access.SHORT)
def favicon() -> Any:
    """The icon, for what looks for it without reading a page."""
    return redirect(assets.asset("icons.svg"))


@room.get("/robots.txt")
@access.public(access.SHORT)
def robots() -> Any:
    """The register is to be found; single questions and what needs a code are not."""
    closed = ("/check?", "/api/", "/follow", "/report?", "/sign-in", "/reset")
    return "\n".join(["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]), PLAIN


@room.get("/.well-known/security.txt")
@access.public(access.SHORT)
def security() -> Any:
    """Whom to tell of a hole (RFC 9116)."""
    own = town.current()
    contact = own.it_contact or own.contact_email
    if not contact:
        abort(404)
    address = contact if ":" in contact else f"mailto:{contact}"
    base = current_app.config["BASE_URL"].rstrip("/")
    lines = (
        f"Contact: {address}",
        f"Expires: {clock.now() + GOOD_FOR:%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(own.languages)}",
        f"Canonical: {base}/.well-known/security.txt",
        "",
    )
    return "\n".join(lines), PLAIN
