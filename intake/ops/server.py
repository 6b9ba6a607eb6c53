"""Serving: waitress reads whole requests before a thread starts, and drains before it stops."""

import fcntl
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server
from werkzeug.middleware.proxy_fix import ProxyFix

from intake.config import NotStarted
from intake.engine import jobs
from intake.ops import channels, slow_heads

THREADS = 8
FILE_THREADS = 3  # two that may wait for a file to be read, and who tells the others
IN_MEMORY = 64 * 1024  # bytes of a body; what is longer lies on the disk until it is whole
SWITCH = 0.001  # seconds after which a thread that works lets another one go on
DRAIN = 30  # seconds for what has begun
LAST_LOOK = 0.3  # seconds for what was sent, but not read yet, when the end came


@contextmanager
def present(instance: Path, *, alone: bool = False) -> Iterator[None]:
    """Use an instance folder: servers share it, a restore has it `alone`.

    Raises NotStarted where the other kind is at work.
    """
    try:
        file = (instance / "serving.lock").open("a")
    except OSError as error:
        raise NotStarted(f"{instance} cannot be written: {error.strerror}.") from None
    with file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            what = "A server is running on" if alone else "A backup is being restored into"
            raise NotStarted(f"{what} {instance}: wait for its end, or stop it.") from None
        yield


def serve(app: Flask, host: str, port: int, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what has begun and return."""
    sys.setswitchinterval(SWITCH)
    stop = threading.Event()
    server = _server(app, host, port)

    def finish(*_: Any) -> None:
        stop.set()
        server.pull_trigger()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, finish)
    heads = slow_heads.Watch()
    worker = jobs.Worker(app) if app.config["JOBS"] == "on" else None
    if worker:
        worker.start()
    ready()
    while not stop.is_set():
        wasyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)
        heads.look(server.active_channels)
    _drain(server)
    if worker:
        worker.stop()


def _server(app: Flask, host: str, port: int) -> Any:
    hops = int(app.config["PROXY_HOPS"])
    threads = channels.Threads(THREADS, FILE_THREADS)
    try:
        server = create_server(
            ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops) if hops else app,
            clear_untrusted_proxy_headers=not hops,  # else waitress takes them before ProxyFix
            host=host,
            port=port,
            inbuf_overflow=IN_MEMORY,
            recv_bytes=IN_MEMORY,
            _dispatcher=threads,
            connection_limit=1000,
            channel_timeout=20,
            max_request_header_size=32 * 1024,
            ident=None,
        )
    except OSError as error:
        raise NotStarted(
            f"Nothing can listen at {host}, port {port}: {error.strerror}. "
            "Choose another port with --port."
        ) from None
    server.channel_class = channels.channel_of(app)
    return server


def _drain(server: Any) -> None:
    """waitress' own end cuts requests after five seconds and downloads in the middle."""
    server.accepting = False
    server.del_channel()
    server.socket.close()
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < LAST_LOOK or (passed < DRAIN and _busy(server)):
        wasyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def _busy(server: Any) -> bool:
    return any(
        one.requests or one.total_outbufs_len for one in list(server.active_channels.values())
    )
