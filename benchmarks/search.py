"""What full text costs: `python -m benchmarks.search [--database postgresql+psycopg://...]`.

Fills an empty database with reports of some 1,100 signs over a vocabulary like a language's, few
words often and many seldom, and prints what it costs to describe one more and to ask, beside a
plain INSERT of the same text in the same run. Only the ratios travel.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import quantiles

from flask import Flask
from sqlalchemy import Column, MetaData, String, Table, Text, insert, select, text

from intake import create_app
from intake.data import full_text
from intake.data.base import db, is_postgresql, random_id
from intake.data.full_text import Document, Place
from intake.data.full_text.tables import DOCUMENT
from intake.data.write import write
from intake.ops import migrate

SCOPE, LOT, TRIES = "c", 1000, 200
STARTS = "ka ko ku la lu ma mu pa po ra sa si ta tu va vi hä jä kä nä pö sä tö vä yh".split()
MIDDLES = "l r s t k n v p m ll tt kk nt rk st".split()
ENDS = "a i o u e ari elu isto us in ala oja inen ikko".split()
CASES = ("", "n", "ssa", "sta", "lle", "t", "ja", "ksi")
PLAIN = Table("plain", MetaData(), Column("id", String(16), primary_key=True), Column("said", Text))


def main() -> None:
    """Measure at each size and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="an empty PostgreSQL; else SQLite")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    print(
        "| reports | plain INSERT | describe | of it | ask | of it | misspelt | of it | kB each |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    with _house(options.database) as _app:
        writer = Writer()
        for before, size in pairwise((0, *sorted(options.sizes))):
            writer.fill(size - before)
            print(_line(writer, size), flush=True)


@contextmanager
def _house(url: str) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"JOBS": "off", "DATABASE_URL": url}, Path(folder))
        with app.app_context():
            migrate.run()
            with write():
                PLAIN.create(db.session.connection())
            yield app
            db.session.remove()
            db.engine.dispose()


class Writer:
    """Somebody who writes reports, always the same ones."""

    def __init__(self) -> None:
        self.chance = Random(1)  # noqa: S311 -- the same reports at each run
        stems = [a + b + c for a in STARTS for b in MIDDLES for c in ENDS]
        self.chance.shuffle(stems)
        compounds = [one + other for one in stems[:300] for other in stems[300:400]]
        self.words = [*stems, *compounds]
        self.weights = [1 / (place + 2) for place in range(len(self.words))]

    def report(self) -> str:
        """Some 1,100 signs."""
        words = self.chance.choices(self.words, self.weights, k=130)
        return " ".join(word + self.chance.choice(CASES) for word in words)

    def fill(self, number: int) -> None:
        """So many reports more."""
        for start in range(0, number, LOT):
            with write():
                some = range(start, min(start + LOT, number))
                full_text.put(SCOPE, {random_id(): self.document() for _ in some})

    def document(self) -> Document:
        """A report as it is found."""
        handle = f"{self.chance.choice(self.words)}_{self.chance.randrange(10**6)}"
        return Document(texts=(self.report(),), keys=(f"instagram:handle:{handle}",))

    def question(self) -> str:
        """Two words of a report, bent otherwise."""
        words = self.chance.choices(self.words, self.weights, k=2)
        return " ".join(word + self.chance.choice(CASES) for word in words)

    def slip(self) -> str:
        """A word with a letter too few."""
        word = self.chance.choices(self.words[-30_000:], k=1)[0]
        at = self.chance.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1 :]


def _line(writer: Writer, size: int) -> str:
    plain = _timed(lambda: _insert(writer.report()))
    put = _timed(lambda: _put(writer.document()))
    asked = _timed(lambda: _ask(writer.question()))
    slips = _timed(lambda: _ask(writer.slip()))
    cells = [f"{size:,}", _cell(plain)]
    for one in (put, asked, slips):
        cells += [_cell(one), f"{one[0] / plain[0]:.1f}"]
    return f"| {' | '.join([*cells, f'{_size() / size / 1024:.1f}'])} |"


def _cell(found: tuple[float, float]) -> str:
    return f"{found[0]:.1f} / {found[1]:.1f}"


def _timed(act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds, in the middle and of the slowest of twenty."""
    taken = []
    for _ in range(TRIES):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    parts = quantiles(taken, n=20)
    return parts[9], parts[18]


def _insert(said: str) -> None:
    with write():
        db.session.execute(insert(PLAIN).values(id=random_id(), said=said))


def _put(document: Document) -> None:
    with write():
        full_text.put(SCOPE, {random_id(): document})


def _ask(typed: str) -> None:
    column = DOCUMENT.c.subject_id
    found = full_text.ask(Place(SCOPE, column), typed)
    db.session.execute(select(column).where(found.condition).limit(50)).all()
    db.session.rollback()


def _size() -> int:
    """Bytes of all that is searched by."""
    if is_postgresql():
        lines = "pg_total_relation_size('search_document') + pg_total_relation_size('search_term')"
        return int(db.session.scalar(text(f"SELECT {lines}")) or 0)
    query = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%search%'"
    try:
        return int(db.session.scalar(text(query)) or 0)
    except Exception:  # a SQLite without dbstat
        db.session.rollback()
        return int(db.session.scalar(text("PRAGMA page_count")) or 0) * 4096


if __name__ == "__main__":
    main()
