"""`python -m benchmarks.strangers`: what readers of public pages notice while eight strangers send
files as fast as they are answered; every limit is on, as an operator leaves it.

Server, readers and attackers share one machine and its loopback addresses, so the ratio of the
two measurements is what counts. Each kind of attack has a server and an empty town of its own.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pycurl

from benchmarks.measuring import Measured
from benchmarks.servers import Client, free_port, served

ATTACKERS, READERS = 8, 4
PAUSE = 0.1  # seconds between a reader's pages
PAGES = ("/", "/check?q=x.com/savonkoski_{}", "/register?q=nuoriso{}", "/report")
WORDS = {
    "target_kind": "official",
    "acts": "phishing",
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": "y",
}
SIZE = 94_000  # bytes of a file
HEAD = "| attack | page | idle p95 ms | p95 ms | ratio | longest ms | of a core | attempts |"


class Stranger(Client):
    """A client at a loopback address of its own, so that it seems to be a network of its own."""

    def __init__(self, base: str, number: int) -> None:
        super().__init__(base)
        self.number, self.random = number, Random(number)  # noqa: S311 -- the same each time
        self.curl.setopt(pycurl.INTERFACE, f"127.0.0.{number + 2}")
        self.token = ""

    def sends(self, path: str, body: bytes, kind: str) -> int:
        """Send a body; the status of the answer."""
        self.curl.setopt(pycurl.URL, self.base + path)
        self.curl.setopt(pycurl.POST, 1)
        self.curl.setopt(pycurl.POSTFIELDS, body)
        self.curl.setopt(pycurl.HTTPHEADER, [f"Content-Type: {kind}", "Expect:"])
        self.curl.setopt(pycurl.WRITEFUNCTION, len)
        self.curl.perform()
        return int(self.curl.getinfo(pycurl.RESPONSE_CODE))

    def token_of(self, path: str) -> str:
        """The token of the form at a path."""
        found = re.search(r'name="csrf_token" value="([^"]+)', self.get(path))
        return found[1] if found else ""


@cache
def document(seed: int) -> bytes:
    """A small document whose page takes half a minute of a core to draw."""
    shape = b"0 %d m 595 842 100 700 0 842 c 300 0 500 10 0 0 c f*\n" % seed
    drawn = zlib.compress(shape * 20_000, 9)
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(parts, 1))
    return (b"%PDF-1.7\n" + body + b"trailer\n<</Size 5/Root 1 0 R>>\n").ljust(SIZE, b"\n")


def picture(seed: int) -> bytes:
    """A small picture that is like no other."""
    width, height = 200, 150
    lines = Random(seed).randbytes((width * 3 + 1) * height)  # noqa: S311 -- the same each time
    lines = b"".join(
        b"\0" + lines[at + 1 : at + width * 3 + 1] for at in range(0, len(lines), width * 3 + 1)
    )

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + check

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    packed = chunk(b"IDAT", zlib.compress(lines, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


def multipart(fields: dict[str, str], content: bytes) -> bytes:
    """A form with a file, between lines of dashes."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = b'--x\r\nContent-Disposition: form-data; name="evidence"; filename="a"\r\n\r\n'
    return b"".join([*parts, head, content, b"\r\n--x--\r\n"])


def refused_documents(stranger: Stranger) -> None:
    """A form that lacks everything, with a document that is heavy to draw."""
    stranger.token = stranger.token or stranger.token_of("/report")
    body = multipart({"csrf_token": stranger.token}, document(stranger.random.randrange(20)))
    stranger.sends("/report", body, "multipart/form-data; boundary=x")


def whole_reports(stranger: Stranger) -> None:
    """A report that is taken, with a picture."""
    token, number = stranger.token_of("/report"), stranger.random.randrange(10**9)
    fields = {"csrf_token": token, "urls": f"x.com/vale_{number}", **WORDS}
    body = multipart(fields, picture(number))
    stranger.sends("/report", body, "multipart/form-data; boundary=x")


def forms_without_token(stranger: Stranger) -> None:
    """A document that comes with a form that nobody was given."""
    body = multipart({"csrf_token": "x"}, document(1))
    stranger.sends("/report", body, "multipart/form-data; boundary=x")


def large_bodies(stranger: Stranger) -> None:
    """Sixty megabytes for the sign-in page; whoever is refused before they are sent has less
    work, so half a second lies between them."""
    body = urlencode({"csrf_token": "x", "email": ""}).encode().ljust(60_000_000, b"x")
    stranger.sends("/sign-in", body, "application/x-www-form-urlencoded")
    time.sleep(0.5)


ATTACKS = {
    "refused documents": refused_documents,
    "whole reports": whole_reports,
    "forms without token": forms_without_token,
    "large bodies": large_bodies,
}


def main() -> None:
    """Measure each attack and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long an attack lasts")
    parser.add_argument("--only", choices=ATTACKS, help="one kind of attack")
    parser.add_argument("--against", help=argparse.SUPPRESS)  # the attackers' own process
    options = parser.parse_args()
    if options.against:
        return _attack(options.against, ATTACKS[options.only], options.seconds)
    print(f"{HEAD}\n|---|---|---|---|---|---|---|---|")
    for name in [options.only] if options.only else ATTACKS:
        with tempfile.TemporaryDirectory() as folder:
            _run(name, Path(folder), options.seconds)
    return None


def _run(name: str, folder: Path, seconds: float) -> None:
    port = free_port()
    with served("app.py", "--port", str(port), port=port, instance=folder, limits="on") as server:
        _read(server.base, 3)  # what is met first is read once
        idle = _read(server.base, max(5, seconds / 3))
        line = ["-m", "benchmarks.strangers", "--against", server.base, "--only", name]
        attack = subprocess.Popen(
            [sys.executable, *line, "--seconds", str(seconds)], stdout=subprocess.PIPE, text=True
        )
        next(iter(attack.stdout or ()))  # they have begun
        before = server.work
        found = _read(server.base, seconds)
        share = (server.work - before) / seconds
        attempts = attack.communicate()[0].strip()
    for page in PAGES:
        quiet, busy = idle[page], found[page]
        cells = (quiet.p95 * 1000, busy.p95 * 1000, busy.p95 / quiet.p95, busy.longest * 1000)
        told = " | ".join(f"{cell:.1f}" for cell in cells)
        print(f"| {name} | {page} | {told} | {share:.2f} | {attempts} |", flush=True)


def _attack(base: str, attack: Callable[[Stranger], None], seconds: float) -> None:
    """Eight at once; prints how often they tried."""
    os.nice(19)  # attackers are other machines: what they cost themselves is not the town's
    end, attempts = time.monotonic() + seconds, [0] * ATTACKERS

    def go_on(number: int) -> None:
        stranger = Stranger(base, number)
        while time.monotonic() < end:
            with suppress(pycurl.error, RuntimeError):  # cut off, or told to wait
                attack(stranger)
            attempts[number] += 1

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    print("begun", flush=True)
    for thread in threads:
        thread.join()
    print(sum(attempts))


def _read(base: str, seconds: float) -> dict[str, Measured]:
    """Let readers ask for pages in turn, at their ease; how long each page took."""
    times: dict[str, list[list[float]]] = {page: [[] for _ in range(READERS)] for page in PAGES}

    def read(reader: int) -> None:
        client, end, number = Client(base), time.perf_counter() + seconds, reader
        while time.perf_counter() < end:
            page = PAGES[number % len(PAGES)]
            start = time.perf_counter()
            client.get(page.format(number))
            times[page][reader].append(time.perf_counter() - start)
            number += 1
            time.sleep(PAUSE)

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {page: Measured(found, seconds) for page, found in times.items()}


if __name__ == "__main__":
    main()
