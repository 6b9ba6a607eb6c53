"""The check says of a page, profile or site what holds for just that, or for what lies below."""

from random import Random

import pytest
from sqlalchemy import select

from intake.addresses import read
from intake.data.base import db
from intake.data.write import write
from intake.fakes.models import CaseKey
from intake.fakes.states import CaseState as C
from intake.people import town
from intake.register import check
from intake.register import queries as register
from tests.addresses.test_reach import LISTED, mutation
from tests.fakes.making import make_case, take
from tests.register.listing import CLOSED, list_profile

V = check.Verdict


def verdict(text: str) -> V:
    return check.answer(text, register.known()).verdict


def said(text: str) -> str:
    return check.answer(text, register.known()).message


@pytest.mark.policy("P4")
def test_a_listed_page_is_official_for_itself_and_below_never_for_a_sibling(cast):
    list_profile(cast, key="web:page:sites.google.com/view/savonkoski")
    list_profile(cast, key="web:page:linktr.ee/savonkoski")
    list_profile(cast, key="web:page:forum.example/member.php?u=12")
    assert verdict("https://sites.google.com/view/savonkoski/") is V.OFFICIAL
    assert verdict("https://sites.google.com/view/savonkoski/tapahtumat") is V.OFFICIAL
    assert verdict("http://www.linktr.ee/savonkoski") is V.OFFICIAL
    assert verdict("forum.example/member.php?u=12#top") is V.OFFICIAL
    for other in (
        "https://sites.google.com/view/savonkoski-arvonta",
        "https://sites.google.com/view",
        "https://sites.google.com/",
        "https://linktr.ee/savonkosk1",
        "https://linktr.ee/",
        "forum.example/member.php?u=13",
        "forum.example/member.php?u=12&x=1",
        "forum.example/member.php",
        "forum.example/member.php/x?u=12",
    ):
        assert verdict(other) is V.UNKNOWN, other


@pytest.mark.policy("P4")
def test_a_site_of_the_towns_own_answers_for_all_of_it_and_no_other_does(cast):
    list_profile(cast, key="web:site:savonkoski.example")
    list_profile(cast, key="web:site:muu.example")
    assert verdict("https://www.savonkoski.example/kirjasto?x=1#a") is V.OFFICIAL
    assert verdict("https://savonkoski.example") is V.OFFICIAL
    assert verdict("https://kirjasto.savonkoski.example/") is V.UNKNOWN
    assert verdict("https://muu.example/") is V.OFFICIAL  # listed before sites were asked of
    assert verdict("https://muu.example/sivu") is V.UNKNOWN
    with write():
        town.store(own_sites=["muu.example"])
    assert verdict("https://muu.example/sivu") is V.OFFICIAL
    assert verdict("https://savonkoski.example/sivu") is V.UNKNOWN


@pytest.mark.policy("P5")
def test_a_confirmed_fakes_page_answers_for_itself_and_below_alone(cast):
    make_case(cast, C.CONFIRMED, "https://www.twitch.tv/savonkoski_feikki")
    assert verdict("twitch.tv/savonkoski_feikki") is V.FAKE
    assert verdict("https://www.twitch.tv/savonkoski_feikki/about?x=1") is V.FAKE
    assert verdict("https://www.twitch.tv/savonkoski") is V.UNKNOWN
    assert verdict("https://www.twitch.tv/") is V.UNKNOWN
    form = "https://docs.google.com/forms/d/e/1FAIpQLSfeikki"
    make_case(cast, C.CONFIRMED, f"{form}/viewform")
    assert verdict(f"{form}/viewform?usp=sf_link") is V.FAKE
    assert verdict("https://docs.google.com/forms/d/e/1FAIpQLSaito/viewform") is V.UNKNOWN


@pytest.mark.policy("P5")
def test_a_fake_below_a_listed_site_wins_and_a_page_below_a_fake_is_one(cast):
    list_profile(cast, key="web:site:savonkoski.example")
    make_case(cast, C.CONFIRMED, "https://savonkoski.example/kaapattu/sivu")
    assert verdict("https://savonkoski.example/kaapattu/sivu/2") is V.FAKE
    assert verdict("https://savonkoski.example/kaapattu") is V.OFFICIAL
    list_profile(cast, key="web:page:savonkoski.example/kaapattu/sivu/oma")
    assert verdict("https://savonkoski.example/kaapattu/sivu/oma") is V.OFFICIAL


@pytest.mark.policy("P5")
def test_the_front_page_of_a_fake_stands_for_itself_until_the_site_is_called_one(cast):
    case = make_case(cast, C.CONFIRMED, "https://feikki.example/")
    assert verdict("https://feikki.example") is V.FAKE
    assert said("https://feikki.example").startswith("Tämä sivu ei ole")
    assert verdict("https://feikki.example/lomake") is V.UNKNOWN
    take(case, "widen", cast.handler, site="web:site:feikki.example", reason="Kaikki on samaa.")
    assert said("https://feikki.example/lomake").startswith(
        "Tämä sivusto ei ole kaupungin. Selvitämme asiaa."
    )
    assert verdict("https://muu.feikki.example/") is V.UNKNOWN
    assert db.session.scalars(select(CaseKey.whole)).all() == [True]


def test_the_words_say_page_profile_or_site(cast):
    list_profile(cast, key="web:site:savonkoski.example")
    list_profile(cast, key="web:page:linktr.ee/savonkoski")
    list_profile(cast, key="web:page:linktr.ee/vanha", state=CLOSED)
    list_profile(cast)
    assert said("savonkoski.example") == "Tämä on kaupungin virallinen sivusto."
    assert said("savonkoski.example/a") == "Tämä on kaupungin virallinen sivu."
    assert said("linktr.ee/savonkoski") == "Tämä on kaupungin virallinen sivu."
    assert said("linktr.ee/vanha").startswith("Tämä oli kaupungin virallinen sivu, joka")
    assert said("facebook.com/savonkoskenkirjasto") == "Tämä on kaupungin virallinen profiili."
    assert said("linktr.ee/muu").startswith("Sivua ei löydy")
    assert said("muu.example").startswith("Sivustoa ei löydy")


@pytest.mark.policy("P4")
def test_a_deep_link_below_a_genuine_name_was_not_checked(cast):
    list_profile(cast)
    told = said("https://www.facebook.com/savonkoskenkirjasto/posts/123")
    assert told.startswith("Tämä on kaupungin virallinen profiili. Profiili on aito; ")
    assert "ei ole tarkistettu" in told
    assert "tarkistettu" not in said("https://www.facebook.com/savonkoskenkirjasto")


def test_a_hundred_pages_are_answered_in_a_few_queries(cast, queries_of):
    list_profile(cast, key="web:page:linktr.ee/savonkoski")
    known = register.known()
    with queries_of() as one:
        check.answers(["linktr.ee/a/b/c/d"], known)
    with queries_of() as many:
        check.answers([f"linktr.ee/a/b/c/{n}" for n in range(100)], known)
    assert len(many) <= len(one) + 1 < 8  # and once whether any is a known neighbour


@pytest.mark.policy("P4")
def test_a12_of_20000_mutations_none_is_official(cast):
    chance = Random(13)  # noqa: S311 -- the same each time
    for pattern, name in LISTED:
        (key,) = read(pattern.format(name)).keys
        list_profile(cast, key=key)
    with write():
        town.store(own_sites=["savonkoski.fi", "savonkoski.wordpress.com"])
    known = register.known()
    genuine = [check.answer(one.format(name), known).verdict for one, name in LISTED]
    assert set(genuine) == {V.OFFICIAL}
    wrong = []
    for _ in range(200):
        texts = [mutation(chance, *chance.choice(LISTED)) for _ in range(100)]
        wrong += [one.query for one in check.answers(texts, known) if one.verdict is V.OFFICIAL]
    assert wrong == []
