"""A31, A41, A44: where one is signed in, and every way in which that ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.people import accounts, browsers, links, sign_in
from intake.people.models import LinkPurpose, LinkToken, Person, Session
from tests.browser import PASSWORD, Browser
from tests.dump import dump
from tests.people.mailbox import NEW, letters, link

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def at(app, person, agent: str = FIREFOX, password: str = PASSWORD) -> Browser:
    """Somebody signed in with a browser that says what it is."""
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    return browser.signs_in_by_page(person, password)


def copied(browser: Browser) -> Browser:
    """A browser that holds the same cookie: a thief's."""
    thief = Browser(browser.app)
    thief.client.set_cookie("session", browser.client.get_cookie("session").value)
    return thief


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome, ChromeOS"),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>alert(1)</script>" * 100, ""),
    ],
)
def test_a_browser_is_named_in_our_own_words(agent, name):
    assert browsers.named(agent) == name


def test_a_person_sees_where_they_are_signed_in_and_ends_it(app, cast, still):
    phone = at(app, cast.requester, SAFARI)
    still.shift(timedelta(minutes=5))
    desktop = at(app, cast.requester)
    at(app, cast.head)
    page = desktop.opens("/me").follows("Missä olet kirjautuneena")
    assert page.main.index("Firefox, Windows") < page.main.index("Safari, iPhone")
    assert "Alkoi 23.11.2026 klo 10.00, päättyy viimeistään 23.11.2026 klo 20.00" in page.main
    assert page.main.count("tämä selain") == 1
    assert page.buttons().count("Kirjaa ulos 23.11.2026 klo 10.00") == 1
    page = page.presses("Kirjaa ulos")
    assert "Istunto on päätetty." in page.main
    assert "Safari" not in page.main
    assert phone.opens("/desk").path == "/sign-in"
    assert desktop.opens("/desk").path == "/desk"
    entry = audit_trail.latest(cast.requester.id, "end_session")
    assert entry.actor == cast.requester.id
    assert entry.detail() == {"sessions": 1}
    assert accounts.DONE["person"]["end_session"]


def test_all_others_are_ended_at_once_and_nobody_elses(app, cast):
    others = [at(app, cast.requester) for _ in range(3)]
    colleague = at(app, cast.colleague)
    browser = at(app, cast.requester)
    page = browser.opens("/me/sessions").presses("Kirjaudu ulos kaikkialla muualla")
    assert page.path == "/me/sessions"
    assert "Kirjaudu ulos kaikkialla muualla" not in page.buttons()
    assert {one.opens("/desk").path for one in others} == {"/sign-in"}
    assert colleague.opens("/desk").path == "/desk"


def test_a41_the_session_of_another_is_none(app, cast):
    at(app, cast.head)
    theirs = db.session.scalars(select(Session.hash)).one()
    browser = at(app, cast.requester)
    page = browser.opens("/me/sessions")
    token = next(one.get("value") for one in page.tree.iter("input") if one.get("type") == "hidden")
    before = dump()
    for which in (theirs, "0" * 64, "*"):
        assert browser.posts("/me/sessions", {"csrf_token": token, "which": which}).status == 404
    assert browser.posts("/me/sessions", {"csrf_token": token}).status == 422
    assert dump() == before


def test_a31_a_copied_session_dies_when_it_is_ended_and_with_a_new_password(app, cast):
    browser, other = at(app, cast.requester), at(app, cast.requester)
    thief, old = copied(other), copied(browser)
    assert thief.opens("/desk").path == "/desk"
    page = browser.opens("/me/password").fills(current_password=PASSWORD, password=NEW)
    page = page.presses("Vaihda salasana")
    assert "Salasanasi on vaihdettu." in page.main
    assert thief.opens("/desk").path == other.opens("/desk").path == "/sign-in"
    assert browser.opens("/desk").path == "/desk"
    browser.opens("/me").presses("Kirjaudu ulos")
    assert old.opens("/desk").path == "/sign-in"
    assert len(letters(cast.requester, "password_changed")) == 1
    assert at(app, cast.requester, password=NEW)


def test_the_same_password_again_is_no_new_one(app, cast):
    page = at(app, cast.requester).opens("/me/password").fills(current_password=NEW, password=NEW)
    page = page.presses("Vaihda salasana")
    assert page.errors == ["Valitse toinen salasana kuin nykyisesi."]
    assert letters(cast.requester, "password_changed") == []


def test_a31_everything_ends_with_deactivation(app, cast, now):
    browsers_of_theirs = [at(app, cast.requester) for _ in range(2)]
    with write():
        assert sign_in.end_all(db.session.get_one(Person, cast.requester.id), now) == 2
    assert {one.opens("/desk").path for one in browsers_of_theirs} == {"/sign-in"}
    with write():
        assert sign_in.end_all(db.session.get_one(Person, cast.requester.id), now) == 0


def test_a44_no_door_is_open_to_whoever_left(app, cast, make, now):
    browser = at(app, cast.requester)
    Browser(app).opens("/reset").fills(email=cast.requester.email).presses("Lähetä linkki")
    with write():
        person = db.session.get_one(Person, cast.requester.id)
        invitation = accounts.links.path(accounts.invite(person, cast.administrator, now))
    reset = link(letters(cast.requester, "reset")[0])
    doors = [Browser(app).opens(path) for path in (reset, invitation)]
    assert [page.status for page in doors] == [404, 200]  # an invitation replaces every link
    Browser(app).opens("/reset").fills(email=cast.requester.email).presses("Lähetä linkki")
    reset = link(letters(cast.requester, "reset")[1])
    doors[0] = Browser(app).opens(reset)
    make.leave(cast.requester)
    before = dump()
    assert browser.opens("/desk").path == "/sign-in"
    for page, path in zip(doors, (reset, invitation), strict=True):
        assert Browser(app).opens(path).status == 404
        assert page.fills(password=NEW).presses("Tallenna").status == 404
        assert not any(links.open_(kind, path.rsplit("/", 1)[1], now) for kind in LinkPurpose)
    page = Browser(app).opens("/sign-in").fills(email=cast.requester.email, password=PASSWORD)
    assert page.presses("Kirjaudu").status == 422
    assert dump() == before


def test_whoever_sits_at_an_open_browser_does_not_guess_the_password(app, cast):
    """Not even where the browser is known to the account, which lets its owner sign in."""
    browser = at(app, cast.head)
    page = browser.opens("/me/password")
    before = dump()
    guesses = [
        page.fills(current_password="a guess", password=NEW).presses("Vaihda salasana")
        for _ in range(11)
    ]
    assert [one.status for one in guesses] == [422] * 10 + [429]
    assert guesses[0].errors == ["Salasana on väärä."]
    assert 0 < int(guesses[-1].response.headers["Retry-After"]) <= 301
    right = page.fills(current_password=PASSWORD, password=NEW).presses("Vaihda salasana")
    assert right.status == 429
    assert dump() == before


def test_a_weak_new_password_is_told_before_the_old_one_is_tried(app, cast):
    page = at(app, cast.requester).opens("/me/password")
    refused = page.fills(current_password="wrong", password="Noora Lepoharjula 1").presses("Vaihda")
    assert refused.status == 422
    assert refused.errors == [
        "Jätä pois oma nimesi, osoitteesi ja kaupungin nimi: niitä arvataan ensimmäisenä."
    ]


def test_no_password_travels_through_the_sign_in_page(app, cast, still):
    browser = at(app, cast.requester)
    page = browser.opens("/me/password").fills(current_password=PASSWORD, password=NEW)
    still.shift(timedelta(hours=1))
    refused = page.presses("Vaihda salasana")
    assert refused.status == 401
    again = refused.fills(email=cast.requester.email, password=PASSWORD).presses("Kirjaudu")
    for shown in (refused, again):
        assert PASSWORD not in shown.html
        assert NEW not in shown.html
    asked = again.presses("Lähetä kirjoittamani")
    assert asked.status == 422
    assert len(asked.errors) == 2


def test_old_sessions_and_links_are_forgotten(app, cast, tick, still):
    at(app, cast.requester)
    Browser(app).opens("/reset").fills(email=cast.head.email).presses("Lähetä linkki")
    still.shift(timedelta(days=29))
    tick()
    db.session.rollback()
    assert [len(db.session.scalars(select(one)).all()) for one in (Session, LinkToken)] == [1, 1]
    still.shift(timedelta(days=2))
    tick()
    db.session.rollback()
    assert [len(db.session.scalars(select(one)).all()) for one in (Session, LinkToken)] == [0, 0]
