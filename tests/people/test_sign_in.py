"""Signing in: the same answer for all, nobody locked out, nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.people import passwords, sign_in
from intake.people.models import Person, Session
from tests.browser import Browser, Page
from tests.factories import PASSWORD

WRONG = "Osoite tai salasana on väärä."


def tries(browser: Browser, email: str, password: str) -> Page:
    return (
        browser.opens("/sign-in").fills(email=email, password=password).presses("Kirjaudu sisään")
    )


def test_a_person_signs_in_and_out(app, cast):
    browser = Browser(app).signs_in_by_page(cast.requester)
    page = browser.opens("/me")
    assert page.heading == cast.requester.name
    assert page.presses("Kirjaudu ulos").path == "/"
    assert browser.opens("/desk").path == "/sign-in"


@pytest.mark.parametrize(
    "who", ["unheard.of@savonkoski.example", "requester", "leaver", "passwordless"]
)
def test_a35_the_same_answer_and_the_same_work_for_everybody(app, cast, monkeypatch, who):
    with write():
        db.session.get(Person, cast.colleague.id).password_hash = None
    names = {"passwordless": cast.colleague.email}
    email = names.get(who) or (who if "@" in who else getattr(cast, who).email)
    hashed = []
    real = passwords.PasswordHasher.verify
    monkeypatch.setattr(
        passwords.PasswordHasher, "verify", lambda self, *a: hashed.append(1) or real(self, *a)
    )
    page = tries(Browser(app), email, "wrong password here")
    assert page.status == 422
    assert page.errors == [WRONG]
    assert len(hashed) == 1
    assert db.session.scalars(select(Session)).all() == []


def test_a38_a_password_is_never_trimmed_and_too_long_a_one_is_not_hashed(app, cast, monkeypatch):
    with write():
        db.session.get(Person, cast.requester.id).password_hash = passwords.hashed("  ä😀 väli ")
    assert tries(Browser(app), cast.requester.email, "ä😀 väli").status == 422
    assert tries(Browser(app), cast.requester.email, "  ä😀 väli ").path == "/desk"
    monkeypatch.setattr(passwords.PasswordHasher, "verify", lambda *_: 1 / 0)
    assert tries(Browser(app), cast.requester.email, "x" * 257).errors == [WRONG]


def test_a36_a_stranger_cannot_lock_a_colleague_out(app, cast):
    known = Browser(app).signs_in_by_page(cast.head)
    known.opens("/me").presses("Kirjaudu ulos")
    stranger = Browser(app)
    statuses = [tries(stranger, cast.head.email, "guess").status for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert tries(stranger, cast.head.email, PASSWORD).status == 429
    assert known.signs_in_by_page(cast.head)  # the browser that was here before gets in


def test_a37_a_network_that_guesses_is_told_to_wait(app, cast):
    for number in range(20):
        tries(Browser(app), f"nobody{number}@savonkoski.example", "guess")
    page = tries(Browser(app), cast.head.email, PASSWORD)
    assert page.status == 429
    assert 0 < int(page.response.headers["Retry-After"]) <= 301
    assert "Odota" in page.errors[0]
    other = Browser(app)
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert other.signs_in_by_page(cast.head)


def test_a30_a_planted_session_is_worth_nothing(app, cast):
    browser = Browser(app).signs_in_by_page(cast.requester)
    before = browser.client.get_cookie("session").value
    browser.signs_in_by_page(cast.head)
    old = Browser(app)
    old.client.set_cookie("session", before)
    assert old.opens("/desk").path == "/sign-in"
    rows = db.session.scalars(select(Session).order_by(Session.created_at)).all()
    assert [row.ended_at is None for row in rows] == [False, True]


def test_a31_a_copied_session_ends_with_sign_out_idleness_and_the_day(app, cast, still):
    browser = Browser(app).signs_in_by_page(cast.requester)
    copied = browser.client.get_cookie("session").value
    still.shift(timedelta(minutes=31))
    assert browser.opens("/desk").path == "/sign-in"
    browser.signs_in_by_page(cast.requester)
    for _ in range(20):
        still.shift(timedelta(minutes=29))
        browser.opens("/me")
    still.shift(timedelta(minutes=29))
    assert browser.opens("/desk").path == "/sign-in"
    thief = Browser(app)
    thief.client.set_cookie("session", copied)
    assert thief.opens("/desk").path == "/sign-in"


def test_a43_whoever_leaves_is_out_at_once(app, cast, make):
    browser = Browser(app).signs_in_by_page(cast.requester)
    make.leave(cast.requester)
    assert browser.opens("/desk").path == "/sign-in"


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/me", "/me"),
        ("/trail?before=3", "/trail?before=3"),
        ("//evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("https:evil.example", "/desk"),
        ("https://evil.example/me", "/desk"),
        ("/%09/evil.example", "/desk"),
        ("\t//evil.example", "/desk"),
        ("/sign-out", "/desk"),
        ("/sign-in?next=/sign-in", "/desk"),
        ("/no/such/page", "/desk"),
        ("", "/desk"),
    ],
)
def test_a29_next_never_leaves_the_site(app, wanted, place):
    with app.test_request_context("/"):
        assert sign_in.safe_next(wanted) == place


def test_sign_in_leads_to_where_one_wanted_to_go(app, cast):
    page = Browser(app).opens("/me")
    assert page.path == "/sign-in"
    page = page.fills(email=cast.requester.email.upper(), password=PASSWORD).presses(
        "Kirjaudu sisään"
    )
    assert page.path == "/me"


def test_what_was_typed_when_the_session_ended_is_not_lost(app, cast, still):
    browser = Browser(app).signs_in_by_page(cast.requester)
    page = browser.opens("/me").fills(language="sv")
    still.shift(timedelta(hours=1))
    refused = page.presses("Tallenna")
    assert refused.status == 401
    assert "tallessa" in refused.main
    again = refused.fills(email=cast.requester.email, password=PASSWORD).presses("Kirjaudu sisään")
    done = again.presses("Lähetä kirjoittamani")
    assert done.path == "/me"
    assert db.session.get(Person, cast.requester.id, populate_existing=True).language == "sv"


def test_what_one_person_typed_is_not_handed_to_another(app, cast, still):
    browser = Browser(app).signs_in_by_page(cast.requester)
    page = browser.opens("/me").fills(language="sv")
    still.shift(timedelta(hours=1))
    refused = page.presses("Tallenna")
    other = refused.fills(email=cast.head.email, password=PASSWORD).presses("Kirjaudu sisään")
    assert other.path == "/desk"


def test_a23_sign_in_and_sign_out_need_the_form(app, cast):
    client = app.test_client()
    assert (
        client.post("/sign-in", data={"email": cast.head.email, "password": PASSWORD}).status_code
        == 400
    )
    browser = Browser(app).signs_in_by_page(cast.head)
    assert browser.opens("/sign-out").heading == "Kirjaudu ulos"
    assert browser.opens("/desk").path == "/desk"


@pytest.mark.parametrize(
    ("language", "heading"), [("fi", "Kirjaudu sisään"), ("sv", "Logga in"), ("en", "Sign in")]
)
def test_sign_in_speaks_three_languages(app, cast, language, heading):
    browser = Browser(app)
    assert browser.opens(f"/sign-in?lang={language}").heading == heading
    assert browser.opens("/sign-in").heading == heading  # kept in a cookie
