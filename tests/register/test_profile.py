"""The page of one profile: what the policy makes public, and nothing more."""

import pytest

from intake.data.base import db
from intake.data.write import write
from intake.people import town as settings
from intake.profiles.models import Profile, ProfileAdmin
from tests.register.listing import (
    CLOSED,
    CLOSING,
    TEXTS,
    add_address,
    list_expert,
    list_profile,
)


@pytest.fixture
def library(cast):
    return list_profile(cast, slug="savonkosken-kirjasto", answering_days=3)


@pytest.mark.policy("P4", "O6", "O9", "P0")
def test_an_office_profile_tells_its_facts_in_plain_words(cast, visitor, library):
    page = visitor.opens("/register/savonkosken-kirjasto", status=200)
    assert page.heading == "Savonkosken kirjasto"
    for said in (
        "Facebook · virkaprofiili",
        "Virallinen",
        "15.8.2026 alkaen, vahvistettu 3.10.2026",
        "facebook.com/savonkoskenkirjasto",
        "Kerromme kirjaston tapahtumista.",
        "Kirjaston käyttäjille",
        "Antti Muurainvaara, kirjastonjohtaja",
        "Kaisa Ruskotuulela, kulttuuripäällikkö",
        "Vastaamme 3 päivän kuluessa.",
        "Emme lue yksityisviestejä.",
        "Kirjoita osoitteeseen kirjasto@savonkoski.example.",
        "Suomi, Ruotsi",
        "Kirjasto",
    ):
        assert said in page.main, said
    # of the plan for answering only the days are public, never who answers
    assert "Veera Vastaaja" not in page.html
    assert cast.chief.email not in page.html


@pytest.mark.policy("P8")
def test_every_page_reminds_that_the_provider_stores_data_and_offers_another_way(
    cast, visitor, library
):
    for lang, sentence in {
        "fi": "Palvelun tarjoaja voi tallentaa tietojasi. Voit asioida kanssamme myös sosiaalisen "
        "median ulkopuolella: kirjasto@savonkoski.example",
        "sv": "Tjänsteleverantören kan lagra dina uppgifter. Du kan också kontakta oss utanför "
        "sociala medier: kirjasto@savonkoski.example",
        "en": "The service provider may store your data. You can also reach us outside social "
        "media: kirjasto@savonkoski.example",
    }.items():
        assert sentence in visitor.opens(f"/register/savonkosken-kirjasto?lang={lang}").main
    list_profile(cast, key="x:handle:ilman", slug="ilman", texts={})
    assert "viestinta@savonkoski.example" in visitor.opens("/register/ilman", status=200).main


def test_an_admin_who_has_left_is_not_named(cast, visitor, library):
    with write():
        cast_head = db.session.get(type(cast.head), cast.head.id)
        cast_head.ended_at = library.listed_at
    assert "Ruskotuulela" not in visitor.opens("/register/savonkosken-kirjasto").main
    with write():
        for row in db.session.query(ProfileAdmin):
            row.until = library.listed_at
    assert "Hallinnoijat" not in visitor.opens("/register/savonkosken-kirjasto").main


@pytest.mark.policy("E5", "E6")
def test_an_expert_profile_shows_name_title_unit_and_work_address(cast, visitor):
    with write():
        db.session.get(type(cast.requester), cast.requester.id).title = "nuorisotyöntekijä"
    list_expert(
        cast,
        texts={
            "role_defined": "Nuorisotyön asiantuntija",
            "absence_cover": "elsewhere",
            "absence_cover_text": "Kysy nuorisopalveluista.",
        },
    )
    page = visitor.opens("/register/asiantuntija-1", status=200)
    for said in (
        "Noora Lepoharjula, nuorisotyöntekijä",
        "Nuorisopalvelut",
        "noora.lepoharjula@savonkoski.example",
        "Nuorisotyön asiantuntija",
        "Kysy nuorisopalveluista.",
        "ulkopuolella: noora.lepoharjula@savonkoski.example",
    ):
        assert said in page.main, said


@pytest.mark.policy("O8")
def test_closing_is_announced_with_date_reason_and_what_takes_its_place(cast, visitor):
    list_profile(
        cast,
        slug="lopetettava",
        state=CLOSING,
        closing_reason="Käyttäjiä on vähän.",
        successor="Savonkosken kaupunki, Facebook",
    )
    page = visitor.opens("/register/lopetettava", status=200)
    for said in (
        "Lopetetaan 31.12.2026",
        "Käyttäjiä on vähän.",
        "Sen sijaan: Savonkosken kaupunki, Facebook",
        "Antti Muurainvaara",
    ):
        assert said in page.main, said


@pytest.mark.policy("O8")
def test_a_closed_profile_stays_marked_closed_without_its_admins(cast, visitor):
    list_profile(cast, slug="vanha", state=CLOSED, successor="Savonkosken kaupunki, Facebook")
    page = visitor.opens("/register/vanha", status=200)
    assert "Lopetettu 30.6.2026" in page.main
    assert "facebook.com/savonkoskenkirjasto" in page.main
    assert "Jos profiilin osoitteessa toimii nyt joku, se ei ole kaupunki." in page.main
    for hidden in ("Muurainvaara", "Ruskotuulela", "Hallinnoijat", TEXTS["purpose"], "Vastaamme"):
        assert hidden not in page.html, hidden
    assert "Muurainvaara" not in visitor.client.get("/api/v1/profiles/vanha").text


def test_the_readable_address_is_shown_before_the_lasting_number(cast, visitor, library):
    with write():
        add_address(
            cast,
            library,
            "facebook:id:61570000000001",
            url="https://www.facebook.com/profile.php?id=61570000000001",
            lasting=True,
        )
    page = visitor.opens("/register/savonkosken-kirjasto")
    assert "facebook.com/savonkoskenkirjasto" in page.main
    assert "profile.php" not in page.main


def test_a_mastodon_profile_is_linked_as_ones_own_and_no_other_address_is_a_link(
    cast, visitor, library
):
    list_profile(
        cast,
        key="mastodon:acct:savonkoski@some.example",
        url="https://some.example/@savonkoski",
        slug="mastodon",
    )
    page = visitor.opens("/register/mastodon")
    (mine,) = (link for link in page.tree.iter("link") if link.get("rel") == "me")
    assert mine.get("href") == "https://some.example/@savonkoski"
    assert "@savonkoski@some.example" in visitor.opens("/register").main
    html = visitor.opens("/register/savonkosken-kirjasto").html
    assert 'rel="me"' not in html
    assert 'href="https://www.facebook' not in html


@pytest.mark.policy("P4")
def test_the_page_of_the_towns_own_site_that_leads_here_is_linked(cast, visitor, library):
    with write():
        settings.store(register_page="https://www.savonkoski.example/some")
    for path in ("/register", "/register/savonkosken-kirjasto"):
        link = visitor.opens(path).link("Luettelo kaupungin verkkosivuilla")
        assert link == "https://www.savonkoski.example/some"
    with write():
        settings.store(register_page="javascript:alert(1)")
    assert "javascript:" not in visitor.opens("/register").html


@pytest.mark.parametrize("slug", ["ei-ole", "tuleva", "..%2f", "embed", "%00", "a" * 3000])
def test_a17_a_slug_that_is_not_listed_is_not_found(cast, visitor, slug):
    from intake.profiles.states import ProfileState

    list_profile(cast, slug="tuleva", state=ProfileState.SETUP)
    for path in (f"/register/{slug}", f"/api/v1/profiles/{slug}"):
        assert visitor.client.get(path).status_code == 404, path


def test_a25_what_was_typed_is_text_on_every_page(cast, visitor):
    bad = '"><img src=x onerror=alert(1)>{{7*7}}'
    list_profile(cast, slug="paha", name=bad, texts={**TEXTS, "purpose": bad, "contact": bad})
    assert db.session.query(Profile).count() == 1
    for path in ("/register", "/register/paha", "/check?q=facebook.com/savonkoskenkirjasto"):
        html = visitor.opens(path, status=200).html
        assert "<img src=x" not in html
        assert "{{7*7}}" in html
