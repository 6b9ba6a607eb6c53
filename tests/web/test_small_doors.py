"""Addresses from posters, what programs look for, probes, languages, numbers in a query."""

import pytest
from sqlalchemy.exc import OperationalError

from intake import addresses, create_app
from intake.data.base import db
from intake.ops import health
from tests.browser import Browser

TYPED = {
    "/ilmoita/": "/report",
    "/Ilmoita": "/report",
    "/ILMOITA": "/report",
    "/Tarkista/": "/check",
    "/tarkista/": "/check",
    "/seuraa/": "/follow",
    "/report/": "/report",
    "/Anmal": "/report",
    "/Folj//": "/follow",
    "/Register/": "/register",
    "/CHECK": "/check",
}


@pytest.mark.parametrize("typed", TYPED)
def test_an_address_typed_from_a_poster_leads_to_the_page(app, typed):
    assert Browser(app).opens(typed).path == TYPED[typed]


def test_a_loose_address_keeps_what_it_asks_and_leads_nowhere_else(app):
    client = app.test_client()
    answer = client.get("/Tarkista/?q=a%26b&q=c")
    assert answer.location == "/tarkista?q=a%26b&q=c"
    for path in ("//evil.example/", "/\\evil.example/", "/evil.example//", "//ilmoita/", "/x/"):
        answer = client.get(path)
        assert "evil" not in answer.headers.get("Location", ""), path
    assert client.post("/Report/").status_code == 404
    assert client.get("/RESET/ABC").status_code == 404  # a secret is no word of ours


def test_programs_find_their_files(app):
    client = app.test_client()
    icon = client.get("/favicon.ico")
    assert client.get(icon.location).mimetype == "image/svg+xml"
    robots = client.get("/robots.txt").text
    assert robots.startswith("User-agent: *\n")
    assert "Disallow: /register" not in robots
    told = client.get("/.well-known/security.txt")
    assert told.mimetype == "text/plain"
    assert "Contact: mailto:" in told.text
    assert "Expires: 2027-05-22T00:00:00Z" in told.text
    assert "Canonical: http://127.0.0.1:8000/.well-known/security.txt" in told.text


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "[2001:db8::1]", "other.example", "", "_"])
def test_probes_are_answered_whatever_they_call_us(tmp_path, host):
    """They come by number; every page beside them still refuses a foreign name."""
    settings = {
        "JOBS": "off",
        "BASE_URL": "https://profiilit.savonkoski.example",
        "MAIL_URL": "smtp://mail.savonkoski.example",
    }
    app = create_app(settings, tmp_path)
    client = app.test_client()
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/readyz", headers={"Host": host}).status_code == 503  # no database yet
    assert client.get("/sign-in", headers={"Host": "other.example"}).status_code == 400


def test_a_database_that_is_away_is_said_by_503(app, monkeypatch):
    def away(*_arguments, **_more):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(db.engine.pool, "connect", away)
    db.session.remove()
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready")
    for path in ("/", "/register", "/check?q=x", "/sign-in", "/api/v1/profiles", "/report"):
        assert client.get(path).status_code == 503, path
    assert list(health.reasons())


@pytest.mark.parametrize(
    ("wished", "spoken"),
    [
        ("sv-FI,en;q=0.5", "sv"),
        ("en;q=0.5,sv-FI", "sv"),
        ("sv-FI", "sv"),
        ("en-GB,sv;q=0.9", "en"),
        ("de,sv-SE;q=0.8,en;q=0.7", "sv"),
        ("de", "fi"),
        ("*", "fi"),
        ("sv;q=0,en", "en"),
        ("", "fi"),
        (";;q=x,", "fi"),
    ],
)
def test_the_browsers_first_wish_that_we_speak_is_heard(app, wished, spoken):
    page = app.test_client().get("/check", headers={"Accept-Language": wished})
    assert f'<html lang="{spoken}">' in page.text


@pytest.mark.parametrize(
    "typed", ["+358400000000", "%2B358400000000", "358400000000", "0400000000"]
)
def test_a_number_in_a_query_is_read_with_and_without_its_plus(app, typed):
    answer = app.test_client().get(f"/api/v1/check?q={typed}").json
    assert addresses.read(answer["query"]).keys == ("whatsapp:phone:358400000000",)
    page = app.test_client().get(f"/check?q={typed}&lang=en")
    assert page.status_code == 200


def test_a_handle_of_digits_is_no_number():
    for handle in ("3581", "100088123456789", "358", "3580000"):
        assert addresses.read(handle).note != "phone", handle
