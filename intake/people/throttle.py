"""What guessing passwords costs, and why nobody is locked out by it.

Failures are counted by account and network, by network, and in all. Beyond each limit a try costs
work, more and more of it: a right password is never turned away. A browser that has signed in to
the account has a counter of its own, so that no stranger can make a colleague wait.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from werkzeug.wrappers import Response

from intake import clock
from intake.security import keys
from intake.web import proof_of_work
from intake.web.rate_limit import limiter, network, unlimited

DEVICE_AGE = 365 * 24 * 3600
DEVICES = 5  # accounts that a browser is known to
PER_ACCOUNT = RateLimitItemPerMinute(10, 5)  # failures from one network at one account
PER_NETWORK = RateLimitItemPerMinute(20, 5)
A_COLLEAGUE_MORE = 5  # failures more for each account that signed in from a network that day
IN_ALL = RateLimitItemPerMinute(1000, 5)
KNOWN = RateLimitItemPerMinute(30, 5)  # failures of a browser that is known to the account
MET = RateLimitItemPerDay(1)
HARDEST = 8  # seconds of work


@dataclass(frozen=True)
class Counter:
    """What is counted under a key, and how many are free."""

    limit: RateLimitItem
    key: tuple[str, ...]
    free: int

    @property
    def seconds(self) -> int:
        """The work that one more costs: a second, and twice as much each time they double."""
        times = limiter().used(self.limit, *self.key) // self.free
        return min(HARDEST, 1 << (times.bit_length() - 1)) if times else 0


class Throttle:
    """The tries at one account from here. `stored` is the hash of its password, None where there
    is no such account; `trusting` is off where somebody else may sit at a known browser."""

    def __init__(self, email: str, stored: str | None, *, trusting: bool = True) -> None:
        self.account = keys.keyed_hash("account", email.strip().casefold())
        self.mark = keys.keyed_hash("device", stored)[:20] if stored else ""
        self.own = _counter(KNOWN, "known", self.account, _device()["id"])
        self.is_known = trusting and self._entry() in _entries() and bool(self.mark)
        self.counters = (
            _counter(PER_ACCOUNT, "account", self.account, network()),
            _counter(PER_NETWORK, "network", network(), more=A_COLLEAGUE_MORE * _colleagues()),
            _counter(IN_ALL, "all"),
        )

    def _entry(self) -> list[str]:
        return [self.account, self.mark]

    @property
    def _counting(self) -> tuple[Counter, ...]:
        """Who is known counts by themself, until they have failed too often for that."""
        return (self.own,) if self.is_known and not self.own.seconds else self.counters

    def work(self) -> int:
        """Seconds of work that another try costs."""
        return 0 if unlimited() else max(one.seconds for one in self._counting)

    def is_paid(self, proof: str) -> bool:
        """Is another try free, or was its work done? Uses the work up."""
        due = self.work()
        return not due or proof_of_work.spend(proof, "sign-in", due)

    def challenge(self) -> dict[str, Any]:
        """The work of another try, as the script solves it."""
        return proof_of_work.challenge("sign-in", self.work(), clock.now())

    def wait(self) -> int:
        """Seconds until another try is free, for browsers without a script."""
        full = [one for one in self._counting if one.seconds] if self.work() else []
        ends = [limiter().get_window_stats(one.limit, *one.key).reset_time for one in full]
        return max((int(end - clock.now().timestamp()) + 1 for end in ends), default=0)

    def failed(self) -> None:
        """Count a failure."""
        for one in self._counting:
            limiter().hit(one.limit, *one.key)

    def remember(self, response: Response) -> None:
        """Let this browser be known to the account until its password changes, a year at most."""
        if limiter().hit(MET, "met", self.account, network()):
            limiter().hit(MET, "colleagues", network())
        others = [one for one in _entries() if one[0] != self.account]
        at = int(clock.now().timestamp())
        content = {**_device(), "accounts": [*others, self._entry()][-DEVICES:], "at": at}
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(
            _cookie(),
            keys.seal("device", content),
            max_age=DEVICE_AGE,
            httponly=True,
            samesite="Strict",
            secure=secure,
        )


def _counter(limit: RateLimitItem, *key: str, more: int = 0) -> Counter:
    return Counter(limit, key, limiter().free(limit, *key) + more)


def _colleagues() -> int:
    """How many accounts have signed in from this network today."""
    return limiter().used(MET, "colleagues", network())


def _cookie() -> str:
    return "__Host-device" if current_app.config["SESSION_COOKIE_SECURE"] else "device"


def _device() -> dict[str, Any]:
    """What the browser's cookie says; a new browser where it says nothing, or is over."""
    content = keys.unseal("device", request.cookies.get(_cookie(), "")) or {}
    age = clock.now().timestamp() - content.get("at", 0)
    if "id" in content and -300 < age < DEVICE_AGE:
        return content
    return {"id": secrets.token_hex(16), "accounts": []}


def _entries() -> list[list[str]]:
    return list(_device()["accounts"])
