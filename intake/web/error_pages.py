"""The pages of refusals and errors: what happened, why, where to go on, a number to quote."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, make_response, redirect, render_template, request
from flask.globals import request_ctx
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from intake import logs
from intake.data.base import db
from intake.refusals import (
    AlreadyDone,
    Busy,
    KeptApart,
    NotAllowed,
    Refused,
    Stale,
    Unready,
    Unseen,
    WrongState,
)
from intake.web.forms.token import sent_here

NAMED = 10  # people who are named on a page, at most
PASSING = (429, 500, 503)  # what may succeed when it is sent again as it is
SECRET = re.compile("password|^code$")
UNSHOWN = re.compile("password|token|code|altcha|carried")
GENERAL = (NotAllowed, Unseen, WrongState, Stale, Unready)  # the page says more than their sentence


@dataclass(frozen=True)
class ErrorPage:
    """What happened, as a heading, and one line of why; both lazy sentences."""

    heading: Any
    why: Any


PAGES = {
    400: ErrorPage(
        _l("We could not read what was sent"),
        _l("Go back, check what you typed and send it again."),
    ),
    403: ErrorPage(
        _l("You do not have access to this"),
        _l("It is for other people or tasks. Ask your supervisor if you need it in your work."),
    ),
    404: ErrorPage(
        _l("The page was not found"),
        _l("There may be a mistake in the address, or the page is gone."),
    ),
    405: ErrorPage(
        _l("This page cannot be used like that"),
        _l("Open the page again from its link and go on from there."),
    ),
    409: ErrorPage(
        _l("Somebody was first"),
        _l("This has changed since you opened it. Open it again to see how it is now."),
    ),
    413: ErrorPage(
        _l("That was too much at once"),
        _l("Send less text or smaller files. Back in your browser leads to what you typed."),
    ),
    415: ErrorPage(
        _l("We cannot read a file of this kind"),
        _l("Send it in another form, for example as a picture."),
    ),
    422: ErrorPage(
        _l("Something is still missing"),
        _l("This cannot be done yet. Go back and complete it."),
    ),
    429: ErrorPage(
        _l("Too many tries in a short time"),
        _l("Wait a moment and try again. Nothing you sent earlier was lost."),
    ),
    500: ErrorPage(
        _l("Our service failed"),
        _l("The fault is ours. It was noted, and nothing of this last step was saved."),
    ),
    503: ErrorPage(
        _l("The service is closed for a moment"),
        _l("Try again in a few minutes."),
    ),
}


def init_app(app: Flask) -> None:
    """Answer every refusal and error with a page, or as a problem document under /api/."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    for away in (OperationalError, InterfaceError):
        app.register_error_handler(away, _away)


def of(status: int) -> ErrorPage:
    """The page of a status: its own, else that of its kind."""
    return PAGES.get(status) or PAGES[400 if status < 500 else 500]


def _refused(refusal: Refused) -> Any:
    """What the house refuses: a special refusal says why in its own sentence."""
    if isinstance(refusal, AlreadyDone):
        return redirect(refusal.leads_to, 303)
    problems = refusal.problems if isinstance(refusal, Unready) else []
    if isinstance(refusal, KeptApart):
        problems = [_who_can(refusal)]
    why = of(refusal.status).why if type(refusal) in GENERAL else _l(refusal.sentence)
    answer = _answer(refusal.status, why, problems)
    if isinstance(refusal, Busy):
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _away(error: DBAPIError) -> Any:
    """The database does not answer, or has no room: by itself that is no fault of the program."""
    current_app.logger.error("the database failed", exc_info=error)
    return _answer(503, of(503).why)


def _who_can(refusal: KeptApart) -> Any:
    """Who can take the step instead."""
    if not refusal.people:
        return _("Nobody else can today. An administrator can give somebody the role.")
    names = ", ".join(person.name for person in refusal.people[:NAMED])
    return _("This can be done by: %(names)s.", names=names)


def _typed() -> list[tuple[str, str]]:
    """What was sent; nothing where it was too much to be read."""
    try:
        return list(request.form.items(multi=True))
    except (HTTPException, OSError):
        return []


def _again(status: int) -> list[tuple[str, str]]:
    """What may be sent again as it is; nothing where a password or a code is part of it."""
    typed = _typed() if status in PASSING else []
    return [] if any(SECRET.search(name) for name, _value in typed) else typed


def _kept(status: int) -> list[str]:
    """The texts of a form that is refused for good, to be copied; of our own forms alone, so that
    nobody else can put words on our pages."""
    typed = [] if status in PASSING else _typed()
    if not typed or sent_here() is None:
        return []
    texts = [text for name, text in typed if not UNSHOWN.search(name)]
    return [text for text in texts if len(text.split()) > 1]


def _http(error: HTTPException) -> Any:
    """What Flask refuses, and what broke: Flask has logged the latter before it asks here."""
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):  # a foreign Host: the links of the page name none
        request_ctx.url_adapter = current_app.url_map.bind("")
    answer = _answer(error.code, of(error.code).why)
    for name in ("Allow", "Retry-After"):
        if value := dict(error.get_headers(request.environ)).get(name):
            answer.headers[name] = value
    return answer


def _answer(status: int, why: Any, problems: Any = ()) -> Response:
    number = f"{status}-{logs.number()}"
    try:
        if status >= 500:
            db.session.rollback()  # what failed may have left a transaction that reads no more
        if request.path.startswith("/api/"):
            return _problem(status, str(why), number)
        page = render_template(
            "errors/page.html",
            status=status,
            heading=of(status).heading,
            why=why,
            problems=problems,
            again=_again(status),
            kept=_kept(status),
            number=number,
        )
    except Exception:  # the page of a failure must not need what failed
        current_app.logger.exception("the page of a failure failed too")
        page = fallback(number)
    return make_response(page, status)


def _problem(status: int, why: str, number: str) -> Response:
    """A problem document (RFC 9457)."""
    problem = {
        "title": str(of(status).heading),
        "status": status,
        "detail": why,
        "instance": number,
    }
    answer = make_response(problem, status)
    answer.content_type = "application/problem+json"
    return answer


def fallback(number: str) -> str:
    """A page of failure in all three languages that needs no template, database or catalogue."""
    return (
        '<!doctype html><html lang="fi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Palvelumme ei toimi juuri nyt – Profiilivahti</title></head><body><main>"
        "<h1>Palvelumme ei toimi juuri nyt</h1><p>Yritä hetken päästä uudelleen.</p>"
        '<p lang="sv">Vår tjänst fungerar inte just nu. Försök igen om en stund.</p>'
        '<p lang="en">Our service does not work just now. Try again in a moment.</p>'
        f"<p>{escape(number)}</p></main></body></html>"
    )
