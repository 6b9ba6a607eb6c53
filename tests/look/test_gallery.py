from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests.browser import Browser
from tests.wcag import assert_accessible

PAGES = [
    "/",
    "/register",
    "/guidelines",
    "/privacy",
    "/accessibility",
    "/sign-in",
    "/no-such-page",
    "/gallery/public/first",
    "/gallery/staff/refused",
]


@pytest.mark.parametrize("kind", ["public", "staff"])
@pytest.mark.parametrize("state", ["first", "refused"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_component_is_sound_html(hall: Flask, kind: str, state: str, language: str):
    visitor = Browser(hall)
    visitor.language = language
    page = visitor.opens(f"/gallery/{kind}/{state}", status=200)
    assert f'<html lang="{language}">' in page.html


def test_a_refused_form_says_so_first_and_leads_to_each_field(hall: Flask):
    page = Browser(hall).opens("/gallery/staff/refused")
    title = next(page.tree.iter("title")).text.strip()
    assert title.startswith("Virhe: ")
    assert "Korjaa" in page.main
    ids = {element.get("id") for element in page.tree.iter()}
    boxes = [box for box in page.tree.iter() if box.get("role") == "alert"]
    links = [link.get("href") for link in boxes[0].iter("a")]
    assert len(links) >= 9
    assert {link.removeprefix("#") for link in links} <= ids
    wrong = [element for element in page.tree.iter() if element.get("aria-invalid") == "true"]
    for element in wrong:
        assert any(one.endswith("-error") for one in element.get("aria-describedby").split())


def test_a_form_first_met_accuses_nobody(hall: Flask):
    page = Browser(hall).opens("/gallery/staff/first")
    assert page.errors == []
    assert "aria-invalid" not in page.html
    assert "Virhe: " not in page.html


def test_what_was_typed_stays_in_the_form(hall: Flask):
    page = Browser(hall).opens("/gallery/staff/refused")
    assert "Kerromme nuorille kesätyöpaikoista." in page.main


@pytest.fixture
def tab(chromium: Chromium, width: int, scheme: str) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fi-FI"
    )
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_components_are_accessible_and_fit_their_width(
    place: str, tab: Page, path: str, width: int
):
    trouble: list[str] = []
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    tab.on("requestfailed", lambda asked: trouble.append(asked.url))
    tab.on("request", lambda asked: asked.url.startswith(place) or trouble.append(asked.url))
    tab.goto(f"{place}{path}")
    assert_accessible(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert trouble == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(640, "light")])
def test_text_twice_as_large_fits_too(place: str, tab: Page, width: int):
    tab.goto(f"{place}/gallery/staff/refused")
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light")])
def test_a_refused_form_begins_at_its_summary(place: str, tab: Page):
    tab.goto(f"{place}/gallery/staff/refused")
    assert tab.evaluate("document.activeElement.getAttribute('role')") == "alert"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.name") == "name"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light")])
def test_a_pressed_button_cannot_be_pressed_twice(place: str, tab: Page):
    posts: list[str] = []
    tab.route(
        "**/posted", lambda route: (posts.append(route.request.url), route.fulfill(status=204))
    )
    tab.goto(f"{place}/gallery/staff/first")
    tab.evaluate("document.querySelector('form.form').action = '/posted'")
    button = tab.get_by_role("button", name="Tallenna ja jatka")
    button.click(no_wait_after=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(no_wait_after=True, force=True)
    assert len(posts) == 1


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light")])
def test_the_script_counts_what_is_left_only_when_little_is(place: str, tab: Page):
    tab.goto(f"{place}/gallery/staff/first")
    plan = tab.get_by_label("Suunnitelma")
    line = tab.locator("#plan + .left")
    plan.fill("a" * 100)
    expect(line).to_have_text("")
    plan.fill("a" * 1990)
    expect(line).to_have_text("10 merkkiä jäljellä")
    plan.fill("a" * 2003)
    expect(line).to_have_text("3 merkkiä liikaa")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light")])
def test_the_copy_button_copies_the_true_address(place: str, tab: Page):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{place}/gallery/staff/first")
    tab.get_by_role("button", name="Kopioi osoite").click()
    expect(tab.get_by_role("button", name="Kopioitu")).to_be_visible()
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied == "https://instagram.com/savonkosken_kaupunkl"
