"""Counters of tries that no clock can shut for longer than their window."""

import time

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter


class Limiter(FixedWindowRateLimiter):
    """A fixed window; a counter that would outlive it was begun by a clock that has been put back
    since, and is forgotten (F12)."""

    def test(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool:
        """May this be done once more?"""
        key = item.key_for(*identifiers)
        if self.storage.get_expiry(key) - time.time() > item.get_expiry():
            self.storage.clear(key)
        return super().test(item, *identifiers, cost=cost)
