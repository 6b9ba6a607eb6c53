"""The real server as a process of its own, and a real browser before it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
# without a window's machinery a page costs a third less
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`python app.py` on a port and an instance folder of its own."""

    def __init__(self, instance: Path, *arguments: str, **settings: str) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.instance = instance
        self.arguments = arguments
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("INTAKE_")},
            "INTAKE_INSTANCE": str(instance),
            "INTAKE_ARGON2_COST": "test",
            "INTAKE_BASE_URL": self.base,
            **{f"INTAKE_{key}": value for key, value in settings.items()},
        }

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        command = [sys.executable, "app.py", "--port", str(self.port), *self.arguments]
        self.output = (self.instance / "output.log").open("ab")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.output, stderr=self.output
        )
        end = time.monotonic() + 120
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.base}/healthz", timeout=2)
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise AssertionError(f"it did not come up:\n{self.said()}")

    def said(self) -> str:
        """What it printed."""
        return (self.instance / "output.log").read_text()

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the application beside it."""
        command = [sys.executable, "-m", "flask", "--app", "app", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(90)
        self.output.close()
        return code


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium from the distribution's package."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
