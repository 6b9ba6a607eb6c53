"""How fast an import is, and how long it keeps other writers waiting.

`python -m benchmarks.imports [--rows 20000] [--invite] [--database postgresql+psycopg://...]`
fills an empty database: it prints rows a second of checking and of writing, the longest wait of
another writer meanwhile, and both as ratios to a plain loop of as many INSERTs in the same run.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from intake import clock, create_app
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import audit_trail, jobs
from intake.ops import migrate
from intake.people import town
from intake.people.models import ImportStage, Person
from tests.people import importing, towns


class OtherWriter(threading.Thread):
    """Somebody who changes a setting again and again, and notes the longest wait."""

    def __init__(self, app: Flask) -> None:
        super().__init__(daemon=True)
        self.app, self.stopping = app, False
        self.longest, self.count, self.refused = 0.0, 0, 0

    def run(self) -> None:
        with self.app.app_context():
            while not self.stopping:
                began = time.perf_counter()
                try:
                    with write():
                        town.store(low_hours=0.5)
                        by = db.session.scalars(select(Person).limit(1)).one()
                        audit_trail.record(by, clock.now(), by, "person", "change")
                except Exception as refusal:
                    self.refused += 1
                    print("  another writer was refused:", type(refusal).__name__)
                self.longest = max(self.longest, time.perf_counter() - began)
                self.count += 1
                time.sleep(0.02)


@contextmanager
def another_writer(app: Flask) -> Iterator[OtherWriter]:
    """Let somebody write meanwhile."""
    other = OtherWriter(app)
    other.start()
    yield other
    other.stopping = True
    other.join()


def files_of(rows: int) -> list[bytes]:
    """A town with so many rows in all."""
    units = max(rows // 40, 1)
    return [towns.file(towns.units(units)), towns.file(towns.people(rows - units, units))]


def plain(rows: int) -> float:
    """Seconds of as many plain INSERTs, one by one in one transaction, then taken back."""
    values = [
        {
            "id": random_id(),
            "email": f"plain{place}@{towns.DOMAIN}",
            "name": towns.name(place),
            "title": "",
            "language": "fi",
            "created_at": clock.now(),
        }
        for place in range(rows)
    ]
    with db.engine.connect().execution_options(writes=True) as connection:
        began = time.perf_counter()
        for one in values:
            connection.execute(insert(Person.__table__), one)
        seconds = time.perf_counter() - began
        connection.rollback()
    return seconds


def measure(app: Flask, import_id: str, stage: ImportStage) -> tuple[float, OtherWriter]:
    """Seconds of a stage with another writer beside it."""
    with another_writer(app) as other:
        began = time.perf_counter()
        jobs.tick()
        seconds = time.perf_counter() - began
    made = importing.again(import_id)
    if made.stage is not stage:
        raise SystemExit(f"the import is {made.stage}: {made.report[:500]}")
    return seconds, other


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--invite", action="store_true", help="everybody who is new is invited")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"JOBS": "off", "DATABASE_URL": options.database}, Path(folder))
        with app.app_context():
            migrate.run()
            jobs.tick()  # what is due on a first day
            by = importing.found()
            loop = plain(options.rows)
            print(f"plain loop: {options.rows / loop:,.0f} rows/s")
            import_id = importing.bring(by, *files_of(options.rows))
            report("checking", options.rows, loop, *measure(app, import_id, ImportStage.CHECKED))
            importing.confirm(import_id, by, invite=options.invite)
            report("writing", options.rows, loop, *measure(app, import_id, ImportStage.DONE))


def report(name: str, rows: int, loop: float, seconds: float, other: OtherWriter) -> None:
    """Print what a stage took."""
    print(
        f"{name}: {seconds:.1f} s, {rows / seconds:,.0f} rows/s, {loop / seconds:.2f} of the plain"
        f" loop; longest wait of another writer {other.longest:.2f} s ="
        f" {other.longest / loop:.2f} of the plain loop ({other.count} writes,"
        f" {other.refused} refused)"
    )


if __name__ == "__main__":
    main()
