"""Closing: told of well ahead with reasons and what comes instead; the entry stays (O8)."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import replay
from intake.fakes import queries as cases
from intake.fakes.states import CaseState
from intake.people.models import Person
from intake.profiles import duties, queries, service
from intake.profiles.alike import likeness
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Unready, WrongState
from intake.register import queries as register
from tests.browser import Browser
from tests.profiles.making import (
    EXPERT,
    OFFICE,
    addresses_of,
    again,
    make_profile,
    open_profile,
    steps_of,
    take,
)

DONE = {
    "final_post": True,
    "ended_how": "deactivated",
    "access_removed": True,
    "copied_on": date(2026, 11, 20),
}


def announce(cast, profile, days, why=""):
    take(
        profile,
        "announce_closing",
        cast.head,
        reason="Toiminta päättyy.",
        successor="Kirjaston verkkosivut",
        closes_on=clock.today() + timedelta(days=days),
        short_notice_reason=why,
    )


@pytest.mark.policy("O8")
@pytest.mark.parametrize(("kind", "notice"), [(OFFICE, 30), (EXPERT, 14)])
def test_a_closing_is_told_of_well_ahead_or_why_not(cast, kind, notice):
    profile = make_profile(cast, kind=kind)
    with pytest.raises(Unready) as refusal:
        announce(cast, profile, notice - 1)
    assert refusal.value.problems[0].field == "short_notice_reason"
    with pytest.raises(Unready) as refusal:
        announce(cast, profile, -1, "Kiire.")
    assert refusal.value.problems[0].field == "closes_on"
    announce(cast, profile, notice)
    profile = again(profile)
    assert profile.state is P.CLOSING_ANNOUNCED
    assert (profile.closing_reason, profile.successor) == (
        "Toiminta päättyy.",
        "Kirjaston verkkosivut",
    )
    assert clock.today(profile.due_at) >= profile.closes_on


@pytest.mark.policy("O8")
def test_a_short_notice_has_its_reason(cast):
    profile = make_profile(cast)
    announce(cast, profile, 3, "Palvelu lakkautetaan.")
    assert again(profile).closes_on == clock.today() + timedelta(days=3)


@pytest.mark.policy("O8")
def test_only_the_supervisor_announces_and_calls_off(cast):
    profile = make_profile(cast)
    for person in (cast.requester, cast.keeper, cast.director, cast.deputy):
        with pytest.raises(NotAllowed):
            take(profile, "announce_closing", person, reason="x" * 10, closes_on=date.max)
    announce(cast, profile, 40)
    with pytest.raises(NotAllowed):
        take(profile, "call_off_closing", cast.requester, reason="Jatketaan.")
    take(profile, "call_off_closing", cast.head, reason="Jatketaan sittenkin.")
    profile = again(profile)
    assert (profile.state, profile.closes_on, profile.closing_reason) == (P.ACTIVE, None, "")
    assert profile.due_at is None


@pytest.mark.policy("O8")
def test_a_profile_is_closed_on_the_day_and_keeps_its_address_for_ever(cast, still):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    with pytest.raises(Unready):
        take(profile, "close", cast.requester, **DONE)
    still.shift(timedelta(days=40))
    with pytest.raises(NotAllowed):
        take(profile, "close", cast.admin, **DONE)
    take(profile, "close", cast.requester, **DONE)
    profile = again(profile)
    assert (profile.state, profile.closed_on) == (P.CLOSED, clock.today())
    line = addresses_of(profile)[0]
    assert (line.state, line.until) == (A.FORMER, clock.today())
    assert queries.taken(line.key) == "closed"
    assert [one.profile for one in likeness.near([profile.name])] == [profile]
    for step in service.PROFILE.workflow.steps:
        if step.start != (None,) and P.CLOSED not in step.start:
            with pytest.raises(WrongState):
                take(profile, step.name, cast.head)


@pytest.mark.policy("O8")
def test_an_address_that_waits_is_dropped_when_the_profile_closes(cast, still):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    with write():
        service.type_address(
            again(profile),
            db.session.get_one(Person, cast.admin.id),
            clock.now(),
            address="instagram.com/uusi_osoite",
        )
    still.shift(timedelta(days=40))
    take(profile, "close", cast.head, **DONE)
    assert {line.state for line in addresses_of(profile)} == {A.FORMER, A.DROPPED}


@pytest.mark.policy("E2", "O8")
def test_a_withdrawn_consent_starts_the_closing_and_cannot_be_overruled(cast):
    profile = make_profile(cast, kind=EXPERT)
    take(profile, "withdraw_consent", cast.colleague)
    profile = again(profile)
    assert profile.state is P.CLOSING_ANNOUNCED
    assert profile.closes_on == clock.today() + timedelta(days=14)
    with pytest.raises(Unready):
        take(profile, "call_off_closing", cast.head, reason="Jatketaan sittenkin.")


@pytest.mark.policy("E0", "O8")
def test_an_experts_profile_begins_to_close_when_they_leave(cast, make):
    profile = make_profile(cast, kind=EXPERT)
    leave(cast, cast.colleague)
    assert again(profile).state is P.CLOSING_ANNOUNCED
    assert steps_of(profile)[-1] == "employment_ends"
    make.leave(cast.colleague)
    with pytest.raises(Unready):
        take(profile, "call_off_closing", cast.head, reason="Jatketaan sittenkin.")


@pytest.mark.policy("P1", "O4")
def test_an_admin_who_leaves_the_town_is_no_admin_any_more(cast):
    profile = make_profile(cast)
    leave(cast, cast.admin)
    assert [part.person_id for part in again(profile).current_admins] == [cast.requester.id]
    assert again(profile).state is P.ACTIVE


def leave(cast, person) -> None:
    with write():
        leaver = db.session.get_one(Person, person.id)
        by = db.session.get_one(Person, cast.administrator.id)
        service.person_leaves(leaver, by, clock.now())


@pytest.mark.policy("O8")
def test_a_fixed_term_is_the_deadline_of_a_profile_in_use(cast, tick, still):
    from intake.engine.outbox import waiting

    ends = date(2027, 2, 26)
    profile = make_profile(cast, ends_on=ends)
    assert clock.today(profile.due_at) == ends
    still.move_to(clock.end_of(ends - timedelta(days=45)))
    tick()
    told = {one.person_id for one in waiting() if one.template == "morning"}
    assert told == {cast.head.id}  # who decides on it


def test_a_profile_of_the_supervisors_own_goes_one_up(cast):
    from tests.profiles.making import admin, supervisor

    profile = open_profile(cast, admins=(admin(cast.head, lead=True), admin(cast.admin)))
    assert supervisor(profile) == cast.director


@pytest.mark.policy("O8")
def test_the_announcement_is_posted_in_each_language_and_said_to_be(app, cast):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    page = Browser(app).signs_in(cast.admin).opens(f"/profiles/{profile.id}")
    html = page.html.replace("\u00a0", " ")
    for said in ("Tämä profiili lopetetaan 2.1.2027.", "Den här profilen läggs ned 2.1.2027."):
        assert said in html, said
    assert "Sen jälkeen: Kaupungin verkkosivut." in html
    with pytest.raises(Unready):
        take(profile, "note_posted", cast.admin, posted_on=clock.today() + timedelta(days=1))
    take(profile, "note_posted", cast.admin, posted_on=clock.today())
    with pytest.raises(WrongState):
        take(profile, "note_posted", cast.admin, posted_on=clock.today())


@pytest.mark.policy("O8", "P4")
@pytest.mark.parametrize("way", ["announced", "term"])
def test_a_day_that_passes_changes_what_the_public_is_told_by_itself(cast, visitor, still, way):
    """A year after "closes on" the check said: official."""
    if way == "announced":
        profile = make_profile(cast, P.CLOSING_ANNOUNCED)
        ends, title = profile.closes_on, "Lopetetaan"
    else:
        ends, title = clock.today() + timedelta(days=40), "Virallinen"
        profile = make_profile(cast, ends_on=ends)
    address = profile.current[0].url

    def told() -> tuple[str, str, dict]:
        page = visitor.opens(f"/register/{again(profile).slug}", status=200).main
        api = visitor.client.get(f"/api/v1/profiles/{again(profile).slug}").json
        return visitor.opens(f"/check?q={address}").main, page, api

    still.move_to(clock.end_of(ends))
    check, page, api = told()
    assert "Tämä on kaupungin virallinen profiili." in check
    assert title in page
    assert api["ended_on"] is None
    still.shift(timedelta(seconds=2))
    for _later in range(2):
        check, page, api = told()
        assert "Tämä oli kaupungin virallinen profiili" in check
        assert "Älä luota siihen." in check
        assert "Piti päättyä" in page
        assert (api["status"], api["ended_on"]) == ("ended", ends.isoformat())
        assert api["status"] == visitor.client.get(f"/api/v1/check?q={address}").json["verdict"]
        assert register.count() == 0
        still.shift(timedelta(days=365))


@pytest.mark.policy("O3", "O8")
def test_a_fixed_term_is_made_longer_by_who_decides(cast, still, visitor):
    profile = make_profile(cast, ends_on=clock.today() + timedelta(days=5))
    still.shift(timedelta(days=8))
    until = clock.today() + timedelta(days=60)
    with pytest.raises(NotAllowed):
        take(profile, "extend_term", cast.admin, until=until, reason="Jatketaan.")
    with pytest.raises(Unready):
        take(profile, "extend_term", cast.head, until=clock.today(), reason="Jatketaan.")
    take(profile, "extend_term", cast.head, until=until, reason="Tapahtuma siirtyi.")
    assert clock.today(again(profile).due_at) >= until
    assert "Virallinen" in visitor.opens(f"/register/{again(profile).slug}").main
    with pytest.raises(WrongState):
        take(make_profile(cast, key="instagram:handle:ikuinen"), "extend_term", cast.head)


@pytest.mark.policy("O8", "P5")
def test_the_address_of_a_closed_profile_is_looked_at_after_90_days_and_a_year(cast, still, tick):
    profile = make_profile(cast, P.CLOSED)
    closed = profile.closed_on
    looked = {"what_is_there": "nothing", "what_was_seen": ""}
    for days in (90, 365):
        assert again(profile).recheck_on == closed + timedelta(days=days)
        still.move_to(clock.end_of(closed + timedelta(days=days)))
        tick()
        found = duties.of_profiles(db.session.get_one(Person, cast.keeper.id), clock.now())
        assert [one.url for one in found] == [f"/profiles/{profile.id}/recheck"]
        with pytest.raises(NotAllowed):
            take(profile, "recheck", cast.requester, **looked)
        take(profile, "recheck", cast.keeper, **looked)
    assert again(profile).recheck_on is None
    with pytest.raises(WrongState):
        take(profile, "recheck", cast.keeper, **looked)


@pytest.mark.policy("O8", "P5")
def test_a_user_name_that_somebody_took_becomes_a_case(cast):
    profile = make_profile(cast, P.CLOSED)
    line = addresses_of(profile)[0]
    with pytest.raises(Unready) as refusal:
        take(profile, "recheck", cast.keeper, what_is_there="somebody", what_was_seen="")
    assert refusal.value.problems[0].field == "what_was_seen"
    seen = "Tunnuksella myydään aurinkolaseja."
    take(profile, "recheck", cast.keeper, what_is_there="somebody", what_was_seen=seen)
    case = cases.of_key(line.key)
    assert (case.profile_id, case.state) == (profile.id, CaseState.RECEIVED)
    assert case.due_at is not None
    assert replay.verify() == []
