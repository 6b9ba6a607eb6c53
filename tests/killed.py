"""`python -m tests.killed K FOLDER ...`: bring the database of each folder up to date, all at
once and each in a process that dies at its K-th statement; with 0 it lives."""

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event

from intake import create_app
from intake.ops import migrate


def main(arguments: list[str]) -> None:
    """Print for each what it ended with: `killed`, or the number of its statements."""
    given = list(zip(arguments[::2], arguments[1::2], strict=True))
    children = [begin(partial(_migrate, Path(folder)), int(last)) for last, folder in given]
    for child in children:
        print(ended(child) or "killed")  # noqa: T201 -- told to the test


def _migrate(folder: Path) -> None:
    with create_app({"JOBS": "off"}, folder).app_context():
        migrate.run()


def statements(reach: Callable[..., None]) -> None:
    """The usual points: each statement."""
    event.listen(Engine, "before_cursor_execute", reach)


def begin(
    act: Callable[[], object],
    last: int,
    points: Callable[[Callable[..., None]], None] = statements,
) -> tuple[int, int]:
    """Do something in a process that dies at a point, with 0 at none; `points` has a function
    called at each of them. Returns what `ended` waits for."""
    results, end = os.pipe()
    if child := os.fork():
        os.close(end)
        return child, results
    count = 0

    def reach(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    points(reach)
    act()
    os.write(end, str(count).encode())
    os._exit(0)


def ended(child: tuple[int, int]) -> str:
    """How many points a process passed; empty where it died."""
    process, results = child
    _pid, status = os.waitpid(process, 0)
    with os.fdopen(results) as told:
        count = told.read()
    assert bool(count) == (status != signal.SIGKILL)
    return count


if __name__ == "__main__":
    main(sys.argv[1:])
