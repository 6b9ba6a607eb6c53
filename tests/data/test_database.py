"""write(): the one door to a commit; and reads that the database itself keeps from writing."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from intake.data.base import db
from intake.data.write import write
from intake.people.models import Person, Unit


def test_w5_a_read_cannot_write(cast):
    db.session.rollback()
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE unit SET name_fi = 'x'"))
    db.session.rollback()
    assert db.session.get(Unit, cast.library.id).name_fi == "Kirjasto"


def test_a_forgotten_flush_fails_instead_of_writing(cast):
    db.session.rollback()
    db.session.add(Unit(level="unit", name_fi="Uusi"))
    with pytest.raises(DBAPIError):
        db.session.flush()
    db.session.rollback()


def test_a_write_reads_everything_again(app, cast):
    admin = cast.admin.id
    assert db.session.get(Person, admin).title == ""

    def other():
        with app.app_context(), write():
            db.session.get(Person, admin).title = "ohjaaja"

    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
    with write():
        assert db.session.get(Person, admin).title == "ohjaaja"


def test_a_write_refuses_what_was_changed_before_it(cast):
    cast.library.name_fi = "Toinen"
    with pytest.raises(RuntimeError, match="before write"), write():
        pass
    db.session.rollback()


def test_a_write_refuses_another_inside(cast):
    def nested():
        with write(), write():
            pass

    with pytest.raises(RuntimeError, match="inside"):
        nested()


def test_a_write_in_a_request_takes_only_a_form_whose_token_held(app):
    inside = app.test_request_context("/sign-out", method="POST")
    with inside, pytest.raises(RuntimeError, match="token"), write():
        pass


def test_a_failure_leaves_nothing_behind(cast):
    def fail():
        with write():
            db.session.get(Unit, cast.library.id).name_fi = "Toinen"
            db.session.flush()
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 -- raised just above
        fail()
    assert db.session.get(Unit, cast.library.id).name_fi == "Kirjasto"


def test_eight_writers_lose_no_update(app, cast):
    admin = cast.admin.id

    def count():
        with app.app_context():
            for _ in range(10):
                with write():
                    person = db.session.get(Person, admin, with_for_update=True)
                    person.title = str(int(person.title or 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert db.session.get(Person, admin).title == "80"
