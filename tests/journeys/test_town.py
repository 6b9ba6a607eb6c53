"""An administrator looks after the town's own settings, and leaves them as they were."""

import io

import pytest
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

BRAND = "getComputedStyle(document.querySelector('.header')).borderTopColor"


def picture() -> dict:
    out = io.BytesIO()
    Image.new("RGBA", (300, 100), (139, 0, 0, 255)).save(out, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": out.getvalue()}


@pytest.mark.parametrize("script", [True, False])
def test_an_administrator_gives_the_town_its_colour_and_logo(at, script):
    timo = at("timo.rantapajula", script=script).sees("Ensiaskeleet")
    timo.follows("Anna kunnan väri ja logo").fills(colour="#ffcc00").presses("Tallenna", status=422)
    assert "kontrasti" in timo.errors[0]
    timo.follows("Ota sen sijaan").fills(colour="8b0000").presses("Esikatsele")
    timo.sees("Tältä se näyttäisi", "Tummana").presses("Tallenna").sees("#8b0000")

    timo.follows("Muuta Väri ja logo").follows("Muuta Logo")
    timo.presses("Tallenna", status=422)
    assert timo.errors == ["Valitse tiedosto."]
    timo.page.set_input_files("main [name=image]", [picture()])
    timo.presses("Tallenna").sees("Käytössä", "Viimeisimmät muutokset")

    visitor = at(script=script).opens("/")
    assert visitor.page.evaluate(BRAND) == "rgb(139, 0, 0)"
    logo = visitor.page.locator(".header img")
    assert logo.bounding_box()["height"] == 36
    assert logo.evaluate("one => one.naturalHeight") == 72
    visitor.page.emulate_media(color_scheme="dark")
    visitor.opens("/register")
    assert visitor.page.evaluate(BRAND) != "rgb(139, 0, 0)"

    timo.opens("/town/look/logo").presses("Poista")
    timo.opens("/town/look").fills(colour="").presses("Tallenna").sees("Ohjelman sininen")
    assert visitor.opens("/").page.locator(".header img").count() == 0


def test_an_administrator_changes_what_the_town_has_laid_down(at):
    timo = at("timo.rantapajula").opens("/upkeep").follows("Kunnan asetukset")
    timo.follows("Muuta Määräajat").fills(decision_working_days="1").presses("Tallenna", status=422)
    timo.fills(decision_working_days="12").presses("Tallenna").sees("Pyynnön päätös (työpäivää) 12")
    timo.follows("Muuta Määräajat").fills(decision_working_days="10").presses("Tallenna")
    timo.follows("Muuta Kielet").presses("Tallenna").sees("Mitään ei muutettu.")
    timo.follows("Muuta Yhteystiedot").fills(phone="015 123 456").presses("Tallenna")
    timo.sees("+358 15 123456").follows("Muuta Yhteystiedot").fills(phone="").presses("Tallenna")
    timo.follows("Muuta Nimet").presses("Tallenna")
