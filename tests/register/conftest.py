"""The shipped platforms, and a way to count what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.handbook import service
from intake.profiles.models import AddressMark, MarkKind
from intake.profiles.states import AlarmState
from tests.register.listing import CLOSED, CLOSING, FORMER, TYPED, add_address, list_profile


@pytest.fixture(autouse=True)
def shipped(app, now):
    with write():
        service.ensure_shipped(now)


@pytest.fixture
def queries_of(app):
    """Count the statements of an answer."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def town(cast):
    """One profile for each verdict, and a confirmed fake."""
    with write():
        marked = {"key": "instagram:handle:savonkosken.arvonta", "mark": MarkKind.CONFIRMED}
        db.session.add(AddressMark(since=clock.now(), **marked))
    list_profile(cast, slug="kirjasto")
    kaupunki = list_profile(
        cast,
        key="instagram:handle:savonkosken_kaupunki",
        name="Savonkosken kaupunki",
        state=CLOSING,
    )
    with write():
        add_address(
            cast,
            kaupunki,
            "instagram:handle:savonkosken_vanha",
            state=FORMER,
            until=date(2026, 3, 1),
        )
        add_address(cast, kaupunki, "instagram:handle:savonkosken_uusi", state=TYPED)
    list_profile(
        cast,
        key="x:handle:savonkoski_demo",
        name="Savonkosken kaupunki",
        state=CLOSED,
        successor="Mastodon: @savonkoski@some.example",
    )
    list_profile(
        cast,
        key="tiktok:handle:savonkoski_kesa",
        name="Savonkosken kesä",
        ends_on=date(2026, 11, 21),
    )
    list_profile(
        cast,
        key="threads:handle:savonkoski.kaapattu",
        name="Kaapattu profiili",
        slug="kaapattu",
        alarm=AlarmState.HIJACKED,
    )
    list_profile(
        cast,
        key="mastodon:acct:savonkoski@some.example",
        url="https://some.example/@savonkoski",
        name="Savonkosken kaupunki",
        slug="mastodon",
    )
    return cast
