"""A whole site is called a fake by a step of its own, which says what it would cover (P5)."""

import pytest

from intake.fakes.matching import name_index, sites
from intake.fakes.states import CaseState as C
from intake.refusals import NotAllowed, Unready, WrongState
from intake.register import check
from intake.register import queries as register
from tests.browser import Browser
from tests.fakes.making import make_case, make_lead, report, take
from tests.profiles.making import make_profile

WHY = {"reason": "Koko sivusto on huijarin."}


@pytest.mark.policy("P5")
def test_the_page_of_the_step_says_what_it_would_cover(app, cast):
    case = make_case(cast, C.CONFIRMED, "https://feikki.example/savonkoski")
    report("https://feikki.example/arvonta")
    report("https://feikki.example/muu")
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/widen")
    assert "feikki[.]example: kattaa 2 muiden tapausten osoitetta." in page.main
    sent = page.fills(reason="Kaikki on samaa.").presses("Totea koko sivusto vääräksi")
    assert sent.status == 200
    answer = check.answer("https://feikki.example/muu/sivu", register.known())
    assert answer.verdict is check.Verdict.FAKE


@pytest.mark.policy("P5")
@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://sites.google.com/view/feikki", "sites.google.com"),
        ("https://www.twitch.tv/savonkoski_feikki", "twitch.tv"),
        ("https://docs.google.com/forms/d/e/1/viewform", "docs.google.com"),
        ("https://savonkoski.example/kaapattu", "savonkoski.example"),
    ],
)
def test_a_host_of_many_and_the_towns_own_is_never_called_a_fake(cast, url, site):
    case = make_case(cast, C.CONFIRMED, url)
    with pytest.raises(Unready) as refusal:
        take(case, "widen", cast.handler, site=f"web:site:{site}", **WHY)
    assert "monien yhteinen tai kaupungin oma" in str(refusal.value.problems[0])
    assert check.answer(f"https://{site}/", register.known()).verdict is check.Verdict.UNKNOWN


def test_neither_a_site_of_others_nor_one_with_a_page_of_ours_nor_before_it_is_confirmed(cast):
    case = make_case(cast, C.CONFIRMED, "https://feikki.example/savonkoski")
    with pytest.raises(Unready):
        take(case, "widen", cast.handler, site="web:site:muu.example", **WHY)
    make_profile(cast, key="web:page:feikki.example/oma")
    with pytest.raises(Unready) as refusal:
        take(case, "widen", cast.handler, site="web:site:feikki.example", **WHY)
    assert "luettelossa oleva profiili" in str(refusal.value.problems[0])
    with pytest.raises(NotAllowed):
        take(case, "widen", cast.keeper, site="web:site:feikki.example", **WHY)
    early = make_case(cast, C.UNDER_REVIEW, "https://toinen.example/a")
    with pytest.raises(WrongState):
        take(early, "widen", cast.handler, site="web:site:toinen.example", **WHY)
    other = make_case(cast, C.CONFIRMED, "https://kolmas.example/a")
    make_case(cast, C.RECEIVED, "https://kolmas.example/")
    with pytest.raises(Unready) as refusal:
        take(other, "widen", cast.handler, site="web:site:kolmas.example", **WHY)
    assert "toisella tapauksella" in str(refusal.value.problems[0])


@pytest.mark.policy("P5")
def test_when_the_confirmation_is_retracted_the_site_is_free_again(cast):
    case = make_case(cast, C.CONFIRMED, "https://feikki.example/savonkoski")
    case = take(case, "widen", cast.handler, site="web:site:feikki.example", **WHY)
    assert sites.of(case) == []
    take(case, "retract", make_lead(cast), ground="namesake", reason="Erehdyimme.")
    answer = check.answer("https://feikki.example/x", register.known())
    assert answer.verdict is check.Verdict.UNKNOWN


def test_cases_on_one_host_that_serves_many_are_not_related_by_it(cast):
    one = make_case(cast, C.RECEIVED, "https://sites.google.com/view/aaaa")
    two = make_case(cast, C.RECEIVED, "https://pahis.example/view/aaaa")
    assert not any(row.text.startswith("site:") for row in name_index.of(one))
    assert "site:pahis.example" in {row.text for row in name_index.of(two)}
