"""The upgrade that begins the time of the police in the cases that were confirmed before it."""

from datetime import timedelta

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, select

from intake import clock, create_app
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine.outbox import Message
from intake.fakes.models import Case, CaseKey
from intake.fakes.states import CaseState as C
from intake.ops import migrate
from intake.profiles.models import AddressMark, MarkKind
from tests.conftest import SETTINGS


@pytest.fixture
def empty(store, tmp_path):
    """An application on a database without a single table."""
    app = create_app({**SETTINGS, "DATABASE_URL": store.empty()}, tmp_path)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_upgrade_begins_the_time_of_the_police_and_sets_marks_right_without_a_letter(empty):
    folder = str(migrate.FOLDER)
    upgrade(directory=folder)
    long_ago = clock.now() - timedelta(days=90)
    wrong = MarkKind.CONFIRMED
    with write():
        for state, confirmed_at, mark in (
            (C.CONFIRMED, long_ago, None),
            (C.TAKEN_DOWN, long_ago, MarkKind.HELD),
            (C.RECEIVED, None, wrong),  # split out of a confirmed case
            (C.SPAM, long_ago, wrong),
        ):
            case = Case(
                id=random_id(), state=state, name=state, platform_code="x",
                reference=f"VP-2026-{state}", confirmed_at=confirmed_at,
            )  # fmt: skip
            db.session.add(case)
            db.session.flush()
            db.session.add(CaseKey(key=f"x:handle:{state}", case_id=case.id))
            if mark is not None:
                made = AddressMark(key=f"x:handle:{state}", mark=mark, since=long_ago)
                db.session.add(made)
    db.session.remove()
    downgrade(directory=folder, revision="0008")
    before = clock.now()
    upgrade(directory=folder)
    due = {case.state: case.police_due_at for case in db.session.scalars(select(Case))}
    assert due.pop(C.CONFIRMED) >= clock.due(before, 5, working=True)
    assert set(due.values()) == {None}
    standing = select(AddressMark).where(AddressMark.until.is_(None))
    assert {row.key: row.mark for row in db.session.scalars(standing)} == {
        "x:handle:confirmed": MarkKind.CONFIRMED,
        "x:handle:taken_down": MarkKind.CONFIRMED,
        "x:handle:received": MarkKind.HELD,
    }
    assert db.session.scalar(select(func.count()).select_from(Message)) == 0
