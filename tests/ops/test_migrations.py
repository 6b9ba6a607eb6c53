"""Migrations: up from nothing, down again, and equal to the models."""

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import JSON, DateTime, NullPool, column, create_engine, inspect, select, table, text

from intake import clock, create_app
from intake.data.base import db
from intake.data.full_text.tables import OF_FTS
from intake.data.write import write
from intake.fakes import reporter
from intake.fakes.models import Evidence, Report
from intake.ops import migrate
from intake.people.models import Person
from tests.conftest import SETTINGS
from tests.dump import rows_of


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
    made = {one for one in inspect(db.engine).get_table_names() if not one.startswith(OF_FTS)}
    assert made == {*db.metadata.tables, "alembic_version"}
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


def test_a179_who_reported_before_is_sealed_where_it_stood_in_the_open(empty):
    folder = str(migrate.FOLDER)
    upgrade(directory=folder, revision="0006")
    person = {"id": "p1", "name": "Kollegavatmerkki", "email": "k@savonkoski.example"}
    report = {"id": "r1", "reference": "VI-1", "code_hash": "h", "answers": {}, "by_id": "p1"}
    file = {"id": "e1", "sha256": "ab", "media_type": "image/png", "size": 1, "pages": 1}
    writing = create_engine(db.engine.url, poolclass=NullPool)
    with writing.begin() as connection:
        for name, row in (
            ("person", {**person, "title": "", "language": "fi"}),
            ("report", {**report, "language": "fi"}),
            (
                "report",
                {**report, "id": "r2", "reference": "VI-2", "code_hash": "i", "by_id": None}
                | {"language": "fi"},
            ),
            ("evidence", {**file, "name": "Tiedostovatmerkki.png", "report_id": "r1"}),
        ):
            kinds = {"answers": JSON(), "created_at": DateTime(timezone=True)}
            made = table(name, *(column(one, kinds.get(one)) for one in (*row, "created_at")))
            connection.execute(made.insert().values(**row, created_at=clock.now()))
    upgrade(directory=folder)
    found = {one.id: one for one in db.session.scalars(select(Report))}
    assert (found["r1"].is_colleague, found["r2"].is_colleague) == (True, False)
    assert reporter._told("r1").name == "Kollegavatmerkki"
    assert not reporter._told("r2")
    assert db.session.get_one(Evidence, "e1").name.opened() == "Tiedostovatmerkki.png"
    stored = rows_of(db.session)
    assert "vatmerkki" not in str([stored[name] for name in ("report", "evidence", "contact")])
    db.session.rollback()
    downgrade(directory=folder, revision="0006")
    with db.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM evidence")).scalars().all()
    assert names == ["Tiedostovatmerkki.png"]


def test_a221_addresses_of_before_are_brought_into_their_one_form(empty):
    """But for one whose normal form somebody else has: two people stay two."""
    folder = str(migrate.FOLDER)
    upgrade(directory=folder)
    old = {
        "matti@xn--pieksmki-4zab.example": "matti@pieksämäki.example",
        "maija@savonkoski.example\u200b": "maija@savonkoski.example",
        "ville@savonkoski.example\u200b": "ville@savonkoski.example\u200b",
        "ville@savonkoski.example": "ville@savonkoski.example",
    }
    with write():
        for place, email in enumerate(old):
            db.session.add(Person(id=f"p{place}", email=email, name="x"))
    downgrade(directory=folder, revision="0008")
    upgrade(directory=folder)
    with db.engine.connect() as connection:
        found = connection.execute(text("SELECT email FROM person ORDER BY id")).scalars().all()
    assert found == list(old.values())
