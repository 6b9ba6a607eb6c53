"""Which language an answer is in, and how links carry it on.

`?lang=` decides; else, on staff pages, the person's own; else the cookie, the browser's wish, the
town's first language. Pages that are not cached keep the choice in a cookie.
"""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request, url_for
from flask_babel import refresh
from flask_login import current_user

from intake import ports
from intake.web import access

LANGUAGES = ("fi", "sv", "en")
NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
YEAR = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Carry `?lang=` on in links and keep it where an answer is not cached."""
    app.url_defaults(_carry)
    app.after_request(_keep)


def offered() -> list[str]:
    """The town's languages, its first language first."""
    return list(ports.here().town().languages)


def asked() -> str | None:
    """The language in the address, if it is one of the town's."""
    wanted = request.args.get("lang", "")
    return wanted if wanted and wanted in offered() else None


def current() -> str:
    """The language of this answer."""
    if not has_request_context():
        return offered()[0]
    if "language" not in g:
        g.language = asked() or _own() or _remembered()
    found: str = g.language
    return found


def choose_anew() -> None:
    """Let the rest of this answer be in the language that somebody has just chosen."""
    g.pop("language", None)
    refresh()


def _own() -> str | None:
    declared = access.of(request.endpoint)
    if declared is None or declared.public or not current_user.is_authenticated:
        return None
    return str(current_user.language)


def _remembered() -> str:
    cookie, known = request.cookies.get("lang", ""), offered()
    return cookie if cookie in known else _wished(known)


def _wished(known: list[str]) -> str:
    """The first of the browser's wishes that we speak, whatever country it is for: sv-FI is
    Swedish."""
    for tag, quality in request.accept_languages:
        spoken = known[0] if tag == "*" else tag.partition("-")[0].lower()
        if spoken in known and quality > 0:
            return spoken
    return known[0]


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    if has_request_context() and endpoint != "static" and (wanted := asked()):
        values.setdefault("lang", wanted)


def _keep(response: Response) -> Response:
    wanted = asked() if request.args else None
    no_store = response.headers.get("Cache-Control") == access.NO_STORE
    if wanted and no_store and access.may_set_cookies():
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie("lang", wanted, max_age=YEAR, samesite="Lax", secure=secure)
    return response


def url_in(code: str) -> str:
    """This very page in another language; with a form that was refused, the script sends along
    what was typed."""
    rule = request.url_rule
    if rule is None or "GET" not in (rule.methods or ()):
        return url_for("site.start", lang=code)
    args = request.args.items(multi=True) if request.method == "GET" else ()
    kept = [(key, value) for key, value in args if key != "lang"]
    return f"{quote(request.path)}?{urlencode([*kept, ('lang', code)])}"
