"""A105: a head that comes a byte at a time is never silent, and is ended all the same."""

import socket
import time
import urllib.request
from types import SimpleNamespace

import pytest

from intake.ops import slow_heads
from tests.server import Server

pytestmark = pytest.mark.embedded


class Connection:
    """A connection of the server as the watch sees it."""

    def __init__(self, *, headers_finished: bool = False) -> None:
        self.request = SimpleNamespace(headers_finished=headers_finished)
        self.is_closed = False

    def handle_close(self) -> None:
        self.is_closed = True


@pytest.fixture
def moment(monkeypatch):
    """The watch's clock, put forward by hand."""
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(slow_heads.time, "monotonic", lambda: now.seconds)
    return now


def test_a105_only_a_head_that_takes_too_long_is_ended(moment):
    watch = slow_heads.Watch()
    drips, sends_a_body, idle = Connection(), Connection(headers_finished=True), Connection()
    idle.request = None
    channels = dict(enumerate((drips, sends_a_body, idle)))
    watch.look(channels)
    moment.seconds += 30
    watch.look(channels)
    assert not drips.is_closed
    moment.seconds += 1
    watch.look(channels)
    assert [one.is_closed for one in channels.values()] == [True, False, False]


def test_a105_each_request_of_a_connection_has_its_own_time(moment):
    watch, kept = slow_heads.Watch(), Connection()
    for _ in range(5):
        kept.request = SimpleNamespace(headers_finished=False)
        watch.look({1: kept})
        moment.seconds += 20
        watch.look({1: kept})
        kept.request = None
        watch.look({1: kept})
    assert not kept.is_closed


def test_a105_silence_and_drops_are_cut_by_the_real_server(tmp_path):
    """One connection says half a body and no more; one sends its head byte by byte."""
    server = Server(tmp_path).start()
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    silent, drips = (socket.create_connection(("127.0.0.1", server.port)) for _ in range(2))
    silent.sendall(head + b"\r\nx")
    drips.sendall(head + b"X-Slow: ")
    begun, cut = time.monotonic(), {}
    while len(cut) < 2 and time.monotonic() - begun < 75:
        for name, client, more in (("silent", silent, b""), ("drips", drips, b"x")):
            if name not in cut and _is_cut(client, more):
                cut[name] = time.monotonic() - begun
        time.sleep(0.5)
    silent.close()
    drips.close()
    assert 15 < cut["silent"] < 60  # silence is looked for each half minute
    assert 25 < cut["drips"] < 45
    with urllib.request.urlopen(f"{server.base}/healthz", timeout=5) as answer:
        assert answer.status == 200
    server.stop()


def _is_cut(client: socket.socket, more: bytes) -> bool:
    client.settimeout(0.1)
    try:
        client.sendall(more)
        return client.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
