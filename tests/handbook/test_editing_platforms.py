"""Keepers add, change and retire services (S2, G3, G7)."""

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.outbox import Message
from intake.establishment import known as requests_know
from intake.establishment.forms import Context
from intake.establishment.states import RequestState as S
from intake.handbook import queries
from intake.handbook.models import Approval, PlatformKind
from intake.handbook.service import platforms as service
from intake.profiles import rules
from intake.refusals import Stale, Unready, WrongState
from tests.browser import Browser
from tests.establishment import making as requests
from tests.profiles import making as profiles

NEW = {
    "stored_name": "PeerTube",
    "code": "peertube",
    "kind": "media",
    "approval": "on_trial",
    "has_messages": "no",
    "bio_limit": "",
    "terms_url": "https://video.example/ehdot",
}
BAD_ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example",
    "/\\evil.example",
    "https:evil.example",
    "https://",
    "https://localhost/",
    "https://user@evil.example/",
    "https://x.example\\@evil.example/",
    "https://evil.example/ x",
    'https://evil.example/"onmouseover="x',
    "ftp://evil.example/",
    "terms.example",
)


@pytest.fixture
def keeper(app, cast) -> Browser:
    return Browser(app).signs_in(cast.keeper)


def lines(subject_id: str):
    return [
        (entry.step, entry.detail(), words) for entry, words in audit_trail.history([subject_id])
    ]


@pytest.mark.policy("S2", "G7")
def test_a_service_is_added_offered_at_once_and_noted(keeper, cast):
    page = keeper.opens("/upkeep").follows("Palvelut").follows("Lisää palvelu")
    page = page.fills(**NEW).presses("Lisää palvelu")
    assert page.path == "/handbook/platforms/peertube"
    assert "Palvelu on lisätty." in page.text
    found = queries.platform("peertube")
    assert (found.name, found.kind, found.approval) == (
        "PeerTube",
        PlatformKind.MEDIA,
        Approval.ON_TRIAL,
    )
    assert (found.has_messages, found.bio_limit) == (False, None)
    assert found in queries.platforms()
    ((step, facts, words),) = lines("peertube")
    assert step == "add"
    assert facts == {
        "kind": "media",
        "approval": "on_trial",
        "has_messages": False,
        "bio_limit": None,
    }
    assert words == {"stored_name": "PeerTube", "terms_url": "https://video.example/ehdot"}
    staff = Browser(keeper.app).signs_in(cast.requester).opens("/handbook")
    assert staff.link("Lue ehdot PeerTube") == "https://video.example/ehdot"


@pytest.mark.parametrize(
    "code",
    ["new", "Peertube", "peer tube", "ä", "x", "9gag", "../etc", "a" * 17, "", "web", "other"],
)
def test_a_code_that_cannot_be_or_is_taken_is_refused_and_nothing_typed_is_lost(keeper, code):
    page = keeper.opens("/handbook/platforms/new").fills(**NEW | {"code": code})
    page = page.presses("Lisää palvelu")
    assert page.status == 422
    assert len(page.errors) == 1
    assert "https://video.example/ehdot" in page.html
    assert 'value="PeerTube"' in page.html
    assert len(queries.platforms()) == 17


@pytest.mark.parametrize("name", ["Flickr", "fLICKR"])
def test_two_services_do_not_share_a_name(keeper, name):
    page = keeper.opens("/handbook/platforms/new").fills(**NEW | {"stored_name": name})
    assert page.presses("Lisää palvelu").errors == ["Toisella palvelulla on tämä nimi."]


@pytest.mark.policy("S2", "G7", "G3")
def test_a_change_is_noted_with_old_and_new_values_and_shown(keeper, cast):
    page = keeper.opens("/handbook/platforms/x")
    page = page.fills(
        stored_name="Twitter", approval="not_approved", bio_limit="200", terms_url=""
    ).presses("Tallenna")
    assert "Tallennettu." in page.text
    found = queries.platform("x")
    assert (found.name, found.approval, found.bio_limit) == (
        "Twitter",
        Approval.NOT_APPROVED,
        200,
    )
    ((step, facts, words),) = lines("x")
    assert (step, facts) == (
        "change",
        {"approval": ["approved", "not_approved"], "bio_limit": [160, 200]},
    )
    assert words == {"stored_name": ["X", "Twitter"], "terms_url": ["https://x.com/en/tos", ""]}
    assert "Eero Kivihalla muutti palvelun tietoja." in page.main
    assert "Työkäyttö: hyväksytty työkäyttöön → ei hyväksytty työkäyttöön" in page.main
    assert "Tilaa profiilitekstille: 160 → 200" in page.main
    assert "Käyttöehtojen osoite: https://x.com/en/tos → –" in page.main


def test_saving_what_is_there_already_leaves_no_line(keeper):
    assert keeper.opens("/handbook/platforms/x").presses("Tallenna").status == 200
    assert lines("x") == []


def test_a_name_that_is_said_in_the_readers_language_cannot_be_changed(keeper):
    page = keeper.opens("/handbook/platforms/web")
    assert page.heading == "Verkkosivusto"
    assert 'name="stored_name"' not in page.html
    page.fills(approval="on_trial").presses("Tallenna")
    assert queries.platform("web").stored_name == "Web site"
    assert queries.platform("web").approval is Approval.ON_TRIAL


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a28_an_address_of_terms_that_leads_astray_is_refused_beside_its_field(keeper, address):
    page = keeper.opens("/handbook/platforms/x").fills(terms_url=address).presses("Tallenna")
    assert page.status == 422
    assert page.errors == ["Kirjoita koko verkko-osoite, jonka alku on https://."]
    assert queries.platform("x").terms_url == "https://x.com/en/tos"


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a28_an_address_that_got_in_otherwise_is_no_link(keeper, address):
    with write():
        queries.platform("x").terms_url = address
    for path in ("/handbook", "/handbook/platforms", "/handbook/platforms/x"):
        page = keeper.opens(path)
        assert [link for link in page.tree.iter("a") if link.get("href") == address] == []


def test_a19_two_keepers_do_not_overwrite_each_other(app, keeper, cast):
    mine = keeper.opens("/handbook/platforms/x")
    other = Browser(app).signs_in(cast.other_keeper)
    other.opens("/handbook/platforms/x").fills(bio_limit="200").presses("Tallenna")
    late = mine.fills(bio_limit="300", stored_name="Ex").presses("Tallenna")
    assert late.status == 409
    assert late.errors[0].startswith("Joku on muuttanut tätä")
    assert "Tilaa profiilitekstille 200" in late.main
    assert 'value="300"' in late.html
    assert queries.platform("x").bio_limit == 200
    assert late.presses("Tallenna").status == 200  # having seen it
    assert (queries.platform("x").bio_limit, queries.platform("x").name) == (300, "Ex")


def test_the_service_checks_the_fingerprint_too(cast, now):
    with pytest.raises(Stale), write():
        service.change(queries.platform("x"), {"bio_limit": 1}, cast.keeper, now, was="x")
    assert queries.platform("x").bio_limit == 160


@pytest.mark.policy("S2")
def test_a_retired_service_keeps_what_was_listed_and_can_be_asked_for_no_more(keeper, cast):
    profile = profiles.make_profile(cast, key="instagram:handle:nuoret")
    request = requests.make_request(cast, S.SUBMITTED, profile={"handle": ["nuoret.2"]})
    draft = requests.make_request(cast, S.DRAFT, profile={"handle": ["nuoret.3"]})
    page = keeper.opens("/handbook/platforms/instagram")
    assert "Palvelussa on yksi profiili." in page.main
    assert "yhdessä avoimessa pyynnössä" in page.main
    page = page.follows("Poista käytöstä")
    assert page.heading == "Poistetaanko palvelu Instagram käytöstä?"
    page = page.presses("Poista käytöstä")
    assert "Poistettu käytöstä 23.11.2026." in page.main
    assert "Instagram" in keeper.opens("/handbook/platforms").main
    assert lines("instagram")[0][0] == "retire"
    slug = profiles.again(profile).slug
    assert "Instagram" in Browser(keeper.app).opens(f"/register/{slug}").main
    checked = Browser(keeper.app).opens("/check", query={"q": "instagram.com/nuoret"})
    assert "virallinen profiili" in checked.heading
    offered: Context = requests_know.of(requests.again(draft))
    assert "instagram" not in {one.code for one in offered.platforms}
    requests.take(request, "approve", cast.head, training_reason="", reason="", conditions=[])
    back = keeper.opens("/handbook/platforms/instagram").follows("Ota takaisin käyttöön")
    back.presses("Ota takaisin käyttöön")
    assert queries.platform("instagram").retired_at is None
    assert [step for step, _facts, _words in lines("instagram")] == ["retire", "restore"]


def test_a_service_is_not_retired_twice(cast, now):
    with write():
        service.retire(queries.platform("x"), cast.keeper, now)
    with pytest.raises(WrongState), write():
        service.retire(queries.platform("x"), cast.keeper, now)
    with write():
        service.restore(queries.platform("x"), cast.keeper, now)
    with pytest.raises(WrongState), write():
        service.restore(queries.platform("x"), cast.keeper, now)


@pytest.mark.policy("G7")
def test_a_profile_waits_until_its_service_is_approved_or_on_trial(keeper, cast, now):
    profile = profiles.make_profile(cast, profiles.P.SETUP)
    with write():
        queries.platform("instagram").approval = Approval.NOT_APPROVED
    refused = rules.platform_may_be_used(profiles.again(profile), now)
    assert [str(one) for one in refused]
    page = keeper.opens("/handbook/platforms/instagram").fills(approval="on_trial")
    page.presses("Tallenna")
    assert list(rules.platform_may_be_used(profiles.again(profile), now)) == []


def test_adding_what_is_there_is_refused_by_the_service_too(cast, now):
    values = {"stored_name": "Toinen", "kind": PlatformKind.FORUM, "approval": Approval.APPROVED}
    values |= {"has_messages": True, "bio_limit": None, "terms_url": ""}
    with pytest.raises(Unready) as refusal, write():
        service.add("x", values, cast.keeper, now)
    assert [problem.field for problem in refusal.value.problems] == ["code"]


def test_nobody_is_written_to_for_a_change_of_words(keeper):
    keeper.opens("/handbook/platforms/x").fills(bio_limit="200").presses("Tallenna")
    assert db.session.scalars(select(Message)).all() == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Vad en ändring medför", "Värdnamn", "Anmälningsvägar", "Ta ur bruk")),
        ("en", ("What a change does", "Hosts", "Report routes", "Take out of use")),
    ],
)
def test_the_page_of_a_service_speaks_the_readers_language(keeper, language, words):
    page = keeper.opens("/handbook/platforms/x", query={"lang": language})
    assert [word for word in words if word not in page.main] == []
    page = keeper.opens("/handbook/platforms", query={"lang": language}, status=200)
    assert "Bluesky" in page.main
