"""From the embedded database to PostgreSQL: everything is there, and nothing was in the way."""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Table, select

from intake import create_app
from intake.config import NotStarted
from intake.data.base import Base, db, embedded
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.ops import migrate, sqlite_to_postgres
from intake.people import queries as people
from tests.conftest import SETTINGS
from tests.establishment.making import make_request
from tests.factories import Cast, Make


def everything() -> dict[str, list[list[object]]]:
    """Every row of every table, moments in UTC: the databases name that zone differently."""
    db.session.rollback()
    return {
        table.name: sorted(
            (
                [plain(value) for value in row]
                for row in db.session.execute(select(*compared(table)))
            ),
            key=repr,
        )
        for table in Base.metadata.sorted_tables
    }


TOKENS = re.compile("('?[a-z0-9]+'? )+'?[a-z][a-z0-9]+'?")  # a text, or a tsvector


def compared(table: Table) -> list[Column]:
    """The columns that are the same in either database."""
    return [column for column in table.c if not column.info.get("own")]


def plain(value: object) -> object:
    if isinstance(value, str) and TOKENS.fullmatch(value):
        return sorted(value.replace("'", "").split())
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


@pytest.fixture
def lived_in(tmp_path):
    """The file of an embedded database in use, and what it holds."""
    with create_app(SETTINGS, tmp_path / "old").app_context():
        migrate.run()
        make_request(Cast(Make()))
        migrate.run()  # what the product ships for units comes with the next start
        held = everything()
        db.session.remove()
        db.engine.dispose()
    return tmp_path / "old" / "profiilivahti.db", held


@pytest.fixture
def empty(store, lived_in, tmp_path):
    """An application on a database of the kind under test, without a single table."""
    folder = tmp_path / "new"
    folder.mkdir()
    shutil.copy(lived_in[0].with_name("keys.toml"), folder)  # all hosts share the keys
    app = create_app({**SETTINGS, "DATABASE_URL": store.empty()}, folder)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_every_row_is_taken_over_once(lived_in, empty, now):
    file, held = lived_in
    run = empty.test_cli_runner().invoke
    answer = run(args=["take-over", str(file)])
    if embedded():
        assert answer.exit_code == 2
        assert "must name the PostgreSQL database" in answer.output
        return
    assert answer.exit_code == 0, answer.output
    assert "rows are here now" in answer.output
    assert everything() == held
    assert replay.verify() == []
    again = run(args=["take-over", str(file)])
    assert (again.exit_code, "is in use" in again.output) == (2, True)
    assert everything() == held
    with write():  # and it can be written on
        unit = people.units()[0]
        audit_trail.record(unit, now, unit, "unit", "rename")
    assert replay.verify() == []


def test_a218_other_keys_take_over_nothing(lived_in, store, tmp_path):
    """A new instance makes new keys: with them nothing sealed could be opened."""
    app = create_app({**SETTINGS, "DATABASE_URL": store.empty()}, tmp_path / "other")
    with app.app_context():
        answer = app.test_cli_runner().invoke(args=["take-over", str(lived_in[0])])
        assert answer.exit_code == 2
        wanted = "must name" if embedded() else "keys.toml is not that of"
        assert wanted in answer.output
        db.session.remove()
        db.engine.dispose()


def test_what_is_not_up_to_date_is_not_taken_over(lived_in, empty):
    file, _held = lived_in
    with pytest.raises(NotStarted):
        sqlite_to_postgres.take_over(file.with_name("nowhere.db"))
    with closing(sqlite3.connect(file)) as found, found:
        found.execute("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(NotStarted, match="must name" if embedded() else "not up to date"):
        sqlite_to_postgres.take_over(file)
