"""An empty installation is taken into use, and a password is changed, in a real browser."""

import re

import pytest

from tests.journeys.person import Person
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

NEW = "vispilä kaarna lumme 81"


def test_the_first_administrator_comes_in_by_the_printed_link(chromium, tmp_path):
    server = Server(tmp_path).start()
    path = re.search(rf"{server.base}(/first/[\w-]+)", server.said())[1]
    timo = Person(chromium, server)
    timo.opens(path).fills(name_sv="Savonkoski stad", password="Savonkoski2026")
    timo.presses("Ota käyttöön", status=422).sees("Korjaa neljä kohtaa")
    timo.fills(name_fi="Savonkoski", name="Timo Rantapajula", password=NEW)
    timo.fills(email="timo.rantapajula@savonkoski.example").presses("Ota käyttöön")
    assert timo.path == "/desk"
    timo.opens("/people/nobody/invite", status=404)
    timo.opens("/sign-out").presses("Kirjaudu ulos").opens(path, status=404)
    timo.opens("/sign-in").fills(email="timo.rantapajula@savonkoski.example", password=NEW)
    assert timo.presses("Kirjaudu").path == "/desk"
    timo.context.close()
    assert server.stop() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_password_is_asked_for_in_three_languages(at, language):
    someone = at(language=language).opens("/sign-in")
    someone.follows("").fills(email="nobody").presses("", status=422)
    someone.fills(email="nobody@savonkoski.example").presses("")
    assert someone.path == "/reset/sent"
    someone.opens("/reset/nothing", status=404)


def test_a_person_changes_their_password_and_sees_their_sessions(at):
    elsewhere = at("leena.pajusaarela")
    leena = at("leena.pajusaarela").opens("/me/sessions").sees("tämä selain", "Chrome, Linux")
    leena.opens("/me").follows("Vaihda salasana").fills(current_password="x", password="lyhyt")
    leena.presses("Vaihda salasana", status=422)
    leena.fills(current_password="demo-Savonkoski-2026", password=NEW).presses("Vaihda salasana")
    leena.sees("Salasanasi on vaihdettu.")
    elsewhere.opens("/desk")
    assert elsewhere.path == "/sign-in"
    leena.opens("/me/sessions").misses("Kirjaudu ulos kaikkialla muualla")
