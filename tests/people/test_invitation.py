"""Invitations: by mail, once, for a week; the first password is chosen by its owner alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine import replay
from intake.engine.outbox import Message
from intake.people import accounts, passwords
from intake.people.models import LinkToken, Person
from tests.browser import Browser
from tests.dump import dump
from tests.people.mailbox import NEW, letters, link


@pytest.fixture
def newcomer(cast, make) -> Person:
    """Somebody who is in the town's service and has no password yet."""
    person = make.person("Aada Kuusimäki", cast.youth, email="aada.kuusimaki@savonkoski.example")
    with write():
        db.session.get_one(Person, person.id).password_hash = None
    return person


@pytest.fixture
def administrator(app, cast) -> Browser:
    return Browser(app).signs_in(cast.administrator)


def test_an_invited_person_chooses_a_password_and_is_at_work(app, cast, newcomer, administrator):
    page = administrator.opens(f"/people/{newcomer.id}").follows("Kutsu")
    assert newcomer.email in page.main
    assert "Kutsu on lähtenyt." in page.presses("Lähetä kutsu").text
    (letter,) = letters(newcomer, "invitation")
    assert letter.to == newcomer.email
    assert newcomer.email in letter.plain
    assert "30.11.2026" in letter.plain
    browser = Browser(app)
    page = browser.opens(link(letter))
    assert page.heading == "Tervetuloa, Aada Kuusimäki"
    assert page.fills(password=NEW).presses("Tallenna").path == "/desk"
    browser.opens("/me").presses("Kirjaudu ulos")
    assert browser.signs_in_by_page(newcomer, NEW)
    known = browser.client.get_cookie("device")
    assert known is not None
    assert letters(newcomer, "password_changed") == []
    assert replay.verify() == []
    lines = administrator.opens("/trail").text
    assert "Timo Rantapajula lähetti kutsun." in lines
    assert "Aada Kuusimäki valitsi salasanan." in lines


def test_a34_an_invitation_is_good_once_and_for_seven_days(app, newcomer, administrator, still):
    administrator.opens(f"/people/{newcomer.id}/invite").presses("Lähetä kutsu")
    path = link(letters(newcomer, "invitation")[0])
    still.shift(timedelta(days=7, seconds=-1))
    page = Browser(app).opens(path)
    assert page.status == 200
    still.shift(timedelta(seconds=1))
    dead = page.fills(password=NEW).presses("Tallenna")
    assert dead.status == 404
    assert dead.follows("Pyydä uusi salasana").path == "/reset"
    assert db.session.get_one(Person, newcomer.id).password_hash is None


def test_a34_a_used_or_replaced_invitation_opens_nothing(app, newcomer, administrator):
    invite = f"/people/{newcomer.id}/invite"
    administrator.opens(invite).presses("Lähetä kutsu")
    assert "voimassa 30.11.2026 asti" in administrator.opens(invite).main
    administrator.opens(invite).presses("Kutsu uudelleen")
    first, second = map(link, letters(newcomer, "invitation"))
    assert Browser(app).opens(first).status == 404
    page = Browser(app).opens(second)
    page.fills(password=NEW).presses("Tallenna")
    assert Browser(app).opens(second).status == 404
    again = Browser(app)
    answer = again.opens("/reset").browser.posts(second, {"password": NEW})
    assert answer.status == 404
    assert administrator.opens(invite).status == 409


def test_a_weak_first_password_changes_nothing(app, cast, newcomer, administrator):
    administrator.opens(f"/people/{newcomer.id}/invite").presses("Lähetä kutsu")
    page = Browser(app).opens(link(letters(newcomer, "invitation")[0]))
    before = dump()
    for weak in ("lyhyt", "Kesäloma2026!", "Savonkosken karhu ui", "aada tykkää uida"):
        refused = page.fills(password=weak).presses("Tallenna")
        assert refused.status == 422
        assert len(refused.errors) == 1
        assert weak not in refused.html
        assert dump() == before


def test_a38_too_long_a_password_is_refused_before_it_is_hashed(
    app, newcomer, administrator, monkeypatch
):
    administrator.opens(f"/people/{newcomer.id}/invite").presses("Lähetä kutsu")
    page = Browser(app).opens(link(letters(newcomer, "invitation")[0]))
    with monkeypatch.context() as patch:
        patch.setattr(passwords.PasswordHasher, "hash", lambda *_: 1 / 0)
        refused = page.fills(password="vispilä " * 32 + "x").presses("Tallenna")
    assert refused.errors == ["Salasanassa saa olla enintään 256 merkkiä."]


def test_a38_any_sign_is_kept_as_it_was_typed(app, newcomer, administrator):
    administrator.opens(f"/people/{newcomer.id}/invite").presses("Lähetä kutsu")
    odd = "  ä😀 väli sävel "
    page = Browser(app).opens(link(letters(newcomer, "invitation")[0]))
    assert page.fills(password=odd).presses("Tallenna").path == "/desk"
    refused = Browser(app).opens("/sign-in").fills(email=newcomer.email, password=odd.strip())
    assert refused.presses("Kirjaudu").status == 422
    assert Browser(app).signs_in_by_page(newcomer, odd)


def test_a34_the_secret_is_stored_nowhere_and_shown_to_nobody_else(
    app, cast, newcomer, administrator
):
    administrator.opens(f"/people/{newcomer.id}/invite").presses("Lähetä kutsu")
    secret = link(letters(newcomer, "invitation")[0]).rsplit("/", 1)[1]
    assert len(secret) == 43
    everything = "".join(
        repr(tuple(row))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
    )
    assert newcomer.email in everything
    assert secret not in everything
    message = db.session.scalars(select(Message).where(Message.track == "invitation")).one()
    shown = administrator.opens(f"/messages/{message.id}")
    assert newcomer.email in shown.main
    assert secret not in shown.html


def test_nobody_is_invited_who_left_or_can_sign_in(app, cast, administrator):
    before = dump()
    assert administrator.opens(f"/people/{cast.leaver.id}/invite").status == 404
    assert administrator.opens(f"/people/{cast.colleague.id}/invite").status == 409
    assert administrator.opens(f"/people/{cast.administrator.id}/invite").status == 409
    assert dump() == before


def test_an_invitation_after_a_new_address_is_a_new_one(app, cast, newcomer, now):
    """Whoever changes an address voids the links that went to the old one."""
    with write():
        person = db.session.get_one(Person, newcomer.id)
        accounts.invite(person, cast.administrator, now)
    path = link(letters(newcomer, "invitation")[0])
    with write():
        accounts.links.void(db.session.get_one(Person, newcomer.id), now)
    assert Browser(app).opens(path).status == 404
    assert db.session.scalars(select(LinkToken)).one().used_at == now
