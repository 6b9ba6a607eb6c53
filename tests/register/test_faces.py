"""What the public face promises to browsers, caches and machines."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.register import queries
from tests.browser import Browser
from tests.register.listing import CLOSED, list_expert, list_profile

PAGES = (
    "/register",
    "/register?q=kirjasto&platform=facebook",
    "/register/kirjasto",
    "/check",
    "/check?q=facebook.com/savonkoskenkirjasto",
    "/check?lang=sv&q=x.com/a",
    "/api/v1/profiles",
    "/api/v1/profiles/kirjasto",
    "/api/v1/check?q=savonkoskenkirjasto",
)


@pytest.fixture
def library(cast):
    return list_profile(cast, slug="kirjasto")


def test_w2_a140_a141_public_answers_are_the_same_bytes_for_everybody_and_set_no_cookie(
    app, cast, visitor, library
):
    staff = Browser(app).signs_in(cast.keeper)
    for path in PAGES:
        asked = {"Accept-Language": "fi"}
        one = visitor.client.get(path, headers=asked)
        two = staff.client.get(path, headers=asked)
        three = visitor.client.get(
            path,
            headers={**asked, "X-Forwarded-Host": "evil.example", "Accept": "text/x-odd"},
        )
        assert one.status_code == 200
        assert one.data == two.data == three.data, path
        for answer in (one, two, three):
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "public, no-cache"
            assert {"Accept-Language", "Cookie"} <= set(answer.vary.as_set(True))
        assert b"evil.example" not in three.data


def test_an_unchanged_answer_is_not_sent_again(visitor, library):
    for path in PAGES:
        first = visitor.client.get(path)
        again = visitor.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, path
        assert not again.data


def test_a_change_is_seen_at_once(cast, visitor, library):
    tag = visitor.client.get("/register").headers["ETag"]
    list_profile(cast, key="x:handle:uusi", name="Uusi")
    answer = visitor.client.get("/register", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Uusi" in answer.text


def test_a142_an_unknown_suffix_is_not_found_and_not_kept(visitor, library):
    for path in ("/register/kirjasto.css", "/check/x.js", "/register/;.png", "/api/v1/check.json"):
        answer = visitor.client.get(path)
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_a143_only_the_api_is_open_to_pages_of_other_sites(visitor, library):
    for path in PAGES:
        answer = visitor.client.get(path, headers={"Origin": "https://other.example"})
        opened = answer.headers.get("Access-Control-Allow-Origin")
        assert opened == ("*" if path.startswith("/api/") else None)
        assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = visitor.client.options(
        "/api/v1/check",
        headers={
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("/rekisteri", "/register"),
        ("/tarkista", "/check"),
        ("/kontrollera", "/check?lang=sv"),
        ("/kontrollera?lang=en", "/check?lang=en"),
        ("/tarkista?q=x.com/a&_external=1&endpoint=desk.index", "/check?q=x.com/a"),
        ("/rekisteri?q=kirjasto&_scheme=ftp", "/register?q=kirjasto"),
    ],
)
def test_short_addresses_lead_to_the_pages(visitor, short, long):
    answer = visitor.client.get(short)
    assert answer.status_code == 302
    assert answer.headers["Location"].replace("%2F", "/") == long


@pytest.mark.policy("P4")
def test_the_api_lists_profiles_a_page_at_a_time(cast, visitor, library, monkeypatch):
    monkeypatch.setattr(queries.listing, "__kwdefaults__", {"after": "", "before": "", "size": 2})
    for number in range(4):
        list_profile(cast, key=f"x:handle:s{number}", name=f"Aävä & 100 % {number}")
    list_expert(cast, state=CLOSED)
    path, seen = "/api/v1/profiles", []
    while path:
        page = visitor.client.get(path).json
        seen.append([profile["name"] for profile in page["profiles"]])
        path = page["next"]
    assert [len(names) for names in seen] == [2, 2, 1]
    assert seen[-1] == ["Savonkosken kirjasto"]
    before = visitor.client.get(page["previous"]).json
    assert [profile["name"] for profile in before["profiles"]] == seen[1]
    narrowed = visitor.client.get("/api/v1/profiles?platform=facebook&q=kirj&kind=office").json
    assert [profile["slug"] for profile in narrowed["profiles"]] == ["kirjasto"]
    assert narrowed["next"] is None


def test_the_api_names_nobody_who_runs_a_profile(visitor, library):
    found = visitor.client.get("/api/v1/profiles/kirjasto")
    assert found.json["purpose"] == "Kerromme kirjaston tapahtumista."
    assert found.json["languages"] == ["fi", "sv"]
    assert found.json["listed_on"] == "2026-08-15"
    assert "Muurainvaara" not in found.text


def test_the_api_checks_up_to_a_hundred_texts_in_their_order(visitor, library):
    texts = ["facebook.com/savonkoskenkirjasto", "\x00", "", "\ud800", "savonkoskenkirjasto"]
    answer = visitor.client.post("/api/v1/check", json={"queries": texts})
    assert answer.status_code == 200
    results = answer.json["results"]
    assert [line["query"] for line in results] == texts
    assert [line["verdict"] for line in results] == [
        "official",
        "unknown",
        "unknown",
        "unknown",
        "name",  # a bare word is no address
    ]
    assert visitor.client.post("/api/v1/check", json={"queries": []}).json == {"results": []}
    many = {"queries": ["a"] * 100}
    assert len(visitor.client.post("/api/v1/check", json=many).json["results"]) == 100


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400),
        ("[" * 5000, {}, 400),
        ("\xff", {}, 400),
        ("[]", {}, 422),
        ("null", {}, 422),
        ('{"queries": "a"}', {}, 422),
        ('{"queries": [1]}', {}, 422),
        ("{}", {}, 422),
        (json.dumps({"queries": ["a"] * 101}), {}, 422),
        (json.dumps({"queries": ["a" * 2049]}), {}, 422),
        (json.dumps({"queries": ["a" * 70000]}), {}, 413),
        ("{}", {"Content-Type": "text/plain"}, 415),
        ("{}", {"Content-Encoding": "gzip"}, 415),
    ],
)
def test_a106_a_batch_that_cannot_be_answered_is_a_problem_document(
    visitor, library, body, headers, status
):
    headers = {"Content-Type": "application/json", **headers}
    answer = visitor.client.post("/api/v1/check", data=body.encode("latin-1"), headers=headers)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_api_asks_for_a_text(visitor):
    assert visitor.client.get("/api/v1/check").status_code == 422
    assert visitor.client.get("/api/v1/check?q=").json["verdict"] == "unknown"
    assert visitor.client.get("/api/v1/profiles/ei-ole").mimetype == "application/problem+json"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text()),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["queries", "q"]), inner),
    )
)
def test_a51_no_json_breaks_the_check(app, visitor, content):
    sent = json.dumps(content)
    answer = visitor.client.post("/api/v1/check", data=sent, content_type="application/json")
    assert answer.status_code in (200, 422)
