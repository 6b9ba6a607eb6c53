"""`python -m benchmarks.refusals`: what it costs to refuse too much, in milliseconds of CPU and as
a ratio to the sign-in page in the same run (A106)."""

import tempfile
import time
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from intake import create_app
from intake.ops import migrate

TIMES = 20
FORM = {"content_type": "application/x-www-form-urlencoded"}
PARTS = b"".join(
    b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\na\r\n' for _ in range(10_001)
)
USUAL = "sign-in page"
ASKED: dict[str, tuple[str, str, dict[str, Any]]] = {
    USUAL: ("GET", "/sign-in", {}),
    "question of 2,048 emoji, answered": ("GET", "/check", {"query_string": {"q": "😀" * 2048}}),
    "question of 64 kB": ("GET", "/check", {"query_string": {"q": "a" * 65_536}}),
    "10,000 fields": (
        "POST",
        "/sign-in",
        {"data": b"&".join(b"a%d=b" % number for number in range(10_000)), **FORM},
    ),
    "form of 300 kB": ("POST", "/sign-in", {"data": b"a=" + b"b" * 300_000, **FORM}),
    "report of 56 MB": ("POST", "/report", {"data": b"x" * (56 << 20), **FORM}),
    "10,001 parts": (
        "POST",
        "/report",
        {"data": PARTS + b"--x--", "content_type": "multipart/form-data; boundary=x"},
    ),
    "JSON 5,000 deep": (
        "POST",
        "/api/v1/check",
        {"data": b"[" * 5000, "content_type": "application/json"},
    ),
    "packed body": (
        "POST",
        "/sign-in",
        {"data": b"x", "headers": {"Content-Encoding": "gzip"}, **FORM},
    ),
}


def main() -> None:
    """Print status, milliseconds and ratio of each."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"JOBS": "off", "ARGON2_COST": "test"}, Path(folder))
        with app.app_context():
            migrate.run()
        client = app.test_client()
        cost = {name: _cost(client, *asked) for name, asked in ASKED.items()}
    for name, (status, milliseconds) in cost.items():
        ratio = milliseconds / cost[USUAL][1]
        print(f"| {name} | {status} | {milliseconds:.1f} | {ratio:.1f} |")


def _cost(client: FlaskClient, method: str, path: str, how: dict[str, Any]) -> tuple[int, float]:
    client.open(path, method=method, **how)
    began = time.process_time()
    for _ in range(TIMES):
        answer = client.open(path, method=method, **how)
    return answer.status_code, (time.process_time() - began) / TIMES * 1000


if __name__ == "__main__":
    main()
