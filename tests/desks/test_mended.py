"""What was seen on no desk, or under the wrong button, one by one (F27)."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.fakes.states import CaseState as C
from intake.refusals import Unready
from tests.browser import Browser
from tests.fakes.making import again, make_case, make_lead, take
from tests.profiles import making as profiles

FAR = date(2099, 1, 1)


def test_f27_a_next_check_is_near_and_what_was_typed_is_kept(app, cast):
    lead = make_lead(cast)
    case = make_case(cast, C.CONFIRMED)
    page = Browser(app).signs_in(lead).opens(f"/cases/{case.id}/escalate")
    page = page.fills(route="dsc", reason="Ei vastaa.", text="Valitus.", next_check_on="1.1.2099")
    page = page.presses("Vie eteenpäin")
    assert page.status == 422
    assert "Valitse päivä enintään 90 päivän päästä." in page.main
    assert "Valitus." in page.html
    assert again(case).state is C.CONFIRMED
    near = clock.today() + timedelta(days=90)
    given = {"route": "dsc", "reason": "x", "text": "x", "next_check_on": near}
    assert take(case, "escalate", lead, **given).state is C.ESCALATED


def test_f27_no_set_up_and_no_closing_is_put_off_for_ever(cast):
    profile = profiles.open_profile(cast)
    with pytest.raises(Unready):
        profiles.take(profile, "extend_setup", cast.head, until=FAR)
    profile = profiles.make_profile(cast, key="instagram:handle:nuoret.kaytossa")
    closing = {"reason": "x", "successor": "x", "short_notice_reason": "", "closes_on": FAR}
    with pytest.raises(Unready):
        profiles.take(profile, "announce_closing", cast.head, **closing)


def test_a_second_opinion_that_was_asked_for_is_on_the_others_desk(app, cast):
    other = make_lead(cast)
    case = make_case(cast, C.UNDER_REVIEW)
    assert "Anna toinen arvio" not in Browser(app).signs_in(other).opens("/desk").main
    take(case, "ask_second", cast.handler)
    assert "Anna toinen arvio tapauksesta" in Browser(app).signs_in(other).opens("/desk").main
    take(case, "second", other, opinion="Valeprofiili.")
    assert "Anna toinen arvio" not in Browser(app).signs_in(other).opens("/desk").main


def test_f27_where_nobody_is_left_the_administrators_are_told_the_number_alone(app, cast):
    case = make_case(cast, C.UNDER_REVIEW)
    for person in (cast.keeper, cast.other_keeper, cast.handler):
        take(case, "exclude", cast.handler, person=person.id, reason="Sanotaan tekijäksi.")
    page = Browser(app).signs_in(cast.administrator).opens("/desk")
    assert "Anna jollekulle käsittelijän rooli: 1 tapaus odottaa" in page.main
    assert case.name not in page.main


def test_f27_of_a_town_s_own_address_the_button_is_to_get_it_back(app, cast):
    profiles.make_profile(cast)
    case = make_case(cast, C.UNDER_REVIEW, "https://www.instagram.com/savonkosken_nuoret/")
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")
    (box,) = [one for one in page.tree.iter("section") if one.get("class") == "next"]
    first = next(one for one in box.iter() if (one.get("class") or "").startswith("button"))
    assert first.get("href") == f"/cases/{case.id}/recover"
