"""A25: what was typed into a request stays text from the draft to the register and the mail."""

import html

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.profiles.models import Profile
from tests.browser import Browser
from tests.establishment import making as requests
from tests.profiles import making as profiles

PAYLOADS = (
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} ${7*7} %(actor)s",
    "</script><script>alert(1)</script>",
)


def planted(payload: str) -> dict[str, dict[str, list[str]]]:
    """Pages with the payload in every free text of an office request."""
    text = [f"Teksti, jossa on {payload} ja loppu."]
    return {
        "profile": {"profile_name": [f"Nuoret {payload}"], "handle": ["nuoret.x"]},
        "unit": {"represents_text": text},
        "purpose": {"purpose": text, "audience": text},
        "content": {"content_plan": text},
        "questions": {"answering": text, "private_messages_text": text},
        "terms": {"terms_version": [payload]},
        "closing": {"exit_plan": text},
        "admins": {"admins-0-task": [payload], "admins-1-task": [payload]},
    }


def assert_text(page_html: str, where: str) -> None:
    for live in ("<img src=x", "<script>alert", "Nuoret 49", "on 49"):
        assert live not in page_html, f"{live} on {where}"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a25_what_was_planted_in_a_request_is_text_everywhere(app, cast, payload):
    request = requests.make_request(cast, S.DRAFT, **planted(payload))
    requests.take(request, "submit", cast.requester)
    requests.take(request, "return", cast.head, remarks={"purpose": f"Miksi {payload}?"})
    requests.take(request, "submit", cast.requester)
    head = Browser(app).signs_in(cast.head)
    path = f"/establishment/{request.id}"
    seen = [head.opens(one) for one in (path, f"{path}/versions/1", f"{path}/reject", "/desk")]
    requests.take(
        request, "approve", cast.head, reason=f"Koska {payload}", conditions=[f"Ehto {payload}"]
    )
    profile = db.session.scalars(select(Profile)).one()
    profile_path = f"/profiles/{profile.id}"
    keeper = Browser(app).signs_in(cast.keeper)
    seen += [keeper.opens(one) for one in (path, profile_path, "/establishment", "/profiles")]
    profiles.take(profile, "accept_part", cast.admin)
    profiles.set_up(cast, profile)
    profiles.confirm(cast, profile)
    slug = profiles.again(profile).slug
    public = [f"/register/{slug}", "/register", "/register?q=nuoret", "/check?q=nuoret.x"]
    for language in ("fi", "sv", "en"):
        seen += [
            Browser(app).opens(f"{one}{'&' if '?' in one else '?'}lang={language}")
            for one in public
        ]
    seen += [keeper.opens(profile_path), keeper.opens("/trail")]
    for page in seen:
        assert page.status == 200, page.path
        assert_text(page.html, page.path)
    shown = [page for page in seen if payload in html.unescape(page.html)]
    assert len(shown) > len(seen) // 2
    assert payload in next(page for page in seen if page.path == public[0]).text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a25_letters_hold_it_as_text_too(app, cast, payload):
    request = requests.make_request(cast, S.DRAFT, **planted(payload))
    requests.take(request, "submit", cast.requester)
    administrator = Browser(app).signs_in(cast.administrator)
    rows = db.session.scalars(select(Message)).all()
    assert rows
    told = 0
    for row in rows:
        letter = outbox.letter(row)
        assert_text(letter.html, "letter")
        assert "\n" not in letter.subject
        told += payload in html.unescape(letter.html)
        assert_text(administrator.opens(f"/messages/{row.id}").html, "message")
    assert told
