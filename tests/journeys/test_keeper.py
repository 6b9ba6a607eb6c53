"""A register keeper looks after the handbook; what others rest on stays as it is."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

PAGES = (
    "/handbook",
    "/handbook/versions",
    "/handbook/trainings?q=a",
    "/handbook/platforms",
    "/handbook/platforms/new",
    "/handbook/platforms/youtube",
    "/handbook/platforms/flickr/retire",
    "/handbook/routes?unchecked=1",
    "/handbook/routes/x/rules",
    "/handbook/routes/x/rules/remove",
)


@pytest.mark.policy("S2", "P5", "P11", "P12")
def test_a_keeper_finds_and_uses_every_page_of_the_handbook(at):
    eero = at("eero.kivihalla")
    eero.opens("/upkeep").follows("Ilmoitusreitit").presses("Kokeiltu tänään")
    eero.opens("/upkeep").follows("Palvelut").follows("Facebook").follows("Lisää palvelinnimi")
    eero.fills(host="faceb00k.com").presses("Lisää palvelinnimi", status=422)
    eero.sees("Nimi muistuttaa nimeä facebook.com.")
    eero.opens("/handbook/platforms/youtube/hosts").fills(host="some.example")
    eero.presses("Lisää palvelinnimi", status=422).sees("mastodon:acct:savonkoski@some.example")
    eero.opens("/upkeep").follows("Koulutukset").follows("Noora Lepoharjula")
    eero.follows("Kirjaa koulutus").presses("Kirjaa koulutus", status=422)
    for page in PAGES:
        eero.opens(page)


@pytest.mark.policy("P12", "G1")
def test_without_javascript_a_new_version_is_previewed_beside_what_is_typed(at):
    eero = at("eero.kivihalla", script=False)
    eero.opens("/upkeep").follows("Ohjeiden versiot").follows("Kirjoita uusi versio")
    eero.fills(text_fi="## Otsikko\n\n**Uusi** kohta. (S1)").presses("Esikatsele")
    eero.sees("Uusi kohta. (S1)", "Tämä eroaa versiosta 2", "Nämä kappaleet on poistettu:")
    eero.presses("Julkaise versio", status=422)
    assert eero.errors == ["Merkitse tämä, niin voit julkaista version."]
    eero.opens("/handbook/versions").sees("2 voimassa")
