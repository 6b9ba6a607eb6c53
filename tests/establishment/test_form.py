"""Filling in a request: page by page, over days and windows, up to the page that sends it."""

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from tests.browser import Browser
from tests.establishment.filling import EXPERT, OFFICE, begun, fields_of
from tests.establishment.making import again, complete_answers, make_request, save, take

ON, LATER = "Tallenna ja jatka", "Tallenna ja palaa myöhemmin"


@pytest.fixture
def noora(cast, app):
    return Browser(app).signs_in(cast.requester)


def form_of(request, slug=""):
    return f"/establishment/{request.id}/form" + (f"/{slug}" if slug else "")


def fill(page, fields):
    """Type the answers of a page, as they are named there."""
    names = {name.replace("-", "__"): values for name, values in fields.items()}
    held = {
        control.get("name")
        for control in page.tree.iter()
        if control.tag in ("input", "select", "textarea")
    }
    return page.fills(
        **{
            name: values if len(values) > 1 else values[0]
            for name, values in names.items()
            if name.replace("__", "-") in held
        }
    )


@pytest.mark.policy("O1", "P1", "P2")
@pytest.mark.parametrize(("kind", "count"), [(OFFICE, 10), (EXPERT, 10)])
def test_a_request_is_filled_from_start_to_the_button_that_sends_it(cast, noora, kind, count):
    page = noora.opens("/establishment/start").fills(profile_type=kind.value).presses("Aloita")
    assert page.heading == "Uusi profiili"
    page = page.follows("Palvelu ja nimi")
    for slug, fields in _in_order(kind, cast):
        assert page.path.endswith(f"/{slug}"), page.main
        page = fill(page, fields).presses(ON)
        assert page.errors == []
        count -= 1
    assert (page.heading, count) == ("Tarkista vastaukset", 0)
    assert "Puuttuu" not in page.main
    button = "Lähetä päätettäväksi" if kind is OFFICE else "Pyydä suostumus"
    page.presses(button)
    [found] = db.session.scalars(select(Request))
    assert found.state == (S.SUBMITTED if kind is OFFICE else S.AWAITING_CONSENT)


def _in_order(kind, cast):
    answers = complete_answers(kind, cast)
    people = ["admins", "mailbox"] if kind is OFFICE else ["expert", "absence"]
    order = ["profile", "unit", "purpose", *people, "content", "questions", "terms"]
    return [(slug, answers[slug]) for slug in [*order, "closing", "decider"]]


def test_start_asks_which_kind(noora):
    page = noora.opens("/establishment/start").presses("Aloita")
    assert (page.status, page.errors) == (422, ["Valitse profiilin tyyppi."])


def test_what_several_fields_lack_is_said_with_their_names(cast, noora):
    page = noora.opens(form_of(begun(cast), "profile")).presses(ON)
    assert page.errors == [
        "Onko profiili jo olemassa? Valitse yksi.",
        "Palvelu: Valitse yksi.",
        "Kirjoita profiilin nimi.",
    ]


def test_mistakes_are_saved_and_come_back_on_another_day(cast, noora, still):
    request = begun(cast)
    page = noora.opens(form_of(request, "purpose"))
    page = page.fills(purpose="lyhyt", audience="").presses(ON)
    assert page.status == 422
    assert page.errors[0] == "Kirjoita vähintään 20 merkkiä."
    assert "Kaikki kirjoittamasi on tallessa." in page.main
    still.shift(3 * 24 * 3600)
    page = Browser(noora.app).signs_in(cast.requester).opens(form_of(request, "purpose"))
    assert page.status == 200
    assert "lyhyt" in page.main
    assert len(page.errors) == 2
    assert "Virhe: Tarkoitus" in page.html


def test_a_page_not_begun_shows_no_errors(cast, noora):
    assert noora.opens(form_of(begun(cast), "purpose")).errors == []


def test_come_back_later_saves_mistakes_and_leads_to_the_parts(cast, noora):
    request = begun(cast)
    page = noora.opens(form_of(request, "admins")).fills(admins__0__hours_update="puoli tuntia")
    page = page.presses(LATER)
    assert page.path == form_of(request)
    assert "Tallennettu." in page.main
    assert "Korjattavaa: päivittäminen (h/vko)." in page.main
    page = noora.opens(form_of(request, "admins"))
    assert "Anna päivittämisen työaika lukuna, esimerkiksi 1,5." in page.errors
    assert 'value="puoli tuntia"' in page.html


def test_a_corrected_page_is_saved_with_the_same_token(cast, noora):
    request = begun(cast)
    page = noora.opens(form_of(request, "purpose")).fills(purpose="lyhyt").presses(ON)
    good = complete_answers(OFFICE, cast)["purpose"]
    page = fill(page, good).presses(ON)
    assert page.path == form_of(request, "admins")
    assert again(request).draft["purpose"] == good


def test_an_expired_form_keeps_what_was_typed_and_saves_nothing(cast, noora, still):
    request = begun(cast)
    page = noora.opens(form_of(request, "purpose"))
    still.shift(25 * 3600)
    noora.signs_in(cast.requester)
    page = page.fills(purpose="Tämä teksti on kirjoitettu eilen.").presses(ON)
    assert page.status == 400
    assert "Tämä teksti on kirjoitettu eilen." in page.main
    assert "purpose" not in again(request).draft


@pytest.mark.policy("P1")
def test_admins_are_added_and_removed_without_losing_anything(cast, noora):
    request = begun(cast)
    page = noora.opens(form_of(request, "admins"))
    assert "Poista" not in " ".join(page.buttons())
    page = page.fills(admins__1__task="liikunnanohjaaja", admins__0__hours_update="x")
    page = page.presses("Lisää hallinnoija")
    assert page.errors == []
    assert "3. hallinnoija" in page.main
    page = page.fills(admins__2__task="kolmas").presses("Poista 2. hallinnoija")
    assert "3. hallinnoija" not in page.main
    kept = again(request).draft["admins"]
    assert (kept["admins-1-task"], kept["admins-0-hours_update"]) == (["kolmas"], ["x"])


def test_after_adding_the_address_names_the_new_one(cast, noora):
    request = begun(cast)
    page = noora.opens(form_of(request, "admins"))
    token = next(
        one.get("value") for one in page.tree.iter("input") if one.get("name") == "csrf_token"
    )
    response = noora.client.post(
        form_of(request, "admins"),
        data={"csrf_token": token, "add": "yes", "admins-0-task": "a", "admins-1-task": "b"},
    )
    assert response.status_code == 303
    assert response.location.endswith("#admins-2-person")


def test_two_windows_keep_both_texts(cast, noora):
    request = begun(cast)
    first, second = (noora.opens(form_of(request, "purpose")) for _ in range(2))
    first.fills(purpose="Ensimmäisen ikkunan teksti on tässä.").presses(LATER)
    page = second.fills(purpose="Toisen ikkunan teksti on tässä.").presses(ON)
    assert page.status == 409
    assert "Pyyntö on muuttunut" in page.main
    assert "Tarkoitus – nyt tallessa: Ensimmäisen ikkunan teksti" in page.main
    assert "Toisen ikkunan teksti" in page.main
    page = page.fills(audience="Nuoret, jotka kysyvät.").presses(ON)
    assert page.status == 200
    assert again(request).draft["purpose"]["purpose"] == ["Toisen ikkunan teksti on tässä."]


def test_two_windows_on_two_pages_do_not_get_in_each_others_way(cast, noora):
    request = begun(cast)
    first, second = (noora.opens(form_of(request, slug)) for slug in ("purpose", "closing"))
    first.fills(purpose="Ensimmäisen ikkunan teksti on tässä.").presses(LATER)
    page = second.fills(exit_plan="Kaupungin verkkosivuille.").presses(LATER)
    assert page.path == form_of(request)
    assert set(again(request).draft) == {"purpose", "closing"}


def test_the_task_list_tells_what_is_done_and_missing(cast, noora):
    request = begun(cast)
    save(request, cast.requester, "purpose", purpose="Kerromme nuorille kesätyöpaikoista.")
    page = noora.opens(form_of(request))
    assert "Valmiina 0 kohtaa, kaikkiaan 8." in page.main
    assert "Puuttuu: kohderyhmä. Kesken" in page.main
    assert "Voit lähettää, kun muut kohdat ovat valmiit." in page.main
    save(request, cast.requester, "purpose", audience="Nuoret, jotka kysyvät.")
    page = noora.opens(form_of(request))
    assert "Tarkoitus ja kohderyhmä Valmis" in page.main
    assert "Valmiina 1 kohtaa" in page.main


@pytest.mark.policy("O3")
def test_the_task_list_says_who_decides_and_why(cast, noora):
    request = begun(cast)
    assert "kun olet valinnut yksikön" in noora.opens(form_of(request)).main
    save(request, cast.requester, "unit", org_level="unit", org_unit=cast.library.id)
    page = noora.opens(form_of(request))
    assert cast.chief.name in page.main
    save(request, cast.requester, "admins", admins__0__person=cast.stranger.id)
    assert cast.director.name in noora.opens(form_of(request)).main


def test_remarks_stand_beside_their_part_after_a_return(cast, noora):
    request = make_request(cast, S.RETURNED)
    page = noora.opens(form_of(request))
    assert "Kerro tavoite tarkemmin." in page.main
    assert "Täydennä se viimeistään 7.12.2026" in page.main
    assert "Kerro tavoite tarkemmin." in noora.opens(form_of(request, "purpose")).main
    assert "Kerro tavoite tarkemmin." not in noora.opens(form_of(request, "terms")).main


def test_what_has_changed_since_it_was_sent_is_tagged_with_the_old_value(cast, noora):
    request = make_request(cast, S.RETURNED)
    page = noora.opens(form_of(request, "check"))
    assert "Muuttunut" not in page.main
    save(request, cast.requester, "purpose", purpose="Uusi tarkoitus, kerrottu tarkemmin.")
    page = noora.opens(form_of(request, "check"))
    struck = ["".join(one.itertext()) for one in page.tree.iter("del")]
    assert struck == ["aiemmin: Kerromme nuorille kesätyöpaikoista ja niiden hakemisesta."]
    assert page.main.count("Muuttunut") == 1
    assert "Lähetä päätettäväksi" in page.buttons()


def test_every_answer_can_be_changed_from_the_check_and_leads_back(cast, noora):
    request = make_request(cast, S.DRAFT)
    page = noora.opens(form_of(request, "check"))
    assert "Julkaistaan" in page.main
    page = page.follows("Muuta Kohderyhmä")
    assert page.path == form_of(request, "purpose")
    page = page.fills(audience="Kaikki alle 18-vuotiaat.").presses(ON)
    assert page.path == form_of(request, "check")
    assert "Kaikki alle 18-vuotiaat." in page.main


@pytest.mark.policy("O9")
def test_the_filled_button_leads_to_what_is_missing(cast, noora):
    request = make_request(cast, S.DRAFT)
    save(request, cast.requester, "questions", private_messages="")
    page = noora.opens(form_of(request, "check"))
    assert "Yksi kohta on kesken." in page.main
    assert "Lähetä päätettäväksi" not in page.buttons()
    page = page.follows("Vastaa puuttuvaan kohtaan")
    assert page.path == form_of(request, "questions")


def test_the_type_changes_after_asking_and_clears_only_the_other_types_answers(cast, noora):
    request = make_request(cast, S.DRAFT)
    page = noora.opens(form_of(request, "type")).fills(profile_type="expert").presses("Vaihda")
    assert page.status == 422
    assert "Yhteinen sähköpostiosoite" in page.main
    assert "Tarkoitus" not in page.main
    assert again(request).kind == OFFICE
    page.fills(sure=True).presses("Vaihda")
    changed = again(request)
    assert changed.kind == EXPERT
    assert "mailbox" not in changed.draft
    assert set(changed.draft["unit"]) == {"org_level", "org_unit"}
    assert changed.draft["purpose"] == complete_answers(OFFICE, cast)["purpose"]


def test_the_type_of_an_empty_request_changes_without_asking(cast, noora):
    request = begun(cast)
    page = noora.opens(form_of(request, "type")).fills(profile_type="expert").presses("Vaihda")
    assert page.path == form_of(request)
    assert again(request).kind == EXPERT
    page = noora.opens(form_of(request, "type")).presses("Vaihda")
    assert page.path == form_of(request)


def test_a_page_of_the_other_type_does_not_exist(cast, noora):
    request = begun(cast, EXPERT)
    assert noora.opens(form_of(request, "mailbox")).status == 404
    assert noora.opens(form_of(request, "nothing")).status == 404


def test_others_do_not_see_a_draft(cast, app):
    request = begun(cast)
    browser = Browser(app).signs_in(cast.keeper)
    for slug in ("", "purpose", "check", "type"):
        assert browser.opens(form_of(request, slug)).status == 404


def test_who_may_read_a_returned_request_may_not_fill_it(cast, app):
    request = make_request(cast, S.RETURNED)
    browser = Browser(app).signs_in(cast.admin)
    for slug in ("", "purpose", "check", "type"):
        assert browser.opens(form_of(request, slug)).status == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_every_page_speaks_every_language(cast, app, kind, language):
    request = make_request(cast, S.DRAFT, kind, trained=False)
    browser = Browser(app).signs_in(cast.requester)
    pages = [*fields_of(cast, kind), "check", "type", ""]
    english = "Save and continue"
    for slug in pages:
        page = browser.opens(f"{form_of(request, slug)}?lang={language}", status=200)
        assert page.tree.get("lang") == language
        if slug in fields_of(cast, kind):
            assert (english in page.main) == (language == "en")


def test_a08_a_sent_request_takes_no_page_from_an_old_window(cast, noora):
    request = make_request(cast, S.DRAFT)
    pages = {slug: noora.opens(form_of(request, slug)) for slug in fields_of(cast, OFFICE)}
    take(request, "submit", cast.requester)
    before = again(request).draft
    for slug, page in pages.items():
        assert page.presses(LATER).status == 409
        assert noora.opens(form_of(request, slug)).status == 409
    assert again(request).draft == before
