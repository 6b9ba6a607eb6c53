"""Signing in: sessions are rows, the browser holds a random id, and nobody is locked out."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from limits import RateLimitItemPerHour
from limits.storage import storage_from_string
from sqlalchemy import update
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from intake import clock, ports
from intake.data.base import db
from intake.people import browsers
from intake.people.models import Person, Session
from intake.people.throttle import account_of
from intake.security import keys
from intake.web import access
from intake.web.rate_limit import Limiter, limiter, network, unlimited

IDLE = timedelta(minutes=30)
TOTAL = timedelta(hours=10)
RESETS_PER_ACCOUNT = RateLimitItemPerHour(3)  # wishes for a new password, whoever's address it is
RESETS_PER_NETWORK = RateLimitItemPerHour(10)


def init_app(app: Flask) -> None:
    """Set up flask-login and the counters of failures."""
    manager = LoginManager(app)
    manager.session_protection = None  # the session row decides
    manager.user_loader(_load)
    ports.of(app).limiter = Limiter(storage_from_string(app.config["LIMITS_STORAGE"]))
    app.after_request(_keep_awake)


def _hash(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()


def _load(session_id: str) -> Person | None:
    row = db.session.get(Session, _hash(session_id))
    moment = clock.now()
    idle = moment.timestamp() - session.get("seen", 0)
    if row is None or row.ended_at is not None or row.ends_at <= moment or not row.person.is_active:
        return None
    if not idle + 300 >= 0 or idle > IDLE.total_seconds():
        return None
    person = row.person
    person.session_id = session_id
    return person


def _keep_awake(response: Response) -> Response:
    if (
        "_user_id" in session
        and response.headers.get("Cache-Control") == access.NO_STORE
        and current_user
        and current_user.is_authenticated
        and access.may_set_cookies()
    ):
        session["seen"] = int(clock.now().timestamp())
    return response


def begin(person: Person, now: datetime) -> None:
    """Open a session with a new id; the one before it ends."""
    end(now)
    session_id = secrets.token_urlsafe(32)
    db.session.add(
        Session(
            hash=_hash(session_id),
            person_id=person.id,
            ends_at=now + TOTAL,
            browser=browsers.named(request.user_agent.string),
        )
    )
    session.clear()
    session["seen"] = int(now.timestamp())
    person.session_id = session_id
    login_user(person)


def here() -> str:
    """The key of this browser's session; nothing where nobody is signed in."""
    session_id = session.get("_user_id")
    return _hash(session_id) if session_id else ""


def end(now: datetime) -> None:
    """End this browser's session."""
    row = db.session.get(Session, here()) if here() else None
    if row is not None:
        row.ended_at = row.ended_at or now
    logout_user()
    session.clear()


def end_all(person: Person, now: datetime, except_id: str | None = None) -> int:
    """End every session of a person, all but one where its key is given; how many there were."""
    ending = update(Session).where(
        Session.person_id == person.id,
        Session.ended_at.is_(None),
        Session.hash != (except_id or ""),
    )
    found = db.session.execute(ending.values(ended_at=now).returning(Session.hash))
    return len(found.all())


def counts_reset(email: str) -> bool:
    """Count a wish for a new password; False where there were too many, which nobody is told."""
    counters = (
        (RESETS_PER_ACCOUNT, ("reset", account_of(email))),
        (RESETS_PER_NETWORK, ("resets", network())),
    )
    if not all(limiter().test(limit, *key) for limit, key in counters):
        return unlimited()
    for limit, key in counters:
        limiter().hit(limit, *key)
    return True


def safe_next(wanted: str) -> str:
    """A page of this application that can be opened, else the desk: never built from the text."""
    fallback = url_for("desk.index")
    parts = (
        urlsplit(wanted)
        if wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
        else None
    )
    if parts is None or parts.scheme or parts.netloc or any(ord(sign) < 33 for sign in wanted):
        return fallback
    try:
        endpoint, values = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return fallback
    if endpoint.startswith("people.sign_"):
        return fallback
    return url_for(endpoint, **values) + (f"?{parts.query}" if parts.query else "")


def ask(render: Any) -> AnyResponse | tuple[str, int]:
    """Send whoever is not signed in to sign in; what they posted goes along."""
    if request.method == "GET":
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    return render(carry()), 401


def carry() -> str:
    """The posted form, signed so that it can travel through the sign-in page: but for passwords,
    which stand in no page."""
    posted = keys.verified("form", request.form.get("csrf_token", ""))
    fields = request.form.items(multi=True)
    items = [[key, value] for key, value in fields if "password" not in key]
    return keys.signed(
        "carried", {"path": request.path, "who": posted["who"] if posted else "", "items": items}
    )


def carried(text: str, person: Person) -> dict[str, Any] | None:
    """What was carried through sign-in, for the same person only."""
    content = keys.verified("carried", text)
    return content if content and content["who"] == person.id else None
