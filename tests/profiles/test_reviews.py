"""A profile in use is looked over in its turn (O7, G10); what is in question is decided on (O8)."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import replay
from intake.engine.outbox import Message
from intake.people.models import Person
from intake.profiles import duties
from intake.profiles.models import Outlook, Review
from intake.profiles.states import AlarmState
from intake.profiles.states import ContinuationState as C
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.profiles.making import EXPERT, OFFICE, admin, again, make_profile, raise_alarm, take
from tests.profiles.test_closing import leave

SAID = {
    "last_post_on": date(2026, 11, 20),
    "questions_received": 12,
    "questions_answered": 11,
    "longest_days": 3,
    "outlook": "goes_on",
}


def review(profile, person, **changes) -> None:
    take(profile, "review", person, **{**SAID, **changes})


def told() -> set[str]:
    """Who has got a letter of the morning so far."""
    return set(db.session.scalars(select(Message.person_id).where(Message.track == "morning")))


def duties_of(person) -> list[str]:
    found = duties.of_continuations(db.session.get_one(Person, person.id), clock.now())
    return [duty.url.rsplit("/", 1)[-1] for duty in found]


@pytest.mark.policy("O7", "G10")
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_a_review_is_due_half_a_year_after_listing_and_after_each_review(cast, kind, still):
    profile = make_profile(cast, kind=kind)
    assert profile.review_due_on == clock.today() + timedelta(days=180)
    still.shift(timedelta(days=100))
    day = clock.today()
    review(profile, again(profile).current_admins[0].person)
    profile = again(profile)
    assert profile.review_due_on == day + timedelta(days=180)
    assert (profile.confirmed_on, profile.continuation) == (day, C.GOES_ON)
    assert clock.today(profile.continuation_due_at) >= profile.review_due_on
    row = db.session.scalars(select(Review)).one()
    assert (row.questions_received, row.longest_days, row.outlook) == (12, 3, Outlook.GOES_ON)
    assert replay.verify() == []


@pytest.mark.policy("O7")
def test_a_late_review_goes_from_the_admins_to_the_supervisor_to_the_keepers(cast, still, tick):
    profile = make_profile(cast)
    assert duties_of(cast.requester) == []
    still.move_to(again(profile).continuation_due_at)
    tick()
    assert duties_of(cast.requester) == duties_of(cast.admin) == ["review"]
    assert duties_of(cast.head) == duties_of(cast.keeper) == []
    still.shift(timedelta(hours=12))  # mornings are told of then
    tick()
    assert told() == {cast.requester.id, cast.admin.id}
    still.shift(timedelta(days=15))
    tick()
    assert duties_of(cast.head) == [profile.id]
    assert told() == {cast.requester.id, cast.admin.id, cast.head.id}
    still.shift(timedelta(days=14))
    tick()
    assert duties_of(cast.keeper) == duties_of(cast.head) == [profile.id]
    assert told() >= {cast.head.id, cast.keeper.id, cast.other_keeper.id}
    review(profile, cast.admin, last_post_on=clock.today())
    assert duties_of(cast.requester) == duties_of(cast.head) == duties_of(cast.keeper) == []


@pytest.mark.policy("O7")
def test_numbers_that_cannot_be_are_refused_beside_their_field(cast):
    profile = make_profile(cast)
    for changes, field in (
        ({"last_post_on": clock.today() + timedelta(days=1)}, "last_post_on"),
        ({"questions_answered": 13}, "questions_answered"),
    ):
        with pytest.raises(Unready) as refusal:
            review(profile, cast.admin, **changes)
        assert [one.field for one in refusal.value.problems] == [field]
    assert db.session.scalars(select(Review)).all() == []


@pytest.mark.policy("O7", "G9")
def test_what_is_taken_over_cannot_be_confirmed_as_ours(cast):
    profile = make_profile(cast)
    raise_alarm(cast, profile, AlarmState.HIJACKED)
    with pytest.raises(Unready):
        review(profile, cast.admin)


@pytest.mark.policy("O8")
@pytest.mark.parametrize("outlook", ["no_time", "no_use"])
def test_a_doubt_in_a_review_goes_to_the_supervisor(cast, outlook):
    profile = make_profile(cast)
    review(profile, cast.admin, outlook=outlook)
    assert again(profile).continuation is C.IN_QUESTION
    assert duties_of(cast.head) == [profile.id]
    told = select(Message.person_id).where(Message.step == "question")
    assert set(db.session.scalars(told)) == {cast.head.id}
    review(profile, cast.admin, outlook=outlook)  # said again, asked once
    with pytest.raises(NotAllowed):
        take(profile, "go_on", cast.requester, reason="Jatketaan vielä.")
    take(profile, "go_on", cast.head, reason="Työaikaa on lisätty.")
    assert again(profile).continuation is C.GOES_ON
    assert duties_of(cast.head) == []


@pytest.mark.policy("O8")
def test_admins_and_keepers_may_ask_for_a_closing_and_the_supervisor_decides(cast):
    asked = {"reason": "Kukaan ei ehdi.", "successor": "Kirjaston sivut"}
    asked["closes_on"] = clock.today() + timedelta(days=40)
    for person in (cast.admin, cast.keeper):
        profile = make_profile(cast, key=f"instagram:handle:kysytty.{person.id[:4]}")
        with pytest.raises(NotAllowed):
            take(profile, "ask_closing", cast.stranger, **asked)
        with pytest.raises(Unready):
            take(profile, "ask_closing", person, **{**asked, "closes_on": date(2026, 11, 1)})
        take(profile, "ask_closing", person, **asked)
        assert again(profile).state is P.ACTIVE
        take(profile, "announce_closing", cast.head, short_notice_reason="", **asked)
        profile = again(profile)
        assert (profile.state, profile.continuation) == (P.CLOSING_ANNOUNCED, C.GOES_ON)
        assert profile.review_due_on is None
        with pytest.raises(WrongState):
            review(profile, cast.admin)
    take(profile, "call_off_closing", cast.head, reason="Jatketaan sittenkin.")
    assert again(profile).review_due_on == clock.today() + timedelta(days=30)


@pytest.mark.policy("P1", "O8")
def test_an_office_profile_is_never_without_an_admin_of_its_own_will(cast):
    profile = make_profile(cast)
    take(profile, "leave", cast.admin)
    assert again(profile).continuation is C.IN_QUESTION
    with pytest.raises(Unready):
        take(profile, "leave", cast.requester)
    with pytest.raises(Unready):  # two admins first
        take(profile, "go_on", cast.head, reason="Jatketaan yhdellä.")


@pytest.mark.policy("P1", "O8")
def test_a_leaver_puts_their_profiles_on_the_supervisors_desk(cast):
    profile = make_profile(cast)
    three = make_profile(
        cast,
        key="instagram:handle:kolmen",
        admins=(admin(cast.requester, lead=True), admin(cast.admin), admin(cast.chief)),
    )
    leave(cast, cast.admin)
    assert again(profile).continuation is C.IN_QUESTION
    assert again(three).continuation is C.GOES_ON
    found = duties.of_profiles(db.session.get_one(Person, cast.head.id), clock.now())
    assert [duty.url for duty in found] == [f"/profiles/{profile.id}"]
    assert replay.verify() == []


@pytest.mark.policy("O7", "G10")
def test_a_review_in_the_browser_is_filled_from_last_time(app, cast, still):
    profile = make_profile(cast)
    review(profile, cast.admin)
    still.move_to(clock.end_of(again(profile).review_due_on))
    page = Browser(app).signs_in(cast.admin).opens("/desk").follows("Tarkasta profiili")
    for said in ("Edellinen tarkastus", cast.requester.name, "3 tuntia viikossa"):
        assert said in page.main, said
    for name, value in (("questions_received", "12"), ("longest_days", "3")):
        assert re.search(f'name="{name}"[^>]*value="{value}"', page.html), name
    page = page.fills(last_post_on="20.5.2027", questions_answered="20")
    page = page.presses("Tarkasta profiili")
    assert page.status == 422
    assert "Kirjaudu profiiliin tänään ennen kuin vahvistat sen." in page.errors
    page = page.fills(privacy_checked=True, admins_right=True, still_ours=True)
    page = page.presses("Tarkasta profiili")
    assert page.errors == ["Vastattuja on enemmän kuin saatuja. Tarkista luvut."]
    page = page.fills(questions_answered="12").presses("Tarkasta profiili")
    assert page.status == 200
    assert "Tarkastettu." in page.main
