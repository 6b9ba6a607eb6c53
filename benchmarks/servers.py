"""The servers under measure, each a process of its own; and a client that keeps its connection."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pycurl

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A process that serves, and the memory it takes."""

    def __init__(self, base: str, process: subprocess.Popen[bytes]) -> None:
        self.base, self.process = base, process

    @property
    def work(self) -> float:
        """Seconds of a core it has worked, its children left out."""
        spent = psutil.Process(self.process.pid).cpu_times()
        return float(spent.user + spent.system)

    @property
    def memory(self) -> int:
        """Resident memory in megabytes."""
        return int(psutil.Process(self.process.pid).memory_info().rss) // 2**20


@contextmanager
def served(
    *command: str, port: int, instance: Path | None = None, limits: str = "off"
) -> Iterator[Server]:
    """The server while it answers: `command` runs with a port, at a loopback address."""
    base = f"http://127.0.0.1:{port}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith("INTAKE_")}
    settings = {"INTAKE_BASE_URL": base, "INTAKE_LIMITS": limits}
    if instance is not None:
        settings["INTAKE_INSTANCE"] = str(instance)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=kept | settings, **quiet)
    try:
        _wait(base, process)
        yield Server(base, process)
    finally:
        process.terminate()
        process.wait(40)


def _wait(base: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            Client(base).get("/")
        except pycurl.error:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")


class Client:
    """One connection that is kept open, with the cookie of whoever is signed in."""

    def __init__(self, base: str, cookie: str = "") -> None:
        self.base, self.curl, self.place = base, pycurl.Curl(), ""
        self.cookie = cookie

    def get(self, path: str, status: int = 200) -> str:
        """The page; raises where the status is another."""
        self.curl.setopt(pycurl.HTTPGET, 1)
        return self._perform(path, status)

    def post(self, path: str, fields: Mapping[str, str], status: int = 303) -> str:
        """Send a form; `place` then holds where it led."""
        self.curl.setopt(pycurl.POSTFIELDS, urlencode(fields))
        return self._perform(path, status)

    def _perform(self, path: str, status: int) -> str:
        body = BytesIO()
        self.curl.setopt(pycurl.URL, self.base + path)
        self.curl.setopt(pycurl.COOKIE, self.cookie)
        self.curl.setopt(pycurl.HTTPHEADER, ["Accept-Language: fi"])
        self.curl.setopt(pycurl.WRITEDATA, body)
        self.curl.perform()
        found = self.curl.getinfo(pycurl.RESPONSE_CODE)
        if found != status:
            raise RuntimeError(f"{path}: {found} instead of {status}")
        return body.getvalue().decode()
