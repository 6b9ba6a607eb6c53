"""A47: an empty installation is taken into use once, by whoever has the link from the terminal."""

import http.client
import re
import threading
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine import replay
from intake.people import accounts, queries, town
from intake.people.models import Level, LinkToken, Person, Role
from tests.browser import Browser
from tests.dump import dump
from tests.people.mailbox import NEW
from tests.server import Server

TYPED = {
    "name_fi": "Savonkoski",
    "name": "Timo Rantapajula",
    "title": "tietohallintopäällikkö",
    "email": "Timo.Rantapajula@Savonkoski.example",
    "language": "fi",
    "password": NEW,
}


def offered(now) -> str:
    """The path of the link that a start prints."""
    address = accounts.offer_first_start(now)
    assert address.startswith("http://127.0.0.1:8000/first/")
    return address.removeprefix("http://127.0.0.1:8000")


def test_an_empty_installation_is_taken_into_use(app, now):
    browser, path = Browser(app), offered(now)
    page = browser.opens(path)
    assert page.heading == "Ota Profiilivahti käyttöön"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    desk = page.fills(**TYPED, name_sv="Savonkoski stad").presses("Ota käyttöön")
    assert desk.path == "/desk"
    assert "Timo Rantapajula" in desk.text
    settings = town.current()
    names = (settings.name_fi, settings.name_sv, settings.name_en)
    assert names == ("Savonkoski", "Savonkoski stad", "Savonkoski")
    assert settings.mail_domains == ("savonkoski.example",)
    assert settings.contact_email == "timo.rantapajula@savonkoski.example"
    (root,) = queries.units()
    assert (root.level, root.name_fi, root.name_sv) == (Level.ROOT, "Savonkoski", "Savonkoski stad")
    person = db.session.scalars(select(Person)).one()
    assert (person.unit_id, person.title, person.roles) == (
        root.id,
        "tietohallintopäällikkö",
        {"administrator"},
    )
    assert Browser(app).signs_in_by_page(person, NEW)
    lines = browser.opens("/trail").text
    assert "Timo Rantapajula otti palvelun käyttöön." in lines
    assert replay.verify() == []


def test_a47_the_link_is_dead_once_there_is_an_administrator(app, now):
    path = offered(now)
    early = Browser(app).opens(path)
    Browser(app).opens(path).fills(**TYPED).presses("Ota käyttöön")
    before = dump()
    assert Browser(app).opens(path).status == 404
    late = early.fills(**{**TYPED, "email": "other@savonkoski.example"}).presses("Ota käyttöön")
    assert late.status == 404
    assert accounts.offer_first_start(now) is None
    assert dump() == before


def test_a47_an_unused_link_is_dead_too_once_there_is_an_administrator(app, cast, now):
    """However they came to be one."""
    with write():
        token = accounts.links.make(accounts.LinkPurpose.FIRST_START, None, now)
        path = accounts.links.path(token)
    assert accounts.offer_first_start(now) is None
    assert Browser(app).opens(path).status == 404


def test_a47_a_restart_prints_a_fresh_link_and_the_earlier_one_dies(app, now):
    first, second = offered(now), offered(now)
    assert first != second
    assert Browser(app).opens(first).status == 404
    assert Browser(app).opens(second).status == 200


def test_a47_the_link_ends_after_a_day(app, now, still):
    path = offered(now)
    still.shift(timedelta(hours=24, seconds=-1))
    assert Browser(app).opens(path).status == 200
    still.shift(timedelta(seconds=1))
    assert Browser(app).opens(path).status == 404


def test_a47_the_demo_has_no_first_start(app, now):
    with write():
        town.store(is_demo=True)
    assert accounts.offer_first_start(now) is None
    assert db.session.scalars(select(LinkToken)).all() == []


@pytest.mark.parametrize("_round", range(3))
def test_a47_two_people_at_once_make_one_administrator(app, now, _round):
    path, barrier, statuses = offered(now), threading.Barrier(2), []
    filled = []
    for number in range(2):
        page = Browser(app).opens(path)
        typed = page.fills(**{**TYPED, "email": f"person{number}@savonkoski.example"})
        filled.append((page.browser, typed._data(next(page.tree.iter("form")))))
    db.session.rollback()

    def send(browser: Browser, data) -> None:
        barrier.wait()
        answer = browser.client.post(path, data=data, headers={"Sec-Fetch-Site": "same-origin"})
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=send, args=one) for one in filled]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [303, 404]
    db.session.rollback()
    assert len(queries.holders(Role.ADMINISTRATOR)) == 1
    assert len(db.session.scalars(select(Person)).all()) == 1
    assert len(queries.units()) == 1
    assert replay.verify() == []


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        ({"name_fi": ""}, "Kirjoita kaupungin nimi."),
        ({"name": " "}, "Kirjoita nimesi."),
        ({"email": "timo"}, "Kirjoita sähköpostiosoite"),
        ({"email": "a@x.example\nBcc: b@x.example"}, "Kirjoita tämä yhdelle riville"),
        ({"password": "lyhyt"}, "Salasanassa on oltava vähintään 12"),
        ({"password": "Savonkosken kevätkarhu"}, "Jätä pois oma nimesi"),
        ({"password": "rantapajulan mökkitie"}, "Jätä pois oma nimesi"),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_nothing_is_lost(app, now, wrong, begins):
    page, before = Browser(app).opens(offered(now)), dump()
    refused = page.fills(**{**TYPED, **wrong}).presses("Ota käyttöön")
    assert refused.status == 422
    assert len(refused.errors) == 1
    assert refused.errors[0].startswith(begins)
    assert "tietohallintopäällikkö" in refused.html
    assert NEW not in refused.html
    assert dump() == before


def test_after_the_last_administrator_is_gone_the_terminal_lets_another_in(app, cast, make, now):
    """Only a hand in the database can bring it so far: the town and its root stay as they are."""
    make.leave(cast.administrator)
    page = Browser(app).opens(offered(now))
    taken = page.fills(**{**TYPED, "email": cast.head.email}).presses("Ota käyttöön")
    assert taken.status == 422
    assert taken.errors == ["Tämä osoite on jo toisella henkilöllä."]
    other = taken.fills(**{**TYPED, "email": "uusi@savonkoski.example"}).presses("Ota käyttöön")
    assert other.path == "/desk"
    assert [unit.level for unit in queries.units()].count(Level.ROOT) == 1


def test_a47_the_real_server_prints_the_link_once_and_not_again(tmp_path):
    server = Server(tmp_path).start()
    printed = re.findall(rf"{server.base}(/first/[\w-]+)", server.said())
    assert len(printed) == 1
    assert server.stop() == 0
    server.start()
    printed = re.findall(rf"{server.base}(/first/[\w-]+)", server.said())
    assert len(printed) == 2
    client = http.client.HTTPConnection("127.0.0.1", server.port)
    assert ask(client, "GET", printed[0]).status == 404
    answer = ask(client, "GET", printed[1])
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    body = urlencode({**TYPED, "csrf_token": token})
    assert ask(client, "POST", printed[1], body).status == 303
    assert ask(client, "GET", printed[1]).status == 404
    client.close()
    assert server.stop() == 0
    server.start()
    said = server.said()
    assert server.stop() == 0
    assert re.findall(rf"{server.base}(/first/[\w-]+)", said) == printed
    assert said.count("Serving at") == 3
    for path in printed:
        assert said.count(path.rsplit("/", 1)[1]) == 1  # the terminal's line, and no log's


def ask(client: http.client.HTTPConnection, method: str, path: str, body: str | None = None):
    """An answer of the real server, read whole."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    client.request(method, path, body, headers)
    answer = client.getresponse()
    answer.text = answer.read().decode()
    return answer
