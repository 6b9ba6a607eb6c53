"""What is open on a profile, an address or an alarm: while what holds something waits for whom."""

from datetime import datetime, timedelta
from typing import Any

from intake import clock
from intake.people.models import Person
from intake.profiles import parties, queries, redaction, rules, workflow
from intake.profiles.in_use import closing
from intake.profiles.models import Address, Profile
from intake.profiles.parties import Subject, profile_of
from intake.profiles.states import ContinuationState
from intake.profiles.states import ProfileState as P

AHEAD = timedelta(days=45)  # an end date is told of so that the notice time still fits (O8)
REVIEW_AHEAD = timedelta(days=7)  # a review is told of (O7)
ABSENCE_AHEAD = timedelta(days=4)  # from three days before the last one of an absence (E4)
POST_WITHIN = 3  # days in which the profile itself tells of its closing (O8)
READY = (
    rules.checklist_is_done,
    rules.ticks_are_fresh,
    rules.rights_are_stated,
    rules.admins_have_accepted,
    rules.address_is_allowed,
    rules.alarm_is_clear,
    rules.platform_may_be_used,
    redaction.public_texts_hold_no_code,
)
HOPELESS = (
    rules.two_admins_are_named,
    rules.subject_is_in_service,
    rules.consent_is_valid,
    rules.decider_is_no_admin,
)


def checklist_is_open(profile: Profile, now: datetime) -> bool:
    """Is an item of the checklist open, or was it ticked too long ago?"""
    return bool(rules.checklist_is_done(profile, now) or rules.ticks_are_fresh(profile, now))


def address_is_wanted(profile: Profile, now: datetime) -> bool:
    """Is the checklist done, and no address typed yet?"""
    return not profile.typed and not checklist_is_open(profile, now)


def may_be_listed(profile: Profile, now: datetime) -> bool:
    """Is everything done but for the second person?"""
    return bool(profile.typed) and not any(rule(profile, now) for rule in (*READY, *HOPELESS))


def cannot_be_finished(profile: Profile, now: datetime) -> bool:
    """Does a set-up lack what no step can give it any more (P1, E0, E2, A2)?"""
    return not profile.current_admins or any(rule(profile, now) for rule in HOPELESS)


def service_is_not_approved(profile: Profile, now: datetime) -> bool:
    """Must a keeper decide on the service first (G7)?"""
    return bool(rules.platform_may_be_used(profile, now))


def a_text_holds_a_code(profile: Profile, now: datetime) -> bool:
    """Must a public text be redacted first (P7)?"""
    return bool(redaction.public_texts_hold_no_code(profile, now))


def term_ends_soon(profile: Profile, now: datetime) -> bool:
    """Does a fixed term end within the time that a closing is told of?"""
    return profile.ends_on is not None and profile.ends_on <= clock.today(now) + AHEAD


def admins_are_too_few(profile: Profile, _now: datetime) -> bool:
    """Has an office profile fewer admins than two (P1)?"""
    return queries.has_too_few(profile)


def closing_day_is_there(profile: Profile, now: datetime) -> bool:
    """Is the announced day today or past?"""
    return not rules.closing_day_has_come(profile, now)


def announcement_is_to_be_posted(profile: Profile, now: datetime) -> bool:
    """Does the profile itself not tell yet that it closes, and its day is not past (O8)?"""
    is_ahead = profile.closes_on is not None and profile.closes_on >= clock.today(now)
    return is_ahead and closing.announcement_is_not_posted(profile, now)


def posted_until(profile: Profile) -> datetime:
    """By when it tells so."""
    return clock.due(profile.state_since, POST_WITHIN)


def look_is_due(profile: Profile, now: datetime) -> bool:
    """Is the address of a closed profile to be looked at again (O8)?"""
    return profile.recheck_on is not None and profile.recheck_on <= clock.today(now)


def review_is_near(profile: Profile, now: datetime) -> bool:
    """Is the review of a profile in use due, or almost (O7)?"""
    due = profile.review_due_on
    is_in_use = profile.state is P.ACTIVE
    return is_in_use and due is not None and due <= clock.today(now) + REVIEW_AHEAD


def reviewed_until(profile: Profile) -> datetime | None:
    """By when a profile is looked over."""
    return clock.due(profile.review_due_on, 0) if profile.review_due_on else None


def is_to_be_settled(profile: Profile, _now: datetime) -> bool:
    """Is it in use and in question, though it has admins enough (O8)? One that has too few waits
    with its own words."""
    return profile.state is P.ACTIVE and not queries.has_too_few(profile)


def absence_ends_soon(profile: Profile, now: datetime) -> bool:
    """Does an absence end within three days, so that a working day is among them?"""
    due = profile.presence_due_at
    return profile.state not in queries.OVER and due is not None and due <= now + ABSENCE_AHEAD


def nobody_runs_it(profile: Profile, _now: datetime) -> bool:
    """Has it no admin any more?"""
    return not profile.current_admins


def nobody_decides(profile: Profile, now: datetime) -> bool:
    """Waits something for who decides on it, and nobody may?"""
    if parties.supervisor.people(profile, now):
        return False
    if profile.state is P.SETUP:
        late = profile.setup_until is not None and profile.setup_until < clock.today(now)
        return late or cannot_be_finished(profile, now)
    if profile.state is P.CLOSING_ANNOUNCED:
        return closing_day_is_there(profile, now)
    is_asked = profile.continuation is ContinuationState.IN_QUESTION
    return is_asked or term_ends_soon(profile, now) or admins_are_too_few(profile, now)


def no_keeper_is_there(_subject: Any, _now: datetime) -> bool:
    """Has nobody the role of a register keeper?"""
    return not queries.keepers()


def nobody_lists(profile: Profile, now: datetime) -> bool:
    """May nobody be the second person of a set-up that is done?"""
    if not may_be_listed(profile, now):
        return False
    return not any(
        workflow.PROFILE.may("list", profile, one, now) and address_is_free(profile, one, now)
        for one in parties.confirmer.people(profile, now)
    ) and not address_is_taken(profile, now)


def address_is_free(subject: Subject, person: Person, now: datetime) -> bool:
    """May this person bring the typed address into the register (A14, A16)?"""
    return not rules.address_is_free(subject, now, acting=person)


def address_is_taken(subject: Subject, _now: datetime) -> bool:
    """May nobody bring the typed address into the register?"""
    found = {queries.taken(line.key, but=line.profile_id) for line in profile_of(subject).typed}
    return bool(found & {"listed", "marked"})


def of_a_listed_one(line: Address, now: datetime) -> bool:
    """Is it the new address of a listed profile, and allowed?"""
    allowed = not rules.address_is_allowed(line, now)
    return allowed and rules.profile_is_listed(line, now)


def must_be_allowed(line: Address, now: datetime) -> bool:
    """Is it another address than the decided one, and not allowed yet?"""
    return bool(rules.address_is_allowed(line, now))


def nobody_allows(line: Address, now: datetime) -> bool:
    """Must it be allowed, and may nobody who decides do so, for they typed it?"""
    people = parties.supervisor.people(line, now)
    return must_be_allowed(line, now) and not any(
        workflow.ADDRESS.may("allow", line, one, now) for one in people
    )


def nobody_confirms(line: Address, now: datetime) -> bool:
    """May nobody be the second person of a new address?"""
    return of_a_listed_one(line, now) and not any(
        workflow.ADDRESS.may("confirm", line, one, now) and address_is_free(line, one, now)
        for one in parties.confirmer.people(line, now)
    )


def is_not_proposed(profile: Profile, _now: datetime) -> bool:
    """Has no keeper proposed to clear the alarm?"""
    return profile.clearing_by_id is None


def nobody_clears(profile: Profile, now: datetime) -> bool:
    """May nobody take the next step of an alarm (A54)?"""
    step = "propose_clear" if is_not_proposed(profile, now) else "clear"
    parts = {"propose_clear": parties.keepers, "clear": parties.second_clearer}
    people = parts[step].people(profile, now)
    return not any(workflow.ALARM.may(step, profile, one, now) for one in people)


def may_type(profile: Profile, person: Person, now: datetime) -> bool:
    """May a person type the address?"""
    new = Address(profile_id=profile.id, key="", typed_by_id=person.id)
    return workflow.ADDRESS.may("type", new, person, now)
