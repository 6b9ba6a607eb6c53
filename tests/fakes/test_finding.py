"""What the queue finds cases by: their addresses however written, words, notes and references."""

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes.desk import queue
from intake.fakes.models import Case, Exclusion, Filing, Note
from intake.fakes.states import Way
from intake.people.models import Person
from tests.browser import Browser
from tests.fakes.making import again, case_of, report


def found(cast, q: str) -> set[str]:
    """Ids of the cases that a handler finds."""
    person = db.session.get_one(Person, cast.handler.id)
    return {case.id for case in queue.page(queue.Asked(q=q), person, clock.now()).cases}


@pytest.fixture
def made(cast):
    """A report of three addresses, and another."""
    other = report("https://t.me/aivan_toinen", description="Muu asia")
    one = report(
        "https://www.instagram.com/savonkosken_kaupunkl/",
        "hxxps://savonkoski-arvonta[.]example/voita",
        "https://www.tiktok.com/@savonkoskiarpoo",
        description="Sivu väittää olevansa kaupunki ja pyytää pankkitunnuksia.",
    )
    return one, other


@pytest.mark.parametrize(
    "typed",
    ["instagram.com/savonkosken_kaupunkl", "savonkosken_kaupunkl", "kaupunkl",
     "https://savonkoski-arvonta.example/voita", "savonkoski-arvonta[.]example",
     "savonkoski-arvonta.example", "tiktok.com/@savonkoskiarpoo", "savonkoskiarpoo",
     "pankkitunnukset", "pankkitunus", "kaupungin"],
)  # fmt: skip
def test_a_case_is_found_by_every_address_and_the_words_of_its_report(cast, made, typed):
    one, other = made
    hits = found(cast, typed)
    assert case_of(one).id in hits, typed
    assert case_of(other).id not in hits


def test_every_case_of_a_report_of_several_addresses_is_found_by_each(cast, made):
    one, _other = made
    cases = {case_of(one, place).id for place in range(3)}
    assert len(cases) == 3
    for typed in ("savonkosken_kaupunkl", "voita", "savonkoskiarpoo", one.reference):
        assert found(cast, typed) == cases, typed


def test_references_are_read_however_they_are_typed(cast, made):
    one, other = made
    case = case_of(other)
    letters, year, number = case.reference.split("-")
    for typed in (case.reference, case.reference.lower(), f"{letters}{year}{number}",
                  f"{letters} {year} {int(number)}", f"{year}-{number}"):  # fmt: skip
        assert found(cast, typed) == {case.id}, typed
    code = other.reference.partition("-")[2]
    for typed in (other.reference, f"VI {code.lower()}", code, f"VI{code}"):
        assert found(cast, typed) == {case.id}, typed
    assert case_of(one).id in found(cast, one.reference)


def test_notes_and_references_of_services_find_a_case(cast, made):
    case = case_of(made[1])
    with write():
        by = {"case_id": case.id, "by_id": cast.handler.id}
        db.session.add(Note(text="Soitettu keskusrikospoliisille", **by))
        sent = {"route": "x", "text": "x", "reference": "TG-88/1234 567", "sent_at": clock.now()}
        db.session.add(Filing(way=Way.RULES, **sent, **by))
    for typed in ("keskusrikospoliisi", "rikospoliisin", "TG-88/1234 567", "tg881234567"):
        assert found(cast, typed) == {case.id}, typed
    with write():
        db.session.delete(db.session.scalars(select(Note)).one())
    assert found(cast, "keskusrikospoliisi") == set()


def test_the_queue_shows_and_tells_only_what_one_may_see(app, cast, made):
    """A word that a hidden case alone has is answered as one that nobody has."""
    case = case_of(made[1])
    with write():
        db.session.add(Note(case_id=case.id, by_id=cast.handler.id, text="Lahjakkortti"))
        db.session.add(Note(case_id=case_of(made[0]).id, by_id=cast.handler.id, text="lahjakortti"))
    assert found(cast, "lahjakkortti") == {case.id}
    with write():
        db.session.add(Exclusion(case_id=case.id, person_id=cast.handler.id))
    assert found(cast, case.reference) == set()
    assert found(cast, "aivan_toinen") == set()
    assert found(cast, "lahjakkortti") == {case_of(made[0]).id}
    page = Browser(app).signs_in(cast.handler).opens("/cases?q=lahjakkortti")
    assert "Ei tarkkoja osumia, lähimmät:" in page.main


def test_cases_that_were_merged_and_parted_are_found_by_what_they_have(cast, made):
    one, other = made
    first, second = case_of(one), case_of(other)
    from tests.fakes.making import take

    take(again(second), "take", cast.handler)
    take(again(second), "merge", cast.handler, main_case=first.reference)
    assert first.id in found(cast, "aivan_toinen")
    assert db.session.get_one(Case, second.id).main_case_id == first.id
    take(again(second), "unmerge", cast.handler)
    assert second.id in found(cast, "aivan_toinen")
    assert first.id not in found(cast, "aivan_toinen")
