"""Following a report: the code is shown once in a POST, then a cookie stands for it.

The row of a browser that has shown a code lasts a quarter of an hour after its last form; the
cookie holds 256 random bits, the row their hash. Wrong codes are counted by network, right ones
never.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app, request
from limits import RateLimitItemPerMinute
from sqlalchemy import delete, select
from werkzeug.wrappers import Response

from intake import clock
from intake.data.base import db
from intake.fakes.models import Follow, Report
from intake.web.rate_limit import limiter, network, unlimited

AGE = timedelta(minutes=15)
WRONG_CODES = RateLimitItemPerMinute(30)  # of one network (A63)
NAME = "follow"


def wait() -> int:
    """Seconds until a code may be tried from this network, 0 when one may be now."""
    key = ("wrong code", network())
    if unlimited() or limiter().test(WRONG_CODES, *key):
        return 0
    ends = limiter().get_window_stats(WRONG_CODES, *key).reset_time
    return max(1, int(ends - clock.now().timestamp()) + 1)


def count_wrong_code() -> None:
    """Count a code that no report has."""
    limiter().hit(WRONG_CODES, "wrong code", network())


def begin(report: Report, now: datetime) -> str:
    """Let a browser follow a report, inside write(); what its cookie must hold."""
    token = secrets.token_urlsafe(32)
    db.session.add(Follow(hash=_hash(token), report_id=report.id, ends_at=now + AGE))
    db.session.flush()
    return token


def remember(response: Response, token: str) -> None:
    """Give the browser its cookie, which ends with the browser or the row."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(_cookie(), token, httponly=True, samesite="Strict", secure=secure)


def forget(response: Response) -> None:
    """Take the cookie away."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.delete_cookie(_cookie(), httponly=True, samesite="Strict", secure=secure)


def here(now: datetime) -> tuple[Report, datetime] | None:
    """The report that this browser follows, and until when; None where it follows none."""
    query = (
        select(Report, Follow.ends_at)
        .join(Follow, Follow.report_id == Report.id)
        .where(Follow.hash == _sent(), Follow.ends_at > now)
    )
    found = db.session.execute(query).first()
    return None if found is None else (found[0], found[1])


def go_on(now: datetime) -> None:
    """Something was sent: the quarter of an hour begins anew."""
    row = db.session.get(Follow, _sent())
    if row is not None:
        row.ends_at = now + AGE


def end() -> None:
    """End the following of this browser, inside write(): its row is gone."""
    db.session.execute(delete(Follow).where(Follow.hash == _sent()))


def sweep(now: datetime) -> None:
    """Delete the rows that have ended."""
    db.session.execute(delete(Follow).where(Follow.ends_at <= now))


def _cookie() -> str:
    return f"__Host-{NAME}" if current_app.config["SESSION_COOKIE_SECURE"] else NAME


def _sent() -> str:
    return _hash(request.cookies.get(_cookie(), ""))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
