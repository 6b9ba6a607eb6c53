"""How reports meet: equal keys join, anything less is only proposed."""

from datetime import timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select, true

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries
from intake.fakes.matching import report_keys, search
from intake.fakes.models import Case, CaseKey, CaseReport, Exclusion, Report
from intake.fakes.service import incoming
from intake.fakes.states import CaseState, Held
from tests.addresses.table import READ, UNREAD
from tests.fakes.making import again, case_of, make_case, report, sent, take
from tests.profiles.making import make_profile
from tests.test_work import counted
from tests.together import at_once

OWN = "https://www.instagram.com/savonkosken_kaupunki/"


@pytest.fixture
def english():
    with force_locale("en"):
        yield


def keys(urls, platform="", no_url=False, name="") -> list[tuple[str, ...]]:
    return [line.keys for line in report_keys.lines(urls, platform, no_url, name)]


@pytest.mark.policy("P5")
def test_each_address_is_a_line_also_several_in_one(app):
    found = report_keys.lines(
        "Telegram-kanava t.me/s/savonkoski_tuki ja ryhmä t.me/+Demo0Invite\n\n"
        "  WWW.SAVONKOSKI-ASIOINTI.EXAMPLE/suomi.fi/tunnistaudu  ",
        "",
        False,
        "",
    )
    assert [line.typed.strip() for line in found] == [
        "t.me/s/savonkoski_tuki",
        "t.me/+Demo0Invite",
        "WWW.SAVONKOSKI-ASIOINTI.EXAMPLE/suomi.fi/tunnistaudu",
    ]
    assert [line.keys for line in found] == [
        ("telegram:username:savonkoski_tuki",),
        ("link:t.me/+Demo0Invite",),
        ("web:page:savonkoski-asiointi.example/suomi.fi/tunnistaudu",),
    ]
    assert found[1].note == "share_link"


@pytest.mark.parametrize(
    "typed",
    [
        "Instagram: savonkosken_kaupunkl",
        "Instagramissa @savonkosken_kaupunkl !!",
        "ks. hxxps://www.instagram[.]com/savonkosken_kaupunkl onko aito?",
        "instagram .com/savonkosken_kaupunkl",
    ],
)
def test_a_report_reads_an_address_as_the_check_does(app, typed):
    (line,) = report_keys.lines(typed, "", False, "")
    assert line.keys == ("instagram:handle:savonkosken_kaupunkl",)


def test_what_cannot_be_read_is_kept_as_typed(app):
    (line,) = report_keys.lines("javascript:alert(1)", "", False, "")
    assert (line.typed, line.note) == ("javascript:alert(1)", "bad_address")
    assert line.keys == ("text:javascript:alert(1)",)
    (words,) = report_keys.lines("se feikki sivu siellä", "facebook", False, "")
    assert words.keys == ("name:facebook:se feikki sivu siellä",)


def test_at_most_ten_addresses_count(app):
    text = " ".join(f"x.com/savonkoski_{number}" for number in range(12))
    assert len(report_keys.lines(text, "", False, "")) == 10


def test_a_handle_is_read_on_the_chosen_service(app):
    assert keys("@savonkosken_kaupunkl", "instagram") == [
        ("instagram:handle:savonkosken_kaupunkl",)
    ]
    assert keys("@savonkoski_a ja @savonkoski_b", "x") == [
        ("x:handle:savonkoski_a",),
        ("x:handle:savonkoski_b",),
    ]
    assert keys("savonkoski_a", "") == [("text:savonkoski_a",)]
    assert keys("savonkoski_a", "web") == [("text:savonkoski_a",)]


def test_a_name_stands_for_an_address_that_there_is_not(app):
    assert keys("", "facebook", True, " Savonkosken  Kaupunki ") == [
        ("name:facebook:savonkosken kaupunki",)
    ]
    assert keys("Savonkosken kaupunki", "facebook") == keys(
        "", "facebook", True, "SAVONKOSKEN KAUPUNKI"
    )
    number = ("whatsapp:phone:358400000000",)
    assert keys("", "whatsapp", True, "Numero oli +358 40 000 0000, soittivat") == [number]
    assert keys("", "whatsapp", True, "0400000000") == [number]
    assert keys("", "telegram", True, "+358 40 000 0000") == [("name:telegram:+358 40 000 0000",)]
    assert keys("+358 40 000 0000", "telegram") == [("phone:telegram:358400000000",)]
    assert keys("+358 40 000 0000", "") == [number]


def test_opaque_links_meet_only_the_same_link(app):
    one = "https://www.facebook.com/share/1AbC/?mibextid=wwXIfr"
    assert keys(one) == keys("m.facebook.com/share/1AbC?x=1") == [("link:facebook.com/share/1AbC",)]
    assert keys(one) != keys("https://www.facebook.com/share/1abc/")
    assert keys("https://youtube.com/watch?v=abc") != keys("https://youtube.com/watch?v=def")
    assert keys("tg://join?invite=abc") != keys("tg://join?invite=def")
    assert keys("https://vm.tiktok.com/abc") != keys("https://vt.tiktok.com/abc")


def test_the_front_page_of_a_service_names_no_profile_and_meets_nothing(cast):
    first, second = report("https://www.facebook.com/"), report("https://www.facebook.com/")
    assert case_of(first).id != case_of(second).id
    assert db.session.scalar(select(func.count()).select_from(CaseKey)) == 0


def test_a_key_is_never_longer_than_its_column(app):
    for typed in ("x" * 2000, "https://" + "a." * 120 + "example/" + "b" * 1000, "ä" * 4090):
        for line in report_keys.lines(typed, "", False, ""):
            assert all(len(key) <= report_keys.LONGEST for key in line.keys)
    assert keys("x" * 2000 + "y") != keys("x" * 2000 + "z")


@pytest.mark.policy("P5")
def test_a12_one_key_for_each_spelling_and_none_for_a_look_alike(app):
    for key, texts in READ.items():
        for text in texts:
            (line,) = report_keys.lines(text, "", False, "")[:1]
            assert line.keys == (key,) or line.note in ("bare_handle", "name"), text


@pytest.mark.parametrize("typed", [one for one in UNREAD["bad_address"] if "\ud800" not in one])
def test_a13_an_address_that_tricks_gives_no_profiles_key(app, typed):
    for line in report_keys.lines(typed.replace("\x00", "\ufffd"), "x", False, ""):
        assert not any(
            "savonkoski_demo" in key and not key.startswith(("text:", "name:")) for key in line.keys
        )


def test_a101_signs_that_cannot_be_seen_are_kept_and_never_join(app):
    assert keys("", "facebook", True, "Savon\u202ekoski") != keys(
        "", "facebook", True, "Savonkoski"
    )
    (line,) = report_keys.lines("", "facebook", True, "Savon\u202ekoski \u2067😀")
    assert line.typed == "Savon\u202ekoski \u2067😀"


def test_a93_ten_addresses_are_ten_links_and_merge_nothing(cast):
    first = [case_of(report(f"https://x.com/savonkoski_{number}")) for number in range(3)]
    urls = [f"https://x.com/savonkoski_{number}" for number in range(10)]
    made = report(*urls)
    cases = queries.cases_of(made)
    assert len(cases) == 10
    assert [case.id for case in cases[:3]] == [case.id for case in first]
    assert all(case.main_case_id is None for case in cases)
    take(cases[4], "set_aside", cast.handler)
    assert {again(case).state for case in cases if case.id != cases[4].id} == {CaseState.RECEIVED}


def test_a93_merge_and_its_undoing_are_inverse(cast):
    one = case_of(report("https://x.com/savonkoski_1"))
    other = case_of(report("https://x.com/savonkoski_2"))
    report("https://x.com/savonkoski_2", "https://x.com/savonkoski_1")
    take(one, "take", cast.handler)

    def links() -> set:
        db.session.rollback()
        reports = db.session.execute(select(CaseReport.case_id, CaseReport.report_id)).all()
        of_keys = db.session.execute(select(CaseKey.case_id, CaseKey.key)).all()
        return {tuple(row) for row in (*reports, *of_keys)}

    before = links()
    take(one, "merge", cast.handler, main_case=other.reference)
    assert links() != before
    take(one, "unmerge", cast.handler, reason="Eri tilit.")
    assert links() == before


def test_what_a_report_says_beside_its_address_is_offered(cast):
    make_profile(cast)
    text = f"Aito on {OWN}, mutta myös instagram @savonkoski_arvonta ja bit.ly/abC lähettävät."
    made = report("https://x.com/savonkoski_1", description=text)
    assert [line.keys[0] for line in report_keys.offered(made)][-2:] == [
        "instagram:handle:savonkoski_arvonta",
        "link:bit.ly/abC",
    ]
    take(case_of(made), "add_key", cast.handler, key="instagram.com/savonkoski_arvonta")
    assert "instagram:handle:savonkoski_arvonta" not in [
        line.keys[0] for line in report_keys.offered(made)
    ]


def test_the_towns_own_address_is_not_offered(cast):
    profile = make_profile(cast)
    (own,) = [line.url for line in profile.current if line.url][:1]
    made = report("https://x.com/savonkoski_1", description=f"Aito on {own}.")
    assert report_keys.offered(made) == []


@pytest.mark.policy("P5")
def test_likely_related_cases_are_shown_with_what_is_alike_and_what_differs(cast, english):
    here = case_of(report("https://www.youtube.com/@Sаvonkoski"))  # U+0430
    report("https://www.instagram.com/savonkoski/")
    report("https://www.instagram.com/aivan_muu_tili/")
    (found,) = report_keys.related(here, cast.handler)
    assert found.case.name == "savonkoski"
    assert found.profile is None
    assert found.alike == ["Looks the same: sаvonkoski and savonkoski"]
    assert found.differs == [
        "Here “а” (CYRILLIC SMALL LETTER A, U+0430), there “a”",
        "On another service: Instagram",
    ]


def test_a_number_and_a_site_relate_cases_exactly(cast, english):
    number = case_of(report("https://wa.me/358400000000"))
    text = case_of(report("+358 40 000 0000", platform="telegram"))
    site = case_of(report("https://a.savonkoski-asiointi.example/x"))
    report("https://b.savonkoski-asiointi.example/y")
    (found,) = report_keys.related(number, cast.handler)
    assert (found.case.id, found.alike) == (text.id, ["The same telephone number: +358400000000"])
    (found,) = report_keys.related(site, cast.handler)
    assert found.alike == ["The same web site: savonkoski-asiointi[.]example"]


def test_listed_profiles_that_a_fake_imitates_are_among_them(cast, english):
    profile = make_profile(cast)
    handle = profile.current[0].key.split(":", 2)[2]
    fake = case_of(report(f"https://www.instagram.com/{handle}1/"))
    found = [one for one in report_keys.related(fake, cast.handler) if one.profile is not None]
    assert [one.profile.id for one in found] == [profile.id]
    assert found[0].differs[0] == "Here “1”, there no sign"


def test_a70_a_case_from_which_a_handler_is_excluded_is_not_among_them(cast):
    here = case_of(report("https://x.com/savonkoski_tuki"))
    there = case_of(report("https://www.instagram.com/savonkoski_tuki"))
    assert [one.case.id for one in report_keys.related(here, cast.handler)] == [there.id]
    with write():
        db.session.add(Exclusion(case_id=there.id, person_id=cast.handler.id))
    assert report_keys.related(here, cast.handler) == []


def test_a_merged_case_is_no_other_case(cast):
    here = case_of(report("https://x.com/savonkoski_tuki"))
    there = case_of(report("https://www.instagram.com/savonkoski_tuki"))
    take(there, "merge", cast.handler, main_case=here.reference)
    assert report_keys.related(again(here), cast.handler) == []


def test_a94_a_report_that_joins_does_as_much_work_whatever_waits(cast):
    made = report(description="Ensimmäinen")
    with counted() as few:
        report(description="Toinen")
    for number in range(8):
        report(description=f"Lisää {number}", held=Held.FLOOD)
    with counted() as many:
        report(description="Viimeinen")
    assert len(many) == len(few)
    last = search.ask("viimeinen", true())
    assert db.session.scalar(select(Case.id).where(last.condition)) == case_of(made).id


def test_a94_reports_held_apart_do_not_make_the_true_one_old_news(cast):
    report(acts=["pretends"])
    made = report(acts=["scam"], held=Held.FLOOD)
    case = case_of(made)
    assert case.acts == ["pretends"]
    assert report_keys.is_weightier(case, {"acts": ["scam"]}, False)


@pytest.mark.policy("P5")
def test_two_reports_of_one_new_key_at_the_same_moment_are_one_case(cast, app, race):
    address = f"https://x.com/savonkoski_{race}"

    def send():
        with write():
            return incoming.receive(sent(address, "https://t.me/savonkoski_tuki"), clock.now()).id

    made = at_once(app, send, send, send, send)
    assert all(isinstance(one, str) for one in made), made
    for place in (0, 1):
        assert len({case_of(db.session.get_one(Report, one), place).id for one in made}) == 1
    case = queries.of_key(f"x:handle:savonkoski_{race}")
    assert {one.id for one in queries.reports_of(case)} == set(made)


def test_two_reports_of_keys_in_another_order_wait_for_no_one_forever(cast, app, race):
    urls = [f"https://x.com/savonkoski_{race}{letter}" for letter in "abcd"]

    def send(*own):
        def act():
            with write():
                return incoming.receive(sent(*own), clock.now()).id

        return act

    made = at_once(app, send(*urls), send(*reversed(urls)))
    assert all(isinstance(one, str) for one in made), made
    assert db.session.scalar(select(func.count()).select_from(Case)) == 4


def test_a92_a_report_on_an_end_puts_the_case_on_the_queue(cast, still):
    case = make_case(cast, CaseState.NOT_FAKE, "https://x.com/savonkoski_tuki")
    still.shift(timedelta(hours=1))
    report("HTTPS://mobile.twitter.com/Savonkoski_tuki?s=20")
    assert again(case).state is CaseState.REOPENED
