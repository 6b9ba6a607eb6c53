"""Absences of a profile (E4): told while they last, never why."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import replay
from intake.engine.outbox import Message
from intake.profiles.states import PresenceState as N
from intake.profiles.states import ProfileState as P
from intake.profiles.workflow import ABSENCE
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.profiles.making import EXPERT, again, make_profile, steps_of, take


def day(days: int):
    return clock.today() + timedelta(days=days)


def announce(profile, person, first=2, last=20, cover="", step="announce_absence") -> None:
    take(profile, step, person, away_from=day(first), away_until=day(last), away_cover=cover)


def public(visitor, profile) -> str:
    return visitor.opens(f"/register/{again(profile).slug}", status=200).main


@pytest.mark.policy("E4")
def test_an_absence_is_told_while_it_lasts_and_ends_by_itself(cast, visitor, still, tick):
    profile = make_profile(cast, kind=EXPERT)
    announce(profile, cast.colleague)
    assert "Poissa" not in public(visitor, profile)
    still.shift(timedelta(days=2))
    assert "Poissa 25.11.2026–13.12.2026" in public(visitor, profile)
    assert "Hiljaa 13.12. asti" in public(visitor, profile)
    check = visitor.opens(f"/check?q={again(profile).current[0].url}").main
    assert "virallinen profiili" in check
    assert "Se on hiljaa 13.12.2026 asti." in check
    still.move_to(clock.end_of(day(16)) - timedelta(hours=10))  # the last working day of it
    tick()
    letters = select(Message.person_id).where(Message.track == "morning")
    assert set(db.session.scalars(letters)) == {cast.colleague.id}
    assert "Poissa" in public(visitor, profile)
    still.shift(timedelta(days=4))
    assert "Poissa" not in public(visitor, profile)  # whether time has been told or not
    tick()
    assert again(profile).presence is N.PRESENT
    assert again(profile).away_cover is None
    assert steps_of(profile)[-1] == "end_absence"
    assert replay.verify() == []


@pytest.mark.policy("E4")
@pytest.mark.parametrize(("last", "cover"), [(14, ""), (40, "Kollega Noora vastaa.")])
def test_short_or_covered_is_not_quiet(cast, visitor, last, cover):
    profile = make_profile(cast, kind=EXPERT)
    announce(profile, cast.colleague, 0, last - 1, cover)
    page = public(visitor, profile)
    assert "Poissa" in page
    assert "Hiljaa" not in page
    assert (cover or "Sillä välin täällä ei vastata.") in page


def test_days_that_cannot_be_are_refused_beside_their_field(cast):
    profile = make_profile(cast)
    for first, last, field in (
        (-1, 3, "away_from"),
        (3, 2, "away_until"),
        (0, 500, "away_until"),
    ):
        with pytest.raises(Unready) as refusal:
            announce(profile, cast.admin, first, last)
        assert [one.field for one in refusal.value.problems] == [field]
    with pytest.raises(NotAllowed):
        announce(profile, cast.head)
    assert again(profile).presence is N.PRESENT


def test_an_absence_that_runs_is_changed_and_ended_early(cast, still, visitor):
    profile = make_profile(cast)
    announce(profile, cast.admin, 0, 10)
    still.shift(timedelta(days=3))
    announce(profile, cast.requester, -3, 20, "Kirjasto vastaa.", step="change_absence")
    assert again(profile).away_until == day(20)
    with pytest.raises(WrongState):
        announce(profile, cast.admin)
    assert "Kirjasto vastaa." in public(visitor, profile)
    take(profile, "end_absence", cast.admin)
    assert "Kirjasto vastaa." not in public(visitor, profile)


@pytest.mark.policy("E4")
def test_nothing_of_an_absence_asks_why(app):
    asked = {name for step in ABSENCE.steps for name in step.asks}
    assert asked == {"away_from", "away_until", "away_cover"}


@pytest.mark.policy("E4")
def test_the_text_to_paste_is_in_the_profiles_languages(app, cast):
    profile = make_profile(cast)
    page = Browser(app).signs_in(cast.admin).opens(f"/profiles/{profile.id}/announce_absence")
    typed = {"away_from": "24.11.2026", "away_until": "4.12.2026"}
    page = page.fills(**typed, away_cover="Kirjasto vastaa.").presses("Ilmoita poissaolosta")
    assert page.status == 200
    for said in ("Olemme poissa 24.11.2026–4.12.2026.", "Vi är borta 24.11.2026–4.12.2026."):
        assert said in page.html.replace("\u00a0", " "), said


def test_a_profile_that_was_closed_tells_of_no_absence(cast, visitor, still):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    announce(profile, cast.admin, 0, 300)
    assert "Poissa" in public(visitor, profile)
    still.shift(timedelta(days=40))
    done = {"final_post": True, "ended_how": "deactivated", "access_removed": True}
    take(profile, "close", cast.requester, copied_on=clock.today(), **done)
    assert "Poissa" not in public(visitor, profile)
