"""Whatever people type: each thing they ask about gets a verdict, the worst first, and nothing calm
hides a warning."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.people.models import Unit
from intake.profiles.models import AddressMark, MarkKind, Profile
from intake.register import check, queries
from intake.register.queries import by_slug
from tests.register.listing import list_expert, list_profile

V = check.Verdict
FAKE, OURS = "instagram.com/savonkosken.arvonta", "facebook.com/savonkoskenkirjasto"
# What is typed, and its verdicts, the worst first.
ASKED = {
    # names, bent, misspelt, joined, of the unit, in Swedish and in English
    "kirjasto": [V.NAME],
    "kirjaston": [V.NAME],
    "kirjaasto": [V.NAME],
    "Savonkosken-kirjasto": [V.NAME],
    "Savonkosken kirjastolla": [V.NAME],
    "kirj asto": [V.NAME],
    "biblioteket": [V.NAME],
    "Onko Savonkosken kirjaston sivu aito?": [V.NAME],
    "Is the library page real?": [V.NAME],
    "savonkoski": [V.NAME],
    "savonkoskenkirjasto": [V.NAME],
    "kaupunki mastodon": [V.NAME],
    "Noora Lepoharjula": [V.NAME],
    "noora lepoharjulan profiili": [V.NAME],
    "kirjasto ja kaupunki arpoivat lahjakortteja": [V.NAME],
    "Savonkosken kіrjasto": [V.LOOKALIKE],  # a letter of another script
    "Savonkosken kirjasto arvonta": [V.LOOKALIKE],
    "savonkosken.kaupunki": [V.LOOKALIKE],  # nobody's on Instagram, whatever Facebook overlooks
    # a hijacked profile by its name, whatever stands around it
    "kaapattu profiili": [V.WARNING],
    "Kaapatun profiilin sivu": [V.WARNING],
    "kaapatu profili": [V.WARNING],
    f"kaapattu profiili {OURS}": [V.WARNING, V.OFFICIAL],
    # handles
    "Instagram @savonkosken_kaupunki": [V.CLOSING],
    "@savonkosken_kaupunki": [V.CLOSING],
    "savonkosken_kaupunki instassa": [V.CLOSING],
    "Facebook @savonkosken_kaupunki": [V.LOOKALIKE],
    "onko @savonkosken_kaupunki_ aito?": [V.LOOKALIKE],
    "fb: savonkoskenkirjasto": [V.OFFICIAL],
    "Facebook @savonkosken.arvonta": [V.FAKE],
    "savonkosken.arvonta": [V.FAKE],
    "hei savonkosken.arvonta kysyy pankkitunnuksia": [V.FAKE],
    "@savonkoski.kaapattu": [V.WARNING],
    "@savonkosken_kaupunki, @savonkosken.arvonta ja @eikukaan": [V.FAKE, V.UNKNOWN, V.CLOSING],
    # addresses in running text
    f"Katso tämä: https://www.{OURS}!!! onko aito?": [V.OFFICIAL],
    f"{FAKE} {OURS}": [V.FAKE, V.OFFICIAL],
    f"{OURS}\n{FAKE}": [V.FAKE, V.OFFICIAL],
    "hxxps://instagram[.]com/savonkosken.arvonta": [V.FAKE],
    f"https://x.com@evil.example/savonkoski_demo {OURS}": [V.UNKNOWN, V.OFFICIAL],
    f"[24.11.2026 klo 9.12] Mummo: Voita! https://{FAKE}?igsh=1 👀": [V.FAKE],
    # numbers and references
    "0401234567": [V.UNKNOWN],
    "VI-EHBBR6": [V.UNKNOWN],
    "kirjasto@savonkoski.example": [V.UNKNOWN],
    "asdfghjkl": [V.UNKNOWN],
    "": [V.UNKNOWN],
    "Onko tämä aito?": [V.UNKNOWN],
}
ALONE = {
    "threads.com/@savonkoski.kaapattu": V.WARNING,
    "@savonkoski.kaapattu": V.WARNING,
    "Kaapattu profiili": V.WARNING,
    FAKE: V.FAKE,
    "@savonkosken.arvonta": V.FAKE,
    "savonkosken.arvonta": V.FAKE,
}
AROUND = [
    "Hei!",
    "onko tämä aito?",
    "🤡",
    "\n",
    "\u200b",
    OURS,
    "@savonkosken_kaupunki",
    "kirjasto",
]
AROUND += [
    "Savonkosken kaupunki",
    "x.com/eikukaan",
    "(",
    "”",
    "040 123 4567",
    "VI-EHBBR6",
    "Facebook",
]


@pytest.fixture
def full(town):
    """The town, with an expert, and a hijacked profile of another unit than the library."""
    list_expert(town)
    with write():
        db.session.get(Unit, town.library.id).name_sv = "Biblioteket"
        db.session.get(Profile, by_slug("kaapattu").id).unit_id = town.far.id
    return town


def verdicts(text: str) -> list[check.Verdict]:
    return [one.verdict for one in check.answer(text, queries.known()).every]


@pytest.mark.policy("P4", "O8")
def test_each_thing_that_is_asked_about_gets_its_verdict_the_worst_first(full):
    assert {text: verdicts(text) for text in ASKED} == ASKED


def test_the_expected_profiles_are_named(full):
    for text, name in (
        ("kirjaston", "Savonkosken kirjasto"),
        ("biblioteket", "Savonkosken kirjasto"),
        ("noora lepoharjulan profiili", "Savonkosken nuorisopalvelut Noora Lepoharjula"),
        ("kaapatu profili", "Kaapattu profiili"),
    ):
        found = check.answer(text, queries.known()).profiles
        assert name in [one.name for one in found], text


def test_page_batch_and_single_answer_agree(full, visitor):
    texts = list(ASKED)
    batch = visitor.client.post("/api/v1/check", json={"queries": texts}).json["results"]
    for text, of_batch in zip(texts, batch, strict=True):
        single = visitor.client.get("/api/v1/check", query_string={"q": text}).json
        assert single == of_batch
        assert [one["verdict"] for one in single["askings"] or [single]] == ASKED[text]
        assert single["verdict"] == ASKED[text][0]
        if not text:
            continue
        page = visitor.opens("/check", query={"q": text}, status=200)
        place = 0
        for one in single["askings"] or [single]:
            sentence = " ".join(one["message"].replace("\u00a0", " ").partition(". ")[0].split())
            place = page.main.index(sentence.rstrip("."), place)


def test_an_asking_says_what_it_is_and_the_state_of_its_profile(full, visitor):
    found = visitor.client.get(
        "/api/v1/check", query_string={"q": f"kaapattu profiili {OURS}"}
    ).json
    told = [(one["kind"], one["reach"], one["state"]) for one in found["askings"]]
    assert told == [("name", None, "hijacked"), ("address", "profile", "official")]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(list(ALONE)),
    st.lists(st.sampled_from(AROUND), max_size=4),
    st.lists(st.sampled_from(AROUND), max_size=4),
)
def test_a231_no_noise_and_no_order_makes_a_warning_or_a_fake_calmer(full, text, before, after):
    found = verdicts(" ".join([*before, text, *after]))
    assert ALONE[text] in found
    assert found == sorted(found, key=lambda one: one.rank)
    assert found[0].rank <= ALONE[text].rank


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80), st.text(max_size=80))
def test_a51_no_text_raises_or_hides_a_fake(full, before, after):
    found = verdicts(f"{before} {FAKE} {after}")
    assert V.FAKE in found
    assert found == sorted(found, key=lambda one: one.rank)


def test_at_equal_keys_a_fake_goes_before_official_and_what_is_ours_is_still_named(full):
    marked = {"key": "tiktok:handle:savonkosken_kaupunki", "mark": MarkKind.CONFIRMED}
    with write():
        db.session.add(AddressMark(since=clock.now(), **marked))
    found = check.answer("@savonkosken_kaupunki", queries.known())
    assert found.verdict is V.FAKE
    assert found.message.startswith("TikTok: ")
    assert "Instagram: " in found.message
    assert [one.name for one in found.profiles] == ["Savonkosken kaupunki"]
    assert check.answer("Instagram @savonkosken_kaupunki", queries.known()).verdict is V.CLOSING


def test_one_key_that_is_listed_and_a_confirmed_fake_is_a_fake(full):
    with write():
        key = "facebook:vanity:savonkoskenkirjasto"
        db.session.add(AddressMark(key=key, mark=MarkKind.CONFIRMED, since=clock.now()))
    assert check.answer(OURS, queries.known()).verdict is V.FAKE


def test_a_fake_repeats_the_address_and_says_what_to_do(full, visitor):
    page = visitor.opens("/check", query={"q": f"Katso {FAKE} !!"}, status=200)
    assert f"Tarkistit: {FAKE}" in page.main
    for said in ("Älä vastaa sille", "soita heti pankkiisi"):
        assert said in page.main
    assert page.link("Ilmoita valeprofiilista").endswith("q=instagram.com%2Fsavonkosken.arvonta")


@pytest.mark.parametrize(
    "text", ["asdfghjkl", "x.com/eikukaan", "@eikukaan", "0401234567", "a@b.fi"]
)
def test_nothing_found_says_what_to_do_and_never_to_trust(full, visitor, text):
    for lang, advice in (
        ("fi", "Älä anna tietoja tai rahaa ennen kuin olet varma."),
        ("sv", "Ge inga uppgifter eller pengar innan du är säker."),
        ("en", "Do not give data or money before you know."),
    ):
        page = visitor.opens("/check", query={"q": text, "lang": lang}, status=200)
        assert advice in page.main
        query = {"q": text, "lang": lang}
        assert advice in visitor.client.get("/api/v1/check", query_string=query).json["message"]


def test_the_longest_text_of_addresses_is_answered_whole(full, visitor):
    text = " ".join(f"x.com/a{n}" for n in range(250))[:2000] + f" {FAKE}"
    found = visitor.client.get("/api/v1/check", query_string={"q": text[-2048:]}).json
    assert found["verdict"] == "fake"
    assert len(found["askings"]) > 150


def test_a_name_that_many_have_lists_some_of_them(cast):
    for number in range(12):
        list_profile(cast, key=f"x:handle:koulu{number}", name=f"Koulu {number}")
    found = check.answer("koulujen sivu", queries.known())
    assert found.verdict is V.NAME
    assert 1 <= len(found.profiles) <= 6
