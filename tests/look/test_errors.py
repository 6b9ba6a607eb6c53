import json
import logging

import pytest
from flask import Flask

from intake import logs, ports
from intake.web import error_pages
from tests.browser import Browser

LANGUAGES = {"fi": "Sivua ei löytynyt", "sv": "Sidan hittades inte", "en": "The page was not found"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_says_so_in_the_readers_language(hall: Flask, language: str):
    visitor = Browser(hall)
    visitor.language = language
    page = visitor.opens("/no-such-page", status=404)
    assert page.heading == LANGUAGES[language]
    assert "404-" in page.main
    assert 'href="mailto:' in page.html


@pytest.mark.parametrize("status", sorted(error_pages.PAGES))
def test_every_refusal_has_its_page(hall: Flask, status: int):
    page = Browser(hall).opens(f"/break/{status}", status=status)
    assert page.heading
    assert f"{status}-" in page.main
    assert "Jatka tästä" in page.main


def test_an_unlisted_status_gets_the_page_of_its_kind(hall: Flask):
    assert (
        Browser(hall).opens("/break/418", status=418).heading
        == "Emme pystyneet lukemaan lähetystäsi"
    )
    assert Browser(hall).opens("/break/502", status=502).heading == "Palvelumme ei toiminut"


def test_a_wrong_method_keeps_its_header(hall: Flask):
    answer = hall.test_client().get("/csp-report")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_throttled_visitor_is_told_when_to_come_back(hall: Flask):
    answer = hall.test_client().get("/break/busy")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.parametrize(
    ("name", "status", "heading", "why"),
    [
        ("NotAllowed", 403, "Sinulla ei ole oikeutta tähän", "Se on tarkoitettu muille"),
        ("Unseen", 404, "Sivua ei löytynyt", "Osoitteessa voi olla kirjoitusvirhe"),
        ("Stale", 409, "Joku ehti ensin", "Avaa se uudelleen"),
    ],
)
def test_a_refusal_of_the_house_says_what_and_why(
    hall: Flask, name: str, status: int, heading: str, why: str
):
    page = Browser(hall).opens(f"/break/{name}", status=status)
    assert page.heading == heading
    assert why in page.main


def test_what_must_hold_first_is_listed(hall: Flask):
    page = Browser(hall).opens("/break/Unready", status=422)
    assert "Toinen hallinnoija puuttuu." in page.main


def test_a_form_sent_twice_leads_to_where_the_first_one_led(hall: Flask):
    answer = hall.test_client().get("/break/AlreadyDone")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/healthz")


def test_the_interface_answers_with_a_problem_document(hall: Flask):
    answer = hall.test_client().get("/api/v1/nothing", headers={"Accept-Language": "en"})
    problem = json.loads(answer.data)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == answer.status_code == 404
    assert problem["title"] == "The page was not found"
    assert problem["instance"].startswith("404-")


def test_a_fault_is_logged_under_the_number_that_is_quoted(hall: Flask, caplog, monkeypatch):
    monkeypatch.setattr(caplog.handler, "formatter", logs.JsonLines())
    with caplog.at_level(logging.ERROR):
        page = Browser(hall).opens("/break/fault", status=500)
    number = page.main.split()[-1]
    assert number.startswith("500-")
    lines = [json.loads(line) for line in caplog.text.splitlines()]
    assert ("builtins.ZeroDivisionError", number) in [
        (line["error"], f"500-{line['number']}") for line in lines
    ]
    assert "ZeroDivisionError" not in page.html


def test_a_fault_in_the_page_of_a_fault_still_gets_an_answer(hall: Flask, monkeypatch, caplog):
    monkeypatch.setattr(ports.of(hall), "town", lambda: 1 / 0)
    with caplog.at_level(logging.ERROR):
        answer = hall.test_client().get("/break/fault", headers={"Accept-Language": "fi"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 500
    for sentence in ("Yritä hetken päästä uudelleen.", "Försök igen", "Try again"):
        assert sentence in text
    assert "500-" in text
