"""The list of official profiles."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.data.base import db
from intake.data.write import write
from intake.people.models import Unit
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState
from intake.register import queries
from tests.register.listing import CLOSED, CLOSING, FORMER, add_address, list_expert, list_profile


def names(page):
    return [
        "".join(link.itertext())
        for item in page.tree.iter("li")
        if item.get("class") == "entry"
        for link in item.iter("a")
    ]


@pytest.mark.policy("P4", "O6", "E6")
def test_the_list_holds_every_listed_profile_and_nothing_else(cast, visitor):
    list_profile(cast)
    list_profile(cast, key="x:handle:savonkoski_demo", name="Savonkosken kaupunki", state=CLOSED)
    list_expert(cast, state=CLOSING)
    for state in (ProfileState.SETUP, ProfileState.NEVER_OPENED):
        list_profile(cast, key=f"x:handle:{state.value}", name="Salainen", state=state)
    page = visitor.opens("/register", status=200)
    assert names(page) == [
        "Savonkosken kaupunki",
        "Savonkosken kirjasto",
        "Savonkosken nuorisopalvelut Noora Lepoharjula",
    ]
    assert "3 profiilia, joista 1 on lopetettu" in page.main
    assert "Lopetettu 30.6." in page.main
    assert "Lopetetaan 31.12." in page.main
    assert "2026" not in page.main
    assert "savonkoskenkirjasto" in page.main


@pytest.mark.policy("E5", "E6")
def test_a_closed_experts_name_and_address_leave_list_search_page_and_api(cast, visitor):
    list_expert(cast, state=CLOSED, closing_reason="Noora jää pois", successor="Noora@muualla")
    for path in (
        "/register",
        "/register?q=noora",
        "/register?q=savonkoski.nuoriso.noora",
        "/register/asiantuntija-1",
        "/api/v1/profiles",
        "/api/v1/profiles?q=noora",
        "/api/v1/profiles/asiantuntija-1",
        "/api/v1/check?q=Savonkosken+nuorisopalvelut+Noora+Lepoharjula",
    ):
        answer = visitor.client.get(path)
        said = answer.get_data(as_text=True).replace("q=noora", "").replace("q=savonkoski.", "")
        if path.startswith("/register?") or "check" in path:
            said = visitor.opens(path).main if path.startswith("/register") else said
            assert "Nuorisopalvelut" not in said
            continue
        assert "oora" not in said, path
    page = visitor.opens("/register/asiantuntija-1", status=200)
    assert page.heading == "Asiantuntijaprofiili"
    assert "Lopetettu 30.6.2026" in page.main
    assert "Instagram" in page.main
    assert "Nuorisopalvelut" in page.main
    visitor.opens("/api/v1/profiles/asiantuntija-1", status=404)


def test_the_year_is_said_in_the_list_where_it_is_another(cast, visitor, still):
    list_profile(cast, state=CLOSED)
    still.move_to(datetime(2027, 1, 4, tzinfo=UTC))
    assert "Lopetettu 30.6.2026" in visitor.opens("/register").main


def test_search_finds_the_beginnings_of_words_of_name_handle_and_kind(cast, visitor):
    list_profile(cast)
    list_profile(cast, key="x:handle:nuoret_kosken", name="Pieksämäen nuoret")
    for q, found in {
        "savon": ["Savonkosken kirjasto"],
        "KIRJASTO savon": ["Savonkosken kirjasto"],
        "pieksamaki": ["Pieksämäen nuoret"],
        "pieksama": ["Pieksämäen nuoret"],
        "pieksämä": ["Pieksämäen nuoret"],
        "nuoret_kosken": ["Pieksämäen nuoret"],
        "virkamiesprofiili": ["Pieksämäen nuoret", "Savonkosken kirjasto"],
        "virkaprofiili": ["Pieksämäen nuoret", "Savonkosken kirjasto"],
        "asiantuntijaprofiili": [],
        "irjasto": ["Savonkosken kirjasto"],
        "%": [],
        "savon%": ["Savonkosken kirjasto"],
        "' OR 1=1 --": [],
        "*": [],
        'NEAR("kirjasto")': [],
    }.items():
        page = visitor.opens("/register", query={"q": q}, status=200)
        assert names(page) == found, q
        if not found:
            assert f"Haulla {' '.join(q.split())} ei löytynyt mitään." in page.main


def test_search_follows_a_profile_that_changes_its_name_or_address(cast, visitor):
    profile = list_profile(cast)
    with write():
        row = db.session.get(Profile, profile.id)
        row.name = "Savonkosken lukutupa"
        add_address(cast, row, "facebook:vanity:lukutupa")
    assert names(visitor.opens("/register?q=savonkoskenkirjasto")) == ["Savonkosken lukutupa"]
    with write():
        row = db.session.get(Profile, profile.id)
        old = next(line for line in row.addresses if line.key.endswith("kirjasto"))
        old.state = FORMER
        row.name = "Savonkosken lukusali"
    page = visitor.opens("/register?q=savonkoskenkirjasto")  # its unit is the library, at least
    assert "Ei tarkkoja osumia, lähimmät:" in page.main
    assert names(visitor.opens("/register?q=lukutupa")) == ["Savonkosken lukusali"]


def test_filters_narrow_by_platform_kind_and_unit_with_those_below_it(cast, visitor):
    list_profile(cast)
    list_expert(cast)
    page = visitor.opens("/register")
    for values, found in (
        ({"platform": "facebook"}, ["Savonkosken kirjasto"]),
        ({"kind": "expert"}, ["Savonkosken nuorisopalvelut Noora Lepoharjula"]),
        ({"unit": cast.library.id}, ["Savonkosken kirjasto"]),
        (
            {"unit": cast.sector.id},
            ["Savonkosken kirjasto", "Savonkosken nuorisopalvelut Noora Lepoharjula"],
        ),
    ):
        narrowed = page.fills(**values).presses("Rajaa")
        assert names(narrowed) == found
    nothing = page.fills(platform="facebook", kind="expert").presses("Rajaa")
    assert "Mikään profiili ei täytä rajausta." in nothing.main
    assert len(names(nothing.follows("Poista rajaus: Facebook"))) == 1
    assert len(names(nothing.follows("Näytä kaikki profiilit"))) == 2
    assert "Vesihuolto" not in page.main  # only units that have profiles


def test_units_in_a_circle_end(cast):
    with write():
        db.session.get(Unit, cast.area.id).parent_id = cast.library.id
    assert set(queries.units_below(cast.library.id)) >= {cast.library.id, cast.area.id}
    list_profile(cast)
    assert queries.choices().units


def test_an_empty_register_says_so(cast, visitor):
    assert "Luettelossa ei ole vielä profiileja." in visitor.opens("/register", status=200).main


def test_pages_lead_forth_and_back_by_name_and_id(cast, visitor, monkeypatch):
    monkeypatch.setattr(queries.listing, "__kwdefaults__", {"after": "", "before": "", "size": 3})
    for number in range(8):
        name = "Sama nimi" if number in (2, 3, 4, 5) else f"Savonkoski {number}"
        list_profile(cast, key=f"x:handle:s{number}", name=name)
    page = visitor.opens("/register")
    seen = [names(page)]
    while "Seuraavat" in page.main:
        page = page.follows("Seuraavat")
        seen.append(names(page))
    assert [len(one) for one in seen] == [3, 3, 2]
    assert [name for one in seen for name in one] == ["Sama nimi"] * 4 + [
        f"Savonkoski {n}" for n in (0, 1, 6, 7)
    ]
    back = [seen[-1]]
    while "Edelliset" in page.main:
        page = page.follows("Edelliset")
        back.insert(0, names(page))
    assert back == seen
    assert "8 profiilia" in page.main


def test_w7_the_list_asks_the_same_number_of_queries_however_long_it_is(cast, queries_of, visitor):
    counted = []
    for wanted in (1, 10, 100):
        with write():
            known = db.session.query(Profile).count()
        for number in range(known, wanted):
            list_profile(cast, key=f"x:handle:s{number}", name=f"Savonkoski {number}")
        for path in ("/register", "/register?q=savon", "/api/v1/profiles", "/"):
            with queries_of() as statements:
                assert visitor.client.get(path).status_code == 200
            counted.append((path, len(statements)))
    assert len(set(counted)) == 4, counted


def test_more_than_a_thousand_is_a_count(cast, visitor, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    for number in range(4):
        list_profile(cast, key=f"x:handle:s{number}", name=f"Savonkoski {number}")
    assert queries.count() == 3
    assert queries.listing(queries.Filters()).total == 3


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(["q", "platform", "unit", "kind", "after", "before", "sort"]),
        st.one_of(st.text(), st.sampled_from(["office", "password", "1" * 30, "a.\x00", "a.b"])),
    )
)
def test_a51_no_search_filter_or_cursor_breaks_the_list(cast, visitor, given):
    for path in ("/register", "/api/v1/profiles"):
        answer = visitor.client.get(path, query_string=given)
        assert answer.status_code in (200, 404, 422), given


def test_a106_a_search_that_is_too_long_is_refused_and_kept(cast, visitor):
    list_profile(cast)
    long = "kirjasto" * 300
    page = visitor.opens("/register", query={"q": long}, status=422)
    assert page.errors
    assert long in page.html
    visitor.opens("/api/v1/profiles", query={"q": long}, status=422)
    visitor.opens("/register", query={"q": "😱" * 2048}, status=200)


@pytest.mark.policy("P0")
def test_the_start_page_counts_the_official_profiles(cast, visitor):
    assert "Luettelossa ei ole vielä profiileja." in visitor.opens("/").main
    list_profile(cast)
    assert "Kaupungilla on 1 virallinen profiili yhdessä palvelussa." in visitor.opens("/").main
    list_profile(cast, key="x:handle:savonkoski", state=CLOSING)
    list_profile(cast, key="tiktok:handle:savonkoski", state=CLOSED)
    page = visitor.opens("/")
    assert "Kaupungilla on 2 virallista profiilia 2 palvelussa." in page.main
    assert page.heading == "Onko somessa näkemäsi profiili kaupungin oma?"
    assert page.fills(q="kirjasto").presses("Tarkista").path == "/check"
    assert page.follows("Katso viralliset profiilit").path == "/register"


@pytest.mark.policy("G8")
def test_the_start_page_sends_who_was_cheated_to_bank_and_police_at_once(visitor):
    for lang, said in {
        "fi": "Soita heti pankkiisi.",
        "sv": "Ring genast din bank.",
        "en": "Call your bank at once.",
    }.items():
        assert said in visitor.opens(f"/?lang={lang}").main
    assert "poliisille" in visitor.opens("/?lang=fi").main


def test_staff_find_the_list_at_the_end_of_their_navigation(cast, visitor):
    page = visitor.signs_in(cast.requester).opens("/desk")
    nav = next(page.tree.iter("nav"))
    assert "".join(list(nav.iter("a"))[-1].itertext()).strip() == "Luettelo"
