"""Keepers add hosts by which addresses are read, and no key changes its meaning by it (S2, A12)."""

import pytest
from sqlalchemy import select

from intake.addresses import read, read_host, shipped_hosts, takes_hosts
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.fakes.models import CaseKey
from intake.fakes.states import CaseState as C
from intake.handbook import queries
from intake.handbook.models import PlatformHost
from intake.handbook.service import hosts as service
from intake.refusals import Unready, Unseen
from tests.browser import Browser
from tests.establishment import making as requests
from tests.fakes.making import make_case
from tests.profiles import making as profiles

HOSTS = "/handbook/platforms/youtube/hosts"


@pytest.fixture
def keeper(app, cast) -> Browser:
    return Browser(app).signs_in(cast.keeper)


def add(keeper: Browser, host: str, code: str = "youtube"):
    page = keeper.opens(f"/handbook/platforms/{code}/hosts").fills(host=host)
    return page.presses("Lisää palvelinnimi")


def names() -> list[str]:
    return sorted(db.session.scalars(select(PlatformHost.host)))


@pytest.mark.policy("S2", "S3")
def test_a_host_is_added_noted_and_read_by_from_then_on(keeper, cast):
    assert read("https://video.example/@kirjasto", queries.known()).platform == "mastodon"
    page = add(keeper, " WWW.Video.example ")
    assert page.path == "/handbook/platforms/youtube"
    assert "video.example" in page.main
    assert read("https://video.example/@kirjasto", queries.known()).keys == (
        "youtube:handle:kirjasto",
    )
    ((entry, words),) = audit_trail.history(["youtube"])
    assert (entry.step, entry.detail(), words) == ("add_host", {"host": "video.example"}, None)
    assert "Palvelinnimi: video.example" in page.main


def test_stored_addresses_follow_a_host_that_is_added_and_removed(keeper, cast):
    case = make_case(cast, C.RECEIVED, "https://video.example/@savonkosken_feikki")
    row = select(CaseKey.key).where(CaseKey.case_id == case.id)
    assert db.session.scalar(row) == "mastodon:acct:savonkosken_feikki@video.example"
    add(keeper, "video.example")
    assert db.session.scalar(row) == "youtube:handle:savonkosken_feikki"
    keeper.opens(f"{HOSTS}/video.example").presses("Poista")
    assert db.session.scalar(row) == "mastodon:acct:savonkosken_feikki@video.example"


def test_every_other_keeper_and_administrator_is_told(keeper, cast):
    add(keeper, "video.example")
    found = db.session.scalars(select(Message)).all()
    assert {row.person_id for row in found} == {cast.other_keeper.id, cast.administrator.id}
    letter = outbox.letter(found[0])
    assert letter.subject == "YouTube: palvelinnimet ovat muuttuneet"
    assert "Eero Kivihalla lisäsi palveluun palvelinnimen." in letter.plain
    assert "/handbook/platforms/youtube" in letter.plain


@pytest.mark.policy("S3")
def test_a_server_of_the_network_is_known_as_one(keeper):
    shown = "https://some.example/@kirjasto@other.example"
    assert read(shown, queries.known()).platform == "web"
    add(keeper, "some.example", "mastodon")
    assert read(shown, queries.known()).keys == ("mastodon:acct:kirjasto@other.example",)


REFUSED = {
    "https://video.example": "Kirjoita pelkkä palvelimen nimi",
    "//video.example": "Kirjoita pelkkä palvelimen nimi",
    "video.example/kanava": "Kirjoita pelkkä palvelimen nimi",
    "video.example:8080": "Kirjoita pelkkä palvelimen nimi",
    "user@video.example": "Kirjoita pelkkä palvelimen nimi",
    "video.example?x": "Kirjoita pelkkä palvelimen nimi",
    "video example": "Kirjoita pelkkä palvelimen nimi",
    "video..example": "Kirjoita pelkkä palvelimen nimi",
    "[::1]": "Kirjoita pelkkä palvelimen nimi",
    "*.video.example": "Kirjoita pelkkä palvelimen nimi",
    "a!b.video.example": "Kirjoita pelkkä palvelimen nimi",
    "fi": "Tämä ei ole kenenkään",
    "co.uk": "Tämä ei ole kenenkään",
    "github.io": "Tämä ei ole kenenkään",
    "localhost": "Tämä ei ole kenenkään",
    "127.0.0.1": "Tämä ei ole kenenkään",
    "2130706433": "Tämä ei ole kenenkään",
    "m.youtube.com": "Palvelu tunnetaan jo",
    "ｙoutube.com": "Palvelu tunnetaan jo",
    "facebook.com": "Tämä palvelinnimi kuuluu toiselle",
    "fi-fi.facebook.com": "Tämä palvelinnimi kuuluu toiselle",
    "uusi.facebook.com": "Tämä palvelinnimi kuuluu toiselle",
    "mastodon.social": "Tämä palvelinnimi kuuluu toiselle",
    "kirjasto.bsky.social": "Tämä palvelinnimi kuuluu toiselle",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a13_what_is_no_host_of_the_service_is_refused_beside_its_field(keeper, text):
    page = add(keeper, text)
    assert page.status == 422
    assert page.errors[0].startswith(REFUSED[text])
    assert names() == []


@pytest.mark.parametrize("text", ["faceb00k.com", "facebok.com", "facebook.com.video.example"])
def test_a12_a_host_that_resembles_a_genuine_one_is_pointed_out_first(keeper, text):
    page = add(keeper, text, "facebook")
    assert page.status == 422
    assert "Nimi muistuttaa nimeä facebook.com." in page.main
    assert names() == []
    other = page.fills(host="youtu6e.com").presses("Lisää palvelinnimi silti")
    assert "Nimi muistuttaa nimeä youtube.com." in other.main
    page.presses("Lisää palvelinnimi silti")
    assert names() == [text]


def test_an_international_name_is_kept_as_browsers_know_it(keeper):
    add(keeper, "KÄPY.example")
    assert names() == ["xn--kpy-qla.example"]


def test_a_host_is_added_once_for_one_service(keeper):
    add(keeper, "video.example")
    assert add(keeper, "video.example").errors == ["Tämä palvelinnimi on jo lisätty."]
    assert add(keeper, "video.example", "flickr").errors == ["Tämä palvelinnimi on jo lisätty."]


LISTED = {
    "mastodon:acct:kirjasto@some.example": "https://some.example/@kirjasto",
    "web:page:some.example/oma": "https://some.example/oma",
}


@pytest.mark.policy("P4", "S2")
@pytest.mark.parametrize("key", LISTED)
def test_a12_no_host_may_change_what_a_listed_address_means(keeper, cast, key):
    profiles.make_profile(cast, key=key)
    assert queries.known().hosts == {}
    page = add(keeper, "some.example")
    assert page.status == 422
    assert page.errors == ["Luettelossa olevan profiilin osoite luettaisiin toisin."]
    assert key in page.main
    assert "Lisää palvelinnimi silti" not in page.buttons()
    assert names() == []
    visitor = Browser(keeper.app).opens("/check", query={"q": LISTED[key]})
    assert "kaupungin virallinen" in visitor.heading


def test_a12_the_button_that_is_not_there_does_not_help_either(cast, now):
    profiles.make_profile(cast, key="web:page:some.example/oma")
    with pytest.raises(service.Cautioned), write():
        service.add(queries.platform("youtube"), "some.example", cast.keeper, now, anyway=True)
    assert names() == []


def test_a_host_beside_that_of_a_listed_profile_does_not_matter(keeper, cast):
    profiles.make_profile(cast, key="web:page:some.example/oma")
    add(keeper, "video.some.example")
    assert names() == ["video.some.example"]


def test_what_a_request_has_is_shown_before_it_is_read_otherwise(keeper, cast):
    request = requests.make_request(
        cast,
        S.SUBMITTED,
        profile={
            "platform": ["mastodon"],
            "handle": [""],
            "profile_url": ["https://some.example/@nuoret"],
        },
    )
    assert request.key == "mastodon:acct:nuoret@some.example"
    page = add(keeper, "some.example")
    assert page.status == 422
    assert "mastodon:acct:nuoret@some.example" in page.main
    assert page.link(request.name) == f"/establishment/{request.id}"
    assert page.presses("Lisää palvelinnimi silti").status == 200
    assert names() == ["some.example"]


@pytest.mark.policy("S2")
def test_a_host_is_removed_and_noted(keeper, cast):
    add(keeper, "video.example")
    page = keeper.opens("/handbook/platforms/youtube").follows("Poista video.example")
    assert page.heading == "Poistetaanko palvelinnimi video.example?"
    assert "Omia palvelinnimiä ei ole lisätty." in page.presses("Poista palvelinnimi").main
    assert [entry.step for entry, _words in audit_trail.history(["youtube"])] == [
        "add_host",
        "remove_host",
    ]
    keeper.opens(f"{HOSTS}/video.example", status=404)


def test_before_a_host_is_removed_the_profiles_typed_with_it_are_shown(keeper, cast):
    add(keeper, "video.example")
    profile = profiles.make_profile(cast, profiles.P.SETUP, key="youtube:handle:nuoret")
    profiles.type_address(profile, cast.requester, "https://video.example/@nuoret")
    page = keeper.opens(f"{HOSTS}/video.example").presses("Poista palvelinnimi")
    assert page.status == 422
    assert "youtube:handle:nuoret" in page.main
    page.presses("Poista palvelinnimi silti")
    assert names() == []
    assert profiles.again(profile).typed[0].key == "youtube:handle:nuoret"


def test_what_the_product_ships_cannot_be_removed(keeper, cast, now):
    keeper.opens(f"{HOSTS}/youtube.com", status=404)
    with pytest.raises(Unseen), write():
        service.remove(queries.platform("youtube"), "youtube.com", cast.keeper, now)
    page = keeper.opens("/handbook/platforms/youtube")
    assert "m.youtube.com" in page.main
    assert "Poista youtube.com" not in page.main


def test_services_that_are_told_apart_by_their_addresses_take_no_hosts(keeper):
    page = keeper.opens("/handbook/platforms/web")
    assert "Palvelinnimiä ei tarvita." in page.main
    keeper.opens("/handbook/platforms/web/hosts", status=404)
    assert [takes_hosts(code) for code in ("web", "peertube", "mastodon", "x")] == [
        False,
        False,
        True,
        True,
    ]
    assert shipped_hosts("peertube") == []
    assert read_host("x", "uusi.example").name == "uusi.example"


def test_unready_tells_the_field(cast, now):
    with pytest.raises(Unready) as refusal, write():
        service.add(queries.platform("x"), "", cast.keeper, now)
    assert [problem.field for problem in refusal.value.problems] == ["host"]
