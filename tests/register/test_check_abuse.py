"""What people try with the check, and what it costs."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.data.base import db
from intake.data.write import write
from intake.profiles.models import AddressMark, MarkKind, Profile
from intake.register import check, queries
from tests.register.listing import list_profile

SPELLINGS = (
    "facebook.com/savonkoskenkirjasto",
    "instagram.com/savonkosken_kaupunki",
    "savonkosken_kaupunki",
    "@savonkoski@some.example",
    "https://some.example/@savonkoski",
)
CONFUSED = {
    "a": "аɑ",
    "e": "еҽ",
    "i": "іıl1",
    "o": "оο0",
    "k": "κк",
    "s": "ѕ5",
    "n": "ոm",
    "u": "υv",
    "j": "ј",
    "t": "т",
    "r": "г",
    "v": "ν",
    "_": "ˍ-",
}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a12_one_confusable_sign_is_never_official(town, data):
    text = data.draw(st.sampled_from(SPELLINGS))
    start = text.index("/@") + 2 if "/@" in text else text.rfind("/") + 1 if "/" in text else 0
    places = [n for n, sign in enumerate(text) if sign in CONFUSED and n >= start]
    place = data.draw(st.sampled_from(places))
    sign = data.draw(st.sampled_from(CONFUSED[text[place]]))
    fake = text[:place] + sign + text[place + 1 :]
    assert check.answer(text, queries.known()).verdict in ("official", "closing")
    assert check.answer(fake, queries.known()).verdict not in ("official", "closing", "former")


@pytest.mark.parametrize(
    "text",
    [
        "https://x.com@evil.example/savonkoski_demo",
        "https://evil.example\\@facebook.com/savonkoskenkirjasto",
        "https://facebook.com.evil.example/savonkoskenkirjasto",
        "facebook.com%2fsavonkoskenkirjasto",
        "//evil.example/savonkoskenkirjasto",
        "java\tscript:facebook.com/savonkoskenkirjasto",
        "http://facebook.com:80:evil.example/savonkoskenkirjasto",
        "https://evil.example/@savonkoski@some.example",
        "https://evil.example/?u=https://facebook.com/savonkoskenkirjasto",
        "https://evil.example/#facebook.com/savonkoskenkirjasto",
        "https://xn--facebook-9ua.com/savonkoskenkirjasto",
        "facebook.com/savonkoskenkirjasto\x00",
        "." * 2000,
        "<script>alert(1)</script>",
        "javascript:alert(1)",
    ],
)
def test_a13_no_trick_of_the_parser_makes_an_address_official(town, visitor, text):
    found = visitor.client.get("/api/v1/check", query_string={"q": text})
    assert found.status_code == 200
    assert found.json["verdict"] != "official"
    page = visitor.opens("/check", query={"q": text}, status=200)
    assert "<script>alert" not in page.html


@pytest.mark.policy("O8")
def test_a14_a_freed_handle_of_a_closed_profile_is_never_official(town, visitor):
    for text in ("x.com/savonkoski_demo", "@savonkoski_demo", "https://x.com/SAVONKOSKI_DEMO"):
        found = visitor.client.get("/api/v1/check", query_string={"q": text}).json
        assert found["verdict"] == "closed"
    page = visitor.opens("/check?q=x.com/savonkoski_demo")
    assert "Mastodon: @savonkoski@some.example" in page.main  # where people are sent instead


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60), st.sampled_from(["", "facebook.com/", "@", "https://"]))
def test_a51_any_text_gets_an_answer(town, visitor, text, before):
    query = {"q": before + text}
    assert visitor.client.get("/api/v1/check", query_string=query).status_code == 200
    assert visitor.client.get("/check", query_string=query).status_code == 200


def test_w7_a_batch_takes_as_many_queries_as_one_text_however_long_the_register(
    cast, visitor, queries_of
):
    counted = set()
    for size in (10, 300):
        known = db.session.query(Profile).count()
        db.session.rollback()
        for number in range(known, size):
            list_profile(cast, key=f"x:handle:savonkoski{number}", name=f"Savonkoski {number}")
        visitor.client.get(
            "/api/v1/check?q=@eikukaan"
        )  # what the town knows is read once after a change
        for texts in (["x.com/savonkoski1"], [f"savonkoski{n}" for n in range(100)]):
            with queries_of() as statements:
                answer = visitor.client.post("/api/v1/check", json={"queries": texts})
            assert [line["verdict"] for line in answer.json["results"]][:5] == ["official"] * min(
                5, len(texts)
            )
            counted.add(len(statements))
    # asked only where there are any: the profiles of names, known neighbours, names by shape, core
    # and bag, names a letter apart, the profiles of all these
    assert max(counted) - min(counted) <= 7


def test_a81_the_answer_is_the_same_whatever_else_is_known_of_an_unlisted_address(
    town, visitor, now
):
    """Nothing but the register is asked, so a faker learns nothing here (A81)."""
    before = visitor.client.get("/api/v1/check?q=x.com/valekaupunki").json
    with write():
        db.session.add(AddressMark(key="x:handle:valekaupunki", mark=MarkKind.HELD, since=now))
    assert visitor.client.get("/api/v1/check?q=x.com/valekaupunki").json == before
