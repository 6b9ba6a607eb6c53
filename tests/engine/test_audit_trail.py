"""The chain: what was changed, removed, inserted or re-ordered is found."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.engine.audit_trail import CHAINED, Entry
from intake.people.models import Person, Unit
from tests.browser import Browser, Filled
from tests.dump import dump
from tests.establishment import making
from tests.factories import Cast
from tests.faults import guard_trail, unguard_trail
from tests.together import at_once


@pytest.fixture
def cast(app, make):
    """The town, before anything was done in it: what it was made by is cut off the chain."""
    unguard_trail()
    with write():
        for table in ("trail_words", "trail", "trail_head"):
            db.session.execute(text(f"DELETE FROM {table}"))
    guard_trail()
    return Cast.found(make, app.cast)


def note(cast, moment, number: int, **words: str) -> None:
    """One entry."""
    with write():
        by, unit = db.session.get(Person, cast.keeper.id), db.session.get(Unit, cast.library.id)
        audit_trail.record(by, moment, unit, "unit", "rename", facts={"n": number}, words=words)


@pytest.fixture
def written(cast, now):
    """A chain of five entries, two of them with words."""
    for number in range(5):
        note(cast, now, number, **({"reason": f"sana {number}"} if number < 2 else {}))
    return cast


@pytest.fixture
def unguarded(written):
    """What somebody with the whole database does first: take the guards away."""
    unguard_trail()
    return written


def raw(statement: str) -> None:
    with write():
        db.session.execute(text(statement))


def faults() -> list[str]:
    """What is wrong with the chain by itself."""
    return of_the_chain(replay.verify())


def of_the_chain(found: list[str]) -> list[str]:
    return [line for line in found if line.startswith(("entry ", "the chain "))]


def test_a_whole_chain_verifies(written):
    assert faults() == []
    assert audit_trail.head()[0] == 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET step = 'x' WHERE seq = 3",
        "UPDATE trail SET created_at = at",
        "DELETE FROM trail WHERE seq = 5",
        "DELETE FROM trail",
        "UPDATE trail_words SET text = '{}'",
    ],
)
def test_a120_a121_the_database_itself_refuses(written, statement):
    before = dump()
    with pytest.raises(DBAPIError, match="only added to"):
        raw(statement)
    assert dump() == before


def turned(value):
    """The value with one bit turned, or something in the place of nothing."""
    if value is None:
        return "x"
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1)
    if isinstance(value, int):
        return value ^ 64
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


@pytest.mark.parametrize("column", [*CHAINED, "hash"])
def test_a120_one_bit_of_any_column_is_found(unguarded, column):
    """From `seq` on to the hash itself; in an entry with words and in one without."""
    for seq in (2, 4):
        with write():
            db.session.execute(text("DELETE FROM trail_words"))
            line = db.session.get(Entry, seq)
            setattr(line, column, turned(getattr(line, column)))
        assert any(line.startswith(f"entry {seq}: ") for line in faults()), (seq, column)


def test_a121_a_removed_entry_is_found(unguarded):
    raw("DELETE FROM trail WHERE seq = 3")
    assert "entry 3: missing (the next is 4)" in faults()


def test_a121_a_removed_entry_whose_number_was_closed_up_is_found(unguarded):
    raw("DELETE FROM trail WHERE seq = 3")
    for seq in (4, 5):
        raw(f"UPDATE trail SET seq = {seq - 1} WHERE seq = {seq}")
    raw("UPDATE trail_head SET seq = 4")
    assert "entry 3: does not follow the one before" in faults()


def test_a121_an_entry_put_between_is_refused_or_found(unguarded):
    raw("UPDATE trail SET seq = 6 WHERE seq = 5")
    forged = {name: getattr(db.session.get(Entry, 4), name) for name in CHAINED}
    forged |= {"seq": 5, "entry": "0" * 16}
    with pytest.raises(IntegrityError):
        insert(forged)
    insert({**forged, "previous": db.session.get(Entry, 4).hash}, before=6)
    raw("UPDATE trail_head SET seq = 6")
    assert "entry 6: was changed" in faults()


def insert(columns: dict, before: int | None = None) -> None:
    """A line as if it had been written, and the one after it bent to follow."""
    with write():
        forged = Entry(**columns)
        forged.hash = forged.chained()
        if before:
            db.session.get(Entry, before).previous = forged.hash
            db.session.flush()
        db.session.add(forged)


def test_a121_two_that_changed_places_are_found(unguarded):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        raw(f"UPDATE trail SET seq = {new} WHERE seq = {old}")
    found = faults()
    assert "entry 2: was changed" in found
    assert "entry 3: was changed" in found


@pytest.mark.parametrize("cut", [1, 4])
def test_a122_a_cut_tail_is_found_by_the_head(unguarded, cut):
    anchor, left = audit_trail.head(), 5 - cut
    raw(f"DELETE FROM trail_words WHERE entry IN (SELECT entry FROM trail WHERE seq > {left})")
    raw(f"DELETE FROM trail WHERE seq > {left}")
    assert faults() == [f"the chain ends at entry {left}, its head says 5"]
    raw(f"UPDATE trail_head SET seq = {left}, hash = '{db.session.get(Entry, left).hash}'")
    assert faults() == []
    assert of_the_chain(replay.verify(anchor)) == [
        f"the chain ends at entry {left}, the head kept elsewhere is 5"
    ]


def test_a123_a_chain_made_anew_is_found_by_a_head_kept_elsewhere(unguarded):
    anchor = audit_trail.head()
    with write():
        previous = audit_trail.GENESIS
        for line in db.session.scalars(select(Entry).order_by(Entry.seq)).all():
            line.facts = line.facts.replace("3", "7")
            line.previous, line.hash = previous, ""
            previous = line.hash = line.chained()
            db.session.flush()
        db.session.get(audit_trail.Head, 1).hash = previous
    assert faults() == []
    assert of_the_chain(replay.verify(anchor)) == ["entry 5: differs from the head kept elsewhere"]


def test_a124_many_at_once_make_one_line(app, cast, now, request):
    """Half of the writes are taken back at random: no gap, no fork."""
    times = 500 if request.config.getoption("--soak") else 12
    by, unit = cast.keeper.id, cast.library.id

    def writer(seed: int):
        dice, kept = random.Random(seed), 0  # noqa: S311 -- no secret

        def go() -> int:
            nonlocal kept
            for _ in range(times):
                stays = dice.random() < 0.5
                try:
                    with write():
                        actor, subject = db.session.get(Person, by), db.session.get(Unit, unit)
                        audit_trail.record(
                            actor, now, subject, "unit", "rename", words={"reason": "x"}
                        )
                        if not stays:
                            raise KeyError
                except KeyError:
                    continue
                kept += 1
            return kept

        return go

    kept = at_once(app, *map(writer, range(8)))
    assert audit_trail.head()[0] == sum(kept)
    assert faults() == []


def decides(app, cast):
    """Press approve on a request: several entries in one transaction."""
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/approve")
    return request, Filled(page).fills(reason="Tämä sopii meille.")


@pytest.mark.parametrize("which", [1, 2])
def test_a125_no_entry_no_change(app, cast, monkeypatch, which):
    request, form = decides(app, cast)
    before, real, calls = dump(), audit_trail._line, []

    def append(*arguments):
        calls.append(1)
        if len(calls) == which:
            raise KeyError("the disk of the trail")
        return real(*arguments)

    monkeypatch.setattr(audit_trail, "_line", append)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    told = form.presses("Hyväksy")
    monkeypatch.undo()
    assert told.status == 500
    assert "eikä viimeisestä vaiheesta tallentunut mitään" in told.main
    assert "disk of the trail" not in told.html
    assert dump() == before
    assert form.presses("Hyväksy").status == 200  # nothing was used up
    assert making.again(request).state == "approved"


def test_a125_what_cannot_be_written_as_an_entry_changes_nothing(cast, now):
    before = dump()

    def rename() -> None:
        with write():
            unit = db.session.get(Unit, cast.library.id)
            unit.name_fi = "Toinen"
            audit_trail.record(cast.keeper, now, unit, "unit", "rename", facts={"n": object()})

    with pytest.raises(TypeError):
        rename()
    assert dump() == before


def test_erased_words_leave_the_chain_whole(written):
    entry = db.session.get(audit_trail.Entry, 1).entry
    assert audit_trail.history([written.library.id])[0][1] == {"reason": "sana 0"}
    with write():
        audit_trail.erase_words(entry)
    assert faults() == []
    assert audit_trail.history([written.library.id])[0][1] is None


def test_changed_words_are_found(unguarded):
    raw("UPDATE trail_words SET text = '{}'")
    assert [line for line in replay.verify() if "words were changed" in line]
