"""Whatever is sent to the pages of a request: no error of ours, nothing lost or taken along."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from intake.establishment import forms
from intake.establishment.forms import pages
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.profiles.models import ProfileKind
from intake.text import clean
from tests.browser import Browser
from tests.establishment.filling import EXPERT, OFFICE, begun
from tests.establishment.making import again

PAGES = [(line.kinds[0], line.slug) for line in forms.PAGES]


class Window:
    """An open page of the form, as a program sends it: any text in any field."""

    def __init__(self, browser: Browser, request: Request, slug: str) -> None:
        self.client, self.request, self.slug = browser.client, request, slug
        self.path = f"/establishment/{request.id}/form/{slug}"
        page = browser.opens(self.path, status=200)
        form = next(one for one in page.tree.iter("form") if one.get("method") == "post")
        self.controls = [one for one in form.iter() if one.tag in ("input", "select", "textarea")]
        held = {one.get("name"): one.get("value") or "" for one in self.controls}
        self.token = held.pop("csrf_token")
        for name in ("seen", "was"):
            held.pop(name)
        self.names = sorted(held)
        self.free = {
            one.get("name")
            for one in self.controls
            if one.tag == "textarea" or one.get("type") in ("text", "date")
        }

    def sends(self, values: dict, button: str = "later", **more):
        data = {**values, "csrf_token": self.token, button: "yes", **more}
        return self.client.post(self.path, data=data)

    def html(self) -> str:
        return self.client.get(self.path).get_data(as_text=True)

    def kept(self) -> dict:
        return again(self.request).draft.get(self.slug, {})


@pytest.fixture
def noora(cast, app):
    return Browser(app).signs_in(cast.requester)


@pytest.mark.parametrize(("kind", "slug"), PAGES)
def test_any_text_in_any_field_is_kept_as_typed_and_comes_back(cast, noora, kind, slug):
    window = Window(noora, begun(cast, kind), slug)
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    usual = st.sampled_from(["", "0", "-1", "1e9", "²", "٣", "31.2.2026", "a@b", "@", "x" * 3000])

    @settings(max_examples=5, deadline=None, database=None)
    @given(st.fixed_dictionaries(dict.fromkeys(window.names, text | usual)))
    def holds(values):
        assert window.sends(values).status_code == 303
        typed = {name: clean(value) for name, value in values.items()}
        assert window.kept() == {name: [value] for name, value in typed.items()}
        html = window.html()
        for name in window.free:
            assert str(escape(typed[name].strip())) in html
        assert window.sends(values, "go").status_code in (303, 422)
        for view in ("", "/check"):
            path = f"/establishment/{window.request.id}/form{view}"
            assert window.client.get(path).status_code == 200

    holds()


@pytest.mark.parametrize("kind", ProfileKind)
def test_a07_no_page_takes_fields_that_are_not_its_own(cast, noora, kind):
    more = {
        "state": "approved",
        "decider_id": cast.requester.id,
        "requester_id": cast.stranger.id,
        "role": "keeper",
        "key": "instagram:handle:other",
        "kind": "expert" if kind is OFFICE else "office",
        "admins-0-accepted_at": "2026-01-01",
        "admins-999-person": cast.stranger.id,
        "admins-²-person": cast.stranger.id,
        "admins-0": "x",
        "revision": "99",
        "context": "x",
        "__class__": "x",
    }
    request = begun(cast, kind)
    for line in pages(kind):
        window = Window(noora, request, line.slug)
        assert window.sends({}, **more).status_code == 303
        assert window.kept() == {}
    after = again(request)
    assert (after.state, after.requester_id, after.kind) == (S.DRAFT, cast.requester.id, kind)
    assert (after.decider_id, after.key) == (None, None)


def test_a102_null_half_characters_and_lone_returns_are_replaced_in_sight(cast, noora):
    window = Window(noora, begun(cast), "purpose")
    body = f"csrf_token={window.token}&later=yes&purpose=a%00b%ED%A0%80c%0Dd%F0%9F%98%80%FF"
    kind = "application/x-www-form-urlencoded"
    assert window.client.post(window.path, data=body, content_type=kind).status_code == 303
    [kept] = window.kept()["purpose"]
    assert kept.startswith("a\ufffdb")
    assert "c\nd😀" in kept
    assert "\x00" not in kept


@pytest.mark.parametrize("filling", ["a" * 2000 + "\r\n" * 50, "😀" * 3000])
def test_a103_a_text_over_the_limit_says_by_how_much_and_stays_whole(cast, noora, filling):
    window = Window(noora, begun(cast), "content")
    text = f"{filling}loppu"
    answer = window.sends({"content_plan": text}, "go")
    over = len(clean(text)) - 2000
    assert answer.status_code == 422
    assert f"{over} merkkiä liian pitkä" in answer.get_data(as_text=True).replace("\u00a0", " ")
    assert window.kept()["content_plan"] == [clean(text)]


def test_a_form_without_its_token_changes_nothing(cast, noora):
    window = Window(noora, begun(cast, EXPERT), "purpose")
    answer = window.sends({"purpose": "Tämä ei tallennu mihinkään."}, csrf_token="x")
    assert answer.status_code == 400
    assert "Tämä ei tallennu mihinkään." in answer.get_data(as_text=True)
    assert window.kept() == {}
