"""By keyboard alone, and without JavaScript."""

import pytest

from tests.journeys.filling import CONTENT, QUESTIONS, TERMS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

DRAFT = "Nuorten kesätyöt, Instagram"


def test_the_keyboard_alone_checks_signs_in_and_fills_a_page(at):
    someone = at().opens("/")
    someone.tabs_to("Profiilin osoite, käyttäjätunnus tai nimi")
    someone.types("facebook.com/savonkoskenkirjasto").strikes("Enter")
    assert someone.heading.startswith("Tämä on kaupungin virallinen profiili")
    someone.opens("/sign-in").tabs_to("Työsähköposti").types(
        "saara.tuulikorvela@savonkoski.example"
    )
    someone.tabs_to("Salasana").types("demo-Savonkoski-2026").strikes("Enter")
    assert someone.path == "/desk"
    someone.tabs_to("Pyydä uutta profiilia").strikes("Enter")
    someone.tabs_to("Virkaprofiili").page.keyboard.press("Space")
    someone.tabs_to("Aloita pyyntö").strikes("Enter")
    someone.tabs_to("Tarkoitus ja kohderyhmä").strikes("Enter")
    someone.tabs_to("Tarkoitus").types("Suosittelemme kirjoja lyhyin videoin.")
    someone.tabs_to("Kohderyhmä").types("Nuorille, jotka voivat suositella omiaan.")
    someone.tabs_to("Tallenna ja palaa myöhemmin").strikes("Space")
    someone.sees("Valmiina 1 kohta")


def test_without_javascript_a_request_is_sent_and_decided(at):
    noora = at("noora.lepoharjula", script=False)
    noora.works_on(DRAFT)
    form = noora.path
    noora.opens(f"{form}/mailbox").fills(shared_mailbox="nuoriso@savonkoski.example")
    noora.presses("Tallenna ja jatka").fills(**CONTENT).presses("Tallenna ja jatka")
    noora.fills(**QUESTIONS | {"answering_days": ""}).presses("Tallenna ja jatka", status=422)
    noora.fills(answering_days="3").presses("Tallenna ja jatka")
    noora.fills(terms_by="Noora", **TERMS).presses("Tallenna ja jatka")
    noora.opens(f"{form}/check").presses("Lähetä päätettäväksi").sees("Odottaa päätöstä")
    kaisa = at("kaisa.ruskotuulela", script=False).works_on(DRAFT).follows("Hyväksy")
    kaisa.fills(training_reason="Joonas kuittaa uudet ohjeet tällä viikolla.")
    kaisa.presses("Hyväksy").sees("Hyväksytty")
