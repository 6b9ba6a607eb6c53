"""Keepers say where services take reports of fake profiles, and try it now and then (P5)."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.handbook import queries, service
from intake.handbook.models import Channel, ReportRoute
from intake.handbook.service import routes
from intake.handbook.shipped import ROUTES
from intake.refusals import Stale, Unseen
from tests.browser import Browser
from tests.handbook.test_editing_platforms import BAD_ADDRESSES

FLICKR = "/handbook/routes/flickr/rules"
TODAY = date(2026, 11, 23)


@pytest.fixture
def keeper(app, cast) -> Browser:
    return Browser(app).signs_in(cast.keeper)


def flickr() -> ReportRoute:
    return queries.route("flickr", Channel.RULES)


def lines(route_id: str):
    return [(entry.step, entry.detail(), words) for entry, words in audit_trail.history([route_id])]


@pytest.mark.policy("P5")
def test_a_way_to_report_is_shipped_for_every_service_and_none_is_tried_yet(app):
    found = queries.routes()
    assert len(found) == len(ROUTES)
    assert {code for code, _channel in found} == {one.code for one in queries.platforms()}
    assert all(route.checked_on is None for route in found.values())
    assert queries.unchecked_routes(TODAY) == len(ROUTES)
    assert all(" " in route.address or route.link for route in found.values())


def test_what_the_town_changed_or_removed_stays_so_at_the_next_start(app, now):
    with write():
        flickr().address = "https://flickr.example/"
        db.session.execute(delete(ReportRoute).where(ReportRoute.platform_code == "x"))
    with write():
        service.ensure_shipped(now)
    assert flickr().address == "https://flickr.example/"
    assert queries.route("x", Channel.RULES) is None


def test_a_database_from_before_routes_gets_them_all(app, now):
    with write():
        db.session.execute(delete(ReportRoute))
    with write():
        service.ensure_shipped(now)
    assert len(queries.routes()) == len(ROUTES)


@pytest.mark.policy("P5")
def test_the_list_says_what_waits_and_a_press_says_it_was_tried_today(keeper):
    page = keeper.opens("/upkeep")
    assert "21 reittiä odottaa kokeilua." in page.main
    page = page.follows("Ilmoitusreitit")
    assert "21 reittiä on kokeilematta" in page.main
    assert "ei vielä kokeiltu" in page.main
    page = page.presses("Kokeiltu tänään Flickr, palvelun sääntöjen rikkominen")
    assert page.path == "/handbook/routes"
    assert flickr().checked_on == TODAY
    assert "20 reittiä on kokeilematta" in page.main
    assert "kokeiltu 23.11.2026" in page.main
    ((step, facts, words),) = lines(flickr().id)
    assert (step, words) == ("check", None)
    assert facts == {
        "platform": "flickr",
        "channel": "rules",
        "checked_on": [None, "2026-11-23"],
    }
    shown = keeper.opens("/handbook/platforms/flickr").main
    assert "Eero Kivihalla kokeili ilmoitusreittiä." in shown
    assert "Kokeiltu viimeksi: – → 23.11.2026" in shown


@pytest.mark.policy("P5")
def test_a_route_asks_to_be_tried_again_after_half_a_year(keeper, cast, now, still):
    with write():
        for route in queries.routes().values():
            routes.check(route, cast.keeper, now)
    assert queries.unchecked_routes(TODAY) == 0
    still.move_to("2027-05-25T09:00:00+00:00")
    assert queries.unchecked_routes(date(2027, 5, 25)) == 0
    empty = Browser(keeper.app).signs_in(cast.keeper).opens("/handbook/routes?unchecked=1")
    assert "Kaikki reitit on kokeiltu" in empty.main
    still.move_to("2027-05-26T09:00:00+00:00")
    assert queries.unchecked_routes(date(2027, 5, 26)) == len(ROUTES)
    late = Browser(keeper.app).signs_in(cast.keeper).opens("/handbook/routes?unchecked=1")
    assert "kokeiltu 23.11.2026, kokeile uudelleen" in late.main


def test_routes_of_a_retired_service_wait_for_nobody(keeper, now):
    with write():
        queries.platform("flickr").retired_at = now
    assert queries.unchecked_routes(TODAY) == len(ROUTES) - 1
    assert "Flickr" not in keeper.opens("/handbook/routes").main


@pytest.mark.policy("P5")
def test_a_route_is_changed_and_so_tried_noted_with_old_and_new(keeper):
    page = keeper.opens(FLICKR)
    assert page.heading == "Näin ilmoitetaan palveluun Flickr"
    page.fills(address="https://flickr.example/report", needs_account="no").presses("Tallenna")
    found = flickr()
    assert (found.address, found.needs_account) == ("https://flickr.example/report", False)
    assert found.checked_on == TODAY
    ((step, facts, words),) = lines(found.id)
    assert step == "change"
    assert facts["needs_account"] == [True, False]
    assert facts["checked_on"] == [None, "2026-11-23"]
    assert words == {
        "address": ["On the profile: Report abuse", "https://flickr.example/report"],
    }
    page = keeper.opens("/handbook/routes")
    assert page.link("https://flickr.example/report") == "https://flickr.example/report"


def test_a_change_of_what_is_asked_is_no_trial(keeper):
    keeper.opens(FLICKR).fills(asks="Osoite ja aika.").presses("Tallenna")
    assert flickr().asks == "Osoite ja aika."
    assert flickr().checked_on is None
    assert flickr().address == "On the profile: Report abuse"


def test_shipped_words_are_in_the_readers_language_until_the_town_writes_its_own(app, cast):
    swedish = Browser(app).signs_in(cast.keeper)
    page = swedish.opens(FLICKR, query={"lang": "sv"})
    assert "I profilen: Report abuse (anmäl missbruk)" in page.html
    page.fills(needs_account="no").presses("Spara")
    assert flickr().address == "On the profile: Report abuse"
    assert "Profiilissa: Report abuse" in swedish.opens("/handbook/routes?lang=fi").main
    swedish.opens(FLICKR, query={"lang": "sv"}).fills(asks="Adressen.").presses("Spara")
    assert "Adressen." in swedish.opens("/handbook/routes?lang=fi").main


def test_a_route_that_was_not_there_is_recorded(keeper):
    page = keeper.opens("/handbook/platforms/flickr").follows("Valitus ratkaisusta")
    page = page.fills(address="abuse@flickr.example", needs_account="no").presses("Tallenna")
    found = queries.route("flickr", Channel.COMPLAINT)
    assert (found.link, found.checked_on) == ("mailto:abuse@flickr.example", TODAY)
    assert lines(found.id)[0][0] == "add"
    assert page.link("abuse@flickr.example") == "mailto:abuse@flickr.example"


def test_a_route_that_is_there_no_more_is_removed_and_noted(keeper):
    row_id = flickr().id
    page = keeper.opens(FLICKR).follows("Poista reitti")
    assert page.heading == "Poistetaanko tämä reitti: Flickr?"
    page.presses("Poista reitti")
    assert flickr() is None
    ((step, _facts, words),) = lines(row_id)
    assert (step, words) == ("remove", {"address": ["On the profile: Report abuse", ""]})
    keeper.opens(f"{FLICKR}/remove", status=404)
    keeper.opens(f"{FLICKR}/check", status=404)


@pytest.mark.parametrize(
    "address", [one for one in BAD_ADDRESSES if ":" in one.split("/")[0] or one[:1] in "/\\"]
)
def test_a28_a_way_that_leads_astray_is_refused_beside_its_field(keeper, address):
    page = keeper.opens(FLICKR).fills(address=address).presses("Tallenna")
    assert page.status == 422
    assert page.errors[0].startswith("Kirjoita koko verkko-osoite, jonka alku on https://, tai")
    assert flickr().address == "On the profile: Report abuse"


@pytest.mark.parametrize("address", [*BAD_ADDRESSES, "a@b", "x@evil.example?cc=y@z.example"])
def test_a28_a_way_that_got_in_otherwise_is_text(keeper, address):
    with write():
        flickr().address = address
    for path in ("/handbook/routes", f"{FLICKR}/check", f"{FLICKR}/remove"):
        links = [link.get("href") for link in keeper.opens(path).tree.iter("a")]
        assert not [link for link in links if link in (address, f"mailto:{address}")]


@pytest.mark.parametrize(
    "words", ["Sovelluksessa: Ilmoita", "terms.example", "Tukilomake, kohta 3"]
)
def test_words_are_a_way_too(keeper, words):
    keeper.opens(FLICKR).fills(address=words).presses("Tallenna")
    assert (flickr().address, flickr().link) == (words, "")


def test_a19_two_keepers_do_not_overwrite_each_others_route(app, keeper, cast):
    mine = keeper.opens(FLICKR)
    other = Browser(app).signs_in(cast.other_keeper)
    other.opens(FLICKR).fills(asks="Ensin.").presses("Tallenna")
    late = mine.fills(asks="Sitten.").presses("Tallenna")
    assert late.status == 409
    assert "Mitä se kysyy Ensin." in late.main
    assert "Sitten." in late.main
    assert flickr().asks == "Ensin."
    late.presses("Tallenna")
    assert flickr().asks == "Sitten."


def test_a_route_that_changed_meanwhile_is_not_removed(app, keeper, cast, now):
    page = keeper.opens(f"{FLICKR}/remove")
    other = Browser(app).signs_in(cast.other_keeper)
    other.opens(FLICKR).fills(asks="Uutta.").presses("Tallenna")
    late = page.presses("Poista reitti")
    assert (late.status, flickr().asks) == (409, "Uutta.")
    with pytest.raises(Stale), write():
        routes.remove(flickr(), cast.keeper, now, was="")
    late.presses("Poista reitti")
    assert flickr() is None


def test_two_at_once_record_one_route(cast, now):
    values = {"address": "Ensin", "needs_account": False, "asks": ""}
    platform, channel = queries.platform("flickr"), Channel.ART16
    with write():
        routes.store(platform, channel, values, cast.keeper, now, was="")
    platform = queries.platform("flickr")
    with pytest.raises(Stale), write():
        routes.store(platform, channel, values, cast.other_keeper, now, was="")
    assert (
        len(db.session.scalars(select(ReportRoute).filter_by(channel=channel)).all())
        == len([one for one in ROUTES if one.channel is channel]) + 1
    )


@pytest.mark.parametrize("channel", ["nothing", "RULES", "", "rules'"])
def test_what_is_no_channel_is_not_found(app, channel):
    with pytest.raises(Unseen):
        routes.get("flickr", channel)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Anmälningsvägar", "Prövad i dag", "inte prövad ännu", "brott mot tjänstens")),
        ("en", ("Report routes", "Tried today", "not tried yet", "In the app: Report, fake")),
    ],
)
def test_the_routes_speak_the_readers_language(keeper, language, words):
    page = keeper.opens("/handbook/routes", query={"lang": language})
    lower = page.main.lower()
    assert [word for word in words if word.lower() not in lower] == []
