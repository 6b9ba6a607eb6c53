"""Messages: written with the change, sent after it, never lost, at most once for each success."""

import threading
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from intake import ports
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Fate, Message
from tests.browser import Browser
from tests.establishment.making import make_request, take
from tests.server import free_port


class Postman:
    """A mail server that takes letters, or answers what it is told to."""

    def __init__(self):
        self.letters, self.answers, self.cut = [], [], False

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        if self.cut:
            server.transport.close()
            return "421 gone"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"


@pytest.fixture
def postman(app):
    """A real SMTP server, set as the town's."""
    postman = Postman()
    port = free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
    yield postman
    controller.stop()


def fates() -> Counter:
    db.session.rollback()
    return Counter(db.session.scalars(select(Message.fate)))


def only_waiting(person_id: str) -> None:
    """Leave one person's messages waiting, so that a test is about them alone."""
    with write():
        db.session.execute(
            update(Message).where(Message.person_id != person_id).values(fate=Fate.VOID)
        )


def test_what_a_step_tells_is_written_with_it_and_sent_after_it(cast, postman):
    request = make_request(cast)
    assert fates()[Fate.WAITING] == len(db.session.scalars(select(Message)).all()) > 0
    assert postman.letters == []
    only_waiting(cast.head.id)
    assert outbox.deliver() == 1
    receivers, letter = postman.letters[0]
    assert receivers == [cast.head.email]
    plain = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    for text in (plain, html):
        assert f"http://127.0.0.1:8000/establishment/{request.id}" in text
        assert cast.requester.name in text
    assert "Päätä" in letter["Subject"]
    assert letter["To"] == cast.head.email
    assert letter["Content-Language"] == "fi"


def test_a_letter_is_in_the_language_of_its_reader(cast, postman):
    with write():
        db.session.get(type(cast.head), cast.head.id).language = "sv"
    make_request(cast)
    only_waiting(cast.head.id)
    outbox.deliver()
    letter = postman.letters[0][1]
    assert 'lang="sv"' in letter.get_body(("html",)).get_content()
    assert "Besluta" in letter["Subject"]


def test_a_refused_step_leaves_no_message(cast, postman):
    request = make_request(cast)
    before = fates()
    with pytest.raises(Exception, match="approve"):
        take(request, "approve", cast.stranger)
    assert fates() == before


def test_f09_a_mail_server_that_is_away_delays_and_loses_nothing(cast, postman, app, still):
    make_request(cast)
    only_waiting(cast.head.id)
    there, app.config["MAIL_URL"] = app.config["MAIL_URL"], "smtp://127.0.0.1:9"
    pauses = []
    for _ in range(4):
        assert outbox.deliver() == 0
        message = db.session.scalars(select(Message).where(Message.person_id == cast.head.id)).one()
        pauses.append(message.due_at - message_now(still))
        still.shift(pauses[-1])
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
    app.config["MAIL_URL"] = there
    assert outbox.deliver() == 1
    assert fates()[Fate.SENT] == 1


def message_now(_still):
    from intake import clock

    return clock.now()


def test_f09_after_three_days_it_is_given_up_where_everybody_can_see(cast, postman, app, still):
    make_request(cast)
    only_waiting(cast.head.id)
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    outbox.deliver()
    still.shift(timedelta(days=3, hours=1))
    outbox.deliver()
    assert fates()[Fate.GIVEN_UP] == 1
    page = Browser(app).signs_in(cast.administrator).opens("/messages")
    assert "Ei voitu lähettää" in page.main or "ei voitu lähettää" in page.main


def test_f09_a_refused_reader_stops_nobody_else(cast, postman):
    make_request(cast)
    waiting = fates()[Fate.WAITING]
    postman.answers = ["550 no such person"]
    outbox.deliver()
    assert fates() == {Fate.GIVEN_UP: 1, Fate.SENT: waiting - 1}


def test_f09_a_busy_server_is_tried_again(cast, postman, still):
    make_request(cast)
    only_waiting(cast.head.id)
    postman.answers = ["451 later"]
    assert outbox.deliver() == 0
    assert fates()[Fate.WAITING] == 1
    still.shift(timedelta(minutes=2))
    assert outbox.deliver() == 1


def test_f09_a_letter_cut_after_its_text_waits_for_a_person(cast, postman, still):
    make_request(cast)
    only_waiting(cast.head.id)
    postman.cut = True
    outbox.deliver()
    assert fates()[Fate.UNCERTAIN] == 1
    postman.cut = False
    still.shift(timedelta(days=1))
    assert outbox.deliver() == 0  # not sent again by itself


def test_f10_a_deliverer_that_died_leaves_it_uncertain(cast, postman, still):
    make_request(cast)
    only_waiting(cast.head.id)
    claimed = outbox._claim(message_now(still))
    assert claimed
    still.shift(timedelta(minutes=3))
    assert outbox.deliver() == 0
    assert fates()[Fate.UNCERTAIN] == 1


def test_f10_two_deliverers_send_each_message_once(cast, postman, app):
    for _ in range(3):
        make_request(cast, trained=False)
    waiting = fates()[Fate.WAITING]
    sent = []

    def deliver():
        with app.app_context():
            sent.append(outbox.deliver())

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == waiting
    ids = [letter["Message-ID"] for _to, letter in postman.letters]
    assert len(ids) == len(set(ids)) == waiting


def test_whoever_has_left_gets_no_letter(cast, postman, make):
    make_request(cast)
    make.leave(cast.head)
    only_waiting(cast.head.id)
    assert outbox.deliver() == 0
    assert fates()[Fate.WAITING] == 0


def test_a39_a_name_cannot_smuggle_a_header(cast, postman):
    with write():
        db.session.get(type(cast.head), cast.head.id).name = "Matti\r\nBcc: all@savonkoski.example"
    make_request(cast)
    only_waiting(cast.head.id)
    outbox.deliver()
    receivers, letter = postman.letters[0]
    assert receivers == [cast.head.email]
    assert letter["Bcc"] is None


def test_without_a_mail_server_messages_are_kept_and_readable(cast, app):
    make_request(cast)
    assert outbox.deliver() == 0
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens("/messages")
    assert "Sähköpostipalvelinta ei ole asetettu" in page.main
    title = db.session.scalars(select(Message.title)).first()
    letter = page.follows(title)
    assert "http://127.0.0.1:8000/establishment/" in letter.main
    assert Browser(app).signs_in(cast.requester).opens("/messages").status == 403


def test_a_message_that_cannot_be_built_is_parked(cast, postman, app, monkeypatch):
    make_request(cast)
    waiting = fates()[Fate.WAITING]
    real, calls = outbox.mail.write, []

    def broken(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            raise KeyError("template")
        return real(*arguments, **options)

    monkeypatch.setattr(outbox.mail, "write", broken)
    outbox.deliver()
    assert fates() == {Fate.GIVEN_UP: 1, Fate.SENT: waiting - 1}


def test_a_deliverer_with_nothing_to_do_writes_nothing(app, postman):
    woken = []
    wake = ports.of(app).write_lock.wake
    wake.append(lambda: woken.append(1))
    try:
        assert outbox.deliver() == 0
    finally:
        wake.pop()
    assert woken == []
