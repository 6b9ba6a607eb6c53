"""Heads of requests that come a byte at a time: never silent for long, and never done."""

import time
from typing import Any
from weakref import WeakKeyDictionary

MOST = 30.0  # seconds from the first byte of a head to its last


class Watch:
    """Knows since when each connection has been sending a head, and ends those that take too
    long (A105): 1,050 of them would be all the connections there are."""

    def __init__(self, most: float = MOST) -> None:
        self.most = most
        self.begun: WeakKeyDictionary[Any, tuple[Any, float]] = WeakKeyDictionary()

    def look(self, channels: Any) -> None:
        """Look at every connection; to be called each second."""
        now = time.monotonic()
        for channel in list(channels.values()):
            head = channel.request
            if head is None or head.headers_finished:
                self.begun.pop(channel, None)
                continue
            known, since = self.begun.get(channel, (None, now))
            if known is not head:
                self.begun[channel] = (head, now)
            elif now - since > self.most:
                channel.handle_close()
