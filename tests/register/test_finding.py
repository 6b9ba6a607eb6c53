"""What the public finds in the register: bent, misspelt, in the other language, in its order."""

from itertools import chain

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.people.models import Unit
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState
from intake.register import queries
from tests.register.listing import CLOSING, list_profile
from tests.register.test_list import names


@pytest.fixture
def library(cast) -> Profile:
    """A listed profile of the library, which has a Swedish name, too."""
    profile = list_profile(cast)
    with write():
        db.session.get_one(Unit, profile.unit_id).name_sv = "Biblioteket"
    return profile


@pytest.mark.parametrize(
    "typed",
    ["kirjaston", "kirjastosta", "kirj astoon", "Savonkosken kaupunginkirjasto", "biblioteket",
     "fb kirjasto", "https://m.facebook.com/savonkoskenkirjasto?ref=share", "@savonkoskenkirjasto",
     "Katso tämä: https://www.facebook.com/savonkoskenkirjasto!!! onko aito?"],
)  # fmt: skip
def test_a_profile_is_found_as_people_ask_for_it(library, visitor, typed):
    assert names(visitor.opens("/register", query={"q": typed})) == ["Savonkosken kirjasto"]


def test_who_asks_for_an_address_is_led_to_its_check(library, visitor):
    typed = "https://www.facebook.com/savonkoskenkirjasto"
    page = visitor.opens("/register", query={"q": typed})
    checked = page.follows("Tarkista, onko osoite kaupungin oma")
    assert "Tämä on kaupungin virallinen profiili." in checked.main
    page = visitor.opens("/register", query={"q": "kirjasto"})
    assert "Tarkista, onko osoite" not in page.main


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fi", "Ei tarkkoja osumia, lähimmät:"),
        ("sv", "Inga exakta träffar, de närmaste:"),
        ("en", "No exact hits, near ones:"),
    ],
)
def test_near_hits_are_told_from_exact_ones(library, visitor, language, told):
    page = visitor.opens("/register", query={"q": "kirjaasto", "lang": language})
    assert names(page) == ["Savonkosken kirjasto"]
    assert told in page.main
    assert told not in visitor.opens("/register", query={"q": "kirjasto", "lang": language}).main
    assert visitor.client.get("/api/v1/profiles?q=kirjaasto").json["near"] is True
    assert visitor.client.get("/api/v1/profiles?q=kirjasto").json["near"] is False


def test_what_is_not_listed_is_found_by_no_slip_either(library, cast, visitor):
    with write():
        row = db.session.get_one(Profile, library.id)
        row.name, row.state = "Salaperäinen", ProfileState.SETUP
    for typed in ("salaperäinen", "salaperainnen", "peräinen", "kirjasto"):
        page = visitor.opens("/register", query={"q": typed})
        assert names(page) == [], typed
        assert "Ei tarkkoja osumia" not in page.main


def test_the_names_of_units_follow_their_change(library, cast, visitor):
    assert names(visitor.opens("/register", query={"q": "bokbuss"})) == []
    with write():
        unit = db.session.get_one(Unit, db.session.get_one(Profile, library.id).unit_id)
        unit.name_sv = "Bokbussen"
    assert names(visitor.opens("/register", query={"q": "bokbuss"})) == ["Savonkosken kirjasto"]


def test_the_list_is_in_finnish_order_forwards_and_backwards(cast, visitor, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    wanted = ["Aava", "aava", "Müller", "Zeta", "Åke", "Ähtäri", "Örebro", "Örebro", "örebro"]
    for place, name in enumerate(reversed(wanted)):
        list_profile(cast, name=name, key=f"x:handle:tunnus{place}")
    found, cursor = [], {"after": ""}
    while True:
        listing = queries.listing(queries.Filters(), size=2, **cursor)
        found.append([entry.name for entry in listing.entries])
        if listing.after is None:
            break
        cursor = {"after": listing.after}
    assert [*chain.from_iterable(found)] == wanted
    back = []
    while listing.before is not None:
        listing = queries.listing(queries.Filters(), size=2, before=listing.before)
        back.insert(0, [entry.name for entry in listing.entries])
    assert [*chain.from_iterable(back)] == wanted[:-1]


def test_names_near_a_text_are_there_for_the_check(library, cast):
    list_profile(cast, key="x:handle:kosken", name="Koskijuhlat", state=CLOSING)
    for typed in ("Savonkosken kirjastolla", "kirjaasto", "Savonkosken-kirjasto", "kirjasto"):
        assert "Savonkosken kirjasto" in [one.name for one in queries.near_names(typed)], typed
    assert [one.name for one in queries.near_names("koskijuhlilla")] == ["Koskijuhlat"]
    assert queries.near_names("moottorikelkka") == []
    with write():
        db.session.scalars(
            select(Profile).filter_by(name="Koskijuhlat")
        ).one().state = ProfileState.CLOSED
    assert queries.near_names("koskijuhlat") == []
