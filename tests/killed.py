"""`python -m tests.killed K FOLDER ...`: bring the database of each folder up to date, all at
once and each in a process that dies at its K-th statement; with 0 it lives."""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from intake import create_app, migrating


def main(arguments: list[str]) -> None:
    """Print for each what it ended with: `killed`, or the number of its statements."""
    given = list(zip(arguments[::2], arguments[1::2], strict=True))
    children = [_begin(int(last), Path(folder)) for last, folder in given]
    for child, results in children:
        _pid, status = os.waitpid(child, 0)
        count = os.read(results, 20).decode()
        print("killed" if status == signal.SIGKILL else count)  # noqa: T201 -- told to the test


def _begin(last: int, folder: Path) -> tuple[int, int]:
    results, end = os.pipe()
    if child := os.fork():
        os.close(end)
        return child, results
    count = 0

    @event.listens_for(Engine, "before_cursor_execute")
    def count_down(*_: object) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with create_app({"JOBS": "off"}, folder).app_context():
        migrating.run()
    os.write(end, str(count).encode())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
