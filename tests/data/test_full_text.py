"""What is found, what is not, and what is left behind, on either database."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from intake import addresses
from intake.data import full_text
from intake.data.base import db, embedded, is_postgresql
from intake.data.full_text import Document, Place, tables
from intake.data.write import write

FOLDER = Path(__file__).parent / "full_text"
SCOPES = {"profile": "x", "person": "y", "case": "z"}
ID, SCOPE = tables.DOCUMENT.c.subject_id, tables.DOCUMENT.c.scope
TOWN = ("Savonkoski", "Savonkosken")


def described(line: dict) -> Document:
    """A line of the table of documents, as its room would describe it."""
    typed = line["address"].split()
    keys = tuple(key for one in typed for key in addresses.read(one).keys)
    names = line["name"], "" if line["kind"] == "case" else line["more"]
    return Document(
        names=names,
        texts=(line["more"],) if line["kind"] == "case" else (),
        addresses=() if line["kind"] == "person" else tuple(typed),
        mails=tuple(typed) if line["kind"] == "person" else (),
        keys=keys,
        references=tuple(line.get("refs", ())),
    )


@pytest.fixture
def town(app) -> None:
    """The documents of an invented town."""
    with write():
        for line in json.loads((FOLDER / "documents.json").read_text()):
            full_text.put(SCOPES[line["kind"]], {line["id"]: described(line)})


def ask(scope: str, typed: str, **more) -> full_text.Found:
    """What a text finds in one scope."""
    optional = TOWN if scope == "x" else ()
    return full_text.ask(Place(scope, ID), typed, optional=optional, **more)


def hits(scope: str, typed: str, **more) -> set[str]:
    """The ids that a text finds."""
    found = ask(scope, typed, **more).condition
    return set(db.session.scalars(select(ID).where(found, scope == SCOPE)))


QUESTIONS = json.loads((FOLDER / "questions.json").read_text())


def test_questions_find_what_they_mean_and_little_else(town):
    met = wanted = fitting = found = 0
    for line in QUESTIONS:
        ids = hits(SCOPES[line["kind"]], line["q"])
        met += len(ids & {*line["want"]})
        wanted += len(line["want"])
        fitting += len(ids & {*line["want"], *line["ok"]})
        found += len(ids)
    assert met / wanted >= 0.97
    assert fitting / found >= 0.95


def test_both_databases_find_the_same(town):
    """The ids are kept in a file, which either database is compared with."""
    found = {
        f"{one['kind']}: {one['q']}": sorted(hits(SCOPES[one["kind"]], one["q"]))
        for one in QUESTIONS
    }
    assert found == json.loads((FOLDER / "hits.json").read_text())


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("kirjasto", False),
        ("kirjastossa", False),
        ("kir\u00adjas\u200bto", False),
        ("biblioteket", False),
        ("kirjaasto", True),
        ("kaupunginteatteri", True),
        ("lu kuvinkit", True),
        ("nothing of that kind", False),
    ],
)
def test_what_is_only_near_is_told(town, typed, near):
    assert ask("x", typed).is_near == near
    if near:
        assert hits("x", typed)
        assert hits("x", typed, near=False) == set()


def test_scopes_never_mix(town):
    with write():
        full_text.put(
            "v", {"secret": Document(names=("Salattu Lemmikkieläin",), keys=("x:handle:salattu",))}
        )
    for typed in (
        "salattu",
        "lemmikkieläimelle",
        "lemikkieläin",
        "eläin",
        "x.com/salattu",
        "@salattu",
    ):
        assert hits("v", typed) == {"secret"}, typed
        for scope in SCOPES.values():
            assert "secret" not in hits(scope, typed)
            assert not ask(scope, typed).is_near


def test_what_one_may_not_see_leads_nowhere(town):
    """Neither a hit nor its lack tells of what is hidden: a word that only a hidden subject has is
    answered as one that nobody has."""
    with write():
        full_text.put("x", {"hidden": Document(names=("Kirjaasto",))})
    seen = Place("x", ID, ID != "hidden")
    found = full_text.ask(seen, "kirjaasto")
    assert found.is_near
    assert set(db.session.scalars(select(ID).where(found.condition, ID != "hidden"))) == {
        "p03",
        "p04",
        "p05",
    }
    assert not ask("x", "kirjaasto").is_near


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "kirjasto",
                    '"',
                    "*",
                    "NEAR(",
                    "AND",
                    "OR",
                    "NOT",
                    "-",
                    "^",
                    ":",
                    "(",
                    ")",
                    "&",
                    "|",
                    "!",
                    "<->",
                    "'",
                    "\\",
                    "\x00",
                    "\ud800",
                    "{",
                    "}",
                    "%",
                    "_",
                    ";",
                    "--",
                    "🎉",
                    "北京",
                    "hxxp://",
                    "[.]",
                    "VP-2026-",
                ]
            )
        ).map("".join),
    )
)
def test_whatever_is_asked_never_raises(town, typed):
    for scope in SCOPES.values():
        hits(scope, typed)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(), st.text(max_size=40))
def test_whatever_is_described_never_raises_and_is_made_of_plain_tokens(app, name, other):
    document = Document(
        (name,), (other, name), (name,), (f"x:handle:{other}",), (name,), (name,), (other,)
    )
    words, exact = full_text.tokens(document)
    assert all(one.isascii() and one.isalnum() and one == one.lower() for one in (*words, *exact))
    with write():
        full_text.put("x", {"any": document})


def every_byte() -> bytes:
    """All that lies in the database, blocks that are free included."""
    if is_postgresql():
        tables_ = ("search_document", "search_term")
        rows = [db.session.execute(text(f"SELECT * FROM {one}")).all() for one in tables_]
        return repr(rows).encode()
    db.session.rollback()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA query_only=0")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    return Path(embedded()).read_bytes()


def test_what_is_forgotten_leaves_no_byte(town):
    name = "Unohdettava Poistolainen"
    with write():
        full_text.put("y", {"gone": Document(names=(name,), texts=("poistolaisen sanoja",))})
        full_text.put("y", {"stays": Document(names=("Virtanen Sanoja",))})
    db.session.rollback()
    assert hits("y", "poistolaiselle") == {"gone"}
    assert b"poistolai" in every_byte()
    with write():
        full_text.forget("y", "gone")
    with write():
        full_text.optimise()
    assert hits("y", "poistolaiselle") == hits("y", "poistolainne") == set()
    assert hits("y", "sanoja") == {"stays"}
    assert b"poistolai" not in every_byte()
    assert b"unohdettav" not in every_byte()


def test_a_name_that_was_changed_does_not_stay_known(town):
    with write():
        full_text.put("y", {"one": Document(names=("Entinen Poistolainen",))})
    with write():
        full_text.put("y", {"one": Document(names=("Uusi Nimi",))})
    with write():
        full_text.optimise()
    assert hits("y", "poistolainen") == set()
    assert b"poistolai" not in every_byte()


def test_an_index_that_is_written_again_and_again_stays_whole(town):
    for number in range(5):
        with write():
            full_text.put("y", {"one": Document(names=(f"Nimi {number}a",))})
            full_text.put("y", {"one": Document(names=(f"Nimi {number}b",))})
    assert [hits("y", f"{number}b") for number in range(5)] == [set()] * 4 + [{"one"}]
    assert hits("y", "4a") == set()
    assert db.session.scalar(select(func.count()).where(ID == "one")) == 1
    if not is_postgresql():
        with write():
            db.session.execute(
                text("INSERT INTO search_fts(search_fts, rank) VALUES('integrity-check', 1)")
            )
