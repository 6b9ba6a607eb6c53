"""An expert profile: consent in the expert's own sign-in, decision, set-up, register."""

import pytest

from tests.journeys.filling import CONTENT, QUESTIONS, TERMS, told

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

NAME = "Savonkosken liikuntapalvelut Joonas Metsäpurola"
ADDRESS = "instagram.com/savonkoski.joonas"


@pytest.mark.policy("P2", "E1", "E2", "E5", "P4")
def test_an_expert_consents_and_stands_in_the_register_with_their_work_address(at, town):
    noora, joonas = at("noora.lepoharjula"), at("joonas.metsapurola")
    form = _is_asked_for(noora)
    request = form.removesuffix("/form")
    assert noora.page.get_by_role("link", name="Anna suostumus").count() == 0
    noora.opens(f"{request}/consent", status=403)
    joonas.opens("/desk").follows("Anna suostumus").sees(NAME, "liikunnan asiantuntija")
    joonas.presses("Annan suostumuksen", status=422)
    joonas.fills(agreed=True).presses("Annan suostumuksen")
    kaisa = at("kaisa.ruskotuulela").opens(request)
    assert kaisa.heading == f"Saako {NAME} asiantuntijaprofiilin? Palvelu: Instagram"
    kaisa.follows("Hyväksy").fills(
        role_confirmed=True, training_reason="Joonas kuittaa uudet ohjeet tällä viikolla."
    )
    kaisa.presses("Hyväksy").sees("Hyväksytty")
    _is_set_up(at, joonas, request)
    citizen = at().opens("/register?q=Metsäpurola").follows(NAME)
    citizen.sees("Joonas Metsäpurola", "liikuntakoordinaattori", "Liikuntapalvelut", ADDRESS)
    citizen.sees("joonas.metsapurola@savonkoski.example")
    assert "joonas.metsapurola" in told(town, NAME, "ask_consent")
    assert "kaisa.ruskotuulela" in told(town, NAME, "consent")
    assert town.flask("trail", "verify").returncode == 0


def _is_asked_for(noora) -> str:
    noora.opens("/establishment/start").fills(profile_type="expert").presses("Aloita pyyntö")
    form = noora.path
    noora.follows("Palvelu ja nimi").fills(
        existing_profile="no",
        platform="Instagram",
        profile_name=NAME,
        handle=ADDRESS.split("/")[1],
    )
    noora.presses("Tallenna ja jatka").fills(org_level="Yksikkö", org_unit="Liikuntapalvelut")
    noora.presses("Tallenna ja jatka")
    noora.fills(
        purpose="Kerron liikuntapaikoista ja opastan alkuun.",
        audience="Liikkujille, jotka voivat kysyä mitä vain.",
    )
    noora.presses("Tallenna ja jatka").fills(
        subject="Joonas Metsäpurola",
        role_defined="liikunnan asiantuntija",
        separation="Oma käyttäjätunnus ja työpuhelin, ei yksityisiä sisältöjä.",
        hours_update="1",
        hours_interaction="1",
    )
    noora.presses("Tallenna ja jatka").fills(absence_cover="notice").presses("Tallenna ja jatka")
    noora.fills(**CONTENT).presses("Tallenna ja jatka")
    noora.fills(**QUESTIONS).presses("Tallenna ja jatka")
    noora.fills(terms_by="Noora", **TERMS).presses("Tallenna ja jatka")
    noora.opens(f"{form}/check").presses("Pyydä suostumus").sees("Odottaa suostumusta")
    return form


def _is_set_up(at, joonas, request: str) -> None:
    joonas.opens(request).follows("Siirry profiilin käyttöönottoon")
    profile = joonas.path
    joonas.opens(f"{profile}/state_rights")
    joonas.fills(rights="owner", two_step="on", recovery_shared="yes").presses("Kerro oikeutesi")
    joonas.opens(profile).presses_all("Merkitse tehdyksi")
    while joonas.shows("Kerro tilanne"):
        joonas.follows("Kerro tilanne").fills(done="done").presses("Tallenna")
    joonas.opens(f"{profile}/address/type").fills(address=ADDRESS).presses("Tallenna osoite")
    joonas.opens(f"{profile}/list", status=403)
    eero = at("eero.kivihalla").opens(f"{profile}/list").fills(seen_today=True)
    eero.presses("Vahvista ja vie luetteloon").sees("Virallinen")
