"""A101: what turns text around or hides in it is kept, and shown as what it is."""

import re

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.profiles.models import Profile
from intake.web import unicode_controls
from tests.browser import Browser
from tests.establishment import making
from tests.profiles import making as profiles

TURNED = "Nuoret \u202ekäänteinen\u2066 \u200bpiilo\ufeff \U000e0041"
FAMILY = "👩\u200d👧"
LIVE = re.compile("[\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def turned(cast):
    """A request and its profile whose name and texts hold such signs."""
    request = making.make_request(
        cast,
        S.DRAFT,
        profile={"profile_name": [TURNED], "handle": ["nuoret.x"]},
        purpose={"purpose": [f"{TURNED} {FAMILY}. Kerromme kesätöistä."]},
    )
    making.take(request, "submit", cast.requester)
    return request


def outside_controls(page) -> str:
    """Every text of the page but what its controls hold."""
    found = []
    for element in page.tree.iter():
        if element.tag != "textarea":
            found.append(element.text or "")
        found.append(element.tail or "")
    return " ".join(found)


def test_a101_pages_show_each_sign_and_turn_nothing(app, cast, turned):
    making.take(turned, "approve", cast.head, reason=f"Koska {TURNED}")
    profile = db.session.scalars(select(Profile)).one()
    profiles.take(profile, "accept_part", cast.admin)
    profiles.set_up(cast, profile)
    profiles.confirm(cast, profile)
    slug = profiles.again(profile).slug
    head = Browser(app).signs_in(cast.head)
    inside = [f"/establishment/{turned.id}", "/establishment", f"/profiles/{profile.id}"]
    public = [f"/register/{slug}", "/register", "/check?q=nuoret.x"]
    for path in inside + public:
        text = outside_controls((head if path in inside else Browser(app)).opens(path))
        assert not LIVE.search(text), path
        assert "⟨U+202E⟩käänteinen⟨U+2066⟩" in text, path
        assert ("⟨U+200B⟩" in text) == (path in inside), path
    assert FAMILY in head.opens(inside[0]).text
    assert profiles.again(profile).name == TURNED  # kept as it was typed


def test_a101_what_is_typed_stays_as_it_is_in_its_control(app, cast):
    request = making.make_request(cast, S.DRAFT, purpose={"purpose": [TURNED]})
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/establishment/{request.id}/form/purpose")
    control = next(one for one in page.tree.iter("textarea") if one.get("name") == "purpose")
    assert "".join(control.itertext()).strip() == TURNED
    page.presses("Tallenna ja palaa myöhemmin")
    assert making.again(request).draft["purpose"]["purpose"] == [TURNED]


def test_a101_letters_turn_nothing(cast, turned):
    row = db.session.scalars(select(Message).where(Message.person_id == cast.head.id)).first()
    letter = outbox.letter(row)
    for text in (letter.subject, letter.plain, letter.html):
        assert not LIVE.search(text)
    assert "⟨U+202E⟩" in letter.subject + letter.html


def test_a101_a_question_of_the_check_is_shown_back_as_it_is(app):
    page = Browser(app).opens("/check", query={"q": "x.com/savon\u202ekoski"}, status=200)
    assert not LIVE.search(outside_controls(page))


def test_a101_a_page_with_such_signs_keeps_its_etag(app, cast, turned):
    client = app.test_client()
    first = client.get("/check", query_string={"q": "x.com/savon\u202ekoski"})
    again = client.get(
        "/check",
        query_string={"q": "x.com/savon\u202ekoski"},
        headers={"If-None-Match": first.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\n", "\x1b"])
def test_a101_one_line_takes_no_separator_of_lines(app, cast, sign):
    request = making.make_request(cast, S.DRAFT)
    browser = Browser(app).signs_in(cast.requester)
    path = f"/establishment/{request.id}/form/profile"
    filled = browser.opens(path).fills(profile_name=f"Nuoret{sign}palvelut")
    data = filled._data(filled._button("Tallenna ja jatka")[0]) | {"go": "yes"}
    refused = browser.client.post(path, data=data)
    assert refused.status_code == 422
    assert "ilman ohjausmerkkejä" in refused.text


def test_a101_a_thousand_marks_on_a_letter_do_not_grow_a_page():
    assert unicode_controls.shown("a" + "\u0301" * 1000) == "a" + "\u0301" * 1000
