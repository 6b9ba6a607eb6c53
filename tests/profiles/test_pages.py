"""The pages of profiles, as people meet them in a browser."""

from datetime import timedelta

import pytest

from intake import clock
from intake.profiles import queries
from intake.profiles.states import ProfileState as P
from tests.browser import Browser
from tests.profiles.making import (
    EXPERT,
    OFFICE,
    addresses_of,
    admin,
    again,
    make_profile,
    open_profile,
    set_up,
    steps_of,
    take,
    type_address,
)

LANGUAGES = ["fi", "sv", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(P))
def test_a_profile_can_be_read_in_every_state(app, cast, state, kind, language):
    profile = make_profile(cast, state, kind)
    browser = Browser(app).signs_in(cast.keeper)
    page = browser.opens(f"/profiles/{profile.id}?lang={language}", status=200)
    assert page.heading == profile.name
    typed = state not in (P.SETUP, P.NEVER_OPENED)
    assert ("hxxps://www[.]instagram[.]com/" in page.main) == typed


@pytest.mark.policy("O4", "O6", "P4")
def test_the_walk_from_set_up_to_the_register(app, cast):
    profile = open_profile(
        cast,
        platform_id="facebook",
        key="facebook:vanity:savonkoskinuoret",
        admins=(admin(cast.requester, lead=True), admin(cast.admin, accepted=False)),
    )
    noora, joonas = Browser(app).signs_in(cast.requester), Browser(app).signs_in(cast.admin)
    page = noora.opens("/profiles").follows(profile.name)
    assert "Valmiina kohtia: 0/8." in page.main
    assert "Seuraavaksi: kerro oikeutesi" in page.main
    page = page.follows("Kerro oikeutesi")
    page = page.fills(rights="owner", two_step="on", recovery_shared="yes").presses("Kerro")
    assert "Oikeutesi on kirjattu." in page.main
    while "Merkitse tehdyksi" in page.main:
        page = page.presses("Merkitse tehdyksi")
    page = page.follows("Kerro tilanne").fills(done="left_out").presses("Tallenna")
    assert page.status == 422
    assert page.errors == ["Kerro, miksi se jätetään pois."]
    page = page.fills(done="left_out", note="Palvelussa ei ole tilaa.").presses("Tallenna")
    assert "Valmiina kohtia: 8/8." in page.main
    assert "Jätetty pois: Palvelussa ei ole tilaa." in page.main
    page = page.follows("Kirjoita osoite").fills(address="https://x.com/nuoret")
    page = page.presses("Tallenna osoite")
    assert page.status == 422
    assert page.errors == ["Osoite ei ole tästä palvelusta: Facebook."]
    page = page.fills(address="m.facebook.com/SavonkoskiNuoret", lasting_id="61570000000001")
    page = page.presses("Tallenna osoite")
    assert "hxxps://www[.]facebook[.]com/savonkoskinuoret" in page.main
    page = joonas.opens("/desk").follows("Vastaa hallinnoijana").presses("Ryhdyn hallinnoijaksi")
    page = page.follows("Kerro oikeutesi")
    page = page.fills(rights="poster", two_step="off", recovery_shared="yes").presses("Kerro")
    page = joonas.opens(f"/profiles/{profile.id}/list", status=200)
    assert "Joonas Metsäpurola ei käytä kaksivaiheista kirjautumista." in page.main
    assert "Vahvista ja vie luetteloon" not in page.buttons()
    page = joonas.opens(f"/profiles/{profile.id}/state_rights")
    page.fills(rights="poster", two_step="on", recovery_shared="yes").presses("Kerro")
    page = joonas.opens("/desk").follows("Vahvista ja vie luetteloon")
    assert "61570000000001" in page.main
    page = page.presses("Vahvista ja vie luetteloon")
    assert page.status == 422
    assert page.errors == ["Avaa profiili tänään ennen kuin vahvistat sen."]
    page = page.fills(seen_today=True).presses("Vahvista ja vie luetteloon")
    assert "Profiili on luettelossa." in page.main
    assert "Joonas Metsäpurola vahvisti profiilin, ja se vietiin luetteloon." in page.main
    assert again(profile).state is P.ACTIVE


def test_a10_the_confirmation_shows_what_has_changed(app, cast):
    profile = open_profile(cast, key=None)
    set_up(cast, profile, "instagram.com/savonkosken_nuoret")
    page = Browser(app).signs_in(cast.admin).opens(f"/profiles/{profile.id}/list", status=200)
    type_address(profile, cast.requester, "instagram.com/aivan_muu")
    page = page.fills(seen_today=True).presses("Vahvista")
    assert page.status == 409
    assert again(profile).state is P.SETUP
    assert "Näit aiemmin tämän osoitteen" in page.main
    assert "savonkosken_nuoret" in page.main
    page = page.fills(seen_today=True).presses("Vahvista")
    assert [line.key for line in again(profile).current] == ["instagram:handle:aivan_muu"]
    assert page.status == 200


def test_a09_the_confirmation_shows_look_alikes_and_strange_letters(app, cast):
    make_profile(cast, name="Savonkosken nuorisopalvelu", key="youtube:handle:savonkoskinuoret")
    profile = open_profile(cast, platform_id="youtube", key=None)
    set_up(cast, profile, "https://youtube.com/@sаvonkoskinuoret")
    page = Browser(app).signs_in(cast.admin).opens(f"/profiles/{profile.id}/list", status=200)
    assert "CYRILLIC SMALL LETTER A, U+0430" in page.main
    assert "Nämä muistuttavat sitä" in page.main
    assert "Savonkosken nuorisopalvelu " in page.main


@pytest.mark.policy("O8")
def test_closing_in_the_browser(app, cast, still):
    profile = make_profile(cast)
    kaisa = Browser(app).signs_in(cast.head)
    page = kaisa.opens(f"/profiles/{profile.id}/announce_closing", status=200)
    typed = {
        "reason": "Palvelua ei enää käytetä.",
        "closes_on": (clock.today() + timedelta(days=5)).isoformat(),
        "successor": "Verkkosivut",
    }
    page = page.fills(**typed).presses("Ilmoita lopettamisesta")
    assert page.status == 422
    assert page.errors == ["Siihen on alle 30 päivää. Kerro syy."]
    assert typed["reason"] in page.html
    page = page.fills(short_notice_reason="Palvelu lakkaa.").presses("Ilmoita lopettamisesta")
    assert "Lopetetaan 28.11.2026" in page.main
    page = kaisa.opens(f"/profiles/{profile.id}/call_off_closing")
    page = page.fills(reason="Jatketaan sittenkin.").presses("Peru lopettaminen")
    assert "Jatketaan sittenkin." in page.main
    take_again = kaisa.opens(f"/profiles/{profile.id}/announce_closing").fills(
        **typed, short_notice_reason="Palvelu lakkaa."
    )
    take_again.presses("Ilmoita lopettamisesta")
    still.shift(timedelta(days=5))
    noora = Browser(app).signs_in(cast.requester)
    page = noora.opens("/desk").follows("Vahvista lopetetuksi")
    page = page.fills(
        ended_how="handle_kept", final_post=True, access_removed=True, copied_on="27.11.2026"
    )
    page = page.presses("Vahvista lopetetuksi")
    assert "Lopetettu 28.11.2026" in page.main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("state", "kind", "who", "steps"),
    [
        (P.SETUP, OFFICE, "requester", ["state_rights", "leave", "address/type", "check_off"]),
        (P.SETUP, OFFICE, "head", ["extend_setup", "cancel_setup"]),
        (P.SETUP, EXPERT, "colleague", ["withdraw_consent"]),
        (P.ACTIVE, OFFICE, "head", ["announce_closing"]),
        (P.CLOSING_ANNOUNCED, OFFICE, "head", ["call_off_closing", "close"]),
    ],
)
def test_every_step_has_its_page(app, cast, state, kind, who, steps, language):
    profile = make_profile(cast, state, kind)
    browser = Browser(app).signs_in(getattr(cast, who))
    for step in steps:
        query = f"item={profile.checklist[0].id}&lang={language}"
        page = browser.opens(f"/profiles/{profile.id}/{step}?{query}", status=200)
        assert page.buttons()


def test_a_step_refuses_by_status(app, cast):
    profile = open_profile(cast)
    noora, emma = Browser(app).signs_in(cast.requester), Browser(app).signs_in(cast.stranger)
    path = f"/profiles/{profile.id}"
    assert noora.opens(f"{path}/cancel_setup").status == 403
    assert noora.opens(f"{path}/announce_closing").status == 409
    for step in ("prepare", "employment_ends", "nothing", "address/x/confirm", "address/x/retire"):
        assert noora.opens(f"{path}/{step}").status == 404
    for step in ("", "/leave", "/check_off", "/address/type"):
        assert emma.opens(f"{path}{step}").status == 404
    assert emma.opens("/profiles").status == 200


def test_a42_an_address_of_another_profile_is_not_found(app, cast):
    mine, theirs = open_profile(cast), open_profile(cast, key="instagram:handle:toinen")
    line = type_address(theirs, cast.requester)
    noora = Browser(app).signs_in(cast.requester)
    assert noora.opens(f"/profiles/{mine.id}/address/{line.id}/drop").status == 404
    assert noora.opens(f"/profiles/{theirs.id}/address/{line.id}/drop").status == 200
    foreign = theirs.checklist[0].id
    assert noora.opens(f"/profiles/{mine.id}/check_off?item={foreign}").status == 404


def test_an_address_is_allowed_confirmed_and_dropped_in_the_browser(app, cast):
    profile = make_profile(cast)
    path = f"/profiles/{profile.id}/address"
    line = type_address(profile, cast.requester, "instagram.com/uusi_osoite")
    kaisa, joonas = Browser(app).signs_in(cast.head), Browser(app).signs_in(cast.admin)
    page = kaisa.opens(f"{path}/{line.id}/allow").fills(reason="Tunnus vaihtui palvelussa.")
    assert "Osoite on sallittu." in page.presses("Salli tämä osoite").main
    page = joonas.opens(f"{path}/{line.id}/confirm").fills(seen_today=True)
    page = page.presses("Vahvista osoite")
    assert "Osoite on luettelossa." in page.main
    assert [one.key for one in again(profile).current] == ["instagram:handle:uusi_osoite"]
    line = type_address(profile, cast.requester, "instagram.com/kolmas_osoite")
    page = joonas.opens(f"{path}/{line.id}/drop")
    assert "Osoite on hylätty." in page.presses("Hylkää osoite").main


def test_a10_an_address_step_carries_what_was_seen(app, cast):
    profile = make_profile(cast, key="facebook:vanity:savonkoskinuoret")
    line = type_address(profile, cast.requester, "facebook.com/uudetnuoret")
    page = Browser(app).signs_in(cast.head).opens(f"/profiles/{profile.id}/address/{line.id}/allow")
    take(profile, "state_rights", cast.admin, rights="owner", two_step="on", recovery_shared=True)
    type_address(profile, cast.requester, "facebook.com/muutnuoret")
    page = page.fills(reason="Tunnus vaihtui palvelussa.").presses("Salli")
    assert page.status == 409
    assert all(one.allowed_by_id is None for one in addresses_of(profile))


def test_a21_a_double_click_ticks_once(app, cast):
    profile = open_profile(cast)
    page = Browser(app).signs_in(cast.requester).opens(f"/profiles/{profile.id}")
    first, second = page.presses("Merkitse tehdyksi"), page.presses("Merkitse tehdyksi")
    assert (first.path, first.status) == (second.path, second.status)
    assert steps_of(profile) == ["prepare", "check_off"]


def test_who_may_not_see_it_any_more_is_led_to_the_list(app, cast):
    profile = open_profile(cast)
    page = Browser(app).signs_in(cast.admin).opens(f"/profiles/{profile.id}/leave")
    page = page.presses("Luovun hallinnoinnista")
    assert page.path == "/profiles"
    assert "Et ole enää profiilin hallinnoija." in page.main


def test_the_list_of_profiles(app, cast):
    browser = Browser(app).signs_in(cast.stranger)
    assert "Profiileja ei vielä ole." in browser.opens("/profiles").main
    profile = make_profile(cast)
    page = browser.opens("/profiles").fills(q="nuoriso savon", state="active").presses("Rajaa")
    assert profile.name in page.main
    page = page.fills(q="olematon").presses("Rajaa")
    assert "Mitään ei löytynyt." in page.main
    assert page.follows("Näytä kaikki profiilit").heading == "Profiilit"
    assert browser.opens("/profiles?state=nothing&unit=x&after=y").status == 200


def test_the_list_goes_on_to_the_next_page(app, cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    for name in ("Alku", "Loppu"):
        open_profile(cast, name=name, key=None)
    page = Browser(app).signs_in(cast.keeper).opens("/profiles")
    assert "Loppu" not in page.main
    assert "Loppu" in page.follows("Seuraavat").main


def test_letters_of_a_profile_say_what_to_do(app, cast):
    from intake.engine import outbox

    profile = open_profile(cast)
    set_up(cast, profile)
    take(profile, "leave", cast.admin)
    for message in outbox.waiting():
        letter = outbox.letter(message)
        assert letter is not None
        assert f"/profiles/{profile.id}" in letter.plain
    assert {message.step for message in outbox.waiting()} >= {"prepare", "type", "leave"}
