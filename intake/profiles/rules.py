"""What must hold before a step: rules return problems, conditions say yes or no."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from intake import clock
from intake.engine.table import Effect
from intake.handbook.models import Approval
from intake.people import town
from intake.profiles import checklist, queries, reading
from intake.profiles.models import LISTED, Address, ChecklistItem, Profile, ProfileKind, TwoStep
from intake.profiles.parties import Subject, profile_of
from intake.profiles.states import AlarmState, ProfileState
from intake.web.forms import Problem

Problems = Sequence[Problem]
A_YEAR = timedelta(days=366)  # what is put off further would be forgotten


def is_office(subject: Subject, _now: datetime) -> bool:
    """An office profile (P1)?"""
    return profile_of(subject).kind is ProfileKind.OFFICE


def is_expert(subject: Subject, _now: datetime) -> bool:
    """An expert profile (P2)?"""
    return profile_of(subject).kind is ProfileKind.EXPERT


def profile_is_open(subject: Subject, _now: datetime) -> bool:
    """In set-up, in use or closing?"""
    return profile_of(subject).state not in (ProfileState.CLOSED, ProfileState.NEVER_OPENED)


def profile_is_listed(subject: Subject, _now: datetime) -> bool:
    """In use or closing?"""
    profile = profile_of(subject)
    return profile.state in LISTED and profile.state is not ProfileState.CLOSED


def address_is_typed(subject: Subject, _now: datetime) -> bool:
    """Does an address wait for a second person?"""
    return bool(profile_of(subject).typed)


def profile_exists_outside(subject: Subject, now: datetime) -> bool:
    """Does the profile exist in its service: listed, or in set-up with an address?"""
    profile = profile_of(subject)
    in_setup = profile.state is ProfileState.SETUP and bool(profile.typed)
    return in_setup or profile_is_listed(profile, now)


def clearing_is_proposed(profile: Profile, _now: datetime) -> bool:
    """Has a keeper proposed to clear the alarm since it was set?"""
    return profile.clearing_by_id is not None


def address_differs_from_decision(subject: Subject, _now: datetime) -> bool:
    """Does the address that waits name another profile than the decision did (P4, O3)?"""
    profile = profile_of(subject)
    return _differs(profile, profile.typed)


def _differs(profile: Profile, group: Sequence[Address]) -> bool:
    if not profile.decided_key or not group:
        return False
    return profile.decided_key not in {line.key for line in group}


def checklist_is_done(profile: Profile, _now: datetime) -> Problems:
    """Every item is ticked."""
    return [
        Problem(_("Still open: %(item)s.", item=checklist.label(row)))
        for row in profile.checklist
        if row.done_at is None
    ]


def ticks_are_fresh(profile: Profile, now: datetime) -> Problems:
    """No tick is older than the town's limit (A15)."""
    return [
        Problem(_("Ticked too long ago, check it again: %(item)s.", item=checklist.label(row)))
        for row in profile.checklist
        if is_stale(row, now)
    ]


def is_stale(row: ChecklistItem, now: datetime) -> bool:
    """Was the item ticked longer ago than the town allows?"""
    oldest = clock.today(now) - timedelta(days=town.current().tick_days)
    return row.done_at is not None and clock.today(row.done_at) < oldest


def rights_are_stated(profile: Profile, _now: datetime) -> Problems:
    """Each admin has said which right they hold, signs in in two steps where the service offers
    it, and recovery goes through the town's mailbox (G9)."""
    return [problem for admin in profile.current_admins for problem in _unsafe(admin)]


def _unsafe(admin: Any) -> Iterator[Problem]:
    name = admin.person.name
    if admin.rights is None:
        yield Problem(_("%(person)s has not said which right they hold.", person=name))
        return
    if admin.two_step is TwoStep.OFF:
        yield Problem(_("%(person)s does not use two-step sign-in.", person=name))
    if not admin.recovery_shared:
        yield Problem(_("Recovery of %(person)s does not go through the town.", person=name))


def admins_have_accepted(profile: Profile, _now: datetime) -> Problems:
    """Everybody who was named has agreed in their own sign-in (P1)."""
    return [
        Problem(_("%(person)s has not yet agreed to be an admin.", person=admin.person.name))
        for admin in profile.current_admins
        if admin.accepted_at is None
    ]


def two_admins_are_named(profile: Profile, _now: datetime) -> Problems:
    """An office profile has two active admins or more (P1)."""
    if profile.kind is ProfileKind.EXPERT or len(profile.current_admins) >= 2:
        return []
    return [Problem(_("An office profile needs two admins."))]


def subject_is_in_service(profile: Profile, _now: datetime) -> Problems:
    """The expert works for the town (E0)."""
    if profile.kind is ProfileKind.OFFICE or (profile.subject and profile.subject.is_active):
        return []
    return [Problem(_("The expert is no longer in the town's service."))]


def consent_is_valid(profile: Profile, _now: datetime) -> Problems:
    """The expert has consented and not withdrawn it (E2)."""
    if profile.kind is ProfileKind.OFFICE:
        return []
    if profile.consent_on is not None and profile.consent_ended_at is None:
        return []
    return [Problem(_("The expert's consent is missing or withdrawn."))]


def somebody_stays(profile: Profile, _now: datetime, *, acting: Any = None) -> Problems:
    """The last admin stays until there is another; who leaves the town is asked nothing (P1)."""
    if isinstance(acting, Effect) or len(profile.current_admins) > 1:
        return []
    sentence = _("You are the only admin. Another must be named first, or the profile closed.")
    return [Problem(sentence)]


def decider_is_no_admin(profile: Profile, _now: datetime) -> Problems:
    """Who decided on the profile does not run it now (A2)."""
    if profile.decided_by_id not in {admin.person_id for admin in profile.current_admins}:
        return []
    return [Problem(_("Who decided on the profile cannot be its admin."))]


def address_is_readable(
    subject: Address, _now: datetime, *, address: str = "", lasting_id: str = ""
) -> Problems:
    """The typed address names one profile of the platform."""
    return reading.read(profile_of(subject), address, lasting_id).problems


def address_is_free(subject: Subject, _now: datetime, *, acting: Any = None) -> Problems:
    """No other entry has the address, and it is no site of others; a closed one's only a keeper may
    bring in (A14, A16)."""
    lines = [subject] if isinstance(subject, Address) else profile_of(subject).typed
    return [problem for line in lines for problem in _taken(line, acting)]


def _taken(line: Address, acting: Any) -> Iterator[Problem]:
    why = queries.taken(line.key, but=line.profile_id)
    field = "lasting_id" if line.lasting else "address"
    if sentence := reading.refusal_of_site(line.key):
        yield Problem(sentence, field)
    if why == "listed":
        yield Problem(_("This address is in the register already."), field)
    elif why == "marked" or (why == "closed" and not _keeper_looked(line, acting)):
        # the same words for both, so that they tell nothing (A9)
        yield Problem(_("A register keeper must look at this address first."), field)


def _keeper_looked(line: Address, acting: Any) -> bool:
    person = acting.cause if isinstance(acting, Effect) else acting
    ids = {keeper.id for keeper in queries.keepers()}
    return line.typed_by_id in ids or getattr(person, "id", None) in ids


def address_is_allowed(
    subject: Subject, _now: datetime, *, group: Sequence[Address] = ()
) -> Problems:
    """The address is the decided one, or the supervisor has allowed another, or the decision
    named none."""
    profile = profile_of(subject)
    lines = group or profile.typed
    if not _differs(profile, lines) or any(line.allowed_by_id for line in lines):
        return []
    return [
        Problem(_("The address is not the one that was decided on. The supervisor must allow it."))
    ]


def address_is_as_shown(
    subject: Subject, _now: datetime, *, shown: str | None = None, group: Sequence[Address] = ()
) -> Problems:
    """What is confirmed is what the person saw (A10): `shown` is the fingerprint of it."""
    if shown == queries.fingerprint(group or profile_of(subject).typed):
        return []
    return [Problem(_("The address has changed since you opened this page."), "shown")]


def platform_may_be_used(profile: Profile, _now: datetime) -> Problems:
    """The service is approved for work or on trial (G7)."""
    if profile.platform.approval in (Approval.APPROVED, Approval.ON_TRIAL):
        return []
    return [Problem(_("A register keeper must approve the service for work first."))]


def opened_today(_subject: Subject, _now: datetime, *, seen_today: bool = False) -> Problems:
    """Who confirms has opened the profile today (A15)."""
    if seen_today:
        return []
    return [Problem(_("Open the profile today before you confirm it."), "seen_today")]


def alarm_is_clear(profile: Profile, _now: datetime) -> Problems:
    """Nobody has taken the profile over, and the town can get in (A15)."""
    if profile.alarm is AlarmState.CLEAR:
        return []
    return [Problem(_("The profile is marked as taken over or lost. That must be cleared first."))]


def since_is_not_ahead(_profile: Profile, now: datetime, *, since: date | None = None) -> Problems:
    """The day on which it happened is today or past."""
    if since and since > clock.today(now):
        return [Problem(_("The day cannot lie ahead."), "since")]
    return []


def new_date_is_ahead(profile: Profile, now: datetime, *, until: date | None = None) -> Problems:
    """The new last day of the set-up lies after today and after the old one, within a year."""
    day = clock.today(now)
    if until and until > day + A_YEAR:
        return [Problem(_("Choose a day within a year."), "until")]
    if until and until > max(day, profile.setup_until or date.min):
        return []
    return [Problem(_("Choose a day after today and after the present one."), "until")]


def notice_days(profile: Profile) -> int:
    """How many days ahead a closing is told of."""
    rules = town.current()
    if profile.kind is ProfileKind.EXPERT:
        return rules.expert_closing_notice_days
    return rules.closing_notice_days


def notice_is_long_enough_or_explained(
    profile: Profile, now: datetime, *, closes_on: date | None = None, short_notice_reason: str = ""
) -> Problems:
    """A closing is told of well ahead, or why not (O8)."""
    if not closes_on:
        return [Problem(_("Give the closing day."), "closes_on")]
    left = (closes_on - clock.today(now)).days
    if left < 0:
        return [Problem(_("The closing day cannot lie in the past."), "closes_on")]
    if closes_on > clock.today(now) + 2 * A_YEAR:
        return [Problem(_("Choose a day within two years."), "closes_on")]
    least = notice_days(profile)
    if left >= least or short_notice_reason.strip():
        return []
    sentence = _("That is less than %(days)d days ahead. Say why.", days=least)
    return [Problem(sentence, "short_notice_reason")]


def closing_day_has_come(profile: Profile, now: datetime) -> Problems:
    """The announced day is today or past (O8)."""
    if profile.closes_on is not None and profile.closes_on <= clock.today(now):
        return []
    return [Problem(_("The closing day has not come yet."))]
