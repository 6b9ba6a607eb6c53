"""What is searched by: made anew by hand and by itself, kept through upgrades and restores."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import delete, func, select, text, update

from intake import clock
from intake.data import full_text
from intake.data.base import db, is_postgresql
from intake.data.full_text import Document, sources, tables
from intake.data.write import write
from intake.engine import jobs
from intake.ops import doctor, migrate
from intake.people import seeing
from intake.people.models import Person
from tests.ops.test_migrations import empty  # noqa: F401 -- a fixture


def names(q: str) -> list[str]:
    """Who is found."""
    query = select(Person.name).where(seeing.named(q).condition)
    return list(db.session.scalars(query.order_by(*seeing.BY_NAME)))


def lose_everything() -> None:
    """As after an accident: no document is there, and the index holds what is gone."""
    with write():
        db.session.execute(delete(tables.DOCUMENT))
        db.session.execute(delete(tables.TERM))


def forget_everything() -> None:
    """As an older program leaves it: nothing that this one has made."""
    with write():
        for scope in {one.scope for one in full_text.every()}:
            mine = select(tables.DOCUMENT.c.subject_id).filter_by(scope=scope)
            full_text.forget(scope, *db.session.scalars(mine))


def of_search(now) -> list[str]:
    """What the doctor says of it."""
    return [one.level for one in doctor.examine(now) if one.subject == "search"]


def test_the_command_makes_everything_anew(cast, app, now):
    lose_everything()
    with write():
        full_text.put("p", {"nobody": Document(names=("Emma Kadonnut",))})
    assert names("muurainvaara") == []
    assert of_search(now) == ["BAD"]
    told = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert told.exit_code == 0, told.output
    people = db.session.scalar(select(func.count()).select_from(Person))
    assert f"person: {people}" in told.output.splitlines()
    assert names("Muurainvaaran") == ["Antti Muurainvaara"]
    assert of_search(now) == ["ok"]
    assert db.session.scalar(select(tables.TERM.c.term).filter_by(term="kadonnut")) is None


def test_older_tokens_are_made_anew_at_a_start(cast, monkeypatch, now):
    monkeypatch.setattr(sources, "VERSION", 2)
    forget_everything()
    migrate.run()
    assert names("muurainvaaralle") == ["Antti Muurainvaara"]
    assert of_search(now) == ["ok"]


def test_of_a_large_town_the_start_says_so_and_the_thread_goes_on(cast, monkeypatch, caplog, now):
    monkeypatch.setattr(sources, "VERSION", 2)
    monkeypatch.setattr(sources, "AT_START", 0)
    monkeypatch.setattr(sources, "LOT", 3)
    forget_everything()
    migrate.run()
    assert "searching is made anew in the background" in caplog.text
    assert names("muurainvaara") == []
    assert of_search(now) == ["warn"]
    assert "search" in jobs.tick(now)
    assert names("muurainvaara") == ["Antti Muurainvaara"]
    assert of_search(now) == ["ok"]
    assert "search" not in jobs.tick(now)


def test_a_killed_making_goes_on_where_it_stopped(cast, monkeypatch):
    monkeypatch.setattr(sources, "VERSION", 2)
    monkeypatch.setattr(sources, "LOT", 3)
    forget_everything()
    first = next(one for one in full_text.every() if one.name == "person")
    with write():
        sources._lot(first)
    made = set(db.session.scalars(select(tables.DOCUMENT.c.subject_id)))
    assert len(made) == 3
    with write():
        full_text.forget("p", *made)
    full_text.go_on(clock.now())
    there = set(db.session.scalars(select(tables.DOCUMENT.c.subject_id)))
    assert there
    assert not there & made


@pytest.mark.parametrize("harm", ["a document", "a subject", "the index"])
def test_the_doctor_sees_what_differs(cast, now, harm):
    assert of_search(now) == ["ok"]
    with write():
        if harm == "a document":
            db.session.execute(delete(tables.DOCUMENT).filter_by(subject_id=cast.head.id))
        elif harm == "a subject":
            full_text.put("p", {"nobody": Document(names=("Kadonnut",))})
        elif is_postgresql():
            db.session.execute(update(tables.DOCUMENT).values(tokens="", scope="p"))
        else:
            db.session.execute(text("INSERT INTO search_fts(search_fts) VALUES('delete-all')"))
    assert of_search(now) == ["BAD"]


def test_a_database_with_the_words_of_before_is_searched_after_the_upgrade(empty):  # noqa: F811
    folder = str(migrate.FOLDER)
    upgrade(directory=folder)
    with write():
        db.session.add(Person(id="p1", email="aake@savonkoski.example", name="Åke Öberg"))
        db.session.add(Person(id="p2", email="z@savonkoski.example", name="zeta zetterberg"))
    downgrade(directory=folder, revision="0015")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_word")).scalar() == 0
    db.session.remove()
    migrate.run()
    assert names("oberg") == ["Åke Öberg"]
    assert list(db.session.scalars(select(Person.name).order_by(*seeing.BY_NAME))) == [
        "zeta zetterberg",
        "Åke Öberg",
    ]
