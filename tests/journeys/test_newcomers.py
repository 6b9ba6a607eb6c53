"""Ten people who have never been here saw something on their phones: each asks once, in their own
words, and the next page tells what holds and what to do."""

import pytest

from tests.journeys.person import PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

# What somebody saw, the language they speak, and what they are told; the first must stand first.
SAW = {
    "a message in the family's group": (
        "fi",
        "[1.12.2026 klo 10.04] Äiti: instagram.com/savonkosken_kaupunkl?igsh=a voitin 500 €!!",
        ("Tämä ei ole kaupungin profiili.", "Älä vastaa sille", "soita heti pankkiisi"),
    ),
    "two profiles side by side": (
        "fi",
        "instagram.com/savonkosken_kaupunkl facebook.com/savonkoskenkirjasto",
        ("Tarkistit 2 profiilia", "ei ole kaupungin profiili", "on kaupungin virallinen profiili"),
    ),
    "the festival's name, bent": (
        "fi",
        "koskijuhlilla",
        ("Koskijuhlat, Facebook: Tämä kaupungin profiili on kaapattu.", "Älä luota"),
    ),
    "a post that was shared": (
        "fi",
        "Katso tämä: https://www.facebook.com/savonkoskenkirjasto!!! onko aito?",
        ("Tämä on kaupungin virallinen profiili.", "Savonkosken kirjasto, Facebook"),
    ),
    "the library, misspelt": ("fi", "kirjaasto", ("vastaavat kirjoittamaasi", "kirjasto")),
    "an expert's name": ("fi", "Noora Lepoharjula", ("vastaavat kirjoittamaasi", "Noora")),
    "a handle in a text": (
        "sv",
        "Är @savonkosken_kirjasto på Instagram äkta?",
        ("Det här är en av stadens officiella profiler.", "Savonkosken kirjasto, Instagram"),
    ),
    "the library in Swedish": ("sv", "biblioteket", ("motsvarar det du skrev", "kirjasto")),
    "a link in a text message": (
        "en",
        "Your parcel waits, pay 1.99: hxxp://posti-fi[.]example/pay +358 40 000 0000",
        ("You checked 2 profiles", "not in the town's list", "Do not give data or money"),
    ),
    "a name nobody has": (
        "en",
        "Is Lottery Winners Club real?",
        ("We found no official profile by this name.", "Do not give data or money"),
    ),
}


@pytest.mark.policy("P4", "P5")
@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize("saw", SAW)
def test_a_newcomer_asks_once_and_knows_what_to_do(at, saw, script):
    language, text, told = SAW[saw]
    citizen: Person = at(language=language, script=script, window=PHONE).opens("/")
    button = {"fi": "Tarkista", "sv": "Kontrollera", "en": "Check"}[language]
    citizen.fills(q=text).presses(button)
    assert citizen.path == "/check"  # the one page that was needed
    place = 0
    for sentence in told:
        assert sentence in citizen.main, citizen.main
        place = max(place, citizen.main.index(sentence))
    assert citizen.main.index(told[0]) <= place
    assert told[0] in citizen.main[:200] or told[0] in citizen.heading
    wide = citizen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
