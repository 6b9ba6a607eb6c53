from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from tests.journeys.person import Person
from tests.server import Server


@pytest.fixture(autouse=True)
def still() -> None:
    """The server is a process of its own, so here the clock goes on."""


@pytest.fixture(scope="session")
def town() -> Iterator[Server]:
    """The demo town, served once for all journeys: to fill it costs more than most of them."""
    with TemporaryDirectory() as folder:  # pytest's own may be tidied up by another run
        server = Server(Path(folder), "--demo").start()
        yield server
        assert server.stop() == 0, server.said()


@pytest.fixture
def at(chromium: Browser, town: Server) -> Iterator[Callable[..., Person]]:
    """Somebody at a browser: `at()` a citizen, `at("noora.lepoharjula")` signed in."""
    people: list[Person] = []

    def come(name: str = "", **how: object) -> Person:
        people.append(Person(chromium, town, **how))
        return people[-1].signs_in(name) if name else people[-1]

    yield come
    for person in people:
        person.context.close()
