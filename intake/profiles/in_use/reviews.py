"""Looking a profile over while it is in use (O7, G10), and deciding whether it goes on (O8)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import Outcome, Then
from intake.people import town
from intake.people.models import Person
from intake.profiles.forms import reasons
from intake.profiles.models import Outlook, Profile, ProfileKind, Review
from intake.profiles.states import ContinuationState, ProfileState
from intake.web.forms import Day, Lines, Problem, Radio, Tick, Whole

Problems = Sequence[Problem]
OUTLOOKS = {
    Outlook.GOES_ON: _l("It serves its purpose, and there is working time for it"),
    Outlook.NO_TIME: _l("There is too little working time for it"),
    Outlook.NO_USE: _l("It no longer serves its purpose"),
}
COUNTED = ("questions_received", "questions_answered", "longest_days")


class ReviewForm(StepForm):
    """What an admin confirms of a profile: filled from last time but for what must be looked at."""

    last_post_on = Day(_l("When was the last post?"), clause="O7", trail=True)
    questions_received = Whole(
        _l("Questions received since the last review"), most="100000", clause="O7", trail=True
    )
    questions_answered = Whole(_l("How many of them were answered"), most="100000", trail=True)
    longest_days = Whole(
        _l("Longest time to an answer (days)"),
        most="1000",
        hint=_l("0 if every question was answered on the same day, or none came."),
        clause="O7",
        trail=True,
    )
    outlook = Radio(
        _l("How does it go on?"), choices=list(OUTLOOKS.items()), clause="O8", trail=True
    )
    privacy_checked = Tick(_l("The privacy settings are checked"), clause="G10", trail=True)
    admins_right = Tick(
        _l("The admins, their tasks and their working time are still as shown here"),
        missing=_l("Tick this, or have the admins changed first."),
        trail=True,
    )
    still_ours = Tick(
        _l("I signed in to the profile today, and it is ours"),
        missing=_l("Sign in to the profile today before you confirm it."),
        clause="G9",
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        """Fill what is counted from last time."""
        last = latest(occasion.subject)
        if last is None or self.is_submitted():
            return
        for name in COUNTED:
            self[name].process_data(getattr(last, name))
        self.outlook.data = last.outlook


class AskClosingForm(StepForm):
    """Why a profile should be closed, as the supervisor reads it."""

    reason = reasons()
    closes_on = Day(_l("When could it close?"), clause="O8", trail=True)
    successor = Lines(
        _l("Where would people turn instead?"),
        least=2,
        most=300,
        rows=2,
        missing=_l("Say where people turn, or that nothing takes its place and why."),
        clause="O8",
        trail=True,
    )


class GoOnForm(StepForm):
    """Why the profile goes on."""

    reason = reasons()


def latest(profile: Profile) -> Review | None:
    """The newest look that was taken at a profile."""
    query = select(Review).where(Review.profile_id == profile.id)
    return db.session.scalars(query.order_by(Review.created_at.desc()).limit(1)).first()


def due_after(profile: Profile, day: date) -> date:
    """When a profile that was looked over on a day is to be looked over again."""
    rules = town.current()
    is_office = profile.kind is ProfileKind.OFFICE
    days = rules.office_review_days if is_office else rules.expert_review_days
    return day + timedelta(days=days)


def profile_is_in_use(profile: Profile, _now: datetime) -> bool:
    """In the register, and nobody has announced that it closes?"""
    return profile.state is ProfileState.ACTIVE


def numbers_fit(
    _profile: Profile,
    now: datetime,
    *,
    last_post_on: date | None = None,
    questions_received: int = 0,
    questions_answered: int = 0,
) -> Problems:
    """The last post has been, and no more was answered than asked."""
    found = []
    if last_post_on and last_post_on > clock.today(now):
        found.append(Problem(_("The day cannot lie ahead."), "last_post_on"))
    if (questions_answered or 0) > (questions_received or 0):
        sentence = _("More were answered than received. Check the numbers.")
        found.append(Problem(sentence, "questions_answered"))
    return found


def proposed_day_is_ahead(
    _profile: Profile, now: datetime, *, closes_on: date | None = None
) -> Problems:
    """The proposed closing day has not passed."""
    if closes_on is None or closes_on >= clock.today(now):
        return []
    return [Problem(_("The closing day cannot lie in the past."), "closes_on")]


def review(
    profile: Profile,
    actor: Person,
    now: datetime,
    *,
    last_post_on: date,
    questions_received: int,
    questions_answered: int,
    longest_days: int,
    outlook: str,
) -> Outcome:
    """The profile is looked over until the next time; a doubt about it goes to the supervisor."""
    day = clock.today(now)
    said = Outlook(outlook)
    db.session.add(
        Review(
            profile_id=profile.id,
            by_id=actor.id,
            reviewed_on=day,
            last_post_on=last_post_on,
            questions_received=int(questions_received),
            questions_answered=int(questions_answered),
            longest_days=int(longest_days),
            outlook=said,
        )
    )
    profile.confirmed_on, profile.review_due_on = day, due_after(profile, day)
    doubted = said is not Outlook.GOES_ON
    doubted = doubted and profile.continuation is ContinuationState.GOES_ON
    then = (Then("continuation", profile, "question", {"why": said.value}),) if doubted else ()
    return Outcome({"outlook": said.value}, then)


def question(_profile: Profile, _actor: Any, _now: datetime, *, why: str) -> Outcome:
    """The supervisor is asked, and the trail says why: an outlook, or "few" admins."""
    return Outcome({"why": why})


def settled(profile: Profile) -> tuple[Then, ...]:
    """What follows once it is decided how a profile goes on, or that it ends."""
    if profile.continuation is ContinuationState.GOES_ON:
        return ()
    return (Then("continuation", profile, "settle"),)
