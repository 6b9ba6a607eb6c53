"""The server: comes up by itself, is not stopped by slow clients, finishes what it has begun."""

import asyncio
import http.client
import re
import select
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiosmtpd.controller import Controller

from intake import create_app
from intake.data.base import db
from intake.ops import migrate
from tests.conftest import SETTINGS
from tests.establishment.making import make_request
from tests.factories import Cast, Make
from tests.server import ROOT, Server, free_port

pytestmark = pytest.mark.embedded

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
    """Fifty that never finish the head, fifty that never finish the body."""
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n"
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for number, client in enumerate(slow):
        client.sendall(head[:10] if number % 2 else head + b"\r\nx")
    for path in ("/check", "/register", "/healthz"):
        with urllib.request.urlopen(f"{server.base}{path}", timeout=10) as answer:
            assert answer.status == 200
    for client in slow:
        client.close()


@pytest.mark.parametrize(("hops", "believed"), [("0", False), ("1", True)])
def test_a40_forwarded_headers_count_only_behind_a_declared_proxy(tmp_path, hops, believed):
    """A form is ours if it comes from where we seem to be: so that tells what was believed."""
    server = Server(tmp_path, PROXY_HOPS=hops).start()
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
    others = {"X-Real-IP": "192.0.2.1", "Forwarded": "proto=https;host=localhost"}
    for headers, ours in ((forwarded, believed), (others, False)):
        client = http.client.HTTPConnection("127.0.0.1", server.port)
        sent = {"Content-Type": FORM, "Origin": "https://localhost", **headers}
        client.request("POST", "/sign-in", "email=x", sent)
        assert client.getresponse().status == (400 if ours else 403)  # a form without token
        client.close()
    tries = [_try(server, f"192.0.2.{number}, 198.51.100.7") for number in range(11)]
    assert tries == [422] * 10 + [429]  # the right-most is the proxy's own word
    assert _try(server, "198.51.100.8") == (422 if believed else 429)
    server.stop()


def _try(server: Server, came_from: str) -> int:
    """Sign in with a wrong password from what seems to be a network; the status."""
    client = http.client.HTTPConnection("127.0.0.1", server.port)
    token = _form_token(client)
    typed = {"email": "x@savonkoski.example", "password": "wrong", "csrf_token": token}
    sent = {"Content-Type": FORM, "X-Forwarded-For": came_from}
    client.request("POST", "/sign-in", urlencode(typed), sent)
    status = client.getresponse().status
    client.close()
    return status


def test_a_second_start_serves_what_is_there_and_stops_cleanly(server):
    key = (Path(server.instance) / "keys.toml").read_bytes()
    assert server.stop() == 0
    server.start()
    assert (Path(server.instance) / "keys.toml").read_bytes() == key


def test_f26_what_has_begun_is_finished_after_sigterm(tmp_path):
    server = Server(tmp_path, LIMITS="off").start()
    clients = [http.client.HTTPConnection("127.0.0.1", server.port) for _ in range(50)]
    tokens = [_form_token(client) for client in clients]
    for client, token in zip(clients, tokens, strict=True):
        typed = {"email": "x@savonkoski.example", "password": "wrong", "csrf_token": token}
        client.request("POST", "/sign-in", urlencode(typed), {"Content-Type": FORM})
    assert len(select.select([client.sock for client in clients], [], [], 0)[0]) < 50
    stopped = threading.Thread(target=server.stop)
    stopped.start()
    answers = [client.getresponse() for client in clients]
    assert [answer.status for answer in answers] == [422] * 50
    assert all("</html>" in answer.read().decode() for answer in answers)
    stopped.join(60)
    assert server.process.returncode == 0
    for client in clients:
        client.close()


class SlowPostman:
    """A mail server that takes its time, and says when it has begun."""

    def __init__(self):
        self.begun, self.letters = threading.Event(), 0

    async def handle_DATA(self, server, session, envelope):
        self.begun.set()
        await asyncio.sleep(2)
        self.letters += 1
        return "250 OK"


def test_f26_the_letter_under_way_is_finished_and_no_lease_is_left(tmp_path, still):
    app = create_app(SETTINGS, tmp_path)
    with app.app_context():
        migrate.run()
        make_request(Cast(Make()))
        db.session.remove()
        db.engine.dispose()
    port = free_port()
    postman = SlowPostman()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    server = Server(tmp_path, MAIL_URL=f"smtp://127.0.0.1:{port}").start()
    assert postman.begun.wait(60)
    assert server.stop() == 0
    controller.stop()
    with closing(sqlite3.connect(tmp_path / "profiilivahti.db")) as found:
        fates = Counter(fate for (fate,) in found.execute("SELECT fate FROM outbox"))
    assert fates["sent"] == postman.letters > 0
    assert fates["waiting"] > 0  # the rest leaves at the next start
    assert fates["under_way"] == fates["uncertain"] == 0


def test_two_servers_do_not_take_one_port(server):
    if server.process.poll() is not None:
        server.start()
    line = [sys.executable, "app.py", "--port", str(server.port)]
    ended = subprocess.run(
        line, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "Nothing can listen at 127.0.0.1" in ended.stderr
    assert "Choose another port with --port." in ended.stderr


def test_the_first_link_leads_to_the_port_that_is_served(tmp_path):
    server = Server(tmp_path, BASE_URL="").start()
    try:
        link = re.search(r"http://\S+/first/\S+", server.said())[0]
        assert link.startswith(server.base)
        assert urllib.request.urlopen(link).status == 200
    finally:
        server.stop()


def _form_token(client: http.client.HTTPConnection) -> str:
    client.request("GET", "/sign-in")
    page = client.getresponse().read().decode()
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
