"""A fake from two people's reports until it is gone: the reporter sees each step."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import corpus
from tests.journeys.person import Person
from tests.journeys.test_report import ANSWERS, CODE, THANKS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

HANDLE, NEAR = "savonkosken_arpa", "savonkosken.arpa"
GENUINE = "Savonkosken kaupunki, Instagram"
TELLS = "Se pyysi pankkitunnuksia ja lupasi palkinnon."


@pytest.mark.policy("P5", "P7", "G6", "G8")
def test_two_reports_become_one_case_that_is_followed_until_the_fake_is_gone(at, town):
    phone = _report_two_spellings(at)
    pirkko = at("pirkko.saranevala")
    case = _joins_what_belongs_together(pirkko)
    _sees(phone, "Käsittelemme ilmoitustasi")
    _asks_and_is_answered(pirkko, phone, case)
    pirkko.opens(f"{case}/confirm").presses("Totea valeprofiiliksi", status=422)
    pirkko.fills(unit_answer="not_ours").presses("Totea valeprofiiliksi").sees("Todettu")
    _sees(phone, "Totesimme profiilin valeprofiiliksi")
    _notifies_the_service(pirkko, case)
    _sees(phone, "Ilmoitimme profiilin palvelun ylläpitäjälle")
    _is_reminded(pirkko, town, case)
    _sees(phone, "Palvelun ylläpitäjä ei ole vastannut")
    _tells_the_police(pirkko, case)
    pirkko.opens(f"{case}/note_takedown").fills(outcome="removed", looked=True)
    pirkko.presses("Kirjaa poistetuksi").sees("Poistettu", "Kirjattu.")
    _sees(phone, "Profiili on poistettu")
    phone.sees("Poistettu", "Ilmoitettu ylläpitäjälle", "Todettu valeprofiiliksi")


def _report_two_spellings(at) -> Person:
    """One from a phone without JavaScript, with a screenshot; the other in two spellings of which
    one is its own case at first."""
    phone, other = at(script=False).opens("/report"), at().opens("/report")
    phone.page.set_viewport_size({"width": 390, "height": 844})
    phone.page.wait_for_timeout(3_500)  # nobody fills the form in less
    told = {**ANSWERS, "target": GENUINE, "harm": "money"}
    phone.fills(**told, urls=f"instagram.com/{HANDLE}?igsh=MWZqZ2tkZQ==", description=TELLS)
    phone.fills(evidence=("kuva.png", corpus.png(4))).presses("Lähetä ilmoitus")
    assert phone.heading == THANKS
    code = CODE.search(phone.main)[0]
    both = f"https://m.instagram.com/{HANDLE.title()}/\nhttps://www.instagram.com/{NEAR}/"
    other.fills(**ANSWERS, target=GENUINE, urls=both).presses("Lähetä ilmoitus")
    assert other.heading == THANKS
    other.page.close(run_before_unload=False)
    phone.opens("/follow").fills(code=code).presses("Näytä tilanne")
    assert phone.heading == "Saimme ilmoituksesi"
    return phone


def _sees(reporter: Person, heading: str) -> None:
    reporter.opens("/follow/status")
    assert reporter.heading == heading


def _joins_what_belongs_together(pirkko: Person) -> str:
    """The equal spellings are one case already; the other is merged by a handler."""
    case, reference = _found(pirkko, HANDLE)
    pirkko.opens(case).sees("2 ilmoitusta", "Kiireellinen", "Todiste 1", TELLS, HANDLE)
    assert pirkko.page.locator(f"main a[href*='instagram.com/{HANDLE}']").count() == 0
    pirkko.presses("Ota käsittelyyn").sees("Tapaus on nyt käsittelyssäsi.")
    pirkko.opens(_found(pirkko, NEAR)[0])
    pirkko.sees("1 ilmoitus", "Mahdollisesti samaa asiaa")
    link = pirkko.page.get_by_role("link", name=f"Yhdistä tähän tapaukseen {reference}")
    pirkko.opens(link.get_attribute("href")).presses("Yhdistä").sees("Tapaukset on yhdistetty.")
    pirkko.opens(case).sees("2 ilmoitusta", "Yhdistetty tähän:")
    return case


def _found(pirkko: Person, name: str) -> tuple[str, str]:
    """The address and the reference of the case of this name, as the queue's search finds it."""
    pirkko.opens(f"/cases?q={name}")
    row = pirkko.page.get_by_role("row").filter(has=pirkko.page.get_by_text(name, exact=True))
    link = row.get_by_role("link")
    return link.get_attribute("href"), link.inner_text()


def _asks_and_is_answered(pirkko: Person, phone: Person, case: str) -> None:
    pirkko.opens(f"{case}/ask_reporter").fills(phrase="what_happened")
    mine = pirkko.page.locator("main [name=report]").first.get_attribute("value")
    pirkko.fills(report=mine).presses("Pyydä lisätietoja").sees("Lisätietoja pyydetty")
    _sees(phone, "Tarvitsemme lisätietoja")
    phone.fills(text="Annoin tunnukset ja soitin pankkiin.").presses("Lähetä vastaus")
    phone.sees("Saimme vastauksesi.").misses("soitin pankkiin")
    pirkko.opens(case).sees("soitin pankkiin", "Käsittelyssä")


def _notifies_the_service(pirkko: Person, case: str) -> None:
    """Both profiles side by side for a last look; the text is copied, and what was sent is kept."""
    pirkko.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pirkko.opens(f"{case}/notify").sees("Valeprofiili", "Virallinen", "Savonkosken kaupunki")
    text = pirkko.page.locator("[name=text]").input_value()
    pirkko.page.get_by_role("button", name="Kopioi ilmoitus").click()
    pirkko.page.get_by_role("button", name="Kopioitu").wait_for()
    copied = pirkko.page.evaluate("navigator.clipboard.readText()")
    assert copied.split() == text.split()
    assert f"instagram.com/{HANDLE}" in copied
    pirkko.fills(route="Instagramin lomake", reference="IG-1").presses("Olen lähettänyt", 422)
    assert pirkko.errors == ["Katso molemmat profiilit ennen kuin lähetät ilmoituksen."]
    assert pirkko.page.locator("[name=text]").input_value() == text
    pirkko.fills(seen_both=True).presses("Olen lähettänyt")
    pirkko.sees("Ilmoitettu ylläpitäjälle", "Instagramin lomake", "IG-1")


def _is_reminded(pirkko: Person, town, case: str) -> None:
    """The clock of the served town cannot be moved, so the notice went out five days earlier."""
    due = (datetime.now(UTC) - timedelta(days=2)).replace(tzinfo=None)
    case_id = case.split("/")[2]
    with sqlite3.connect(town.instance / "profiilivahti.db") as database:
        moved = database.execute('UPDATE "case" SET due_at = ? WHERE id = ?', (f"{due}", case_id))
        assert moved.rowcount == 1
    pirkko.opens("/desk").sees(HANDLE)
    pirkko.opens(case).sees("Määräaika on ohi")
    pirkko.opens(f"{case}/note_no_answer").presses("Kirjaa, ettei").sees("Ei vastausta")


def _tells_the_police(pirkko: Person, case: str) -> None:
    """With money at stake the case says so; the packet comes first."""
    police = {"number": "5680/R/1/26", "station": "Itä-Suomi", "punishment_demand": "yes"}
    pirkko.opens(f"{case}/file").fills(**police, offence=["fraud"])
    pirkko.presses("Kirjaa kaupungin rikosilmoitus", status=422)
    assert pirkko.errors == ["Tee ensin poliisille menevä aineisto."]
    pirkko.opens(case)
    with pirkko.page.expect_download() as made:
        pirkko.page.get_by_role("button", name="Kokoa aineisto poliisille").click()
    assert made.value.suggested_filename.startswith("VP-")
    pirkko.trouble.clear()  # a download ends the request that a page would have answered
    pirkko.opens(f"{case}/file").fills(**police, offence=["fraud"])
    pirkko.presses("Kirjaa kaupungin rikosilmoitus")
    pirkko.sees("5680/R/1/26", "Kaupunki tehnyt rikosilmoituksen")
