"""Counters of tries that no clock can shut for longer than their window."""

import time
from ipaddress import ip_address, ip_network

from flask import current_app, request
from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from intake import clock, ports
from intake.security import keys


class Limiter(FixedWindowRateLimiter):
    """A fixed window; a counter that would outlive it was begun by a clock that has been put back
    since, and is forgotten (F12)."""

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """May this be done once more?"""
        key = item.key_for(*identifiers)
        if self.storage.get_expiry(key) - time.time() > item.get_expiry():
            self.storage.clear(key)
        return super().test(item, *identifiers, cost=cost)


def limiter() -> Limiter:
    """The counters of this town's limits."""
    return ports.here().limiter


def unlimited() -> bool:
    """Are the limits off, for measuring?"""
    return bool(current_app.config["LIMITS"] == "off")


def network() -> str:
    """The network the request comes from, as a keyed hash that changes every day (A78)."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 -- not a bind address
    block = ip_network((address, 32 if address.version == 4 else 64), strict=False)
    return keys.keyed_hash(f"network {clock.today()}", str(block))
