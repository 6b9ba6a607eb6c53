"""The guard where texts leave: notices and the like, warnings, letters, the register."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.fakes import queries
from intake.fakes.models import Case
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.people import town
from intake.people.models import Person
from intake.profiles.states import ProfileState
from intake.refusals import NotAllowed, Unready
from intake.security import sensitive_text
from tests.browser import Browser
from tests.establishment import making as requests
from tests.fakes.making import (
    FAKE,
    again,
    case_of,
    look,
    make_case,
    make_lead,
    notice,
    report,
    take,
)
from tests.profiles import making as profiles

TOLD = Told(name="Rea Portteri", email="rea.portteri@posti.example", phone="044 987 6501")
WRITTEN = "Serkkuni Eila antoi sille tunnuksensa eilen illalla"
GENUINE = "https://www.instagram.com/savonkosken_nuoret/"


def found_in(text: str) -> list[str]:
    """What a public text is asked about."""
    return sensitive_text.remarks(text, domains=town.current().mail_domains)


SEALED = (
    "Portterin",
    "rea.portteri (at) posti.example",
    "+358 44 9876501",
    "antoi sille tunnuksensa eilen illalla",
)


@pytest.fixture
def case(cast) -> Case:
    """A confirmed fake of an official profile, named as that with a word more."""
    made = make_case(
        cast,
        C.CONFIRMED,
        "https://www.instagram.com/savonkosken_nuoret_tuki/",
        told=TOLD,
        description=WRITTEN,
        visible_name="Savonkosken nuoriso tuki",
    )
    profile = profiles.make_profile(cast)
    with write():
        db.session.get_one(Case, made.id).profile_id = profile.id
    return again(made)


def refused(act) -> dict[str, str]:
    with pytest.raises(Unready) as refusal:
        act()
    return {one.field: str(one) for one in refusal.value.problems}


@pytest.mark.policy("P5", "P7", "P8")
@pytest.mark.parametrize(
    "named",
    [
        "{name} tuki",
        "savonkosken_nuoret_tuki",
        "SAVONKOSKEN  NUORET–TUKI",
        "hxxps://instagram[.]com/savonkosken_nuoret_tuki",
        "Savonkosken nuoriso tuki",
        *SEALED,
    ],
)
def test_a174_a_warning_names_neither_the_fake_nor_who_reported(app, cast, case, named):
    """The genuine name with a word added is the commonest fake of all."""
    with write():
        stored = db.session.get_one(Case, case.id)
        stored.name = f"{stored.profile.name} tuki"
    text = f"Aito on {case.profile.name}, {GENUINE} Varo: {named.format(name=case.profile.name)}."
    browser = Browser(app).signs_in(cast.handler)
    for field in ("text_fi", "text_sv", "text_en"):
        page = browser.opens(f"/cases/{case.id}/warn_public").fills(**{field: text})
        page = page.presses("Varoita yleisöä")
        if meant := found_in(text):  # who writes it says that it is meant to be public
            page = page.fills(meant_public=meant).presses("Varoita yleisöä")
        assert page.status == 422
        assert any("Älä" in one or "lmoittajan" in one for one in page.errors)
        assert " ".join(text.split()) in page.text
    assert queries.shown_warnings(clock.today()) == []
    day = clock.today()
    take(case, "warn_public", cast.handler, warning_text=f"Aito on {GENUINE}", ends_on=day)
    assert len(queries.shown_warnings(day)) == 1


@pytest.mark.policy("P7")
@pytest.mark.parametrize("value", SEALED)
def test_a174_nothing_that_is_sent_tells_who_reported(app, cast, case, value):
    lead, day = make_lead(cast), clock.today() + timedelta(days=3)
    more = {"next_check_on": day, "reason": "Palvelu ei vastaa.", "text": "x", "reference": ""}
    steps = [
        ("notify", cast.handler, notice(case), ("text", "copy", "route", "reference")),
        ("escalate", lead, {"route": "dsc", **more}, ("text", "reference")),
    ]
    for step, actor, answers, fields in steps:
        for field in fields:
            told = {**answers, field: f"{answers.get(field) or ''} {value}"}
            problems = refused(lambda told=told, step=step, by=actor: take(case, step, by, **told))
            assert list(problems) == [field]
            if value != SEALED[-1]:  # they may read a report's words, not who sent them
                assert value not in problems[field]
    assert queries.filings_of(again(case)) == []
    filed = {"filed_on": clock.today(), "offence": "36:1", "station": "Itä-Suomi"}
    with write():
        db.session.get_one(Case, case.id).packet_at = clock.now()
    problems = refused(lambda: take(case, "file", cast.handler, number=value, **filed))
    assert list(problems) == ["number"]


@pytest.mark.policy("P7")
def test_a174_who_has_opened_the_data_is_told_which_words_to_take_out(app, cast, case):
    sealed = notice(case, text=notice(case)["text"] + " Soita 0449876501.")
    problems = refused(lambda: take(case, "notify", cast.handler, **sealed))
    assert "0449876501" not in problems["text"]
    made = queries.reports_of(case)[0].id
    take(case, "reveal", cast.handler, what=f"contact:{made}")
    problems = refused(lambda: take(case, "notify", cast.handler, **sealed))
    assert "0449876501" in problems["text"]


@pytest.mark.policy("P7", "P8")
@pytest.mark.parametrize("value", [*SEALED[1:], "Rea Portterin", "savonkosken_nuoret_tuki"])
def test_a175_no_text_of_the_register_tells_of_a_case(app, cast, case, value):
    """The answer is the same whatever it was: it tells nobody who reported."""
    day = clock.today() + timedelta(days=40)
    answers = {"closes_on": day, "reason": "Ei enää tarvita.", "successor": "Verkkosivut"}
    answers["short_notice_reason"] = ""
    said = set()
    for field in ("reason", "successor"):
        told = {**answers, field: f"Kysykää: {value}"}
        found = refused(
            lambda told=told: profiles.take(case.profile, "announce_closing", cast.head, **told)
        )
        assert list(found) == [field]
        said |= set(found.values())
    with pytest.raises(NotAllowed):  # who may not take the step learns nothing at all
        profiles.take(case.profile, "announce_closing", cast.stranger, **told)
    told = {"what_happened": "Ei päästä sisään.", "interim_channel": value}
    found = refused(lambda: profiles.take(case.profile, "flag_lost", cast.requester, **told))
    assert list(found) == ["interim_channel"]
    assert len({*said, *found.values()}) == 1
    assert value not in said.pop()
    assert profiles.again(case.profile).state is ProfileState.ACTIVE


def test_a_case_that_is_not_confirmed_bars_no_name_in_the_register(cast):
    """Else the refusal would tell what was reported (A81)."""
    made = case_of(report(FAKE))
    profile = profiles.make_profile(cast)
    with write():
        db.session.get_one(Case, made.id).profile_id = profile.id
    told = {"what_happened": "Ei päästä sisään.", "interim_channel": "savonkosken_kaupunkl"}
    profiles.take(profile, "flag_lost", cast.requester, **told)
    assert profiles.again(profile).interim_channel == "savonkosken_kaupunkl"


@pytest.mark.policy("P7")
def test_a176_a_letter_holds_nothing_that_must_not_leave(app, cast, case):
    with write():  # as a case of an older version, or of another report
        db.session.get_one(Case, case.id).name = "Rea Portteri 044 987 6501"
    take(case, "notify", cast.handler, **notice(again(case)))
    rows = db.session.scalars(select(Message).where(Message.step == "notify")).all()
    letters = [outbox.letter(row) for row in rows]
    assert letters
    for letter in letters:
        assert "6501" not in letter.subject + letter.plain + letter.html
        assert "Portteri" not in letter.subject + letter.plain + letter.html


@pytest.mark.policy("P7")
def test_a177_an_administrator_reads_no_reporters_address_at_the_messages(app, cast, case):
    browser = Browser(app).signs_in(cast.administrator)
    rows = db.session.scalars(select(Message).where(Message.template == "report")).all()
    assert rows
    for row in rows:
        page = browser.opens(f"/messages/{row.id}")
        assert "posti.example" not in page.html
        assert "Ilmoittaja, jonka osoitetta ei näytetä" in page.main
        assert outbox.mail.envelope(row.id, outbox.letter(row))["To"] == TOLD.email


@pytest.mark.policy("P7")
def test_a178_a_colleagues_report_stands_in_the_trail_as_anybodys(app, cast):
    person = db.session.get_one(Person, cast.requester.id)
    made = report(FAKE, by=person, reporter_role="impersonated")
    case = case_of(made)
    entries = [entry for entry, _words in audit_trail.history([case.id, made.id])]
    assert [entry.actor for entry in entries] == ["anyone"]
    take(case, "take", cast.handler)
    take(case, "exclude", cast.handler, person=cast.keeper.id, reason="Kokeeksi.")
    assert cast.requester.id not in str([vars(one) for one in db.session.scalars(select(Message))])


def test_who_reported_as_a_colleague_is_still_told(app, cast):
    person = db.session.get_one(Person, cast.requester.id)
    made = report(FAKE, by=person, reporter_role="impersonated")
    case = take(case_of(made), "take", cast.handler)
    look(case, cast.handler)
    take(case, "confirm", cast.handler, unit_answer="not_ours")
    rows = db.session.scalars(select(Message).where(Message.person_id == made.id)).all()
    assert {row.step for row in rows} == {"open", "confirm"}
    assert {outbox.mail.envelope(one.id, outbox.letter(one))["To"] for one in rows} == {
        person.email
    }


@pytest.mark.policy("P7", "P8")
def test_a175_no_request_is_approved_whose_texts_tell_who_reported(cast, case):
    text = "Nuorten palveluista ja tapahtumista, kysymykset numeroon +358 44 987 65 01."
    request = requests.make_request(
        cast,
        S.SUBMITTED,
        profile={"handle": ["nuoret.toinen"]},
        purpose={"purpose": [text], "meant_public": found_in(text)},
    )
    with write():
        db.session.get_one(Case, case.id).unit_id = request.unit_id
    problems = refused(lambda: requests.take(request, "approve", cast.head, reason="Tarvitaan."))
    assert list(problems) == ["purpose"]
    assert "987" not in problems["purpose"]
    assert requests.again(request).state is S.SUBMITTED
