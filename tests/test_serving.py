"""The server: comes up by itself, is not stopped by slow clients, finishes what it has begun."""

import http.client
import re
import socket
import threading
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.server import Server

FORM = "application/x-www-form-urlencoded"


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


def test_f26_what_has_begun_is_finished_after_sigterm(tmp_path):
    server = Server(tmp_path, ARGON2_COST="default").start()
    clients = [http.client.HTTPConnection("127.0.0.1", server.port) for _ in range(6)]
    tokens = [_form_token(client) for client in clients]
    for client, token in zip(clients, tokens, strict=True):
        typed = {"email": "x@savonkoski.example", "password": "wrong", "csrf_token": token}
        client.request("POST", "/sign-in", urlencode(typed), {"Content-Type": FORM})
    time.sleep(0.1)  # the server has them all now, and each costs a tenth of a second of hashing
    stopped = threading.Thread(target=server.stop)
    stopped.start()
    answers = [client.getresponse() for client in clients]
    assert [answer.status for answer in answers] == [422] * 6
    assert all("</html>" in answer.read().decode() for answer in answers)
    stopped.join(30)
    assert server.process.returncode == 0
    for client in clients:
        client.close()


def _form_token(client: http.client.HTTPConnection) -> str:
    client.request("GET", "/sign-in")
    page = client.getresponse().read().decode()
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
