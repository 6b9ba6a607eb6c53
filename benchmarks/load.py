"""Load: `python -m benchmarks.load` prints in one run how each page compares with a bare one.

Every page is measured beside the bare page, a second of one after a few seconds of the other, so
that what else the machine does weighs on both. Numbers on one machine are ratios, never promises.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from flask import Flask
from sqlalchemy import func, select

from benchmarks import cases, measuring, pages
from benchmarks.measuring import Measured
from benchmarks.servers import Server, free_port, served
from benchmarks.town import Town, fill
from intake import create_app
from intake.data import full_text
from intake.data.base import db
from intake.engine import jobs
from intake.fakes.models import Report
from intake.ops import migrate

READERS, WRITERS = 2, 8
REPORTING = 30  # seconds
DRAFTS = 4000
SIZES = (1_000, 100_000)
HEAD = "| page | queries | requests/s | of bare | p50 ms | p95 ms | longest ms |"


def main() -> None:
    """Measure at each size and print what was found."""
    options = _options()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, SQLite in {options.folder}")
    for size in options.sizes:
        with _town(options.folder, size) as (app, town, instance):
            _run(app, town, instance, size, options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="how long each page is measured")
    chosen = {"dest": "sizes", "action": "store_const", "default": SIZES}
    parser.add_argument("--small", const=SIZES[:1], help="only 1,000 profiles, requests", **chosen)
    parser.add_argument("--large", const=SIZES[1:], help="only 100,000 of them", **chosen)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), help="where the database lies"
    )
    return parser.parse_args()


@contextmanager
def _town(folder: Path, size: int) -> Iterator[tuple[Flask, Town, Path]]:
    """An application with a town of that size, in a folder that is removed afterwards."""
    instance = Path(tempfile.mkdtemp(dir=folder))
    try:
        app = create_app({"JOBS": "off", "LIMITS": "off"}, instance)
        with app.app_context():
            migrate.run()
            db.session.remove()
        town = fill(app, size, DRAFTS)
        with app.app_context():
            full_text.rebuild()
            jobs.tick()  # what time has brought is done once, before anything is measured
            db.session.remove()
        yield app, town, instance
    finally:
        shutil.rmtree(instance, ignore_errors=True)


def _run(app: Flask, town: Town, instance: Path, size: int, seconds: float) -> None:
    print(f"\n## {size:,} profiles and requests\n\n{HEAD}\n|---|---|---|---|---|---|---|")
    port, bare_port = free_port(), free_port()
    with (
        served("-m", "benchmarks.bare", str(bare_port), port=bare_port) as bare,
        served("app.py", "--port", str(port), port=port, instance=instance) as server,
    ):
        fresh = server.memory
        asked = [*pages.reading(app, town), *cases.reading(app, town.cases, town.sessions[0])]
        rates = [_line(app, page, bare, server, seconds, READERS) for page in asked]
        _line(app, pages.sign_in(town), bare, server, seconds, READERS)
        print(f"| bare page | 0 | {median(rates):.0f} | 1.00 | | | |")
        _write(app, town, bare, server, seconds)
        _report(app, bare, server, seconds)
        print(
            f"\nMemory: {fresh} MB at first, {server.memory} MB at the end; bare {bare.memory} MB."
        )


def _line(
    app: Flask, page: pages.Page, bare: Server, server: Server, seconds: float, workers: int
) -> float:
    """Measure a page, print its line; the rate of the bare page beside it."""
    count = measuring.queries(app, page.ask)
    measuring.measure(server.base, page.ask, seconds / 8, workers)  # what is met first is read once
    base, found = [], []
    for _ in range(2):
        base.append(measuring.measure(bare.base, _bare, seconds / 4, workers).rate)
        found.append(measuring.measure(server.base, page.ask, seconds / 2, workers))
    both = Measured(
        [one for part in found for one in part.times], sum(one.seconds for one in found)
    )
    print(_row(page.name, count, both, sum(base) / 2), flush=True)
    return sum(base) / 2


def _bare(client: measuring.Client) -> None:
    client.get("/")


def _row(name: str, count: int, found: Measured, base: float) -> str:
    cells = [
        f"{found.rate:.0f}" if found.rate >= 20 else f"{found.rate:.1f}",
        f"{found.rate / base:.2f}",
        *(f"{one * 1000:.0f}" for one in (found.p50, found.p95, found.longest)),
    ]
    return f"| {name} | {count} | {' | '.join(cells)} |"


def _write(app: Flask, town: Town, bare: Server, server: Server, seconds: float) -> None:
    """Writers at once: how long the longest waits, and whether any of them starves."""
    writes = (pages.small_write(app, town), pages.submission(app, town))
    for page in writes:
        _line(app, page, bare, server, seconds, 1)
    print(f"\n{WRITERS} writers at once, each as soon as the last is done:\n")
    for page in writes:
        found = measuring.measure(server.base, page.ask, max(10, seconds), WRITERS)
        few, many, usual = found.by_worker[0], found.by_worker[-1], median(found.by_worker)
        print(
            f"- {page.name}: {found.rate:.0f} a second; p50 {found.p50 * 1000:.0f} ms, p95 "
            f"{found.p95 * 1000:.0f} ms, longest {found.longest * 1000:.0f} ms; one writer got "
            f"through {few} to {many} times, usually {usual:.0f}"
        )


def _report(app: Flask, bare: Server, server: Server, seconds: float) -> None:
    """Reporters at once for half a minute: each report is there afterwards."""
    page = cases.submission()
    _line(app, page, bare, server, seconds, 1)
    before = _reports(app)
    found = measuring.measure(server.base, page.ask, REPORTING, WRITERS)
    lost = before + len(found.every) - _reports(app)
    print(
        f"- {page.name}, {WRITERS} at once for {REPORTING} s: {found.rate:.0f} a second; longest "
        f"{found.longest * 1000:.0f} ms; {len(found.every)} receipts, {lost} reports lost"
    )


def _reports(app: Flask) -> int:
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(Report)) or 0
        db.session.remove()
    return number


if __name__ == "__main__":
    sys.exit(main())
