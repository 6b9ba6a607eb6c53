"""A fake is reported from a phone, with JavaScript and without it."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
LEAVES = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
PHONE = {"width": 390, "height": 844}
ANSWERS = {
    "urls": "instagram.com/savonkosken_kaupunkl?igsh=MWZqZ2tkZQ==",
    "target_kind": "official",
    "acts": ["phishing", "draw"],
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": True,
}


def reads(citizen) -> None:
    """Nobody fills the form in less than three seconds."""
    citizen.page.set_viewport_size(PHONE)
    citizen.page.wait_for_timeout(3_500)


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("script", [False, True])
def test_a_citizen_reports_from_a_phone_and_keeps_the_code(at, script):
    citizen = at(script=script).opens("/").follows("Ilmoita valeprofiilista")
    reads(citizen)
    most = {name: ANSWERS[name] for name in ANSWERS if name not in ("target_kind", "harm")}
    citizen.fills(**most).presses("Lähetä ilmoitus", status=422)
    assert citizen.errors == [
        "Valitse, mitä profiili esittää.",
        "Kerro, oletko antanut tietoja tai rahaa.",
    ]
    citizen.sees("Luimme: Instagram, savonkosken_kaupunkl")
    citizen.fills(target_kind="official", harm="no").presses("Lähetä ilmoitus")
    assert citizen.heading == "Kiitos, saimme ilmoituksesi"
    assert CODE.search(citizen.main)
    assert citizen.shows("Tulosta") is script
    asked = []
    citizen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with citizen.page.expect_download() as saved:
        citizen.page.get_by_role("button", name="Tallenna tiedostoksi").click()
    assert saved.value.suggested_filename.startswith("VI-")
    citizen.follows("Koodi on tallessa")
    assert citizen.path == "/"
    assert asked == []


def test_a77_leaving_with_the_code_unkept_asks_once_and_back_finds_an_empty_form(at):
    citizen = at().opens("/report")
    reads(citizen)
    citizen.fills(**ANSWERS, description="Salaisuus").presses("Lähetä ilmoitus")
    assert citizen.page.evaluate(LEAVES) is False  # a browser asks where its page objects
    assert citizen.page.evaluate(LEAVES) is True
    citizen.opens("/report")
    assert citizen.page.locator('[name="description"]').input_value() == ""


def test_a90_a_browser_with_javascript_does_the_work_that_a_flood_costs(at):
    """Both tests above have sent reports from this network: the sixth and later cost work."""
    for number in range(6):
        citizen = at().opens("/report")
        reads(citizen)
        told = {**ANSWERS, "urls": f"x.com/savonkoski_tulva{number}"}
        citizen.fills(**told).presses("Lähetä ilmoitus")
        assert citizen.heading == "Kiitos, saimme ilmoituksesi"
    proofs = []
    citizen = at().opens("/report")
    citizen.page.on("request", lambda asked: proofs.append(asked.post_data or ""))
    reads(citizen)
    citizen.fills(**ANSWERS).presses("Lähetä ilmoitus")
    assert any(re.search(r'name="altcha"\r\n\r\n\w{100}', body) for body in proofs)
