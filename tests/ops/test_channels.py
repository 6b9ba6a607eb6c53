"""What a connection may bring: no more than its page takes, and no page waits behind a file."""

import http.client
import os
import re
import select
import socket
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from intake.ops import channels
from intake.web import access
from tests.fakes import corpus
from tests.server import ROOT, Server

pytestmark = pytest.mark.embedded

MEGABYTE = 1024 * 1024
LARGE = 60 * MEGABYTE
FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data; boundary=x"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("channels")).start()
    yield server
    server.stop()


def head(path: str, length: int, kind: str = FORM, *more: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Type: {kind}", *more]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()


def answer(client: socket.socket) -> http.client.HTTPResponse:
    found = http.client.HTTPResponse(client)
    found.begin()
    return found


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def kept(server: Server) -> int:
    """Bytes of the files that the server holds open and that have no name any more."""
    sizes = []
    for handle in Path(f"/proc/{server.process.pid}/fd").iterdir():
        try:
            if os.readlink(handle).endswith(" (deleted)"):
                sizes.append(handle.stat().st_size)
        except OSError:  # closed meanwhile
            continue
    return sum(sizes)


def memory(server: Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/api/v1/check", "/register"])
def test_a200_what_no_page_takes_is_refused_before_it_comes_and_kept_nowhere(server, path):
    with closing(connected(server)) as client:
        before = memory(server)
        client.sendall(head(path, LARGE) + b"a=" + b"b" * 1000)
        found = answer(client)
        assert found.status in (413, 404, 405)
        assert b"</html>" in found.read() or path.startswith("/api/")
        for _ in range(40):
            client.sendall(b"b" * MEGABYTE)
        assert kept(server) < 2 * MEGABYTE
        assert memory(server) - before < 20 * MEGABYTE
        client.sendall(b"b" * (LARGE - 40 * MEGABYTE - 1002))
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert answer(client).read() == b"ok"


def test_a200_whoever_sends_it_all_before_reading_gets_a_page(server):
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    sent = {"Content-Type": FORM, "Connection": "close"}
    client.request("POST", "/sign-in", b"a=" + b"b" * (20 * MEGABYTE), sent)
    found = client.getresponse()
    assert found.status == 413
    assert b"</html>" in found.read()
    client.close()


def test_a200_whoever_asks_first_is_told_before_anything_is_sent(server):
    with closing(connected(server)) as client:
        client.sendall(head("/sign-in", LARGE, FORM, "Expect: 100-continue"))
        assert client.recv(12) == b"HTTP/1.1 413"


def test_a200_a_body_of_untold_length_is_cut_off(server):
    with closing(connected(server)) as client:
        first = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        client.sendall(first.encode())
        sent = 0
        with suppress(OSError):  # closed at whichever piece
            for _ in range(60):
                client.sendall(b"100000\r\n" + b"b" * MEGABYTE + b"\r\n")
                sent += 1
        assert sent < 60
        assert kept(server) == 0


@pytest.mark.parametrize(
    ("path", "kind", "size", "status"),
    [
        ("/report", FILES, 30 * MEGABYTE, 400),  # read, and a form without a token
        ("/report", FILES, 58 * MEGABYTE, 413),
        ("/report", FORM, 30 * MEGABYTE, 413),  # no file comes so
        ("/sign-in", FILES, 30 * MEGABYTE, 413),
        ("/sign-in", FORM, 100_000, 400),
    ],
)
def test_a200_a_page_takes_what_it_says_and_no_more(server, path, kind, size, status):
    if kind == FILES:
        start = b'--x\r\nContent-Disposition: form-data; name="evidence"; filename="a"\r\n\r\n'
        body = start + b"b" * (size - len(start) - 9) + b"\r\n--x--\r\n"
    else:
        body = b"a=" + b"b" * (size - 2)
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    client.request("POST", path, body, {"Content-Type": kind})
    assert client.getresponse().status == status
    client.close()


def test_a200_the_shipped_site_lets_through_what_each_page_takes_and_little_more(app):
    """nginx reads a whole body before it passes it on: its limits follow the pages' own."""
    text = (ROOT / "docs/operations/nginx.conf").read_text()
    general = re.search(r"^    client_max_body_size (\w+);", text, re.MULTILINE)[1]
    own = re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\w+);", text)
    needs: dict[str, list[int]] = {pattern: [] for pattern in (*(place for place, _ in own), "")}
    for rule in app.url_map.iter_rules():
        declared = getattr(app.view_functions[rule.endpoint], "access", None)
        if declared is not None and "POST" in rule.methods:
            path = re.sub(r"<[^>]*>", "x1", rule.rule)
            place = next(place for place in needs if re.search(place, path))
            needs[place].append(declared.most("multipart/form-data") + channels.ROOM)
    for place, size in [*own, ("", general)]:
        assert max(needs[place]) <= size_of(size) <= max(needs[place]) + 2 * MEGABYTE, place


def size_of(told: str) -> int:
    return int(told.removesuffix("m")) * MEGABYTE


def test_a200_server_and_page_go_by_one_limit(app):
    assert access.most(app, "/report", "POST", "multipart/form-data") > 50 * MEGABYTE
    assert access.most(app, "/report", "POST", FORM) == access.MOST
    assert access.most(app, "/report", "DELETE", "multipart/form-data") == access.MOST
    assert access.most(app, "/follow/add/", "POST", "multipart/form-data") == access.MOST
    assert access.most(app, "/n\ufffd\0", "POST", "") == access.MOST


def with_file(token: str, content: bytes) -> bytes:
    start = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    named = '--x\r\nContent-Disposition: form-data; name="evidence"; filename="lasku.pdf"\r\n\r\n'
    return start.encode() + named.encode() + content + b"\r\n--x--\r\n"


def test_a206_nobody_waits_behind_files_that_take_long(server, request):
    """Eight documents of five kilobytes that take half a minute of a core each."""
    page = urllib.request.urlopen(f"{server.base}/report").read().decode()
    body = with_file(re.search(r'csrf_token" value="([^"]+)', page)[1], corpus.heavy_pdf())
    clients = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=60) for _ in range(8)]
    for client in clients:
        request.addfinalizer(client.close)
        client.request("POST", "/report", body, {"Content-Type": FILES, "Accept-Language": "fi"})
    waits = []
    for number in range(20):
        begun = time.monotonic()
        urllib.request.urlopen(f"{server.base}/check?q={number}", timeout=10).read()
        waits.append(time.monotonic() - begun)
    told, end = set(), time.monotonic() + 8  # a file that takes long takes ten
    while len(told) < len(clients) - 2 and time.monotonic() < end:
        waiting = [client.sock for client in clients if client.sock not in told]
        told |= set(select.select(waiting, [], [], 1)[0])
    assert len(told) >= len(clients) - 2
    answers = [client.getresponse() for client in clients]
    said = [found.read().decode() for found in answers]
    assert {found.status for found in answers} == {422}
    assert sum("lasku.pdf ei päässyt vuoroon" in one for one in said) >= len(clients) - 2
    assert sorted(waits)[-2] < 1


def test_a206_whoever_works_on_files_rests_and_other_threads_are_left_to_pages(monkeypatch):
    rests = []
    monkeypatch.setattr(time, "sleep", rests.append)
    work = SimpleNamespace(service=lambda: sum(range(200_000)), cancel=lambda: None)
    channels.Paced(work).service()
    assert 0 < rests[0] <= channels.LONGEST_REST


@pytest.mark.parametrize(
    ("kind", "goes"),
    [(FILES, True), ("Multipart/Form-Data; boundary=x", True), (FORM, False), ("", False)],
)
def test_a206_forms_with_files_have_threads_of_their_own(kind, goes):
    threads = channels.Threads(0, 0)
    request = SimpleNamespace(headers={"CONTENT_TYPE": kind} if kind else {})
    threads.add_task(SimpleNamespace(requests=[request]))
    assert (len(threads.for_files.queue), len(threads.queue)) == (int(goes), int(not goes))
