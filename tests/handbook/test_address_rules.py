"""Keepers say without code how a service's addresses name a profile, and which hosts differ."""

import pytest

from intake.addresses import is_shared_host, read
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.establishment.states import RequestState as S
from intake.fakes.matching import report_keys
from intake.fakes.states import CaseState as C
from intake.handbook import queries
from intake.handbook.models import Approval, Platform, PlatformKind
from intake.profiles.states import ProfileState as P
from intake.register import check
from intake.register import queries as register
from tests.browser import Browser
from tests.establishment import making as requests
from tests.fakes.making import case_of, make_case, report
from tests.profiles import making as profiles

RULE = {
    "hosts": "paikka.example",
    "where": "segment",
    "before": "kayttajat",
    "fold": "yes",
    "letters": "no",
    "marks": "_.-",
    "least": "3",
    "most": "30",
    "reserved": "ohje",
    "below": "kuvat",
    "examples": "https://paikka.example/kayttajat/Savonkoski\nhttps://paikka.example/ohje",
}


@pytest.fixture
def keeper(app, cast) -> Browser:
    with write():
        db.session.add(
            Platform(
                code="paikka",
                stored_name="Paikka",
                kind=PlatformKind.COMMUNITY,
                approval=Approval.APPROVED,
                has_messages=False,
                bio_limit=None,
            )
        )
    return Browser(app).signs_in(cast.keeper)


def state(keeper: Browser, button: str = "Tallenna sääntö", **changes):
    page = keeper.opens("/handbook/platforms/paikka/rule").fills(**{**RULE, **changes})
    return page.presses(button)


@pytest.mark.policy("S2", "P4")
def test_a_stated_rule_works_in_report_check_and_listing_alike(keeper, cast):
    tried = state(keeper, "Kokeile esimerkkejä")
    assert tried.status == 200
    assert "profiili savonkoski" in tried.main
    assert "ei palvelun profiili" in tried.main
    assert queries.rule("paikka") is None
    page = tried.presses("Tallenna sääntö")
    assert page.path == "/handbook/platforms/paikka"
    assert "paikka.example" in page.main
    profile = profiles.open_profile(cast, platform_id="paikka", key=None)
    line = profiles.type_address(profile, cast.requester, "@Savonkoski")
    assert (line.key, line.url) == (
        "paikka:name:savonkoski",
        "https://paikka.example/kayttajat/savonkoski",
    )
    made = profiles.make_profile(cast, P.ACTIVE, key="paikka:name:nuoret")
    assert made.current[0].key == "paikka:name:nuoret"
    known = register.known()
    told = check.answer("http://www.paikka.example/kayttajat/NUORET/kuvat/3", known)
    assert (told.verdict, told.profiles[0].id) == (check.Verdict.OFFICIAL, made.id)
    assert "ei ole tarkistettu" in told.message
    alike = check.answer("paikka.example/kayttajat/nuoret1", known).verdict
    assert alike is check.Verdict.LOOKALIKE
    assert check.answer("paikka.example/kayttajat/muu", known).verdict is check.Verdict.UNKNOWN
    assert report_keys.read("paikka.example/kayttajat/Feikki").keys == ("paikka:name:feikki",)
    case = make_case(cast, C.CONFIRMED, "https://paikka.example/kayttajat/feikki")
    assert case_of(report("paikka.example/kayttajat/FEIKKI?x=1")).id == case.id
    assert check.answer("paikka.example/kayttajat/feikki", known).verdict is check.Verdict.FAKE


@pytest.mark.policy("S2", "P4")
@pytest.mark.parametrize(
    ("is_stated", "key"),
    [(True, "paikka:name:nuoret"), (False, "web:page:paikka.example/kayttajat/nuoret")],
)
def test_a_request_reads_the_address_by_the_rule_or_as_a_page(keeper, cast, is_stated, key):
    if is_stated:
        state(keeper)
    typed = {
        "platform": ["paikka"],
        "handle": [""],
        "profile_url": ["https://paikka.example/kayttajat/nuoret"],
    }
    assert requests.make_request(cast, S.SUBMITTED, profile=typed).key == key


def test_a_request_for_all_of_a_site_of_others_is_refused_beside_the_field(app, cast):
    draft = requests.make_request(cast, S.DRAFT)
    page = Browser(app).signs_in(cast.requester).opens(f"/establishment/{draft.id}/form/profile")
    sent = page.fills(platform="web", handle="", profile_url="https://muu.example/")
    told = sent.presses("Tallenna ja jatka").main
    assert "ei ole kaupungin omien sivustojen joukossa" in told


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"hosts": "https://paikka.example/"}, "Kirjoita pelkät palvelinnimet"),
        ({"hosts": "facebook.com"}, "Jokin näistä palvelinnimistä kuuluu toiselle"),
        ({"where": "parameter"}, "Kirjoita parametrin nimi"),
        ({"marks": "<>"}, "Vain nämä merkit"),
        ({"most": "2"}, "Pisimmän on oltava"),
        ({"before": "a?b"}, "Kirjoita polut ilman kauttaviivaa"),
        ({"examples": "https://paikka.example/ohje"}, "Tällä säännöllä mikään esimerkeistä"),
        ({"examples": ""}, "Anna ainakin yksi profiilin osoite"),
    ],
)
def test_what_is_no_rule_is_refused_beside_its_field_and_kept(keeper, changes, error):
    page = state(keeper, **changes)
    assert page.status == 422
    assert page.errors[0].startswith(error)
    assert ">ohje</textarea>" in page.html.replace("\r", "").replace("\n", "")
    assert queries.rule("paikka") is None


@pytest.mark.policy("P4")
def test_keys_that_were_stored_as_pages_follow_the_rule(keeper, cast):
    page = profiles.make_profile(
        cast, P.ACTIVE, key="web:page:paikka.example/kayttajat/nuoret", platform_id="paikka"
    )
    case = make_case(cast, C.CONFIRMED, "https://paikka.example/kayttajat/feikki")
    warned = state(keeper)
    assert warned.status == 422
    assert "web:page:paikka.example/kayttajat/nuoret" in warned.main
    assert warned.presses("Tallenna sääntö silti").status == 200
    assert profiles.again(page).current[0].key == "paikka:name:nuoret"
    known = register.known()
    assert check.answer("paikka.example/kayttajat/nuoret", known).verdict is check.Verdict.OFFICIAL
    assert check.answer("paikka.example/kayttajat/feikki", known).verdict is check.Verdict.FAKE
    steps = [entry.step for entry, _ in audit_trail.history([page.id, case.id])]
    assert steps.count("reread") >= 3
    keeper.opens("/handbook/platforms/paikka").follows("Poista sääntö").presses("Poista sääntö")
    assert profiles.again(page).current[0].key == "web:page:paikka.example/kayttajat/nuoret"


@pytest.mark.policy("P4")
def test_no_rule_takes_the_listed_page_of_another_service(keeper, cast):
    profiles.make_profile(cast, P.ACTIVE, key="web:page:paikka.example/kayttajat/nuoret")
    page = state(keeper)
    assert page.status == 422
    assert "Tallenna sääntö silti" not in page.buttons()
    assert queries.rule("paikka") is None


def add(keeper: Browser, host: str, kind: str):
    page = keeper.opens("/handbook/hosts").fills(host=host, kind=kind)
    return page.presses("Lisää palvelinnimi")


@pytest.mark.policy("S2")
def test_a_host_of_short_links_says_nothing_from_then_on(keeper, cast):
    make_case(cast, C.CONFIRMED, "https://lyhyt.example/abc")
    assert read("lyhyt.example/abc", queries.known()).readable
    assert "lyhyt.example" in add(keeper, "lyhyt.example", "short_links").main
    assert read("lyhyt.example/abc", queries.known()).note == "share_link"
    assert report_keys.read("lyhyt.example/abc").keys == ("link:lyhyt.example/abc",)
    answer = check.answer("https://lyhyt.example/abc", register.known())
    assert answer.verdict is check.Verdict.FAKE  # the very link that was reported
    assert check.answer("lyhyt.example/abd", register.known()).verdict is check.Verdict.UNREADABLE
    keeper.opens("/handbook/hosts").follows("Poista lyhyt.example").presses("Poista palvelinnimi")
    assert read("lyhyt.example/abc", queries.known()).readable


@pytest.mark.policy("S2", "P4")
def test_a_host_that_serves_many_can_be_added_but_not_the_site_that_is_listed(keeper, cast):
    add(keeper, "kylat.example", "shared")
    assert is_shared_host("a.kylat.example", queries.known())
    assert add(keeper, "kylat.example", "shared").errors == ["Palvelinnimi on jo luettelossa."]
    profiles.make_profile(cast, P.ACTIVE, key="web:site:savonkoski.example")
    page = add(keeper, "savonkoski.example", "shared")
    assert page.status == 422
    assert page.errors == ["Luettelossa olevan profiilin osoite luettaisiin toisin."]
    assert not is_shared_host("savonkoski.example", queries.known())


def test_only_those_who_look_after_the_handbook_change_what_addresses_mean(app, cast, keeper):
    visitor = Browser(app).signs_in(cast.requester)
    for place in ("/handbook/hosts", "/handbook/platforms/paikka/rule"):
        visitor.opens(place, status=403)
    keeper.opens("/handbook/platforms/facebook/rule", status=404)
