"""A29, A39, A40, A104, A106, A107: where a page leads, whom a letter reaches, what work costs."""

import os
import tempfile

import pytest
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import update
from werkzeug.datastructures import MultiDict
from wtforms import Form

from intake.data import full_text
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Fate, Message
from intake.handbook import markdown
from intake.people.models import Person
from intake.security import sensitive_text
from intake.web import forms
from tests.browser import PASSWORD, Browser
from tests.costs import assert_grows_with, cost
from tests.establishment.making import make_request
from tests.faults import assert_sound
from tests.mail_server import MailServer

# A29

ASTRAY = (
    "//evil.example", "/\\evil.example", "\\/evil.example", "https:evil.example", "///evil.example",
    "https://evil.example/desk", "http:///evil.example", "/%09/evil.example", "\t//evil.example",
    "/\t/evil.example", "//evil.example/%2f..", "/desk/../..//evil.example", "javascript:alert(1)",
    "data:text/html,x", "/sign-out", "/sign-in", "/sign-in?next=//evil.example", "/no/such/page",
    "evil.example", "@evil.example", "/@evil.example", ".evil.example", "/desk\r\nX: y",
    "\u2028/me", "//desk", "/desk?x=\r\nSet-Cookie: a=b", "https://127.0.0.1:8000@evil.example/",
)  # fmt: skip


@pytest.mark.parametrize("wanted", ASTRAY)
def test_a29_whatever_next_says_the_way_leads_to_a_page_of_ours(app, cast, wanted):
    client = Browser(app).client
    page = client.get("/sign-in", query_string={"next": wanted})
    browser = Browser(app)
    browser.client = client
    typed = browser.opens("/sign-in", query={"next": wanted})
    assert page.status_code == typed.status == 200
    filled = typed.fills(email=cast.head.email, password=PASSWORD)
    data = filled._data(filled._button("Kirjaudu")[0])
    data.add("next", "//evil.example")  # twice: the first counts, and leads nowhere else
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 303
    assert answer.location[0] == "/"
    assert answer.location[1].isalpha()
    assert "evil" not in answer.location
    assert client.get(answer.location).status_code == 200


def test_a29_a_language_leads_nowhere(app):
    for wanted in ("//evil.example", "../x", "fi\r\nX: y", "xx"):
        answer = app.test_client().get("/", query_string={"lang": wanted})
        assert answer.status_code == 200
        assert "evil.example" not in dict(answer.headers).values()


# A39


@pytest.mark.parametrize(
    "address",
    [
        "a@b,c@d",
        '"x"@ä',
        "a@b\r\nBcc: x@y",
        "a b@c.fi",
        "a@",
        "<a@b.fi>",
        "a@b.fi;c@d.fi",
        "\x00@b",
    ],
)
def test_a39_no_form_takes_two_addresses_for_one(app, address):
    class Asking(Form):
        mail = forms.Mail("x")

    with app.test_request_context():
        assert not Asking(data={"mail": address}).validate()
    with pytest.raises(EmailNotValidError):
        validate_email(address, check_deliverability=False)


BENT = "x@savonkoski.example\r\nRCPT TO:<evil@evil.example>"


@pytest.mark.parametrize(
    ("column", "value"),
    [("name", "Kaisa\r\nBcc: evil@evil.example"), ("email", BENT), ("email", "a@b.fi, c@d.fi")],
)
def test_a39_a_letter_goes_to_one_reader_or_is_parked_and_the_queue_goes_on(
    app, cast, column, value
):
    make_request(cast)
    with write():
        setattr(db.session.get(Person, cast.head.id), column, value)
        wanted = Message.person_id.in_([cast.head.id, cast.requester.id])
        db.session.execute(update(Message).where(~wanted).values(fate=Fate.VOID))
    server = MailServer()
    server.start()
    app.config["MAIL_URL"] = server.url
    outbox.deliver()
    server.stop()
    assert not any("evil" in line for line in server.lines if line.startswith("RCPT"))
    assert not any(line.lower().startswith("bcc:") for line in server.lines)
    assert server.heard.count("RCPT") == server.heard.count("MAIL")
    own = db.session.query(Message).filter_by(person_id=cast.requester.id).all()
    assert {line.fate for line in own} == {Fate.SENT}  # the queue went on
    assert_sound(letters=server.letters)


# A40


def test_a40_a_new_address_in_every_header_is_still_the_same_network(app, cast):
    names = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP")
    statuses = []
    for number in range(50):
        browser = Browser(app)
        headers = dict.fromkeys(names, f"198.51.100.{number}")
        browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        page = browser.opens("/sign-in")
        filled = page.fills(email=f"x{number}@savonkoski.example", password="wrong")
        data = filled._data(filled._button("Kirjaudu")[0])
        statuses.append(browser.client.post("/sign-in", data=data, headers=headers).status_code)
    assert statuses == [422] * 20 + [429] * 30


def test_a40_no_header_changes_method_scheme_or_place(app, cast):
    client = Browser(app).signs_in(cast.head).client
    other = {
        "X-HTTP-Method-Override": "DELETE",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Rewrite-URL": "/sign-out",
    }
    usual, bent = client.get("/desk"), client.get("/desk", headers=other)
    assert (usual.status_code, usual.data) == (bent.status_code, bent.data)


# A104, A106


def test_a104_a_body_that_is_refused_leaves_no_file(app, cast, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other programs write in the usual one
    part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\n'
    for size in (200_000, 600_000, 6_000_000):
        app.test_client().post(
            "/sign-in",
            data=part + b"a" * size + b"\r\n--x--",
            content_type="multipart/form-data; boundary=x",
        )
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"data": b"a=" + b"b" * 300_000}, 413),
        ({"data": b"&".join(b"a%d=b" % number for number in range(10_000))}, 400),
        ({"data": b"[" * 5000, "content_type": "application/json"}, 415),
        ({"data": b"x", "headers": {"Content-Encoding": "gzip"}}, 415),
    ],
)
def test_a106_what_is_refused_costs_next_to_nothing(app, how, status):
    client = app.test_client()
    usual = {"content_type": "application/x-www-form-urlencoded"}

    def refused() -> None:
        assert client.post("/sign-in", **{**usual, **how}).status_code == status

    assert cost(refused, 3) < 60 * cost(lambda: client.get("/sign-in"), 3)


def test_a106_a_deep_question_to_the_interface_is_refused(app):
    for content in (b"[" * 5000, b'{"queries":' * 4000, b'{"queries": [' + b'"x",' * 40_000):
        answer = app.test_client().post(
            "/api/v1/check", data=content, content_type="application/json"
        )
        assert answer.status_code in (400, 413, 422)
        assert answer.mimetype == "application/problem+json"


# A107: the parsers that addresses do not need; those of addresses stand in tests/addresses

LONG = [
    "a" * 50_000 + "!",
    "a@" * 50_000,
    "." * 100_000,
    "FI" + "1 " * 50_000,
    "+358" + "0" * 100_000,
    "010101-" * 14_000,
    "[" * 50_000 + "](x)",
    "*a_" * 33_000,
    "> " * 50_000,
    "a\u0301" * 50_000,
    "<" * 100_000,
    "1" * 100_000 + "," + "1" * 1000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a107_no_parser_takes_long_over_a_hundred_thousand_characters(app, text):
    class Asking(Form):
        mail = forms.Mail("x")
        line = forms.Line("x")
        lines = forms.Lines("x")
        amount = forms.Amount("x")
        day = forms.Day("x")

    def reads(some: str) -> None:
        names = ("mail", "line", "lines", "amount", "day")
        assert not Asking(MultiDict(dict.fromkeys(names, some))).validate()
        sensitive_text.remarks(some)
        sensitive_text.identity_codes(some)
        full_text.folded_words(some)
        markdown.render(some[:30_000])

    with app.test_request_context():
        assert_grows_with(lambda: reads(text), lambda: reads(text[: len(text) // 10]))


@pytest.mark.parametrize(
    ("sent", "logged"),
    [
        (
            {"violated-directive": "script-src 'self'", "blocked-uri": "https://evil.example/a?b"},
            "script-src, evil.example",
        ),
        (
            {"violated-directive": "Pena Puro, 010190-900P", "blocked-uri": "https://[::1"},
            "no directive, no host",
        ),
        (["script-src"], "no directive, no host"),
    ],
)
def test_a66_of_what_a_browser_reports_only_directive_and_host_are_logged(
    app, caplog, sent, logged
):
    answer = app.test_client().post("/csp-report", json={"csp-report": sent})
    assert answer.status_code == 204
    assert [line.getMessage() for line in caplog.records] == [f"content policy: {logged}"]
