"""The sweeps: each walks every address of the application, so that a new one must be judged."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from intake import clock
from intake.data.base import db
from intake.people.models import Setting
from intake.security import keys
from tests.access_table import BEFORE, POSTS, WHO, rows
from tests.dressed import assert_dressed, cache_of
from tests.dump import dump
from tests.every_page import declared, pages, rules
from tests.forms_of import WORDS, form_of, token
from tests.scene import Scene, prepared, settled

SIGNS = {200: ".", 403: "x", 404: "0", 409: "9"}
OPEN = ("static", "asset", "people.town_sheet")  # the same for everybody, without any id


# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")


@pytest.fixture(scope="module")
def scene(house: Flask, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


def sign(answer: TestResponse) -> str:
    if answer.status_code in (302, 303):
        return "s" if answer.location.startswith("/sign-in?") else ">"
    return SIGNS.get(answer.status_code, str(answer.status_code))


# W1: who may open and do what


def test_w1_every_address_of_one_thing_is_in_the_table(scene):
    told = {endpoint for endpoint, _path, _signs in rows()} | set(OPEN)
    guarded = {
        rule.endpoint
        for rule in scene.app.url_map.iter_rules()
        if rule.arguments or declared(scene.app, rule.endpoint).roles
    }
    assert guarded == told
    for endpoint, path, _signs in rows():
        assert endpoint in endpoints_at(scene, path.format_map(scene.ids).split("?")[0]), path


def endpoints_at(scene, path: str) -> set[str]:
    """Where an address leads: to read, and to send."""
    adapter = scene.app.url_map.bind("")
    methods = [method for method in ("GET", "POST") if adapter.test(path, method)]
    return {adapter.match(path, method)[0] for method in methods}


def test_w1_a41_everybody_gets_what_the_table_says(scene):
    wrong = []
    for _endpoint, path, expected in rows():
        address = path.format_map(scene.ids)
        found = "".join(sign(scene.clients[who].get(address)) for who in WHO)
        if found != expected:
            wrong.append(f"{path}: {found} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def test_w1_a41_a_post_refuses_whom_the_page_refuses(scene):
    """The guard of a POST is that of its GET; without a token nobody gets further."""
    statuses = {"0": 404, "x": 403, "9": 409, "s": 401, ".": 400}
    postable = {rule.endpoint for rule in rules(scene.app, "POST")}
    before = dump()
    for endpoint, path, signs in rows():
        if endpoint not in postable:
            continue
        for one in sorted(set(signs)):
            who = WHO[signs.index(one)]
            answer = scene.clients[who].post(path.format_map(scene.ids))
            assert answer.status_code == statuses[one], f"{who} posts {path}"
    assert dump() == before


def test_w1_a42_other_methods_are_refused(scene):
    for _endpoint, path, signs in rows():
        address, client = path.format_map(scene.ids), scene.clients["administrator"]
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            assert client.open(address, method=method).status_code == 405, f"{method} {path}"
        answer = client.head(address)
        assert sign(answer) == signs[WHO.index("administrator")], path
        assert answer.data == b""


# W3 (A22): only our own forms change anything


def test_w3_every_post_has_a_sample(scene):
    ours = {
        rule.endpoint
        for rule in rules(scene.app, "POST")
        if not declared(scene.app, rule.endpoint).cross_origin
    }
    assert ours == set(POSTS) | BEFORE


@pytest.mark.parametrize("endpoint", POSTS)
def test_w3_a22_a_form_that_is_not_ours_changes_nothing(scene, endpoint):
    who, path = POSTS[endpoint][0], POSTS[endpoint][1].format_map(scene.ids)
    client = scene.clients[who]
    values, free = form_of(scene, who, path)
    about = {"about": keys.unseal("form", values["csrf_token"])["about"]}
    right = token(scene, who, endpoint, path, **about)
    before = dump()
    foreign = {
        "none": "",
        "nonsense": "x.y",
        "of another person": token(
            scene, who, endpoint, path, **about, who=scene.people["stranger"]
        ),
        "of another form": token(scene, who, endpoint, path, **about, **{"for": "people.them"}),
        "of nobody": token(scene, who, endpoint, path, **about, who="" if who != "nobody" else "x"),
        "forged": right[:-3] + ("abc" if right[-3:] != "abc" else "xyz"),
    }
    for name, sent in foreign.items():
        answer = client.post(path, data={**values, "csrf_token": sent})
        assert answer.status_code == 400, f"token {name}"
        html = answer.get_data(as_text=True)
        assert html.count(WORDS) >= len(free), f"token {name}: a typed text is lost"
    elsewhere = (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
    )
    for headers in elsewhere:
        answer = client.post(path, data={**values, "csrf_token": right}, headers=headers)
        assert answer.status_code == 403, headers
    assert dump() == before


@pytest.mark.parametrize("endpoint", POSTS)
def test_w3_the_same_form_as_ours_is_read(scene, endpoint):
    """The sweep above can fail: with its token from our own page each form gets further."""
    who, path = POSTS[endpoint][0], POSTS[endpoint][1].format_map(scene.ids)
    if endpoint == "people.sign_out":
        return  # it would sign out; tests of its own do
    values, _free = form_of(scene, who, path)
    values |= {"seen": "999999", "was": "x", "done": "left_out", "item": "none"}
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {}):
        answer = scene.clients[who].post(path, data=values, headers=headers)
        assert answer.status_code not in (400, 403, 500), headers
        answer.close()  # it may be a file
    scene.clients[who].get("/me")  # what it told is read, so that no later page shows it


# W5 (A55): opening a page writes nothing


def test_w5_a55_a_get_reads_the_same_where_nothing_can_be_written(scene):
    before = dump()
    usual = [scene.clients[who].get(path) for who, path in pages(scene)]
    assert {answer.status_code for answer in usual} <= {200, 302, 303, 422}
    assert dump() == before
    db.session.remove()
    db.engine.update_execution_options(writes=True)  # as it would be without the guard
    try:
        open_ = [scene.clients[who].get(path) for who, path in pages(scene)]
    finally:
        db.session.remove()
        db.engine.update_execution_options(writes=False)
    for shut, free in zip(usual, open_, strict=True):
        assert shut.status_code == free.status_code, shut.request.path
        same = shut.data == free.data  # a picture is no text
        assert same or settled(shut.text) == settled(free.text), shut.request.path
    assert dump() == before


def test_w5_a_stray_write_in_a_read_fails(scene):
    before = dump()
    for statement in (
        insert(Setting).values(name="stray", value="1", created_at=clock.now()),
        text("DELETE FROM trail"),
        text("UPDATE person SET name = 'x'"),
    ):
        with pytest.raises(DBAPIError):
            db.session.execute(statement)
        db.session.rollback()
    assert dump() == before


# W2 (A24, A141, A142, A166): every answer is dressed


def test_w2_a24_every_answer_has_the_exact_headers(scene):
    match = scene.app.url_map.bind("").match
    foreign = {"Origin": "https://evil.example"}
    for who, path in pages(scene):
        endpoint = match(path.split("?")[0], method="GET")[0] if path != "/csp-report" else None
        assert_dressed(scene.clients[who].get(path, headers=foreign), endpoint)
    client = scene.clients["administrator"]
    for path in ("/nothing", "/api/v1/nothing", "/establishment/nothing", "/a\u202e%00"):
        assert_dressed(client.get(path), None)
    assert_dressed(client.put("/desk"), None)
    assert_dressed(client.get("/api/v1/check"), "api.check_one")
    assert_dressed(client.post("/api/v1/check", data="x"), "api.check_many")
    assert_dressed(client.post("/csp-report", data="x"), "site.csp_report")
    assert_dressed(client.post("/me", data={"x": "y" * 300_000}), "people.me")
    assert_dressed(client.post("/me", headers=foreign), "people.me")


def test_w2_assets_have_them_too(scene):
    html = scene.clients["nobody"].get("/").text
    assets = set(re.findall(r'(?:href|src)="(/(?:site|icons)\.[^"#]*)', html))
    assert len(assets) >= 2
    for path in assets:
        answer = scene.clients["keeper"].get(path)
        assert answer.status_code == 200
        assert_dressed(answer, "asset")
        assert_dressed(scene.clients["nobody"].get(path.split("?")[0]), "asset")


def test_w2_https_is_kept_for_a_year(scene, monkeypatch):
    monkeypatch.setitem(scene.app.config, "BASE_URL", "https://profiilit.savonkoski.example")
    for path in ("/", "/nothing", "/api/v1/profiles"):
        answer = scene.clients["nobody"].get(path)
        assert answer.headers["Strict-Transport-Security"] == (
            "max-age=31536000; includeSubDomains"
        )


def test_w2_a141_public_answers_are_the_same_bytes_for_all(scene):
    """Even for somebody whom another page has a message for."""
    told = scene.clients["far_head"]
    values, _free = form_of(scene, "far_head", "/me")
    assert told.post("/me", data={**values, "language": "en"}).status_code == 303
    public = [
        rule.rule
        for rule in rules(scene.app, "GET")
        if cache_of(rule.endpoint, 200) != "no-store"
        and not rule.arguments
        and rule.endpoint != "api.check_one"  # asks for q
    ]
    public += [f"/register/{scene[f'{state} slug']}" for state in ("active", "closed")]
    public += [
        "/check?q=nuoret.active",
        "/api/v1/check?q=nuoret",
        "/register?q=nuoriso&lang=en",
        "/guidelines?lang=sv",
    ]
    assert len(public) > 8
    for path in public:
        answers = [
            scene.clients[who].get(path, headers={"Accept-Language": "fi"})
            for who in ("nobody", "keeper", "administrator", "far_head")
        ]
        assert len({answer.data for answer in answers}) == 1, path
        assert not any("Set-Cookie" in answer.headers for answer in answers), path
        assert "Timo Rantapajula" not in answers[0].text
    assert "Saved." in told.get("/me").text


def test_w2_a140_no_other_header_changes_a_public_answer(scene):
    client = scene.clients["nobody"]
    variants = (
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Prefix": "/evil"},
        {"X-Original-URL": "/desk"},
        {"Forwarded": "host=evil.example"},
        {"Accept": "application/json"},
        {"User-Agent": "x"},
        {"Referer": "https://evil.example/"},
    )
    for path in ("/register", "/check?q=nuoret.active", "/guidelines", "/api/v1/profiles"):
        usual = client.get(path)
        for headers in variants:
            assert client.get(path, headers=headers).data == usual.data, (path, headers)
        assert {"Accept-Language", "Cookie"} <= set(usual.vary), path


def test_w2_a142_a166_nothing_lies_beside_the_pages(scene):
    made_up = [
        "/desk/x.css",
        "/desk.css",
        "/desk;.js",
        "/me/x.png",
        f"/establishment/{scene['submitted']};.js",
        f"/establishment/{scene['submitted']}.css",
        f"/establishment/{scene['submitted']}/x.css",
        f"/profiles/{scene['active']}/x.png",
        f"/messages/{scene['message']}.css",
        f"/register/{scene['active slug']}.css",
        "/register/../instance/keys.toml",
        "/static/../instance/keys.toml",
        "/static/%2e%2e/access.py",
        "/static/..%2faccess.py",
        "/static/",
        "/static",
        "/.git/config",
        "/.env",
        "/instance/profiilivahti.db",
        "/console",
        "/metrics",
        "/robots.txt/x",
        "/.env.local",
        "/.git/HEAD",
        "/.well-known/x",
        "/%2e%2e/instance/keys.toml",
        "/..;/instance/keys.toml",
        "/instance/keys.toml",
        "/instance/settings.toml",
        "/keys.toml",
        "/app.py",
        "/intake/config.py",
        "/templates/base.html",
        "/requirements.lock",
        "/docs/operations.md",
        "/backup.zip",
        "/debug",
        "/phpinfo.php",
        "/wp-login.php",
        "/actuator/env",
        "/server-status",
        "/version",
        "/healthz/x",
        "/readyz.json",
        "/site.css",
        "/site.css?v=0",
    ]
    for path in made_up:
        answer = scene.clients["administrator"].get(path)
        assert answer.status_code == 404, path
        assert answer.headers["Cache-Control"] == "no-store", path
