"""A fake is reported from a phone, with JavaScript and without it, and followed with the code."""

import re

import pytest

from tests.journeys.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
THANKS = "Kiitos, saimme ilmoituksesi"
LEAVES = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
PROOF = re.compile(r'name="altcha"\r\n\r\n[\w+/=]{100}')
PHONE = {"width": 390, "height": 844}
ANSWERS = {
    "target_kind": "official",
    "acts": ["phishing", "draw"],
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": True,
}


def reads(citizen: Person) -> Person:
    """Nobody fills the form in less than three seconds."""
    citizen.page.set_viewport_size(PHONE)
    citizen.page.wait_for_timeout(3_500)
    return citizen


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("script", [False, True])
def test_a_citizen_reports_from_a_phone_and_follows_with_the_code(at, script):
    handle = f"savonkosken_arvonta_{script:d}"
    citizen = reads(at(script=script).opens("/").follows("Ilmoita valeprofiilista"))
    told = {"urls": f"instagram.com/{handle}?igsh=MWZqZ2tkZQ==", **ANSWERS}
    most = {name: told[name] for name in told if name not in ("target_kind", "harm")}
    citizen.fills(**most).presses("Lähetä ilmoitus", status=422)
    assert citizen.errors == [
        "Valitse, mitä profiili esittää.",
        "Kerro, oletko antanut tietoja tai rahaa.",
    ]
    citizen.sees(f"Luimme: Instagram, {handle}")
    citizen.fills(target_kind="official", harm="no").presses("Lähetä ilmoitus")
    assert citizen.heading == THANKS
    code = CODE.search(citizen.main)[0]
    assert citizen.shows("Tulosta") is script
    _keeps(citizen, code)
    _follows(citizen, code)


def _keeps(citizen: Person, code: str) -> None:
    """As a file; who has kept it is not asked again."""
    asked = []
    citizen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with citizen.page.expect_download() as saved:
        citizen.page.get_by_role("button", name="Tallenna tiedostoksi").click()
    assert saved.value.suggested_filename.startswith("VI-")
    assert code in saved.value.path().read_text()
    citizen.trouble.clear()  # a download ends the request that a page would have answered
    citizen.follows("Koodi on tallessa")
    assert citizen.path == "/"
    assert asked == []


def _follows(citizen: Person, code: str) -> None:
    citizen.opens("/follow").fills(code="0000-0000-0000-0000")
    citizen.presses("Näytä tilanne", status=422)
    citizen.fills(code=code.lower().replace("-", " ")).presses("Näytä tilanne")
    assert citizen.path == "/follow/status"
    assert code not in citizen.page.content()
    citizen.follows("Lisää tietoja").fills(text="Profiili lähetti viestin myös naapurille.")
    citizen.presses("Lähetä tiedot").sees("Saimme tiedot.").misses("naapurille")
    citizen.presses("Lopeta seuraaminen")
    assert citizen.path == "/follow"
    citizen.opens("/follow/status")
    assert citizen.path == "/follow"


def test_a77_leaving_with_the_code_unkept_asks_once_and_back_finds_an_empty_form(at):
    citizen = reads(at().opens("/report"))
    citizen.fills(**ANSWERS, urls="x.com/savonkoski_salaisuus", description="Salaisuus")
    assert citizen.presses("Lähetä ilmoitus").heading == THANKS
    assert citizen.page.evaluate(LEAVES) is False  # a browser asks where its page objects
    assert citizen.page.evaluate(LEAVES) is True
    citizen.page.go_back()
    assert citizen.heading == "Ilmoita valeprofiilista"
    for name in ("urls", "description"):
        assert citizen.page.locator(f'[name="{name}"]').input_value() == ""


def test_a90_a_browser_with_javascript_does_the_work_that_a_flood_costs(at):
    """Five reports of one network are free: those after them cost work."""
    citizen = at()
    for number in range(5):
        citizen.opens("/report").fills(**ANSWERS, urls=f"x.com/savonkoski_tulva{number}")
        assert citizen.presses("Lähetä ilmoitus").heading == THANKS
        citizen.follows("Koodi on tallessa")
    bodies = []
    citizen.page.on("request", lambda asked: bodies.append(asked.post_data or ""))
    reads(citizen.opens("/report")).fills(**ANSWERS, urls="x.com/savonkoski_tosi")
    assert citizen.presses("Lähetä ilmoitus").heading == THANKS
    assert any(PROOF.search(body) for body in bodies)


def test_a_language_changed_midway_keeps_what_was_typed(at):
    told = "Profiili lupaa palkinnon ja pyytää kortin numeron."
    citizen = at(window=PHONE).opens("/report").fills(description=told, acts=["draw"])
    citizen.page.locator(".languages a[lang=sv]").click()
    citizen.page.get_by_text("Det du skrev finns kvar").wait_for()
    assert citizen.page.locator("[name=description]").input_value() == told
    assert citizen.page.locator("[name=acts][value=draw]").is_checked()
    assert not citizen.page.get_by_role("alert").filter(has_text="Rätta").count()
    citizen.page.locator(".languages a[lang=en]").click()  # and again, nothing typed since
    citizen.page.get_by_text("What you typed is still here").wait_for()
    assert citizen.page.locator("[name=description]").input_value() == told


def test_files_that_are_too_large_are_told_before_they_are_sent(at):
    citizen = at(window=PHONE).opens("/report")
    large = {"name": "kuva.png", "mimeType": "image/png", "buffer": b"x" * (10 * 1024 * 1024 + 1)}
    chosen = citizen.page.locator("[name=evidence]")
    chosen.set_input_files([large])
    alert = citizen.page.get_by_role("alert").filter(has_text="kuva.png")
    alert.wait_for()
    sent = []
    citizen.page.on("request", lambda asked: sent.append(asked.method))
    citizen.page.get_by_role("button", name="Lähetä ilmoitus").click()
    citizen.page.wait_for_timeout(300)
    assert "POST" not in sent
    small = {**large, "buffer": b"x"}
    chosen.set_input_files([small] * 6)
    citizen.page.get_by_text("enintään 5 tiedostoa").wait_for()
    chosen.set_input_files([small])
    assert chosen.evaluate("control => control.checkValidity()")
