import gzip

import pytest
from flask import Flask

from intake import ports
from intake.web import assets


@pytest.fixture
def addresses(hall: Flask) -> dict[str, str]:
    with hall.test_request_context("/?lang=sv"):
        return {name: assets.asset(name) for name in assets.TYPES}


@pytest.mark.parametrize("name", assets.TYPES)
def test_an_asset_is_kept_for_ever_under_its_version(hall: Flask, addresses, name: str):
    answer = hall.test_client().get(addresses[name])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == assets.TYPES[name]
    assert "lang" not in addresses[name]


@pytest.mark.parametrize("query", ["", "?v=0123456789abcdef"])
def test_another_version_is_not_found_and_not_kept(hall: Flask, query: str):
    answer = hall.test_client().get(f"/site.css{query}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_browser_that_unpacks_gets_it_packed(hall: Flask, addresses):
    packed = hall.test_client().get(addresses["site.css"], headers={"Accept-Encoding": "gzip"})
    plain = hall.test_client().get(addresses["site.css"])
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data


def test_all_sheets_are_joined_in_the_order_of_the_layers(hall: Flask):
    text = ports.of(hall).assets["site.css"].body.decode()
    names = {sheet.stem for sheet in (assets.STATIC / "css").glob("*.css")}
    assert names == set(assets.SHEETS)
    assert text.startswith("@layer tokens, base, layout, components, utilities, print;")
