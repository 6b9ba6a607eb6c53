"""W8: every form with every field in every shape that a browser or a script may send it in; and
every page over what such forms have stored, now or by an earlier release.

Nothing is a fault of ours, and what was stored can be read for ever.
"""

import json
from collections.abc import Iterator
from io import BytesIO
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from intake.data.base import Base, db
from intake.data.stored import Stored
from intake.engine import jobs
from tests.dump import dump
from tests.every_page import pages
from tests.filled_forms import filled, forms, sendable, taken_back
from tests.scene import Scene, prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")

ANSWERS = (200, 303, 400, 404, 409, 413, 422)
LAST = ("/me/password", "/me/sessions", "/sign-out")  # their senders read no page after them


@pytest.fixture(scope="module")
def scene(house: Flask, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


def _file() -> tuple[BytesIO, str]:
    return BytesIO(b"x"), "x.png"


SHAPES = {
    "left out": lambda _sent: [],
    "empty": lambda _sent: [""],
    "doubled": lambda sent: [*sent, *sent],
    "as a file": lambda _sent: [_file()],
    "with a NUL": lambda _sent: ["a\x00b"],
    "10,000 long": lambda _sent: ["x" * 10_000],
}

TYPED = ("with a NUL", "10,000 long")


def shaped(data: MultiDict, names: list[str], shape: str) -> MultiDict:
    """A form with some of its fields in a shape."""
    sent = sendable(data)
    for name in names:
        values = SHAPES[shape](sendable(data).getlist(name))
        sent.setlist(name, values) if values else sent.poplist(name)
    return sent


def variants(data: MultiDict) -> Iterator[MultiDict]:
    """A form with each field alone, and all together, in every shape."""
    names = [name for name in data if name != "csrf_token"]
    for shape in SHAPES:
        if len(names) > 1:
            yield shaped(data, names, shape)
        alone = names if shape not in TYPED else ()  # what is typed into one field alone, W6 sweeps
        for name in alone:
            yield shaped(data, [name], shape)
    for shape in ("left out", "empty", "doubled", "as a file", "with a NUL"):
        yield shaped(data, ["csrf_token"], shape)


@pytest.mark.parametrize(("who", "path"), forms())
def test_w8_a190_no_shape_of_any_field_is_a_fault_of_ours(scene, who, path):
    address, data = filled(scene, who, path)
    before = dump()
    with taken_back():
        for sent in variants(data):
            answer = scene.window(who).post(address, data=sent)
            answer.close()
            assert answer.status_code in ANSWERS
    assert dump() == before


def test_w8_a190_what_any_form_has_stored_can_be_read(scene, store):
    """Each form is sent for real with each field left out, as long as it is still taken."""
    taken = 0
    for who, path in sorted(forms(), key=lambda form: form[1] in LAST):
        waiting = [name for name in form_in(scene, who, path)[1] if name != "csrf_token"]
        for name in waiting:
            address, data = form_in(scene, who, path)
            if name not in data:
                break  # there is no such form any more: an earlier one has done it
            answer = scene.window(who).post(address, data=shaped(data, [name], "left out"))
            answer.close()
            assert answer.status_code in ANSWERS, (path, name)
            taken += answer.status_code == 303 or path == "/report"
    assert taken > 60
    try:
        assert_every_page_opens(scene)
    finally:
        renew(store)


def form_in(scene: Scene, who: str, path: str) -> tuple[str, MultiDict]:
    """A form as it can be sent now, without a field where it is not there any more."""
    try:
        return filled(scene, who, path)
    except StopIteration:
        return path, MultiDict()


def renew(store) -> None:
    db.session.remove()
    db.engine.dispose()
    store.renew("scene")


def assert_every_page_opens(scene: Scene) -> None:
    """Every page of everybody who may open it, and what the clock does."""
    faults = []
    for who, path in dict.fromkeys(pages(scene)):
        answer = scene.window(who).get(path)
        answer.close()
        if answer.status_code >= 500 and path != "/readyz":
            faults.append((who, path))
    assert not faults
    jobs.tick()


ANSWERED = [
    (table, column)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Stored)
]
LEAVES = (
    None,
    "",
    "x" * 10_000,
    "a\ufffdb\n\u202e",
    "2026-99-99",
    True,
    2**40,
    -0.5,
    [],
    [None],
    {},
    {"a": None},
    [["a"]],
)


def spoiled(value: object, chance: Random) -> object:
    """A stored value in which parts are left out or have another shape."""
    if chance.random() < 0.1:
        return chance.choice(LEAVES)
    if isinstance(value, dict):
        return {name: spoiled(one, chance) for name, one in value.items() if chance.random() < 0.9}
    if isinstance(value, list):
        return [spoiled(one, chance) for one in value]
    return value


def test_every_column_of_answers_is_read_in_one_shape():
    """What the program alone writes may be plain: the reasons of a route, a rule it has checked."""
    plain = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.JSON)
    }
    assert plain == {("request", "why"), ("address_rule", "statement")}


def test_w8_a190_every_page_opens_over_answers_of_any_shape(scene, store):
    """As an earlier release, another program or a hand in the database may have left them."""
    assert len(ANSWERED) == 7

    @settings(max_examples=5, deadline=None, database=None, phases=[Phase.generate])
    @given(st.randoms(use_true_random=True))
    def holds(chance):
        renew(store)
        for table, column in ANSWERED:
            _spoil(table, column, chance)
        assert_every_page_opens(scene)

    try:
        holds()
    finally:
        renew(store)


def _spoil(table: sa.Table, column: sa.Column, chance: Random) -> None:
    """Every row of a column, past the program's own types."""
    keys = list(table.primary_key.columns)
    as_text = sa.cast(column, sa.Text)
    with db.engine.connect().execution_options(writes=True) as connection:
        for *key, stored in connection.execute(sa.select(*keys, as_text)).all():
            left = json.dumps(spoiled(json.loads(stored), chance))
            where = sa.and_(*(one == value for one, value in zip(keys, key, strict=True)))
            literal = sa.cast(sa.literal(left, sa.Text), _json(column))
            connection.execute(sa.update(table).where(where).values({column: literal}))
        connection.commit()


def _json(column: sa.Column) -> sa.types.TypeEngine:
    """SQLite keeps JSON as text, PostgreSQL as its own type."""
    return sa.JSON() if db.engine.dialect.name == "postgresql" else sa.Text()
