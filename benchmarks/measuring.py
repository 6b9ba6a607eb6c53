"""Measuring: the same thing asked again and again by several at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

from flask import Flask
from sqlalchemy import event

from benchmarks.servers import Client
from intake.data.base import db

Ask = Callable[[Client], float | None]


@dataclass(frozen=True)
class Measured:
    """How long each time took, in seconds, by worker; and how long all worked."""

    times: list[list[float]]
    seconds: float

    @property
    def every(self) -> list[float]:
        """Each time, whoever asked."""
        return [one for worker in self.times for one in worker]

    @property
    def rate(self) -> float:
        """How often in a second."""
        return len(self.every) / self.seconds

    @property
    def p50(self) -> float:
        """The time that half of them took at most."""
        return median(self.every)

    @property
    def p95(self) -> float:
        """The time that nineteen of twenty took at most."""
        return (
            quantiles(self.every, n=20, method="inclusive")[-1] if len(self.every) > 1 else self.p50
        )

    @property
    def longest(self) -> float:
        """The longest wait."""
        return max(self.every)

    @property
    def by_worker(self) -> list[int]:
        """How often each worker got through, fewest first."""
        return sorted(map(len, self.times))


def measure(base: str, ask: Ask, seconds: float, workers: int) -> Measured:
    """Let so many ask for so long; raises what went wrong with any of them. What an asking counts
    is what it returns, else all of it."""
    times: list[list[float]] = [[] for _ in range(workers)]
    wrong: list[BaseException] = []
    begin = threading.Barrier(workers + 1)

    def work(mine: list[float]) -> None:
        client = Client(base)
        begin.wait()
        end = time.perf_counter() + seconds
        try:
            while (start := time.perf_counter()) < end:
                counted = ask(client)
                whole = time.perf_counter() - start
                mine.append(whole if counted is None else counted)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in times]
    for thread in threads:
        thread.start()
    begin.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return Measured(times, time.perf_counter() - start)


class Inside(Client):
    """A client that asks the application in this very process, so that queries can be counted."""

    def __init__(self, app: Flask) -> None:
        self.app, self.cookie, self.queries = app, "", 0

    def get(self, path: str, status: int = 200) -> str:
        return self._ask("GET", path, None, status)

    def post(self, path: str, fields: object, status: int = 303) -> str:
        return self._ask("POST", path, fields, status)

    def _ask(self, method: str, path: str, fields: object, status: int) -> str:
        client = self.app.test_client(use_cookies=False)
        headers = {"Cookie": self.cookie, "Accept-Language": "fi"}
        with self._counted():
            answer = client.open(path, method=method, data=fields, headers=headers)
        if answer.status_code != status:
            raise RuntimeError(f"{path}: {answer.status_code} instead of {status}")
        return answer.text

    @contextmanager
    def _counted(self) -> Iterator[None]:
        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            self.queries += not statement.startswith(("PRAGMA", "BEGIN"))

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", note)


def queries(app: Flask, ask: Ask) -> int:
    """How many statements one asking takes, after a first one that warms up."""
    inside = Inside(app)
    ask(inside)
    before = inside.queries
    ask(inside)
    return inside.queries - before
