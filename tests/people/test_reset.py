"""A33-A35: a new password by mail, and nobody learns whose address is known."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox, replay
from intake.engine.outbox import Fate, Message
from intake.people import accounts, passwords, town
from intake.people.models import LinkPurpose, LinkToken, Person, Session
from intake.refusals import Unseen
from tests.browser import PASSWORD, Browser, Page
from tests.dump import dump
from tests.people.mailbox import NEW, letters, link
from tests.scene import settled

UNHEARD = "unheard.of@savonkoski.example"


def asks(browser: Browser, email: str) -> Page:
    return browser.opens("/reset").fills(email=email).presses("Lähetä linkki")


def link_for(app, person) -> str:
    asks(Browser(app), person.email)
    return link(letters(person, "reset")[-1])


def number_of(model) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(model)).one()


def test_whoever_forgot_their_password_gets_a_new_one(app, cast):
    elsewhere = Browser(app).signs_in(cast.head)
    browser = Browser(app)
    page = browser.opens("/sign-in").follows("Unohditko salasanasi?")
    page = page.fills(email=cast.head.email.upper()).presses("Lähetä linkki")
    assert page.heading == "Katso sähköpostisi"
    (letter,) = letters(cast.head, "reset")
    assert letter.subject == "Valitse uusi salasana"
    page = browser.opens(link(letter)).fills(password=NEW).presses("Tallenna salasana")
    assert page.path == "/sign-in"
    assert "Uusi salasanasi on käytössä." in page.main
    assert elsewhere.opens("/desk").path == "/sign-in"
    old = browser.opens("/sign-in").fills(email=cast.head.email, password=PASSWORD)
    assert old.presses("Kirjaudu").status == 422
    browser.signs_in_by_page(cast.head, NEW)
    (told,) = letters(cast.head, "password_changed")
    assert told.subject == "Salasanasi on vaihdettu"
    assert link(told) == "/reset"
    with write():
        town.store(it_contact="tuki@savonkoski.example")
    (told,) = letters(cast.head, "password_changed")
    assert "asiasta tietohallintoon: tuki@savonkoski.example" in " ".join(told.plain.split())
    assert replay.verify() == []
    steps = [(line.step, line.actor) for line, _words in audit_trail.history([cast.head.id])]
    assert steps[-2:] == [("ask_reset", "anyone"), ("set_password", cast.head.id)]
    lines = Browser(app).signs_in(cast.administrator).opens("/trail").text
    assert "Joku pyysi uutta salasanaa." in lines
    assert "anyone" not in lines


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-Host"])
def test_a33_no_header_gets_into_a_link(app, cast, name):
    page = Browser(app).opens("/reset")
    data = page.fills(email=cast.head.email)._data(next(page.tree.iter("form")))
    before = dump()
    headers = {name: "host=evil.example" if name == "Forwarded" else "evil.example"}
    headers["Sec-Fetch-Site"] = "same-origin"
    answer = page.browser.client.post("/reset", data=data, headers=headers)
    if name == "Host":
        assert answer.status_code == 400
        assert dump() == before
    else:
        assert answer.status_code == 303
        assert answer.location == "/reset/sent"
        (letter,) = letters(cast.head, "reset")
        assert "evil" not in letter.plain + letter.html
        assert link(letter).startswith("/reset/")


def test_a34_looking_at_a_link_uses_nothing_up_and_using_it_does(app, cast):
    path = link_for(app, cast.head)
    before = dump()
    scanner = Browser(app)
    for _ in range(2):
        page = scanner.opens(path)
        assert page.status == 200
        assert page.response.headers["Cache-Control"] == "no-store"
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert scanner.client.head(path).status_code == 200
    assert dump() == before
    second = Browser(app).opens(path)
    assert page.fills(password=NEW).presses("Tallenna").path == "/sign-in"
    stored = db.session.get_one(Person, cast.head.id).password_hash
    late = second.fills(password="toinen lause vispaa 77").presses("Tallenna")
    assert late.status == 404
    assert late.response.headers["Cache-Control"] == "no-store"
    assert late.response.headers["Referrer-Policy"] == "no-referrer"
    assert Browser(app).opens(path).status == 404
    db.session.expire_all()
    assert db.session.get_one(Person, cast.head.id).password_hash == stored


def test_a34_a_link_ends_after_an_hour(app, cast, still):
    path = link_for(app, cast.head)
    still.shift(timedelta(minutes=59, seconds=59))
    page = Browser(app).opens(path)
    assert page.status == 200
    still.shift(timedelta(seconds=1))
    assert Browser(app).opens(path).status == 404
    before = dump()
    assert page.fills(password=NEW).presses("Tallenna").status == 404
    assert dump() == before


def test_a34_every_other_link_dies_with_a_new_password(app, cast, now):
    first, second = link_for(app, cast.head), link_for(app, cast.head)
    foreign = link_for(app, cast.colleague)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens("/me/password").fills(current_password=PASSWORD, password=NEW)
    assert page.presses("Vaihda salasana").path == "/me"
    assert Browser(app).opens(first).status == Browser(app).opens(second).status == 404
    assert Browser(app).opens(foreign).status == 200


def test_a34_a_secret_of_one_kind_opens_no_other(app, cast):
    secret = link_for(app, cast.head).rsplit("/", 1)[1]
    for path in (f"/invitation/{secret}", f"/first/{secret}", f"/reset/{secret[:-1]}", "/reset/x"):
        assert Browser(app).opens(path).status == 404


@pytest.mark.parametrize("_round", range(3))
def test_a34_two_at_once_use_one_link_once(app, cast, now, _round):
    secret = link_for(app, cast.head).rsplit("/", 1)[1]
    barrier, came = threading.Barrier(2), []
    db.session.rollback()

    def choose(password_hash: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with write():
                    accounts.choose_password(LinkPurpose.RESET, secret, password_hash, now)
                came.append(password_hash)
            except Unseen:
                came.append("")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=choose, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    winner = next(one for one in came if one)
    assert sorted(came) == ["", winner]
    assert db.session.get_one(Person, cast.head.id).password_hash == winner


@pytest.fixture
def work(monkeypatch):
    """Counts the hashes and the statements from when it is cleared."""
    done: dict[str, int] = {"hashes": 0, "queries": 0}

    def counted(name: str) -> None:
        real = getattr(passwords.PasswordHasher, name)

        def count(self, *args):
            done["hashes"] += 1
            return real(self, *args)

        monkeypatch.setattr(passwords.PasswordHasher, name, count)

    def asked(*_) -> None:
        done["queries"] += 1

    counted("hash")
    counted("verify")
    event.listen(db.engine, "before_cursor_execute", asked)
    yield done
    event.remove(db.engine, "before_cursor_execute", asked)


def test_a35_a_reset_and_a_sign_in_are_the_same_work_for_everybody(app, cast, work):
    with write():
        db.session.get_one(Person, cast.colleague.id).password_hash = None
    emails = [cast.head.email, UNHEARD, cast.leaver.email, cast.colleague.email]
    asks(Browser(app), cast.admin.email)  # the trail has begun
    found = []
    for email in emails:
        browser = Browser(app)
        rows = {
            model: number_of(model) for model in (Message, LinkToken, audit_trail.Entry, Session)
        }
        page = browser.opens("/reset")
        work.update(hashes=0, queries=0)
        sent = page.fills(email=email).presses("Lähetä linkki")
        asked = (*work.values(), sent.status, sent.path, settled(sent.html))
        page = browser.opens("/sign-in")
        work.update(hashes=0, queries=0)
        refused = page.fills(email=email, password="wrong password").presses("Kirjaudu")
        html = settled(refused.html).replace(email, "")
        signed = (*work.values(), refused.status, html)
        more = [number_of(model) - before for model, before in rows.items()]
        found.append((asked, signed, more))
    assert found[0][0][0] == 0
    assert found[0][1][0] == 1
    assert found[0][2] == [1, 1, 1, 0]
    for email, one in zip(emails, found, strict=True):
        assert one == found[0], email


def test_a35_what_is_sent_to_nobody_ends_in_nothing(app, cast):
    for email in (UNHEARD, cast.leaver.email):
        asks(Browser(app), email)
    tokens = db.session.scalars(select(LinkToken)).all()
    assert [token.person_id for token in tokens] == [None, None]
    for token in tokens:
        assert Browser(app).opens(accounts.links.path(token)).status == 404
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    assert outbox.deliver() == 0
    db.session.rollback()
    assert db.session.scalars(select(Message.fate)).all() == [Fate.VOID, Fate.VOID]


def test_a_link_that_has_ended_meanwhile_is_not_sent(app, cast, still):
    asks(Browser(app), cast.head.email)
    still.shift(timedelta(hours=1))
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    outbox.deliver()
    db.session.rollback()
    assert db.session.scalars(select(Message.fate)).all() == [Fate.VOID]


def test_an_address_gets_three_links_an_hour_and_a_network_asks_for_ten(app, cast, still):
    pages = [asks(Browser(app), cast.head.email) for _ in range(5)]
    assert len({(page.status, page.path, settled(page.html)) for page in pages}) == 1
    assert len(letters(cast.head, "reset")) == 3
    for number in range(7):
        asks(Browser(app), f"nobody{number}@savonkoski.example")
    assert asks(Browser(app), cast.colleague.email).heading == "Katso sähköpostisi"
    assert letters(cast.colleague, "reset") == []
    assert number_of(LinkToken) == 10
    other = Browser(app)
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    asks(other, cast.colleague.email)
    assert len(letters(cast.colleague, "reset")) == 1
    still.shift(timedelta(hours=1))
    asks(Browser(app), cast.head.email)
    assert len(letters(cast.head, "reset")) == 4


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("fi", ["Pyydä uusi salasana", "Katso sähköpostisi", "Valitse uusi salasana"]),
        ("sv", ["Be om ett nytt lösenord", "Titta i din e-post", "Välj ett nytt lösenord"]),
        ("en", ["Ask for a new password", "Look into your mail", "Choose a new password"]),
    ],
)
def test_the_pages_speak_three_languages(app, cast, language, headings):
    path = link_for(app, cast.head)
    for address, heading in zip(("/reset", "/reset/sent", path), headings, strict=True):
        assert Browser(app).opens(f"{address}?lang={language}").heading == heading
