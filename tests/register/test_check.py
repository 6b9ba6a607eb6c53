"""Is this profile genuine? Every verdict, on the page and for machines, in three languages."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.write import write
from intake.profiles.states import ProfileState
from intake.register import check, queries
from intake.web import templating
from tests.register.listing import (
    CLOSED,
    FORMER,
    add_address,
    list_expert,
    list_profile,
)

SENTENCES = {
    "warning": (
        (
            "Tämä kaupungin profiili on kaapattu. Älä luota sen viesteihin nyt. "
            "Tavoitat meidät täältä: kirjasto@savonkoski.example"
        ),
        (
            "Den här profilen som tillhör staden har kapats. Lita inte på dess meddelanden nu. "
            "Du når oss här: kirjasto@savonkoski.example"
        ),
        (
            "This profile of the town has been taken over. Do not trust its messages now. "
            "You can reach us here: kirjasto@savonkoski.example"
        ),
    ),
    "official": (
        "Tämä on kaupungin virallinen profiili.",
        "Det här är en av stadens officiella profiler.",
        "This is an official profile of the town.",
    ),
    "closing": (
        "Tämä on kaupungin virallinen profiili. Se lopetetaan 31.12.2026.",
        "Det här är en av stadens officiella profiler. Den läggs ned 31.12.2026.",
        "This is an official profile of the town. It closes on 31 December 2026.",
    ),
    "ended": (
        (
            "Tämä oli kaupungin virallinen profiili 21.11.2026 asti. Päivä on mennyt, eikä "
            "kaupunki ole vahvistanut, mitä profiilille tapahtui. Älä luota siihen."
        ),
        (
            "Detta var stadens officiella profil till och med 21.11.2026. Dagen har passerat, och "
            "staden har inte bekräftat vad som hände med profilen. Lita inte på den."
        ),
        (
            "This was an official profile of the town until 21 November 2026. That day has "
            "passed, and the town has not confirmed what became of it. Do not rely on it."
        ),
    ),
    "closed": (
        (
            "Tämä oli kaupungin virallinen profiili, joka lopetettiin 30.6.2026. "
            "Jos osoitteessa toimii nyt joku, se ei ole kaupunki."
        ),
        (
            "Det här var en av stadens officiella profiler. Den lades ned 30.6.2026. "
            "Om någon nu använder adressen är det inte staden."
        ),
        (
            "This was an official profile, closed on 30 June 2026. "
            "If someone uses the address now, it is not the town."
        ),
    ),
    "former": (
        (
            "Tämä oli kaupungin profiilin osoite 1.3.2026 asti. "
            "Jos osoitteessa toimii nyt joku, se ei ole kaupunki."
        ),
        (
            "Det här var adressen till en av stadens profiler till 1.3.2026. "
            "Om någon nu använder adressen är det inte staden."
        ),
        (
            "This was the address of a town profile until 1 March 2026. "
            "If someone uses it now, it is not the town."
        ),
    ),
    "fake": (
        (
            "Tämä ei ole kaupungin profiili. Selvitämme asiaa. "
            "Älä vastaa sille äläkä anna sille tietoja tai rahaa."
        ),
        (
            "Det här är inte stadens profil. Vi utreder saken. "
            "Svara inte och ge den inga uppgifter eller pengar."
        ),
        (
            "This is not the town's profile. We are dealing with it. "
            "Do not answer it, and give it no data or money."
        ),
    ),
    "lookalike": (
        (
            "Profiili ei ole luettelossa, mutta muistuttaa kaupungin omaa. "
            "Emme tiedä, kuka profiilia käyttää. Älä anna sille tietojasi tai rahaa."
        ),
        (
            "Profilen finns inte i förteckningen men liknar en av stadens. "
            "Vi vet inte vem som använder den. Ge den inte dina uppgifter eller pengar."
        ),
        (
            "The profile is not in the list but resembles one of the town's own. "
            "We do not know who uses it. Do not give it your information or money."
        ),
    ),
    "unreadable": (
        (
            "Emme pysty lukemaan tästä jakolinkistä, mihin profiiliin se johtaa. "
            "Avaa profiili ja kopioi sen oma osoite. "
            "Älä anna tietoja tai rahaa ennen kuin olet varma."
        ),
        (
            "Vi kan inte se vilken profil delningslänken leder till. "
            "Öppna profilen och kopiera dess egen adress. "
            "Ge inga uppgifter eller pengar innan du är säker."
        ),
        (
            "We cannot tell which profile this share link leads to. "
            "Open the profile and copy its own address. "
            "Do not give data or money before you know."
        ),
    ),
    "name": (
        (
            "Näillä virallisilla profiileilla on tämä nimi. "
            "Nimi ei vielä kerro, onko näkemäsi profiili aito."
        ),
        "De här officiella profilerna har namnet. Namnet visar inte om profilen du såg är äkta.",
        (
            "These official profiles have that name. "
            "A name does not show whether the profile you saw is genuine."
        ),
    ),
    "unknown": (
        (
            "Profiilia ei löydy kaupungin virallisten profiilien luettelosta. "
            "Se ei vielä tarkoita, että profiili on väärä. "
            "Jos epäilet valeprofiilia, ilmoita siitä. "
            "Älä anna tietoja tai rahaa ennen kuin olet varma."
        ),
        (
            "Profilen finns inte i stadens förteckning över officiella profiler. Det betyder inte "
            "nödvändigtvis att den är falsk. Anmäl den om du misstänker en falsk profil. "
            "Ge inga uppgifter eller pengar innan du är säker."
        ),
        (
            "The profile is not in the town's list of official profiles. That does not yet mean it "
            "is fake. Report it if you suspect one. "
            "Do not give data or money before you know."
        ),
    ),
}
QUERIES = {
    "warning": "threads.com/@savonkoski.kaapattu",
    "official": "https://www.facebook.com/savonkosken.kirjasto/",
    "closing": "https://www.instagram.com/savonkosken_kaupunki?igsh=abc",
    "ended": "tiktok.com/@savonkoski_kesa",
    "closed": "https://twitter.com/savonkoski_demo",
    "former": "instagram.com/savonkosken_vanha",
    "fake": "https://instagram.com/savonkosken.arvonta/",
    "lookalike": "instagram.com/savonkosken_kaupunkl",
    "unreadable": "https://www.facebook.com/share/1AbCdEfGhI/?mibextid=wwXIfr",
    "name": "savonkosken  KIRJASTO",
    "unknown": "instagram.com/kissavideot",
}


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.policy("P4", "O8")
@pytest.mark.parametrize("verdict", list(check.Verdict))
def test_every_verdict_has_its_exact_sentence_on_the_page_and_for_machines(town, visitor, verdict):
    for lang, sentence in zip(("fi", "sv", "en"), SENTENCES[verdict], strict=True):
        found = visitor.client.get(
            "/api/v1/check", query_string={"q": QUERIES[verdict], "lang": lang}
        ).json
        assert found["query"] == QUERIES[verdict]
        assert found["verdict"] == verdict
        assert plain(found["message"]) == sentence
        assert bool(found["similar"]) == (verdict == "lookalike")
        page = visitor.opens("/check", query={"q": QUERIES[verdict], "lang": lang}, status=200)
        first, _dot, rest = sentence.partition(". ")
        assert page.heading.rstrip(".") == first.rstrip(".")
        assert rest in page.main
        assert QUERIES[verdict] in page.html  # the form again, filled in
    assert verdict in QUERIES


def test_a_genuine_profile_is_named_with_its_facts(town, visitor):
    found = visitor.client.get("/api/v1/check", query_string={"q": QUERIES["official"]}).json
    (profile,) = found["profiles"]
    assert profile["name"] == "Savonkosken kirjasto"
    assert profile["platform"] == "facebook"
    assert profile["status"] == "official"
    assert profile["url"] == "https://www.facebook.com/savonkoskenkirjasto"
    assert profile["register_url"] == "http://127.0.0.1:8000/register/kirjasto"
    page = visitor.opens("/check", query={"q": QUERIES["official"]})
    for said in ("facebook.com/savonkoskenkirjasto", "Kirjasto", "3.10.2026"):
        assert said in page.main
    assert page.follows("Katso profiilin tiedot").path == "/register/kirjasto"


def test_a_former_address_names_where_the_profile_is_now(town, visitor):
    found = visitor.client.get("/api/v1/check", query_string={"q": QUERIES["former"]}).json
    assert [one["handle"] for one in found["profiles"]] == ["savonkosken_kaupunki"]
    page = visitor.opens("/check", query={"q": QUERIES["former"]})
    assert "instagram.com/savonkosken_kaupunki" in page.main


@pytest.mark.parametrize(
    ("text", "verdict", "name"),
    [
        ("HTTPS://FI-FI.FACEBOOK.COM/savonkosken.kirjasto/", "official", "Savonkosken kirjasto"),
        (
            "https://www.instagram.com/Savonkosken_Kaupunki/?hl=fi",
            "closing",
            "Savonkosken kaupunki",
        ),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fsavonkoski_demo",
            "closed",
            "Savonkosken kaupunki",
        ),
        ("https://facebook.com.savonkoski-asiointi.example/", "lookalike", None),
        ("https://x.com@evil.example/savonkoski_demo", "unknown", None),
        ("\uff46acebook.com/savonkoskenkirjasto", "official", "Savonkosken kirjasto"),
        ("https://mastodon.social/@savonkoski@some.example", "official", "Savonkosken kaupunki"),
        (' " instagram.com/savonkosken_kaupunki. " ', "closing", "Savonkosken kaupunki"),
    ],
)
def test_the_one_liners_of_the_town(town, visitor, text, verdict, name):
    found = visitor.client.get("/api/v1/check", query_string={"q": text}).json
    assert found["verdict"] == verdict
    assert {one["name"] for one in found["profiles"]} == ({name} if name else set())
    page = visitor.opens("/check", query={"q": text}, status=200)
    heading = page.heading.replace("Sivusto", "Profiili")  # what it is, is tested elsewhere
    assert heading.startswith(SENTENCES[verdict][0].partition(". ")[0].rstrip("."))


def test_a_bare_handle_names_its_service_and_says_that_others_may_have_it_elsewhere(town, visitor):
    for handle in ("savonkosken_kaupunki", "@Savonkosken_Kaupunki"):
        for lang, sentence, also in zip(
            ("fi", "sv", "en"),
            SENTENCES["closing"],
            (
                "Muissa palveluissa samaa tunnusta voi käyttää joku muu.",
                "I andra tjänster kan någon annan använda samma användarnamn.",
                "On other services someone else may use the same handle.",
            ),
            strict=True,
        ):
            query = {"q": handle, "lang": lang}
            found = visitor.client.get("/api/v1/check", query_string=query).json
            assert found["verdict"] == "closing"
            assert plain(found["message"]) == f"Instagram: {sentence} {also}"
            page = visitor.opens("/check", query=query)
            assert page.heading.startswith("Instagram: ")
            assert also in page.main


def test_a_bare_handle_of_a_town_server_is_found_and_of_two_services_named_with_both(town, visitor):
    list_profile(town, key="threads:handle:savonkoski", name="Savonkoski")
    found = visitor.client.get("/api/v1/check?q=@savonkoski").json
    assert found["verdict"] == "official"
    assert {one["platform"] for one in found["profiles"]} == {"mastodon", "threads"}
    services = found["message"].partition(":")[0]
    assert set(services.split(", ")) == {"Mastodon", "Threads"}


def test_a_date_is_said_only_of_the_services_it_is_true_of(town):
    list_profile(
        town, key="tiktok:handle:savonkoski_demo", state=CLOSED, closed_on=date(2025, 1, 1)
    )
    found = check.answer("savonkoski_demo", queries.known())
    assert len(found.profiles) == 2
    service = found.message.partition(":")[0]
    day = {"X": date(2026, 6, 30), "TikTok": date(2025, 1, 1)}[service]
    assert templating.long_date(day) in found.message


def test_the_first_verdict_that_holds_is_given(town):
    """An address of a closed profile that the town took into use again is official (A14)."""
    list_profile(town, key="x:handle:savonkoski_demo", name="Savonkosken uutiset")
    assert check.answer("x.com/savonkoski_demo", queries.known()).verdict == "official"


@pytest.mark.policy("P4")
def test_a_name_says_nothing_of_any_address(town, visitor):
    page = visitor.opens("/check", query={"q": "Savonkosken kaupunki"}, status=200)
    assert page.heading == "Näillä virallisilla profiileilla on tämä nimi."
    found = visitor.client.get("/api/v1/check?q=Savonkosken+kaupunki").json
    assert {one["platform"] for one in found["profiles"]} == {"mastodon", "instagram"}
    assert found["verdict"] == "name"  # the closed one of that name is no longer official


@pytest.mark.parametrize("state", [ProfileState.SETUP, ProfileState.NEVER_OPENED])
def test_what_is_not_listed_is_unknown(cast, visitor, state):
    list_profile(cast, state=state, name="Tuleva")
    for text in ("facebook.com/savonkoskenkirjasto", "savonkoskenkirjasto", "Tuleva"):
        assert check.answer(text, queries.known()).verdict == "unknown"
    assert "ei löydy" in visitor.opens("/check?q=Tuleva").heading


def test_an_address_that_is_typed_but_not_confirmed_is_unknown(town):
    found = check.answer("instagram.com/savonkosken_uusi", queries.known())
    assert found.verdict == "unknown"


def test_a_closed_experts_address_answers_without_a_name(cast, visitor):
    list_expert(cast, state=CLOSED)
    found = visitor.client.get("/api/v1/check?q=instagram.com/savonkoski.nuoriso.noora").json
    assert found["verdict"] == "closed"
    assert [one["name"] for one in found["profiles"]] == ["Asiantuntijaprofiili"]
    assert found["profiles"][0]["url"] is None
    assert "Lepoharjula" not in str(found)
    gone = visitor.client.get("/api/v1/check", query_string={"q": "Noora Lepoharjula"}).json
    assert gone["verdict"] == "unknown"


def test_several_lines_get_a_verdict_each(town, visitor):
    text = "\r\n".join([*QUERIES.values(), "", " "])
    page = visitor.opens("/check", query={"q": text}, status=200)
    assert page.heading == "Tarkistit 11 profiilia"
    for sentences in SENTENCES.values():
        assert sentences[0].partition(". ")[0] in page.main
    hundred = "\n".join(["x.com/a"] * 100)
    visitor.opens("/check", query={"q": hundred}, status=200)
    page = visitor.opens("/check", query={"q": hundred + "\nx.com/b"}, status=422)
    assert page.errors == ["Tarkista enintään 100 riviä kerralla."]


def test_several_can_be_typed_without_script(town, visitor):
    page = visitor.opens("/check").follows("Tarkista monta kerralla")
    found = page.fills(q="x.com/savonkoski_demo\nx.com/b").presses("Tarkista")
    assert found.heading == "Tarkistit 2 profiilia"


def test_the_language_of_the_address_is_carried_on_by_form_and_links(town, visitor):
    page = visitor.opens("/check?lang=sv")
    found = page.fills(q="x.com/savonkoski_demo").presses("Kontrollera")
    assert found.heading == "Det här var en av stadens officiella profiler."
    assert "lang=sv" in found.link("Se uppgifterna om profilen")


def test_without_a_question_the_page_asks(visitor):
    page = visitor.opens("/check", status=200)
    assert page.heading == "Onko somessa näkemäsi profiili kaupungin oma?"


def test_a_text_that_is_too_long_is_refused_and_kept(town, visitor):
    long = "a" * 2049
    page = visitor.opens("/check", query={"q": long}, status=422)
    assert page.errors == ["Teksti on yhden merkin liian pitkä. Siinä saa olla 2048 merkkiä."]
    assert long in page.html
    refused = visitor.client.get("/api/v1/check", query_string={"q": long})
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    for text in ("a" * 2048, "😱" * 2048):
        visitor.opens("/check", query={"q": text}, status=200)
        assert visitor.client.get("/api/v1/check", query_string={"q": text}).status_code == 200


def test_an_address_without_a_date_uses_the_day_it_was_left(cast):
    profile = list_profile(cast)
    with write():
        add_address(
            cast,
            profile,
            "x:handle:vanha",
            state=FORMER,
            state_since=clock.now() - timedelta(days=1),
        )
    found = check.answer("x.com/vanha", queries.known())
    assert "22.11.2026" in found.message
