"""The server: comes up by itself, is not stopped by slow clients, finishes what it has begun."""

import socket
import urllib.request
from pathlib import Path

import pytest

from tests.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("serving")).start()
    yield server
    if server.process.poll() is None:
        server.stop()


def test_it_makes_its_database_and_keys_by_itself(server):
    made = {path.name for path in Path(server.instance).iterdir()}
    assert {"profiilivahti.db", "keys.toml"} <= made
    assert (Path(server.instance) / "keys.toml").stat().st_mode & 0o077 == 0
    assert urllib.request.urlopen(f"{server.base}/readyz").read() == b"ok"


def test_a105_slow_clients_stop_nobody(server):
    slow = []
    for number in range(50):
        client = socket.create_connection(("127.0.0.1", server.port))
        head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
        client.sendall(head[: 10 if number % 2 else None] + (b"" if number % 2 else b"\r\nx"))
        slow.append(client)
    answer = urllib.request.urlopen(f"{server.base}/healthz", timeout=10)
    assert answer.status == 200
    for client in slow:
        client.close()


def test_a_second_start_serves_what_is_there_and_stops_cleanly(server):
    key = (Path(server.instance) / "keys.toml").read_bytes()
    assert server.stop() == 0
    server.start()
    assert (Path(server.instance) / "keys.toml").read_bytes() == key


def test_f26_what_has_begun_is_finished_after_sigterm(server):
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert server.stop() == 0
        assert client.recv(4096).startswith(b"HTTP/1.1 200")
