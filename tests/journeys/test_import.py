"""Units and people from files, checked and written by the server while a page waits for it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

AT = "@savonkoski.example"
UNITS = f"""Tunnus;Yläyksikkö;Taso;Nimi suomeksi;Nimi ruotsiksi;Esimies
museo;kulttuuri-ja-vapaa-aika;yksikkö;Museo;Museet;aamu.keksitty{AT}"""
PEOPLE = f"""Sähköposti;Nimi;Nimike;Yksikkö;Kieli
aamu.keksitty{AT};Aamu Keksitty;museonjohtaja;museo;fi
ilta.keksitty{AT};Ilta Keksitty;amanuenssi;museo;sv"""


def test_an_administrator_brings_units_and_people_from_files(at):
    timo = at("timo.rantapajula", script=False).opens("/upkeep")
    timo.follows("Yksiköiden ja henkilöiden tuonti")
    wrong = PEOPLE.replace("museo;fi", "museo;de").replace(f"ilta.keksitty{AT}", "ilta.keksitty")
    brings(timo, wrong).waits_for("Tiedostoissa on 2 virhettä")
    timo.sees("henkilöt.csv 2 Kieli Kirjoita fi, sv tai en.", "3 Työsähköposti Tämä ei ole")
    faulty = timo.path
    timo.follows("Tuo tiedostot uudelleen")
    brings(timo, PEOPLE).waits_for("Tämä muuttuisi")
    timo.sees("Uudet yksiköt 1", "Uudet henkilöt 2", "Ilta Keksitty")
    assert timo.page.locator("main").get_by_text("Museo").count() > 0
    waiting = timo.path
    looker = at("timo.rantapajula")
    for path in ("/people/import", faulty, waiting):
        looker.opens(path)
    timo.presses("Tuo").waits_for("Tuonti on valmis")
    looker.opens(waiting).sees("Kaikki alla oleva tallennettiin.")
    looker.opens("/people?q=keksitty").sees("Aamu Keksitty", "Ilta Keksitty")
    at("timo.rantapajula", script=False).opens("/people/import").sees("tuotu", "virheellinen")


def brings(person, people: str):
    files = {"units": ("yksiköt.csv", UNITS.encode()), "people": ("henkilöt.csv", people.encode())}
    return person.fills(**files).presses("Tarkista tiedostot")
