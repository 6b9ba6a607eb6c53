"""Counters of tries that no clock can shut for longer than their window."""

import time
from typing import Any

from flask import current_app, request
from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from intake import clock, ports
from intake.security import keys
from intake.web import client_address

GENEROUS = 50  # networks that may be behind an address that cannot be read


class Network(str):
    """A network as a counter knows it; `wide` where many may be behind it."""

    wide: bool = False


class Limiter(FixedWindowRateLimiter):
    """A fixed window; a counter that would outlive it was begun by a clock that has been put back
    since, and is forgotten (F12). What a wide network may do, so many may do."""

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """May this be done once more?"""
        item = _widened(item, identifiers)
        key = item.key_for(*identifiers)
        if self.storage.get_expiry(key) - time.time() > item.get_expiry():
            self.storage.clear(key)
        return super().test(item, *identifiers, cost=cost)

    def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """Count it; False where it was one too many."""
        return super().hit(_widened(item, identifiers), *identifiers, cost=cost)

    def free(self, item: RateLimitItem, *identifiers: str) -> int:
        """How many are free in a window."""
        return _widened(item, identifiers).amount

    def used(self, item: RateLimitItem, *identifiers: str) -> int:
        """How many were counted in this window, those beyond the limit too."""
        self.test(item, *identifiers)
        return int(self.storage.get(_widened(item, identifiers).key_for(*identifiers)))

    def get_window_stats(self, item: RateLimitItem, *identifiers: str) -> Any:
        """When the window ends, and how much of it is left."""
        return super().get_window_stats(_widened(item, identifiers), *identifiers)


def _widened(item: RateLimitItem, identifiers: tuple[str, ...]) -> RateLimitItem:
    if not any(isinstance(one, Network) and one.wide for one in identifiers):
        return item
    return type(item)(item.amount * GENEROUS, item.multiples, item.namespace)


def limiter() -> Limiter:
    """The counters of this town's limits."""
    return ports.here().limiter


def unlimited() -> bool:
    """Are the limits off, for measuring?"""
    return bool(current_app.config["LIMITS"] == "off")


def network() -> Network:
    """The network the request comes from, as a keyed hash that changes every day (A78)."""
    block = client_address.network(request.remote_addr)
    found = Network(keys.keyed_hash(f"network {clock.today()}", block))
    found.wide = block == client_address.UNREADABLE
    return found
