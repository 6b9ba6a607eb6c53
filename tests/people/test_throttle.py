"""A192: nobody guesses for ever, and nobody is locked out: not by a browser that was here once, not
by a neighbour in the same town hall."""

import json
from base64 import b64encode
from datetime import timedelta

import altcha
import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.people import passwords
from intake.people.models import Person
from intake.web import proof_of_work
from tests.browser import Browser, Page
from tests.factories import PASSWORD

WRONG = "guess"


def tries(browser: Browser, email: str, password: str = WRONG, **more: str) -> Page:
    page = browser.opens("/sign-in").fills(email=email, password=password, **more)
    return page.presses("Kirjaudu sisään")


def solved(page: Page) -> str:
    """The work on a page, done as its script does it."""
    (given,) = [one for one in page.tree.iter() if one.get("data-work")]
    challenge = altcha.Challenge.from_dict(json.loads(given.get("data-work")))
    solution = altcha.solve_challenge(challenge)
    content = {"challenge": challenge.to_dict(), "solution": solution.to_dict()}
    return b64encode(json.dumps(content).encode()).decode()


@pytest.fixture(autouse=True)
def easy(monkeypatch):
    """Work that takes no time."""
    monkeypatch.setattr(proof_of_work, "ROUNDS", 1)


def guessing(app, email: str) -> Browser:
    """A browser from whose network ten guesses have failed."""
    browser = Browser(app)
    assert [tries(browser, email).status for _ in range(10)] == [422] * 10
    return browser


def test_a192_a_known_browser_guesses_more_but_not_for_ever(app, cast):
    known = Browser(app).signs_in_by_page(cast.head)
    known.opens("/me").presses("Kirjaudu ulos")
    statuses = [tries(known, cast.head.email).status for _ in range(42)]
    assert statuses == [422] * 40 + [429] * 2  # thirty of its own, then ten like anybody


def test_a192_what_a_known_browser_fails_holds_up_nobody_else(app, cast):
    known = Browser(app).signs_in_by_page(cast.head)
    known.opens("/me").presses("Kirjaudu ulos")
    for _ in range(30):
        tries(known, cast.head.email)
    assert tries(Browser(app), cast.head.email, PASSWORD).path == "/desk"


def test_a192_a_new_password_makes_a_browser_a_stranger(app, cast):
    known = Browser(app).signs_in_by_page(cast.head)
    known.opens("/me").presses("Kirjaudu ulos")
    guessing(app, cast.head.email)
    assert tries(known, cast.head.email, PASSWORD).path == "/desk"
    known.opens("/me").presses("Kirjaudu ulos")
    with write():
        db.session.get(Person, cast.head.id).password_hash = passwords.hashed("uusi-salasana-1")
    assert tries(known, cast.head.email, "uusi-salasana-1").status == 429


def test_a192_who_changes_the_password_stays_known(app, cast):
    known = Browser(app).signs_in_by_page(cast.head)
    page = known.opens("/me/password")
    page.fills(current_password=PASSWORD, password="kaneli-tuuli-49-helmi").presses(
        "Vaihda salasana"
    )
    known.opens("/me").presses("Kirjaudu ulos")
    guessing(app, cast.head.email)
    assert tries(known, cast.head.email, "kaneli-tuuli-49-helmi").path == "/desk"


def test_a192_a_browser_is_known_for_a_year_whatever_its_cookie_says(app, cast, still):
    known = Browser(app).signs_in_by_page(cast.head)
    cookie = known.client.get_cookie("device").value
    still.shift(timedelta(days=366))
    guessing(app, cast.head.email)
    later = Browser(app)
    later.client.set_cookie("device", cookie)
    assert tries(later, cast.head.email, PASSWORD).status == 429


def test_a192_a_town_hall_that_signs_in_may_mistype_more(app, cast):
    everybody = [one for name, one in cast.everyone().items() if name != "leaver"]
    for person in everybody:
        Browser(app).signs_in_by_page(person)
    free = 20 + 5 * len(everybody)
    statuses = [tries(Browser(app), f"x{n}@savonkoski.example").status for n in range(free + 1)]
    assert statuses == [422] * free + [429]


def test_a192_beyond_every_limit_a_right_password_costs_work_and_gets_in(app, cast):
    browser = guessing(app, cast.head.email)
    held = tries(browser, cast.head.email, PASSWORD)
    assert held.status == 429
    assert cast.head.email in held.html  # what was typed is kept
    assert tries(browser, cast.head.email, PASSWORD, altcha=solved(held)).path == "/desk"


def test_a192_work_is_good_once_and_for_its_own_door_alone(app, cast):
    browser = guessing(app, cast.head.email)
    proof = solved(tries(browser, cast.head.email))
    assert tries(browser, cast.head.email, altcha=proof).status == 422
    assert tries(browser, cast.head.email, PASSWORD, altcha=proof).status == 429
    for nonsense in ("x", "e30=", "", proof[:-8]):
        assert tries(browser, cast.head.email, PASSWORD, altcha=nonsense).status == 429
    with app.test_request_context():
        other = proof_of_work.challenge("report", 8, clock.now())
        challenge = altcha.Challenge.from_dict(other)
    content = {"challenge": other, "solution": altcha.solve_challenge(challenge).to_dict()}
    foreign = b64encode(json.dumps(content).encode()).decode()
    assert tries(browser, cast.head.email, PASSWORD, altcha=foreign).status == 429


def test_a192_the_work_doubles_as_the_failures_do(app, cast):
    browser, seconds = guessing(app, cast.head.email), []
    for _ in range(31):
        page = tries(browser, cast.head.email)
        seconds.append(_seconds(page))
        tries(browser, cast.head.email, altcha=solved(page))
    assert seconds == [1] * 10 + [2] * 20 + [4]


def _seconds(page: Page) -> int:
    (given,) = [one.get("data-work") for one in page.tree.iter() if one.get("data-work")]
    return json.loads(given)["parameters"]["data"]["seconds"]
