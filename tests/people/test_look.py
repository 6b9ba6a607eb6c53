"""The town's colour: whatever is taken can be read, by day and by night (look: the town's own)."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.people import look, town
from tests.browser import Browser
from tests.look.sheets import contrast, tokens
from tests.look.test_sheets import EDGE, PAIRS

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
OURS = {"brand", "on-brand", "brand-strong", "brand-tint"}
LINK = re.compile(r'href="(/town\.css[^"]*)"')


def sheet_of(colour: str) -> tuple[dict[str, str], dict[str, str]]:
    """The colours of the town's stylesheet by day and by night."""
    day, night = look.sheet(colour).split("@media")
    pair = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return dict(pair.findall(day)), dict(pair.findall(night))


@settings(deadline=None, database=None)
@given(COLOURS)
@example("#00a963")  # its nearest darker shade stood on the very edge
def test_every_colour_that_is_taken_and_every_shade_offered_can_be_read(colour):
    taken = colour if look.may_be(colour) else look.darker(colour)
    assert look.may_be(taken)
    for ours, shipped in zip(sheet_of(taken), tokens(), strict=True):
        assert ours.keys() == OURS
        whole = {**shipped, **ours}
        for front, ground, least in PAIRS:
            if OURS & {front, ground}:
                found = contrast(whole[front], whole[ground])
                assert found >= least, (taken, front, ground, found)
        assert contrast(whole["brand-strong"], whole["paper"]) >= EDGE


@settings(deadline=None, database=None)
@given(COLOURS)
def test_only_what_white_text_can_be_read_on_is_taken(colour):
    found = contrast(colour, "#ffffff")
    assert look.may_be(colour) == (found >= 4.5) or abs(found - 4.5) < 0.01


@pytest.mark.parametrize(
    ("colour", "offered"),
    [
        ("#ffcc00", "#957100"),
        ("#777777", "#767676"),
        ("#ffffff", "#767676"),
        ("#ff0000", "#ee0000"),
    ],
)
def test_the_shade_offered_is_a_near_one_of_the_same_hue(colour, offered):
    found = look.darker(colour)
    hue = look._parts(colour)[2] - look._parts(found)[2]
    assert abs(hue) < 8 or look._parts(colour)[1] < 0.01
    assert contrast(found, "#ffffff") < 4.8
    assert found == offered


def test_the_products_own_blue_makes_nearly_the_products_own_shades():
    for made, shipped in zip(look.palettes("#0e4a68"), look.palettes(""), strict=True):
        for one, other in zip(made, shipped, strict=True):
            assert contrast(one, other) < 1.15


@pytest.fixture
def browser(app, cast) -> Browser:
    return Browser(app).signs_in(cast.administrator)


def stored() -> str:
    db.session.rollback()
    transaction_cache().clear()
    return town.current().colour


@pytest.mark.parametrize("typed", ["#8b0000", "8b0000", " #8B0000 "])
def test_a_colour_is_seen_before_it_is_saved(app, browser, typed):
    page = browser.opens("/town").follows("Muuta Väri")
    assert "Tältä se näyttää nyt" in page.main
    page = page.fills(colour=typed).presses("Esikatsele")
    assert (page.status, page.path) == (200, "/town/look")
    assert "Tältä se näyttäisi" in page.main
    assert stored() == ""
    sample = browser.client.get(
        re.search(r'href="(/sample\.css[^"]*)"', page.html)[1].replace("&amp;", "&")
    )
    assert sample.status_code == 200
    assert "--brand: #8b0000;" in sample.text
    assert page.presses("Tallenna").path == "/town"
    assert stored() == "#8b0000"


def test_every_page_gets_the_towns_stylesheet_once_a_colour_is_set(app, browser):
    assert not LINK.search(browser.opens("/desk").html)
    browser.opens("/town/look").fills(colour="#8b0000").presses("Tallenna")
    visitor = Browser(app)
    for page in (browser.opens("/desk"), visitor.opens("/"), visitor.opens("/no-such-page")):
        address = LINK.search(page.html)[1].replace("&amp;", "&")
        assert page.html.index("/site.css") < page.html.index("/town.css")
    answer = visitor.client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert set(re.findall(r"--([a-z-]+):", answer.text)) == OURS
    browser.opens("/town/look").fills(colour="").presses("Tallenna")
    assert not LINK.search(visitor.opens("/").html)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "colour=8b0000",
        "colour=8b0000&v=0",
        "colour=ffcc00&v={v}",
        "colour=8b0000}}body{{color:red&v={v}",
        "colour=%238b0000&v={v}",
        "colour=8B0000&v={v}",
        "colour=900000&v={v}",
    ],
)
def test_a_stylesheet_is_made_of_a_readable_colour_and_nothing_else(app, query):
    with app.test_request_context("/"):
        version = look.version("town.css", "#8b0000")
    client = app.test_client()
    assert client.get(f"/town.css?colour=8b0000&v={version}").status_code == 200
    answer = client.get(f"/town.css?{query.format(v=version)}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("typed", ["red", "#fff", "#12345g", "rgb(1,2,3)", "#8b0000;", "url(x)"])
def test_what_is_no_colour_is_said_and_kept(browser, typed):
    page = browser.opens("/town/look").fills(colour=typed).presses("Tallenna")
    assert page.status == 422
    assert page.errors == ["Kirjoita väri muodossa # ja kuusi merkkiä, esimerkiksi #0e4a68."]
    assert f'value="{typed}"' in page.html
    assert stored() == ""


@pytest.mark.parametrize("button", ["Tallenna", "Esikatsele"])
def test_a_colour_that_is_too_light_is_refused_and_a_darker_one_offered(browser, button):
    page = browser.opens("/town/look").fills(colour="#ffcc00").presses(button)
    assert page.status == 422
    assert "kontrasti on 1,5, vähintään 4,5 tarvitaan" in page.errors[0]
    assert "#957100" in page.errors[0]
    page = page.follows("Ota sen sijaan #957100")
    assert 'value="#957100"' in page.html
    page.presses("Tallenna")
    assert stored() == "#957100"


def test_the_products_blue_can_be_looked_at_and_taken_back(browser):
    browser.opens("/town/look").fills(colour="#8b0000").presses("Tallenna")
    page = browser.opens("/town/look").fills(colour="").presses("Esikatsele")
    assert 'name="colour" type="text" value' not in page.html
    assert "Tältä se näyttäisi" in page.main
    page.presses("Tallenna")
    assert stored() == ""


def test_two_who_set_a_colour_see_each_other(browser, app, cast, make):
    from intake.people.models import Role

    second = make.person("Aili Uusitalo", None, Role.ADMINISTRATOR)
    mine = browser.opens("/town/look")
    Browser(app).signs_in(second).opens("/town/look").fills(colour="#8b0000").presses("Tallenna")
    page = mine.fills(colour="#006400").presses("Tallenna")
    assert page.status == 409
    assert "Nyt se on: #8b0000" in page.main
    page.presses("Tallenna")
    assert stored() == "#006400"
