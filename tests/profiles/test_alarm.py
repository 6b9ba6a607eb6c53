"""A listed profile that is taken over or lost: warned of at once, cleared by two (A54)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.people import town
from intake.people.models import Person
from intake.profiles import duties
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.profiles.making import (
    EXPERT,
    again,
    confirm,
    make_profile,
    raise_alarm,
    set_up,
    take,
)

HIJACKED, LOST = AlarmState.HIJACKED, AlarmState.LOST


def told(step: str) -> set[str]:
    """Ids of whoever a message about a step waits for."""
    return set(db.session.scalars(select(Message.person_id).where(Message.step == step)))


def mornings() -> list[str]:
    """Ids of whoever got a letter of the morning."""
    query = select(Message.person_id).where(Message.template == "morning")
    return list(db.session.scalars(query))


def duties_of(cast) -> dict[str, str]:
    found = {}
    for name, person in cast.everyone().items():
        mine = duties.of_alarms(db.session.get_one(Person, person.id), clock.now())
        if mine:
            found[name] = mine[0].url.rsplit("/", 1)[-1]
    return found


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("who", ["requester", "admin", "head", "handler", "keeper"])
def test_a54_whoever_looks_after_it_sets_the_alarm_at_once(cast, who):
    with write():
        town.store(it_contact="it@savonkoski.example", dpo_contact="dpo@savonkoski.example")
    profile = make_profile(cast)
    raise_alarm(cast, profile, HIJACKED, getattr(cast, who))
    assert again(profile).alarm is HIJACKED
    people = {cast.requester, cast.admin, cast.head, cast.keeper, cast.other_keeper}
    assert told("flag_hijacked") == {one.id for one in people} | {"it_contact", "dpo_contact"}


def test_a54_the_data_protection_officer_is_told_only_where_messages_were_read(cast):
    with write():
        town.store(dpo_contact="dpo@savonkoski.example")
    profile = make_profile(cast, texts={"private_messages": "closed"})
    raise_alarm(cast, profile, HIJACKED)
    assert "dpo_contact" not in told("flag_hijacked")


def test_a_contact_of_the_town_gets_the_letter_in_the_towns_first_language(cast):
    with write():
        town.store(it_contact="it@savonkoski.example")
    profile = make_profile(cast)
    raise_alarm(cast, profile, LOST)
    row = db.session.scalars(select(Message).where(Message.person_id == "it_contact")).one()
    letter = outbox.letter(row)
    assert letter.to == "it@savonkoski.example"
    assert "kadonneeksi" in letter.plain
    with write():
        town.store(it_contact="")
    assert outbox.letter(db.session.get(Message, row.id)) is None


@pytest.mark.policy("P4", "G9")
def test_a54_clearing_takes_two_who_did_not_set_it(cast):
    profile = make_profile(cast)
    raise_alarm(cast, profile, HIJACKED, cast.keeper)
    with pytest.raises(WrongState):
        take(profile, "clear", cast.other_keeper, seen_today=True)
    take(profile, "propose_clear", cast.other_keeper, what_was_checked="Salasanat vaihdettu.")
    for person in (cast.keeper, cast.other_keeper, cast.requester, cast.handler):
        with pytest.raises(NotAllowed):
            take(profile, "clear", person, seen_today=True)
    with pytest.raises(Unready):
        take(profile, "clear", cast.head, seen_today=False)
    take(profile, "clear", cast.head, seen_today=True)
    assert again(profile).alarm is AlarmState.CLEAR
    assert again(profile).alarm_due_at is None


def test_a_new_alarm_undoes_the_proposal_to_clear(cast):
    profile = make_profile(cast)
    raise_alarm(cast, profile, HIJACKED)
    take(profile, "propose_clear", cast.keeper, what_was_checked="Salasanat vaihdettu.")
    raise_alarm(cast, profile, LOST)
    with pytest.raises(WrongState):
        take(profile, "clear", cast.head, seen_today=True)


def test_it_waits_for_the_keepers_then_for_a_second_person(cast):
    profile = make_profile(cast)
    assert duties_of(cast) == {}
    raise_alarm(cast, profile, HIJACKED)
    assert duties_of(cast) == {"keeper": "propose_clear", "other_keeper": "propose_clear"}
    take(profile, "propose_clear", cast.keeper, what_was_checked="Salasanat vaihdettu.")
    assert duties_of(cast) == {"head": "clear", "other_keeper": "clear"}


@pytest.mark.parametrize(
    ("alarm", "time"), [(HIJACKED, timedelta(hours=1)), (LOST, timedelta(days=8))]
)
def test_the_keepers_are_reminded_when_the_time_is_over(cast, still, tick, alarm, time):
    profile = make_profile(cast)
    raise_alarm(cast, profile, alarm)
    still.shift(timedelta(minutes=30))
    tick()
    assert not mornings()
    still.shift(time + timedelta(days=1))
    tick()
    assert {cast.keeper.id, cast.other_keeper.id} <= set(mornings())
    before = len(mornings())
    still.shift(timedelta(days=1))
    tick()
    assert len(mornings()) > before  # each day
    assert again(profile).alarm is alarm


def test_a15_a_profile_that_is_taken_over_cannot_be_listed(cast):
    profile = make_profile(cast, P.SETUP)
    set_up(cast, profile)
    raise_alarm(cast, profile, HIJACKED)
    with pytest.raises(Unready) as refused:
        confirm(cast, profile)
    assert "kaapatuksi" in refused.value.problems[0]


@pytest.mark.policy("P4", "P5", "G8")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind_of_alarm", [HIJACKED, LOST])
def test_register_and_check_warn_at_once_and_no_longer_when_it_is_cleared(
    app, cast, kind_of_alarm, language
):
    warned = {
        "fi": ("Tämä kaupungin profiili on kaapattu.", "Kaupunki ei juuri nyt pääse tähän"),
        "sv": ("Den här profilen som tillhör staden har kapats.", "Staden kommer just nu inte åt"),
        "en": ("This profile of the town has been taken over.", "The town cannot get into this"),
    }[language][kind_of_alarm is LOST]
    profile = make_profile(cast)
    visitor = Browser(app)
    places = [
        f"/register/{profile.slug}?lang={language}",
        f"/check?q=instagram.com/savonkosken_nuoret&lang={language}",
    ]
    assert not any(warned in visitor.opens(place).main for place in places)
    raise_alarm(cast, profile, kind_of_alarm)
    for place in places:
        page = visitor.opens(place)
        assert warned in page.main, place
        assert ("savonkoski.example/nuoret" in page.main) == (kind_of_alarm is LOST)
    told = app.test_client().get("/api/v1/check?q=@savonkosken_nuoret").json
    assert told["verdict"] == "warning"
    assert told["profiles"][0]["status"] == kind_of_alarm.value
    take(profile, "propose_clear", cast.keeper, what_was_checked="Salasanat vaihdettu.")
    take(profile, "clear", cast.head, seen_today=True)
    assert not any(warned in visitor.opens(place).main for place in places)


def test_a_closed_profile_is_closed_whatever_happened_to_it_before(app, cast):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    raise_alarm(cast, profile, HIJACKED)
    with clock.at(clock.end_of(again(profile).closes_on)):
        answers = {"final_post": True, "ended_how": "deactivated", "access_removed": True}
        take(profile, "close", cast.requester, **answers)
    told = app.test_client().get("/api/v1/check?q=instagram.com/savonkosken_nuoret").json
    assert told["verdict"] == "closed"
    assert duties_of(cast) == {}


@pytest.mark.policy("G8", "G9")
def test_an_expert_marks_the_own_profile_and_two_clear_it_in_the_browser(app, cast):
    profile = make_profile(cast, kind=EXPERT)
    page = Browser(app).signs_in(cast.colleague).opens(f"/profiles/{profile.id}")
    page = page.follows("Merkitse kaapatuksi")
    page = page.fills(what_happened="", since="24.11.2026").presses("Merkitse kaapatuksi")
    assert page.status == 422
    assert page.errors == ["Kerro, mitä on tapahtunut."]
    page = page.fills(what_happened="Salasana ei enää käy.").presses("Merkitse kaapatuksi")
    assert page.status == 422
    assert page.errors == ["Päivä ei voi olla tulevaisuudessa."]
    page = page.fills(since="23.11.2026").presses("Merkitse kaapatuksi")
    assert "Luettelo ja tarkistus varoittavat nyt profiilista." in page.main
    assert "Salasana ei enää käy." in page.main
    page = Browser(app).signs_in(cast.keeper).opens("/desk").follows("Ota profiili takaisin")
    page = page.fills(what_was_checked="Salasanat, viestit ja hallinnoijat.")
    page = page.presses("Ehdota hälytyksen purkamista")
    page = Browser(app).signs_in(cast.other_keeper).opens("/desk").follows("Pura hälytys")
    page = page.fills(seen_today="y").presses("Pura hälytys")
    assert "Varoitus on poistunut luettelosta ja tarkistuksesta." in page.main
