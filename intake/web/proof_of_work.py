"""Work that a browser does for a try where there have been many: a door that costs time is open to
whoever knocks once, and of no use to whoever knocks a million times."""

import json
import secrets
from base64 import b64decode
from datetime import datetime, timedelta
from typing import Any

import altcha
from limits import RateLimitItemPerHour

from intake.security import keys
from intake.web.rate_limit import limiter

TRIES = 64  # derivations that take a phone about a second, each of so many rounds:
ROUNDS = 20_000
LASTS = timedelta(minutes=10)
WAY = "PBKDF2/SHA-256"
ONCE = RateLimitItemPerHour(1)


def challenge(about: str, seconds: int, now: datetime) -> dict[str, Any]:
    """So many seconds of work for one thing, as the script solves it."""
    tries = TRIES * seconds
    made = altcha.create_challenge(
        WAY,
        ROUNDS,
        counter=tries // 2 + secrets.randbelow(tries // 2),
        expires_at=now + LASTS,
        data={"seconds": seconds, "about": about},
        hmac_secret=keys.derive(f"proof {about}"),
    )
    return made.to_dict()


def spend(proof: str, about: str, seconds: int) -> bool:
    """Was so much work done for this, now, and not used before? Uses it up."""
    if not altcha.verify_solution(proof, keys.derive(f"proof {about}")).verified:
        return False
    sent = json.loads(b64decode(proof))["challenge"]
    enough = sent["parameters"]["data"]["seconds"] >= seconds
    return enough and limiter().hit(ONCE, "proof", sent["signature"])
