"""The notice to a platform: what it holds, what it must not, and that it is kept (P5)."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import guard, notice_text, queries
from intake.fakes.desk import filing_page
from intake.fakes.forms.notice import used
from intake.fakes.guard import Leaving
from intake.fakes.models import Case, Filing
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.fakes.states import Way
from intake.handbook import service as handbook
from intake.handbook.models import Channel, ReportRoute
from intake.people.models import Person
from intake.refusals import Unready
from tests.browser import Browser
from tests.fakes.making import FAKE, again, make_case, make_lead, notice, take
from tests.profiles.making import make_profile

GENUINE = "https://www.instagram.com/savonkosken_nuoret/"


@pytest.fixture
def case(cast) -> Case:
    """A confirmed case with its genuine profile."""
    return with_genuine(cast, make_case(cast, C.CONFIRMED, acts=["phishing"], harm="data"))


def with_genuine(cast, case: Case) -> Case:
    profile = make_profile(cast)
    with write():
        db.session.get_one(Case, case.id).profile_id = profile.id
    return again(case)


def draft(case, cast, channel="art16", language="en", offences=("identity",)) -> str:
    person = db.session.get_one(Person, cast.handler.id)
    return notice_text.draft(case, person, channel, language, offences, clock.now())


@pytest.mark.policy("P5")
@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_notice_of_illegal_content_holds_the_four_elements_and_what_must_not_be_touched(
    app, cast, case, language
):
    text = draft(case, cast, language=language)
    assert "38:9a" in text  # (a) why it is illegal
    assert "https://www.instagram.com/savonkosken_kaupunkl/" in text  # (b) where
    assert "viestinta@savonkoski.example" in text  # (c) who
    assert any(word in text for word in ("good faith", "vilpittömässä mielessä"))  # (d)
    assert GENUINE in text
    assert "must not be touched" in text or "ei saa koskea" in text
    assert "/register/" in text
    assert case.reference in text
    assert "Pirkko Saranevala" in text


@pytest.mark.parametrize("language", ["en", "fi"])
@pytest.mark.parametrize("channel", ["rules", "art16"])
def test_a_notice_is_never_called_an_order(app, cast, case, channel, language):
    text = draft(case, cast, channel, language, [one.value for one in notice_text.Offence])
    assert "order" not in text.casefold().replace("in order to", "")
    assert "määräy" not in text.casefold()


@pytest.mark.parametrize("channel", ["rules", "art16"])
def test_what_is_drafted_may_be_sent(cast, case, channel):
    sent = take(
        case, "notify", cast.handler, **notice(case, channel, text=draft(case, cast, channel))
    )
    assert sent.state is C.PLATFORM_NOTIFIED


@pytest.mark.policy("P5")
@pytest.mark.parametrize(
    ("gone", "field", "says"),
    [
        ("38:9a", "text", "mainitse laki"),
        ("savonkosken_kaupunkl", "text", "tarkka osoite"),
        ("viestinta@savonkoski.example", "text", "omalla sähköposti"),
        ("Savonkoski", "text", "lähettäjänä"),
        ("good faith", "text", "vilpittömässä"),
        ("savonkosken_nuoret", "text", "Mainitse aito"),
    ],
)
def test_a_notice_that_lacks_anything_cannot_be_noted_as_sent(cast, case, gone, field, says):
    text = notice(case)["text"].replace(gone, "")
    with pytest.raises(Unready) as refused:
        take(case, "notify", cast.handler, **notice(case, "art16", text=text))
    assert [one.field for one in refused.value.problems] == [field]
    assert says in refused.value.problems[0]
    assert again(case).state is C.CONFIRMED


def test_a_notice_goes_once_on_each_channel_since_the_case_was_confirmed(cast, case):
    take(case, "notify", cast.handler, **notice(case))
    with pytest.raises(Unready):
        take(case, "notify", cast.handler, **notice(case))
    take(case, "notify", cast.handler, **notice(case, "art16"))
    assert used(again(case)) == {Way.RULES, Way.ART16}


TOLD = Told(
    name="Hilkka Tuulensuunta", email="hilkka@posti.example", phone="+358 40 765 4321", secrecy=True
)
WRITTEN = "Serkkuni Eila antoi sille tunnuksensa eilen illalla kello kuusi"


@pytest.mark.policy("P5", "P7")
@pytest.mark.parametrize(
    "given",
    [
        "Hilkka",
        "Tuulensuunta",
        "HILKKA@posti.example",
        "040 7654321",
        "0407654321",
        "antoi sille tunnuksensa eilen illalla",
        "Antoi  sille\ntunnuksensa, eilen illalla.",
    ],
)
def test_a68_what_a_reporter_told_cannot_be_sent(cast, given):
    case = make_case(cast, C.CONFIRMED, told=TOLD, description=WRITTEN)
    text = notice(case)["text"] + f" ({given})"
    for answers in ({"text": text}, {"copy": text}):
        with pytest.raises(Unready) as refused:
            take(case, "notify", cast.handler, **notice(case, **answers))
        (problem,) = refused.value.problems
        assert problem.field == ("copy" if "copy" in answers else "text")
        assert queries.filings_of(again(case)) == []
    assert again(case).state is C.CONFIRMED


def test_a68_a_drafted_notice_holds_nothing_of_a_reporters(app, cast):
    shared = f"{FAKE}?igsh=c2hhcmVkYnloaWxra2E="
    case = make_case(cast, C.CONFIRMED, shared, told=TOLD, description=WRITTEN)
    for channel in ("rules", "art16"):
        for language in ("en", "fi"):
            text = draft(case, cast, channel, language)
            assert guard.problems(case, {"text": text}, Leaving.NOTICE, cast.handler) == []
            assert "igsh" not in text


def test_ordinary_words_are_nobodys(cast):
    case = make_case(cast, C.CONFIRMED, told=Told(phone="040 1"), description="Tili on väärä.")
    text = "Tili on väärä ja 2026 041 00"
    assert guard.problems(case, {"text": text}, Leaving.NOTICE) == []


def test_what_was_sent_is_kept_word_for_word_with_time_route_and_reference(app, cast, case):
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/notify?channel=art16")
    text = next(page.tree.iter("textarea")).text.removeprefix("\n")
    page.fills(
        text=text + "\nLisäys.", route="https://help.example", reference="A-1", seen_both=True
    ).presses("Olen lähettänyt")
    (row,) = queries.filings_of(again(case))
    assert row.text.replace("\r\n", "\n") == text + "\nLisäys."
    assert (row.way, row.route, row.reference) == (Way.ART16, "https://help.example", "A-1")
    assert row.sent_at == clock.now()
    assert "vilpittömässä mielessä" in row.copy
    assert row.by_id == cast.handler.id
    assert again(case).state is C.PLATFORM_NOTIFIED


def test_nobody_sends_without_having_looked_at_both_profiles(app, cast, case):
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/notify").fills(route="Sovelluksessa")
    page = page.presses("Olen lähettänyt")
    assert page.status == 422
    assert again(case).state is C.CONFIRMED
    assert "Sovelluksessa" in page.html


@pytest.mark.policy("P5", "G6")
def test_both_profiles_stand_side_by_side_and_the_fake_is_no_link(app, cast, case):
    with write():
        handbook.ensure_shipped(clock.now())
        route = db.session.query(ReportRoute).filter_by(
            platform_code="instagram", channel=Channel.RULES
        )
        route.one().checked_on = clock.today() - timedelta(days=200)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/notify")
    assert "hxxps://www[.]instagram[.]com/savonkosken_kaupunkl/" in page.main
    assert GENUINE in page.main
    links = [link.get("href") for link in page.tree.iter("a")]
    assert not any("instagram" in (link or "") for link in links)
    assert "help.instagram.com/contact/636276399721841" in page.main
    assert "kuuden kuukauden" in page.main


def test_an_address_of_the_register_is_never_the_target(cast, case):
    make_profile(cast, key="instagram:handle:savonkosken_kaupunkl_2")
    with write():
        key = queries.keys_of(again(case))[0]
        key.key = "instagram:handle:savonkosken_kaupunkl_2"
    with pytest.raises(Unready) as refused:
        take(case, "notify", cast.handler, **notice(case))
    assert any("on rekisterissä" in one for one in refused.value.problems)


@pytest.mark.parametrize(
    ("way", "decided", "until"),
    [
        (Way.ART16, "2026-11-23", "2027-05-23"),
        (Way.ART16, "2026-08-31", "2027-02-28"),
        (Way.ART16, "2026-12-31", "2027-06-30"),
        (Way.RULES, "2026-11-23", None),
    ],
)
def test_six_months_run_for_a_complaint_about_a_refused_notice_of_illegal_content(
    way, decided, until
):
    row = Filing(way=way, decided_on=date.fromisoformat(decided))
    found = filing_page.complaint_until(row)
    assert (found.isoformat() if found else None) == until


@pytest.mark.policy("P5")
def test_receipt_refusal_and_the_next_step_are_noted_in_the_browser(app, cast, case):
    lead = make_lead(cast)
    take(case, "notify", cast.handler, **notice(case, "art16"))
    browser = Browser(app).signs_in(lead)
    filing = queries.filings_of(again(case))[0].id
    page = browser.opens(f"/cases/{case.id}/note_receipt")
    page.fills(filing=filing, reference="R-9").presses("Kirjaa vastaanottovahvistus")
    row = queries.filings_of(again(case))[0]
    assert (row.reference, row.receipt_at) == ("R-9", clock.now())
    page = browser.opens(f"/cases/{case.id}/note_refusal")
    page.fills(filing=filing, decision_text="Ei riko sääntöjä.").presses(
        "Kirjaa kielteinen vastaus"
    )
    assert again(case).state is C.PLATFORM_REFUSED
    (sent,) = filing_page.filings_of(again(case))
    assert sent.complaint_until.isoformat() == "2027-05-23"
    page = browser.opens(f"/cases/{case.id}/escalate")
    page.fills(
        route="complaint", reason="Päätös on väärä.", text="Valitamme.", next_check_on="2026-12-07"
    ).presses("Vie eteenpäin")
    found = again(case)
    assert found.state is C.ESCALATED
    assert clock.today(found.due_at).isoformat() == "2026-12-07"
    assert {row.way for row in queries.filings_of(found)} == {Way.ART16, Way.COMPLAINT}


def test_no_answer_is_noted_only_when_the_time_is_over(app, cast, case, still):
    take(case, "notify", cast.handler, **notice(case))
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/note_no_answer").presses("Kirjaa, ettei vastausta")
    assert page.status == 422
    still.shift(timedelta(days=5))
    browser = Browser(app).signs_in(cast.handler)
    browser.opens(f"/cases/{case.id}/note_no_answer").presses("Kirjaa, ettei vastausta")
    assert again(case).state is C.NO_ANSWER
