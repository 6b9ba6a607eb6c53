from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.person import Person
from tests.server import Server, chromium


@pytest.fixture(autouse=True)
def still() -> None:
    """The server is a process of its own, so here the clock goes on."""


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo town, served."""
    server = Server(Path(tmp_path_factory.mktemp("town")), "--demo").start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def at(chrome: Browser, town: Server) -> Iterator[Callable[..., Person]]:
    """Somebody at a browser: `at()` a citizen, `at("noora.lepoharjula")` signed in."""
    people: list[Person] = []

    def come(name: str = "", **how: object) -> Person:
        people.append(Person(chrome, town, **how))
        return people[-1].signs_in(name) if name else people[-1]

    yield come
    for person in people:
        person.context.close()
