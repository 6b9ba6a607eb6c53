"""An office profile, from the first draft to the public register."""

import pytest

from tests.journeys.filling import CONTENT, QUESTIONS, TERMS, told

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

NAME = "Savonkosken nuorten kesätyöt"
HANDLE = "savonkosken_nuorten_tyot"
ADDRESS = f"instagram.com/{HANDLE}"


@pytest.mark.policy("P1", "O1", "O2", "O3", "O4", "O5", "P4")
def test_an_office_profile_goes_from_draft_to_the_register(at, town):
    form = _begins(at)
    _goes_on_another_day(at, form)
    request = form.removesuffix("/form")
    kaisa = at("kaisa.ruskotuulela")
    _is_returned(kaisa, request)
    _completes(at("noora.lepoharjula"), form)
    _is_approved(kaisa, request)
    _is_set_up(at, request)
    _a_citizen_finds_it(at())
    _leaves_a_true_trail_and_its_messages(at, town)


def _begins(at) -> str:
    noora = at("noora.lepoharjula")
    noora.follows("Pyydä uutta profiilia").fills(profile_type="office").presses("Aloita pyyntö")
    form = noora.path
    noora.follows("Palvelu ja nimi").fills(
        existing_profile="no",
        platform="Instagram",
        profile_name=NAME,
        handle="savonkosken nuoret!",
    )
    noora.presses("Tallenna ja jatka", status=422)
    assert len(noora.errors) == 1
    assert noora.page.title().startswith("Virhe: ")
    assert noora.page.locator("[name=handle]").input_value() == "savonkosken nuoret!"
    noora.presses("Tallenna ja palaa myöhemmin").sees("Kesken")
    noora.opens("/sign-out").presses("Kirjaudu ulos")
    return form


def _goes_on_another_day(at, form: str) -> None:
    noora = at("noora.lepoharjula")
    noora.opens(form).sees("Kesken").follows("Palvelu ja nimi")
    assert noora.page.locator("[name=profile_name]").input_value() == NAME
    noora.fills(handle=HANDLE).presses("Tallenna ja jatka")
    noora.fills(org_level="Yksikkö", org_unit="Nuorisopalvelut", represents="Asia")
    noora.presses("Tallenna ja jatka")
    noora.fills(purpose="Kerromme nuorille kaupungin kesätyöpaikoista ja hakemisesta.")
    noora.fills(audience="15–17-vuotiaat, jotka voivat kysyä mitä vain.")
    noora.presses("Tallenna ja jatka")
    _names_admins(noora, form)
    noora.opens(f"{form}/mailbox").fills(shared_mailbox="noora.lepoharjula@savonkoski.example")
    noora.presses("Tallenna ja jatka", status=422)
    assert any("Osoite on henkilökohtainen" in error for error in noora.errors)
    noora.fills(shared_mailbox="nuoriso@savonkoski.example").presses("Tallenna ja jatka")
    noora.fills(**CONTENT).presses("Tallenna ja jatka")
    noora.fills(**QUESTIONS).presses("Tallenna ja jatka")
    noora.fills(terms_by="Noora", **TERMS).presses("Tallenna ja jatka")
    noora.opens(f"{form}/check").sees("Kun lähetät").presses("Lähetä päätettäväksi")
    noora.sees("Odottaa päätöstä", "Kaisa Ruskotuulela")


def _names_admins(noora, form: str) -> None:
    """First without any working time: the form says why it cannot be sent (O2)."""
    for number, name in enumerate(("Noora", "Joonas")):
        noora.fills(
            **{
                f"admins__{number}__person": name,
                f"admins__{number}__task": "nuorten kesätyöt",
                f"admins__{number}__hours_update": "0",
                f"admins__{number}__hours_interaction": "0",
            }
        )
    noora.fills(admins__0__lead=True).presses("Tallenna ja jatka", status=422)
    assert any("Työaikaa on 0 tuntia" in error for error in noora.errors)
    noora.opens(f"{form}/check").sees("Työaikaa on 0 tuntia")
    assert not noora.shows("Lähetä päätettäväksi")
    noora.opens(f"{form}/admins").fills(
        admins__0__hours_update="1,5", admins__0__hours_interaction="1"
    )
    noora.fills(admins__1__hours_interaction="0,5").presses("Tallenna ja jatka")


def _is_returned(kaisa, request: str) -> None:
    kaisa.opens(request)
    assert kaisa.heading == f"Saako {NAME} oman Instagram-profiilin?"
    kaisa.page.set_viewport_size({"width": 390, "height": 844})
    for step in ("Hyväksy", "Palauta", "Hylkää", "Siirrä toiselle"):
        box = kaisa.page.locator("main").get_by_role("link", name=step, exact=True).bounding_box()
        assert box["y"] + box["height"] <= 844, f"{step} is not on one phone screen"
    kaisa.follows("Palauta").fills(remark_purpose="Miten nuoret voivat osallistua?")
    kaisa.presses("Palauta täydennettäväksi").sees("Palautettu")


def _completes(noora, form: str) -> None:
    noora.follows("Täydennä").sees("Miten nuoret voivat osallistua?")
    noora.opens(f"{form}/purpose").sees("Miten nuoret voivat osallistua?")
    noora.fills(audience="15–17-vuotiaat, jotka voivat ehdottaa aiheita ja kysyä.")
    noora.presses("Tallenna ja jatka").opens(f"{form}/check").sees("Muuttunut")
    noora.presses("Lähetä päätettäväksi").sees("Odottaa päätöstä")


def _is_approved(kaisa, request: str) -> None:
    kaisa.opens(request).sees("Kohderyhmä", "jotka voivat kysyä mitä vain", "ehdottaa aiheita")
    kaisa.follows("Hyväksy").fills(conditions="Kommentteja luetaan myös loma-aikoina.")
    kaisa.presses("Hyväksy", status=422)
    kaisa.fills(training_reason="Joonas kuittaa uudet ohjeet tällä viikolla.")
    kaisa.presses("Hyväksy").sees("Hyväksytty", "Kommentteja luetaan myös loma-aikoina.")


def _is_set_up(at, request: str) -> None:
    noora, joonas = at("noora.lepoharjula"), at("joonas.metsapurola")
    noora.opens(request).follows("Siirry profiilin käyttöönottoon")
    profile = noora.path
    noora.sees("Kommentteja luetaan myös loma-aikoina.", NAME)
    joonas.opens(f"{profile}/accept_part").presses("Ryhdyn hallinnoijaksi")
    for person, right in ((noora, "owner"), (joonas, "editor")):
        person.opens(f"{profile}/state_rights")
        person.fills(rights=right, two_step="on", recovery_shared="yes").presses("Kerro oikeutesi")
    noora.opens(profile).presses_all("Merkitse tehdyksi")
    noora.follows("Kerro tilanne").fills(done="done").presses("Tallenna")
    noora.opens(f"{profile}/address/type").fills(address=f"https://www.{ADDRESS}/")
    noora.presses("Tallenna osoite").sees("Odottaa vahvistusta")
    joonas.opens(f"{profile}/list").sees(HANDLE).presses("Vahvista", status=422)
    joonas.fills(seen_today=True).presses("Vahvista ja vie luetteloon").sees("Virallinen")


def _a_citizen_finds_it(citizen) -> None:
    citizen.opens("/register").fills(q="kesätyöt").presses("Rajaa").follows(NAME)
    citizen.sees("Virallinen", ADDRESS, "Joonas Metsäpurola", "nuoriso@savonkoski.example")
    citizen.opens("/").fills(q=f"https://{ADDRESS}?igsh=1").presses("Tarkista")
    assert citizen.heading.startswith("Tämä on kaupungin virallinen profiili")
    citizen.opens("/check?q=instagram.com/savonkosken_nuorten_ty0t")
    assert not citizen.heading.startswith("Tämä on kaupungin virallinen profiili")


def _leaves_a_true_trail_and_its_messages(at, town) -> None:
    at("eero.kivihalla").opens("/trail").sees(
        "Odottaa päätöstä → Hyväksytty", "Käyttöönotossa → Virallinen"
    )
    at("timo.rantapajula").opens("/messages").sees(NAME)
    verified = town.flask("trail", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert told(town, NAME, "submit") >= {
        "kaisa.ruskotuulela",
        "noora.lepoharjula",
        "joonas.metsapurola",
    }
    assert told(town, NAME, "return") >= {"noora.lepoharjula"}
    everybody = {"noora.lepoharjula", "joonas.metsapurola", "eero.kivihalla"}
    assert told(town, NAME, "approve") >= everybody
    assert told(town, NAME, "list") >= {*everybody, "kaisa.ruskotuulela"}
