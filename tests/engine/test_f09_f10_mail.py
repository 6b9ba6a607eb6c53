"""F9, F10: whatever the mail server does, a letter leaves once, or is marked as perhaps sent."""

import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import mail, outbox
from intake.engine.outbox import Fate, Message
from tests.browser import Browser
from tests.establishment.making import make_request
from tests.faults import assert_sound
from tests.mail_server import CUT, HANG, MailServer
from tests.server import ROOT


@pytest.fixture
def at_server(app):
    """Let the town's mail go to a server that answers as told."""
    servers = []

    def at(drips: str = "", **answers: str) -> MailServer:
        servers.append(MailServer(drips, **answers))
        servers[-1].start()
        app.config["MAIL_URL"] = servers[-1].url
        return servers[-1]

    yield at
    for server in servers:
        server.stop()


@pytest.fixture
def one(cast):
    """One message that waits."""
    make_request(cast)
    with write():
        db.session.execute(
            update(Message).where(Message.person_id != cast.head.id).values(fate=Fate.VOID)
        )
    return db.session.scalars(select(Message.id).where(Message.fate == Fate.WAITING)).one()


def fates() -> Counter:
    db.session.rollback()
    return Counter(fate for fate in db.session.scalars(select(Message.fate)) if fate != Fate.VOID)


def test_f09_a_day_without_a_mail_server_delays_and_nothing_more(app, one, at_server, still):
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    end = clock.now() + timedelta(days=1)
    while clock.now() < end:
        assert outbox.deliver() == 0
        still.shift(timedelta(minutes=20))
    assert fates() == {Fate.WAITING: 1}
    assert max(db.session.scalars(select(Message.tries))) < 15  # it does not knock without end
    server = at_server()
    still.shift(timedelta(hours=4))
    assert outbox.deliver() == 1
    assert_sound(letters=server.letters)
    assert len(server.letters) == 1


@pytest.mark.parametrize("word", ["banner", "EHLO", "MAIL", "RCPT", "DATA", "text"])
@pytest.mark.parametrize("code", ["421 busy", "451 later"])
def test_f09_an_hour_of_later_is_only_later(one, at_server, still, word, code):
    server = at_server(**{word: code})
    for _ in range(3):
        assert outbox.deliver() == 0
        still.shift(timedelta(minutes=20))
    assert fates() == {Fate.WAITING: 1}
    server.answers[word] = {"text": "250 ok", "DATA": "354 go", "banner": "220 here"}.get(
        word, "250 ok"
    )
    still.shift(timedelta(hours=2))
    assert outbox.deliver() == 1
    assert_sound(letters=server.letters)


@pytest.mark.parametrize("word", ["banner", "MAIL"])
def test_f09_a_server_that_refuses_us_loses_no_letter(one, at_server, word):
    """Set right by the operator within three days, it takes what has waited."""
    at_server(**{word: "550 not you"})
    outbox.deliver()
    assert fates() == {Fate.WAITING: 1}


@pytest.mark.parametrize("word", ["RCPT", "text"])
def test_f09_a_letter_that_is_refused_for_good_is_given_up_in_sight(
    app, cast, one, at_server, word
):
    at_server(**{word: "550 no such person"})
    outbox.deliver()
    assert fates() == {Fate.GIVEN_UP: 1}
    page = Browser(app).signs_in(cast.administrator).opens("/messages")
    assert "ei voitu lähettää" in page.main.lower()


@pytest.mark.parametrize("word", ["banner", "EHLO", "MAIL", "RCPT"])
def test_f09_a_line_cut_before_the_text_is_tried_again(one, at_server, still, word):
    server = at_server(**{word: CUT})
    outbox.deliver()
    assert fates() == {Fate.WAITING: 1}
    server.answers[word] = "220 here" if word == "banner" else "250 ok"
    still.shift(timedelta(minutes=2))
    assert outbox.deliver() == 1
    assert_sound(letters=server.letters)


def test_f10_a_line_cut_before_the_answer_to_the_text_is_never_tried_again(one, at_server, still):
    server = at_server(text=CUT)
    outbox.deliver()
    assert fates() == {Fate.UNCERTAIN: 1}
    server.answers["text"] = "250 taken"
    still.shift(timedelta(days=1))
    assert outbox.deliver() == 0
    assert_sound(letters=server.letters)
    assert len(server.letters) == 1


@pytest.mark.parametrize("digits", ["2", "25", "nonsense"])
def test_f10_half_an_answer_to_the_text_is_no_answer(one, at_server, still, digits):
    server = at_server(text=digits)
    outbox.deliver()
    assert fates() == {Fate.UNCERTAIN: 1}
    assert_sound(letters=server.letters)


@pytest.mark.parametrize("bye", [CUT, "421 closing", "500 what?"])
def test_f10_what_comes_after_it_was_taken_sends_nothing_twice(one, at_server, still, bye):
    server = at_server(QUIT=bye)
    assert outbox.deliver() == 1
    still.shift(timedelta(days=1))
    assert outbox.deliver() == 0
    assert_sound(letters=server.letters)
    assert len(server.letters) == 1


def test_f10_taken_and_then_silent_is_taken(one, at_server, monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT", 0.3)
    server = at_server(QUIT=HANG)
    assert outbox.deliver() == 1
    assert_sound(letters=server.letters)


@pytest.mark.parametrize(("slow", "fate"), [("EHLO", Fate.WAITING), ("text", Fate.UNCERTAIN)])
def test_f09_a_byte_a_second_has_an_end(one, at_server, monkeypatch, slow, fate):
    """In time: a byte each tenth of a second, and a second for the whole letter."""
    monkeypatch.setattr(mail, "WHOLE", 1.0)
    at_server(drips=slow, **{slow: "\r\n".join(["250-wait"] * 100)})
    began = time.perf_counter()
    outbox.deliver()
    assert time.perf_counter() - began < 10
    assert fates() == {fate: 1}


def test_f09_no_request_waits_for_the_mail_server(cast, at_server):
    """The server says nothing at all; a request is made in the usual time."""
    at_server(banner=HANG)
    began = time.perf_counter()
    make_request(cast)
    assert time.perf_counter() - began < 10
    assert fates()[Fate.WAITING] > 0


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_f09_where_tls_fails_nothing_is_said_in_the_clear(one, app, at_server, monkeypatch, scheme):
    monkeypatch.setattr(mail, "TIMEOUT", 0.5)
    server = at_server()
    app.config["MAIL_URL"] = server.url.replace("smtp", scheme, 1).replace("//", "//town:word@")
    outbox.deliver()
    assert fates() == {Fate.WAITING: 1}
    assert server.letters == []
    assert not {"AUTH", "MAIL"} & set(server.heard)


def test_f09_a_certificate_is_verified(monkeypatch):
    made = []
    real = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: made.append(real()) or made[-1])
    with pytest.raises(OSError):  # noqa: PT011 -- nobody listens there
        mail.connect("smtps://127.0.0.1:9")
    assert made[0].verify_mode is ssl.CERT_REQUIRED
    assert made[0].check_hostname


# F10: deliverers as processes, one killed, one stopped in the middle

DELIVERER = """
import os, sys
from intake import create_app
from intake.engine import outbox
app = create_app()
if "die" in sys.argv:
    outbox._note = lambda *_, **__: os._exit(9)  # after the server has taken it
with app.app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    print(outbox.deliver(), flush=True)
"""


@pytest.fixture
def deliverer(app, store, tmp_path):
    """Start another process that delivers when told."""
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        shutil.copy(Path(app.instance_path, "keys.toml"), tmp_path)  # hosts share them
        settings = {"INSTANCE": str(tmp_path), "DATABASE_URL": store.url, "ARGON2_COST": "test"}
        settings["MAIL_URL"] = app.config["MAIL_URL"]
        process = subprocess.Popen(
            [sys.executable, "-c", DELIVERER, *arguments],
            cwd=ROOT,
            env={**os.environ, **{f"INTAKE_{name}": value for name, value in settings.items()}},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _until(met) -> None:
    end = time.perf_counter() + 20
    while not met():
        assert time.perf_counter() < end
        time.sleep(0.05)


def test_f10_one_killed_between_sending_and_marking(one, at_server, deliverer):
    server = at_server()
    assert deliverer("die").wait(20) == 9
    later = _lease_end() + timedelta(seconds=1)
    assert outbox.deliver(later) == 0
    assert fates() == {Fate.UNCERTAIN: 1}
    assert_sound(letters=server.letters)
    assert len(server.letters) == 1


def test_f10_one_stopped_over_its_lease_sends_once_and_says_so(one, at_server, deliverer):
    server = at_server(text=HANG)
    process = deliverer()
    _until(lambda: server.letters)
    process.send_signal(signal.SIGSTOP)
    assert outbox.deliver(_lease_end() + timedelta(seconds=1)) == 0
    assert fates() == {Fate.UNCERTAIN: 1}
    process.send_signal(signal.SIGCONT)
    server.go.set()
    assert process.stdout.readline() == "1\n"
    assert fates() == {Fate.SENT: 1}
    assert_sound(letters=server.letters)
    assert len(server.letters) == 1


def _lease_end():
    db.session.rollback()
    return db.session.scalars(
        select(Message.lease_until).where(Message.lease_until.is_not(None))
    ).one()
