"""The chain: what was changed, removed, inserted or re-ordered is found."""

import pytest
from sqlalchemy import text

from intake import trail
from intake.database import db, write


@pytest.fixture
def written(cast, now):
    """A chain of five entries, two of them with words."""
    for number in range(5):
        with write():
            words = {"reason": f"sana {number}"} if number < 2 else {}
            trail.record(
                cast.keeper, now, cast.library, "unit", "rename", facts={"n": number}, words=words
            )
    return cast


def raw(statement: str) -> None:
    with write():
        db.session.execute(text(statement))


def test_a_whole_chain_verifies(written):
    assert list(trail.verify()) == []
    assert trail.head()[0] == 5


@pytest.mark.parametrize("column", ["actor", "step", "facts", "subject_id", "entry", "at"])
def test_a120_a_changed_column_is_found(written, column):
    value = "'2026-01-01 00:00:00'" if column == "at" else "'x'"
    if column == "entry":
        raw("DELETE FROM trail_words")
    raw(f"UPDATE trail SET {column} = {value} WHERE seq = 3")
    assert "entry 3: was changed" in list(trail.verify())


def test_a121_a_removed_entry_is_found(written):
    raw("DELETE FROM trail WHERE seq = 3")
    assert "entry 3: missing (the next is 4)" in list(trail.verify())


def test_a122_a_cut_tail_is_found_by_the_head(written):
    anchor = trail.head()
    raw("DELETE FROM trail WHERE seq = 5")
    assert list(trail.verify()) == ["the chain ends at entry 4, its head says 5"]
    previous = db.session.get(trail.Entry, 4).hash
    raw(f"UPDATE trail_head SET seq = 4, hash = '{previous}'")
    assert list(trail.verify()) == []
    assert list(trail.verify(anchor)) == ["the chain ends at entry 4, the head kept elsewhere is 5"]


def test_erased_words_leave_the_chain_whole(written):
    entry = db.session.get(trail.Entry, 1).entry
    assert trail.history([written.library.id])[0][1] == {"reason": "sana 0"}
    with write():
        trail.erase_words(entry)
    assert list(trail.verify()) == []
    assert trail.history([written.library.id])[0][1] is None


def test_changed_words_are_found(written):
    raw("UPDATE trail_words SET text = '{}'")
    assert [line for line in trail.verify() if "words were changed" in line]


def test_a125_no_entry_no_change(written, monkeypatch, now):
    monkeypatch.setattr(trail, "_line", lambda *_: 1 / 0)

    def rename():
        with write():
            written.library.name_fi = "Toinen"
            trail.record(written.keeper, now, written.library, "unit", "rename")

    with pytest.raises(ZeroDivisionError):
        rename()
    monkeypatch.undo()
    assert written.library.name_fi == "Kirjasto"
    assert trail.head()[0] == 5
