"""What a connection may bring and who works on it, decided before any of it is kept.

waitress reads a whole request before a thread starts: what no page takes is passed over here as
it comes, and forms that bring files have threads of their own, so that no reader of a page ever
waits behind one.
"""

import time
from typing import Any, cast

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ThreadedTaskDispatcher

from intake.web import access

ROOM = 1024 * 1024  # bytes beyond a page's limit that are still read, so that it may answer itself
PATIENCE = 128 * 1024 * 1024  # bytes of a body that are passed over; one that is larger is cut off
REST, LONGEST_REST = 9, 0.5  # times the work on a form with files; seconds
MULTIPART = "multipart/form-data"


class Head(HTTPRequestParser):
    """A request whose body is kept up to what its page takes."""

    body_rcv: Any = None
    expect_continue = False

    def __init__(self, adj: Adjustments, channel: "Channel") -> None:
        super().__init__(adj)
        self.channel = channel

    def parse_header(self, header_plus: bytes) -> None:
        """Raises ParsingError; without its body, a request that is too large goes to its page at
        once, which refuses it by the length it declares."""
        super().parse_header(header_plus)
        if self.body_rcv is None:
            return
        most = self._most() + ROOM
        if self.chunked:
            self.adj = self.channel.within(most)
        elif self.content_length > most:
            self.close()
            self.body_rcv = None
            self._pass_over()

    def _most(self) -> int:
        path = self.path.encode("latin-1").decode("utf-8", "replace")
        mimetype = self.headers.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        return access.most(self.channel.app, path, self.command, mimetype)

    def _pass_over(self) -> None:
        """What follows is not read as a request; whoever sends it can still read the answer."""
        if self.expect_continue or self.content_length > PATIENCE:
            self.expect_continue, self.connection_close = False, True
            self.headers["CONNECTION"] = "close"
            return
        self.headers.pop("CONNECTION", None)
        self.channel.unread = self.content_length


class Rest(HTTPRequestParser):
    """The rest of a body that nobody reads."""

    empty = True

    def __init__(self, adj: Adjustments, channel: "Channel") -> None:
        super().__init__(adj)
        self.channel = channel

    def received(self, data: bytes) -> int:
        """Pass over what belongs to it; how much that was."""
        passed = min(self.channel.unread, len(data))
        self.channel.unread -= passed
        self.completed = not self.channel.unread
        return passed


class Channel(HTTPChannel):
    """A connection; `unread` is how much of a body is still to be passed over."""

    app: Flask
    unread = 0

    def parser_class(self, adj: Adjustments) -> HTTPRequestParser:
        """What reads the next bytes."""
        return (Rest if self.unread else Head)(adj, self)

    def within(self, most: int) -> Adjustments:
        """The server's settings with another limit for a body, whose length nobody has told."""
        made = object.__new__(Adjustments)
        vars(made).update(vars(self.adj), max_request_body_size=most)
        return made


def channel_of(app: Flask) -> type[Channel]:
    """Connections to an application."""
    return type("Channel", (Channel,), {"app": app})


class Paced:
    """A connection that brings files: whoever has worked on it rests before the next one, so that
    a flood of them leaves most of the processor to readers of pages."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def service(self) -> None:
        """Answer, then rest in proportion to the work."""
        begun = time.thread_time()
        self.channel.service()
        time.sleep(min(REST * (time.thread_time() - begun), LONGEST_REST))

    def cancel(self) -> None:
        """The server ends first."""
        self.channel.cancel()


class Threads(ThreadedTaskDispatcher):
    """Threads for pages, and some of their own for forms that bring files."""

    def __init__(self, pages: int, files: int) -> None:
        super().__init__()
        self.for_files = ThreadedTaskDispatcher()
        self.set_thread_count(pages)
        self.for_files.set_thread_count(files)

    def add_task(self, task: Channel) -> None:
        """Queue a connection whose first request has come."""
        kind = task.requests[0].headers.get("CONTENT_TYPE", "").lower()
        if kind.startswith(MULTIPART):
            self.for_files.add_task(Paced(task))
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads, within so many seconds each kind; is anything cancelled?"""
        ended = self.for_files.shutdown(cancel_pending, timeout)
        return cast(bool, super().shutdown(cancel_pending, timeout) or ended)
