"""What keeps a flood of reports from burying the true one: nothing is refused, nothing is thrown
away. Beyond the limits a browser works a little for each report; what comes without that work is
held apart (A90, A95), and its files are not read."""

import json
import secrets
from base64 import b64decode
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil
from typing import Any

import altcha
from flask import g
from limits import RateLimitItemPerMinute

from intake import clock
from intake.data.base import db, insert
from intake.data.write import write
from intake.fakes.states import Held
from intake.security import keys
from intake.web.forms import BaseForm, UsedToken
from intake.web.rate_limit import limiter, network, unlimited

LADDER = tuple(  # reports of one network in ten minutes, and the seconds of work after them
    (RateLimitItemPerMinute(reports, 10), seconds)
    for reports, seconds in ((5, 1), (10, 2), (20, 4), (40, 8))
)
IN_ALL = RateLimitItemPerMinute(60)
READING = tuple(  # seconds of reading its files in ten minutes, and the seconds of work after them
    (RateLimitItemPerMinute(reading, 10), seconds)
    for reading, seconds in ((60, 1), (120, 2), (240, 4), (480, 8))
)
READING_IN_ALL = RateLimitItemPerMinute(60)
LEAST = timedelta(seconds=3)  # nobody reads and fills the form sooner
TRIES = 64  # derivations that take a phone about a second, each of so many rounds:
ROUNDS = 20_000
LASTS = timedelta(minutes=10)
WAY = "PBKDF2/SHA-256"


def work() -> int:
    """Seconds of work that the next report from this network costs; 0 where it is free."""
    if unlimited():
        return 0
    full = [seconds for limit, seconds in LADDER if not limiter().test(limit, "reports", network())]
    return max(full, default=0 if limiter().test(IN_ALL, "reports in all") else 1)


def reading_work() -> int:
    """Seconds of work that reading the files of the next form costs, and its report with them."""
    if unlimited():
        return 0
    full = [
        seconds for limit, seconds in READING if not limiter().test(limit, "reading", network())
    ]
    in_all = 0 if limiter().test(READING_IN_ALL, "reading in all") else 1
    return max([work(), in_all, *full])


def count_reading(seconds: float) -> None:
    """Count how long the files of a form took."""
    whole = ceil(seconds)
    for limit, _seconds in READING:
        limiter().hit(limit, "reading", network(), cost=whole)
    limiter().hit(READING_IN_ALL, "reading in all", cost=whole)


def pay_for_reading(form: BaseForm, signature: str) -> bool:
    """Use a solved challenge up before the files of a form are read, outside of any write; it is
    good for the report in the same request. Was it unused?"""
    with write(form, once=False):
        paid = spend(signature)
    if paid:
        g.paid = signature
    return paid


def count() -> None:
    """Count a report."""
    for limit, _seconds in LADDER:
        limiter().hit(limit, "reports", network())
    limiter().hit(IN_ALL, "reports in all")


def challenge(now: datetime) -> dict[str, Any]:
    """The work that is due now, as a script solves it; nothing where none is."""
    seconds = reading_work()
    if not seconds:
        return {}
    tries = TRIES * seconds
    made = altcha.create_challenge(
        WAY,
        ROUNDS,
        counter=tries // 2 + secrets.randbelow(tries // 2),
        expires_at=now + LASTS,
        data={"seconds": seconds},
        hmac_secret=keys.derive("proof"),
    )
    return made.to_dict()


def solved(proof: str, due: int | None = None) -> str:
    """What a solved challenge is known by; empty where it is none, is over, or was too easy for
    what is due (None: what a report costs by now)."""
    if not altcha.verify_solution(proof, keys.derive("proof")).verified:
        return ""
    sent = json.loads(b64decode(proof))["challenge"]
    enough = work() if due is None else due
    return sent["signature"] if sent["parameters"]["data"]["seconds"] >= enough else ""


def spend(signature: str) -> bool:
    """Use a solved challenge up, inside write(): each is good once."""
    values = {
        "hash": sha256(f"proof:{signature}".encode()).hexdigest(),
        "leads_to": "",
        "created_at": clock.now(),
    }
    made = insert(UsedToken.__table__).values(**values).on_conflict_do_nothing()
    return db.session.execute(made.returning(UsedToken.hash)).scalar() is not None


def held(trap: str, drawn_at: float, signature: str, due: int, now: datetime) -> Held | None:
    """Why a report is held apart until a handler has looked; inside write()."""
    if trap:
        return Held.TRAP
    if now.timestamp() - drawn_at < LEAST.total_seconds():
        return Held.FAST
    if due and not (signature and (g.get("paid") == signature or spend(signature))):
        return Held.FLOOD
    return None
