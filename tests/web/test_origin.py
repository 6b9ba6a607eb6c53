"""A191: where a form comes from, as browsers old and new and proxies say it, over every address."""

import re
from collections.abc import Iterator
from itertools import product

import html5lib
import pytest

from intake.web import access
from tests.access_table import POSTS
from tests.dump import dump
from tests.every_page import declared, pages, rules
from tests.forms_of import form_of
from tests.scene import Scene, prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")

ORIGINS = (None, "null", "http://localhost", "https://localhost", "https://evil.example", "")
SITES = (None, "same-origin", "none", "same-site", "cross-site", "")


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


def headers(origin: str | None, site: str | None) -> dict[str, str]:
    found = {"Origin": origin, "Sec-Fetch-Site": site}
    return {name: value for name, value in found.items() if value is not None}


def passes(origin: str | None, site: str | None, *, unseen: bool) -> bool:
    """The rule, said once more: the newer header decides, else the older one, else the token."""
    if site is not None:
        return site in ("same-origin", "none")
    return origin in (None, "http://localhost") or (origin == "null" and unseen)


@pytest.mark.parametrize("endpoint", POSTS)
def test_a191_only_what_may_come_from_our_own_page_gets_to_the_token(scene, endpoint):
    who, path = POSTS[endpoint][0], POSTS[endpoint][1].format_map(scene.ids)
    unseen = declared(scene.app, endpoint).referrer == access.UNSEEN
    before = dump()
    for origin, site in product(ORIGINS, SITES):
        answer = scene.window(who).post(path, data={"x": "y"}, headers=headers(origin, site))
        expected = 400 if passes(origin, site, unseen=unseen) else 403
        assert answer.status_code == expected, (origin, site)
    assert dump() == before


def test_a191_what_only_reads_is_open_whatever_the_origin(scene):
    """Links from anywhere lead to a page: the origin counts for what changes something."""
    for rule in rules(scene.app, "GET"):
        if rule.arguments:
            continue
        usual = scene.window("nobody").get(rule.rule).status_code
        for origin, site in (("null", None), ("https://evil.example", "cross-site")):
            for method in ("GET", "HEAD"):
                answer = scene.window("nobody").open(
                    rule.rule, method=method, headers=headers(origin, site)
                )
                assert answer.status_code == usual, rule.rule


def test_a191_signing_in_and_out_refuse_a_form_without_an_origin(scene):
    for endpoint in ("people.sign_in", "people.sign_out", "people.me", "people.password"):
        assert declared(scene.app, endpoint).referrer != access.UNSEEN


def test_a191_an_older_browser_can_send_every_form_of_ours(scene):
    """It calls the origin of each form on a page without referrer `null`, wherever it leads."""
    match = scene.app.url_map.bind("").match
    lost = set()
    for who, path in dict.fromkeys(pages(scene)):
        page = scene.window(who).get(path)
        if page.mimetype == "text/html" and page.headers["Referrer-Policy"] == access.UNSEEN:
            tree = html5lib.parse(page.text, namespaceHTMLElements=False)
            for form in tree.iter("form"):
                if form.get("method") == "post":
                    leads = match(form.get("action").split("?")[0], method="POST")[0]
                    if declared(scene.app, leads).referrer != access.UNSEEN:
                        lost.add((path, form.get("action")))
        page.close()
    assert not lost


def test_a191_a_dead_session_is_signed_in_again_by_an_older_browser(scene):
    path = POSTS["fakes.case_step"][1].format_map(scene.ids)
    values, _free = form_of(scene, "handler", path)
    page = scene.app.test_client().post(path, data=values, headers={"Origin": "null"})
    assert page.status_code == 401
    assert re.search(r'action="/sign-in', page.text)
    assert page.headers["Referrer-Policy"] == "same-origin"  # so that its form tells its origin


def test_a191_an_older_browser_sends_a_report(scene):
    values, _free = form_of(scene, "nobody", "/report")
    answer = scene.window("nobody").post("/report", data=values, headers={"Origin": "null"})
    assert answer.status_code == 422  # its form was read, and says what is missing
