"""Migrations: up from nothing, down again, and equal to the models."""

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, text

from intake import create_app
from intake.data.base import db
from intake.ops import migrate
from tests.conftest import SETTINGS


@pytest.fixture
def empty(store, tmp_path):
    """An application on a database without a single table."""
    app = create_app({**SETTINGS, "DATABASE_URL": store.empty()}, tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_up_from_nothing_is_what_the_models_say(empty):
    folder = str(migrate.FOLDER)
    upgrade(directory=folder)
    assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}
    check(directory=folder)


def test_down_again_leaves_nothing(empty):
    folder = str(migrate.FOLDER)
    upgrade(directory=folder)
    downgrade(directory=folder, revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


def test_a_second_run_changes_nothing(empty):
    migrate.run()
    migrate.run()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM guideline_version")).scalar() == 1
