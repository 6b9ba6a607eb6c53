"""Whom a search finds, however their names are written, and in which order they stand."""

import itertools

import pytest
from sqlalchemy import select

from intake import clock
from intake.data import full_text
from intake.data.base import db
from intake.data.write import write
from intake.people import queries, seeing
from intake.people.models import Person

NAMES = [
    "Anna-Liisa Virtanen-Öberg",
    "Conan O’Brien",
    "Đorđe Đorđević",
    "Łukasz Łęcki",
    "Myller Yrjö",
    "müller Yrjö",
    "Søren Sørensen",
    "Zeta Zetterberg",
    "åke ångström",
    "Åsa Åström",
    "Ælfrid Æbelø",
    "Ärjä Äijälä",
    "Örjan Öhman",
]


@pytest.fixture
def many(cast, make) -> None:
    for name in reversed(NAMES):
        make.person(name)


def pages(cast, **asked) -> list[str]:
    """Names of the list, page by page."""
    found, after = [], ""
    while True:
        page = seeing.page(cast.admin_of_all, clock.today(), after=after, **asked)
        found += [one.name for one in page.people]
        if page.after is None:
            return found
        after = page.after


@pytest.fixture
def cast_of_all(cast):
    cast.admin_of_all = db.session.get_one(Person, cast.administrator.id)
    return cast


def test_names_stand_in_finnish_order_whatever_their_case(many, cast_of_all):
    assert [name for name in pages(cast_of_all) if name in NAMES] == NAMES
    every = [person.name for person in queries.active_people()]
    assert [name for name in every if name in NAMES] == NAMES


def test_paging_over_equal_names_loses_and_doubles_nothing(cast_of_all, make, monkeypatch):
    monkeypatch.setattr(seeing, "PAGE", 3)
    for place, name in enumerate(("Åsa Åström", "åsa åström", "ÅSA ÅSTRÖM") * 4):
        make.person(name, email=f"asa{place}@savonkoski.example")
    found = pages(cast_of_all)
    assert len(found) == db.session.query(Person).filter(Person.ended_at.is_(None)).count()
    assert sum(name.casefold() == "åsa åström" for name in found) == 12


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sorensen", "Søren Sørensen"),
        ("dordevic", "Đorđe Đorđević"),
        ("Djordjeviciä", "Đorđe Đorđević"),
        ("lukasz", "Łukasz Łęcki"),
        ("aebelo", "Ælfrid Æbelø"),
        ("obrien", "Conan O’Brien"),
        ("annaliisa", "Anna-Liisa Virtanen-Öberg"),
        ("Virtaselle", "Anna-Liisa Virtanen-Öberg"),
        ("Äijälän", "Ärjä Äijälä"),
    ],
)
def test_a_person_is_found_however_the_name_is_written(many, cast_of_all, typed, name):
    assert name in pages(cast_of_all, q=typed)


def test_nobody_is_meant_by_a_slip_of_the_pen(many, cast):
    assert [one.name for one in seeing.meant("sorensen")] == ["Søren Sørensen"]
    assert seeing.meant("sorrensen") == []
    assert seeing.named("sorrensen").is_near


def test_who_changes_the_name_is_found_by_the_new_one_and_stands_there(many, cast_of_all):
    with write():
        person = db.session.scalars(select(Person).where(Person.name == "Zeta Zetterberg")).one()
        person.name = "Ödla Zetterberg"
    assert pages(cast_of_all)[-1] == "Örjan Öhman"
    assert pages(cast_of_all, q="zeta") == ["Ödla Zetterberg"]  # by the other name alone
    assert pages(cast_of_all)[-2] == "Ödla Zetterberg"


def test_a_key_of_order_compares_as_the_names_do():
    made = [full_text.sort_key(name) for name in NAMES]
    assert made == sorted(made)
    for one, other in itertools.pairwise(["a b", "a-b", "ab", "ab{", "abc", "Å", "Ä", "Ö"]):
        assert full_text.sort_key(one) < full_text.sort_key(other), (one, other)


def test_a_work_address_is_one_persons_alone(cast_of_all, make):
    for place, name in enumerate(("Aino Sama", "Sama Aino")):
        make.person(name, email=f"aino.sama{'.toinen' * place}@savonkoski.example")
    assert pages(cast_of_all, q="aino.sama") == ["Aino Sama", "Sama Aino"]
    assert pages(cast_of_all, q="Aino.Sama@savonkoski.example") == ["Aino Sama"]
