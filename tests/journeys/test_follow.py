"""From a phone: a report with a picture and without JavaScript, then all that its code opens, and
nothing of it left behind."""

import re
import sqlite3

import pytest
from playwright.sync_api import Error

from intake import clock, create_app
from intake.data.write import write
from intake.fakes import queries, reporter, service
from intake.people import queries as people
from tests.fakes import corpus
from tests.journeys.person import PHONE, Person
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")
ANSWERS = {
    "urls": "https://www.instagram.com/savonkosken_seuranta/",
    "target_kind": "official",
    "acts": ["phishing"],
    "harm": "no",
    "reporter_role": "bystander",
    "reporter_email": "sirpa.seuraaja@posti.example",
    "good_faith": True,
    "evidence": ("nakyma.png", corpus.png(91)),
}
STATUS = ("Saimme ilmoituksesi", "Tarvitsemme lisätietoja", "Käsittelemme ilmoitustasi")
HANDED_IN = ("savonkosken_seuranta", "sirpa.seuraaja", "naapurille", "viesti.png", "nimi.png")
ASKED = "Voitko lähettää kuvakaappauksen"


@pytest.mark.policy("P5", "P7")
def test_a60_a61_a77_a_reporter_follows_from_a_phone_and_leaves_nothing_behind(at, town):
    code = _reports(at(script=False, window=PHONE))
    citizen = at(window=PHONE)
    met = _watched(citizen)
    citizen.opens("/follow").fills(code="0000-0000-0000-0000")
    citizen.presses("Näytä tilanne", status=422)
    assert citizen.errors == ["Koodi ei kelpaa. Tarkista merkit ja yritä uudelleen."]
    citizen.fills(code=code.lower().replace("-", " ")).presses("Näytä tilanne")
    assert citizen.heading == "Saimme ilmoituksesi"
    _asks(town, code)
    _answers(citizen.opens("/follow/status"))
    _adds(citizen)
    citizen.follows("Poista yhteystietosi").presses("Poista").sees("yhteystietojasi")
    assert _handed_in(town, code) == (3, 0)
    citizen.presses("Lopeta seuraaminen")
    assert citizen.path == "/follow"
    _left_nothing(citizen, code, met)


def _reports(citizen: Person) -> str:
    citizen.opens("/report").page.wait_for_timeout(3_500)  # nobody fills it in faster
    citizen.fills(**ANSWERS).presses("Lähetä ilmoitus")
    code = CODE.search(citizen.main)[0]
    citizen.follows("Koodi on tallessa")
    return code


def _watched(citizen: Person) -> list[str]:
    """Every address that this browser asks for or is sent to, and each referrer."""
    met: list[str] = []

    def asked(request) -> None:
        met.extend((request.url, request.headers.get("referer", "")))

    citizen.page.on("request", asked)
    citizen.page.on("response", lambda answer: met.append(answer.headers.get("location", "")))
    return met


def _asks(town: Server, code: str) -> None:
    """A handler takes the case and asks for a picture."""
    house = create_app({"JOBS": "off", "BASE_URL": town.base}, town.instance)
    with house.app_context():
        pirkko = next(one for one in people.holders("handler") if "pirkko" in one.email).id
        for step, answers in (("take", {}), ("ask_reporter", {"phrase": "screenshot"})):
            with write():
                report = reporter.by_code(code)
                case = queries.cases_of(report)[0]
                told = {"report": report.id, **answers} if answers else {}
                service.take(case, step, people.active_person(pirkko), clock.now(), **told)


def _answers(citizen: Person) -> None:
    assert citizen.heading == "Tarvitsemme lisätietoja"
    citizen.sees(ASKED).presses("Lähetä vastaus", status=422)
    assert citizen.errors == ["Kirjoita jotain tai valitse tiedosto."]
    citizen.fills(evidence=("nimi.png", corpus.png(92))).presses("Lähetä vastaus")
    assert citizen.heading == "Käsittelemme ilmoitustasi"
    citizen.sees("Saimme vastauksesi.").misses(ASKED, "nimi.png")


def _adds(citizen: Person) -> None:
    """A page that is no picture is refused; the picture beside it is kept."""
    citizen.follows("Lisää tietoja").fills(text="Se kirjoitti naapurillekin.")
    files = [
        {"name": name, "mimeType": "image/png", "buffer": content}
        for name, content in (("viesti.png", corpus.png(93)), ("sivu.png", b"<html></html>"))
    ]
    citizen.page.set_input_files("main [name=evidence]", files)
    citizen.presses("Lähetä tiedot", status=422)
    assert "sivu.png" in citizen.errors[0]
    citizen.sees("viesti.png").presses("Lähetä tiedot")
    citizen.sees("Saimme tiedot.").misses("naapurille", "viesti.png")


def _handed_in(town: Server, code: str) -> tuple[int, int]:
    """How many files the case has, and how much contact data."""
    with sqlite3.connect(town.instance / "profiilivahti.db") as database:
        files = "SELECT count(*) FROM evidence JOIN report ON report.id = evidence.report_id"
        like = "WHERE report.answers LIKE '%savonkosken_seuranta%'"
        contact = "SELECT count(*) FROM contact JOIN report ON report.id = contact.report_id"
        return tuple(database.execute(f"{one} {like}").fetchone()[0] for one in (files, contact))


def _left_nothing(citizen: Person, code: str, met: list[str]) -> None:
    """Neither in the history, in addresses and referrers, nor on any page that "back" brings."""
    session = citizen.context.new_cdp_session(citizen.page)
    entries = session.send("Page.getNavigationHistory")["entries"]
    places = [text for one in entries for text in (one["url"], one["title"])]
    assert len([one for one in entries if "/follow/status" in one["url"]]) >= 4
    told = [code, code.replace("-", ""), code.replace("-", " "), *STATUS]
    for secret in told:
        assert not [one for one in (*met, *places) if secret.lower() in one.lower()]
    for _entry in entries[:-1]:
        _goes_back(citizen)
        shown = citizen.page.content().lower()
        assert not [one for one in (*told, "VI-20", *HANDED_IN) if one.lower() in shown]


def _goes_back(citizen: Person) -> None:
    """What only a POST has answered, a browser does not show again without asking."""
    try:
        citizen.page.go_back()
    except Error:
        citizen.page.wait_for_url("chrome-error://**")
