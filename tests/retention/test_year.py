"""Everything goes in its time and nothing else does: markers of every type, and a clock that is
driven past every limit."""

from datetime import timedelta

import pytest

from intake import clock
from intake.data import file_store
from intake.data.base import db, embedded
from intake.data.write import write
from intake.engine import jobs, replay
from intake.ops import backup
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.retention import clock_guard, job
from tests import dump
from tests.browser import Browser
from tests.retention.planting import Planted

YEARS = timedelta(days=366 * 11)  # past every limit of the table
LOOKED = timedelta(days=30)


@pytest.fixture
def planted(cast) -> Planted:
    """The town, and the first night, which only begins to count."""
    planted = Planted(cast).all()
    job.run(clock.now())
    return planted


def confirm(cast) -> None:
    """An administrator says that the clock is right."""
    with write():
        clock_guard.confirm(db.session.get_one(Person, cast.administrator.id), clock.now())


def nights(cast, still, number: int = 3) -> None:
    """So many nights, the clock being right."""
    assert job.run(clock.now()) == {}
    confirm(cast)
    for _night in range(number):
        still.shift(timedelta(days=1))
        jobs.tick(clock.now())


def everything() -> str:
    """All rows of all tables, as text in small letters."""
    db.session.rollback()
    return "\n".join(
        repr(row) for rows in dump.rows_of(db.session).values() for row in rows
    ).casefold()


def found_in(words: set[str]) -> dict[str, set[str]]:
    """Which of these words are still in which tables."""
    db.session.rollback()
    return {
        name: left
        for name, rows in dump.rows_of(db.session).items()
        if (left := {word for word in words if word in repr(rows).casefold()})
    }


def in_files() -> str:
    """What lies in the file of the embedded database and beside it, as text."""
    file = embedded()
    if file is None:
        return ""
    parts = [file, file.with_name(f"{file.name}-wal")]
    found = b"".join(part.read_bytes() for part in parts if part.exists())
    return found.decode("utf-8", errors="replace").casefold()


@pytest.mark.policy("P7")
def test_a240_what_is_over_is_nowhere_and_what_lives_is_there(app, planted, cast, still, tmp_path):
    before = everything()
    assert {word for word in planted.gone | planted.lives if word not in before} == set()
    assert all(map(file_store.exists, planted.files["gone"] | planted.files["lives"]))
    still.shift(YEARS)
    nights(cast, still)
    after, on_disk = everything(), in_files()
    assert found_in(planted.gone) == {}
    assert {word for word in planted.lives if word not in after} == set()
    assert {word for word in planted.gone if word in on_disk} == set()
    assert not any(map(file_store.exists, planted.files["gone"] - planted.files["lives"]))
    assert all(map(file_store.exists, planted.files["lives"]))
    found = replay.examine()
    assert found.faults == []
    assert found.erased > 5
    if embedded():
        made = backup.back_up(tmp_path, keys_apart=None, keep=None, now=clock.now())
        copied = b"".join(one.read_bytes() for one in made.rglob("*") if one.is_file())
        text = copied.decode("utf-8", errors="replace").casefold()
        assert {word for word in planted.gone if word in text} == set()


def test_every_page_of_what_stayed_still_opens(app, planted, cast, still):
    slug = db.session.get_one(Profile, planted.ids["closed"]).slug
    still.shift(YEARS)
    nights(cast, still)
    visitor = Browser(app)
    for path in (f"/register/{slug}", "/register", "/check?q=nuoret.vanha", "/privacy"):
        visitor.opens(path, status=200)
    keeper, admin, handler = (
        Browser(app).signs_in(one) for one in (cast.keeper, cast.administrator, cast.handler)
    )
    for path in ("/trail", "/profiles", f"/profiles/{planted.ids['closed']}", "/establishment"):
        keeper.opens(path, status=200)
    leaver = planted.ids["leaver"]
    for path in ("/trail", "/messages", "/people?left=1", f"/people/{leaver}", "/town", "/desk"):
        admin.opens(path, status=200)
    assert leaver not in admin.opens("/people?left=1").html
    for path in ("/cases", f"/cases/{planted.ids['received']}", "/cases/addresses", "/desk"):
        handler.opens(path, status=200)
