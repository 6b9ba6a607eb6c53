"""What must hold before a step on a case: rules return problems, conditions say yes or no."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _

from intake import clock
from intake.fakes import guard, notice_rules, queries
from intake.fakes.matching import report_keys, sites
from intake.fakes.models import Case
from intake.fakes.states import CaseState, PoliceState, UnitAnswer, Way
from intake.profiles.models import ProfileKind
from intake.profiles.states import AddressState, AlarmState, ProfileState
from intake.web.forms import Problem

Problems = Sequence[Problem]
OVER = (CaseState.DUPLICATE, CaseState.SPAM)
LAST_LOOK = timedelta(days=90)
FARTHEST_CHECK = timedelta(days=90)
LONGEST_WARNING = timedelta(days=366)
NOTICES = (Way.RULES, Way.ART16)  # the ways of a notice to the service


def _unless(holds: bool, sentence: Any, field: str | None = None) -> Problems:
    return [] if holds else [Problem(str(sentence), field)]


def a_report_can_be_answered(case: Case, _now: datetime, *, report: str = "") -> Problems:
    """The question goes to a report of this case."""
    known = {one.id for one in queries.reports_of(case)}
    return _unless(report in known, _("Choose a report of this case."), "report")


def main_case_is_another_and_open(
    case: Case, _now: datetime, *, main_case: str = "", acting: Any = None
) -> Problems:
    """The case it is merged into is another one that the handler may see, neither merged itself
    nor set aside."""
    found = report_keys.by_reference(main_case)
    if found is None or not queries.is_seen_by(found, acting):
        return [Problem(_("There is no such case."), "main_case")]
    if found.id == case.id:
        return [Problem(_("Choose another case than this one."), "main_case")]
    if found.state in OVER:
        return [Problem(_("That case is merged or set aside itself."), "main_case")]
    is_known = case.confirmed_at is not None and found.confirmed_at is None
    sentence = _("This case is a confirmed fake. Merge the other case into it instead.")
    return _unless(not is_known, sentence, "main_case")


def address_is_readable(_case: Case, _now: datetime, *, key: str = "") -> Problems:
    """The text gives a key."""
    return _unless(bool(report_keys.key_of(key)), _("Write an address or a handle."), "key")


def key_has_no_other_case(
    case: Case, _now: datetime, *, key: str = "", acting: Any = None
) -> Problems:
    """No other case has the key; else it is named, to be merged, to who may see it (A70)."""
    other = queries.of_key(report_keys.key_of(key))
    if other is None:
        return []
    if other.id == case.id:
        return [Problem(_("This case has the address already."), "key")]
    if not queries.is_seen_by(other, acting):
        return [Problem(_("You cannot add this address. Ask another handler."), "key")]
    sentence = _("Case %(reference)s has this address. Merge the cases.", reference=other.reference)
    return [Problem(sentence, "key")]


def a_page_of_a_site_is_confirmed(case: Case, _now: datetime) -> bool:
    """Is the case about pages of a site that is not called a fake as a whole yet?"""
    return case.confirmed_at is not None and bool(sites.of(case))


def site_is_nobody_elses(case: Case, _now: datetime, *, site: str = "") -> Problems:
    """A host that serves many people, and the town's own, is never called a fake as a whole; nor is
    a site that another case has, until the two are merged."""
    found = next((one for one in sites.of(case) if one.key == site), None)
    if found is None:
        return [Problem(_("Choose one of the sites of this case."), "site")]
    if found.is_shared:
        sentence = _(
            "This host serves many people, or it is the town's own: only pages of it can "
            "be called a fake."
        )
        return [Problem(sentence, "site")]
    if found.ours:
        sentence = _("The town has a listed profile on this site.")
        return [Problem(sentence, "site")]
    other = queries.of_key(site)
    if other is not None and other.id != case.id:
        sentence = _("Another case has this site already. Merge the cases first.")
        return [Problem(sentence, "site")]
    return []


def something_stays_behind(
    case: Case, _now: datetime, *, reports: Sequence[str] = (), keys: Sequence[str] = ()
) -> Problems:
    """A part goes, and at least one report or address stays."""
    own = {one.id for one in queries.reports_of(case)}, {one.id for one in queries.keys_of(case)}
    going = own[0] & set(reports), own[1] & set(keys)
    if not any(going):
        return [Problem(_("Choose the reports or addresses that go to the new case."), "reports")]
    return _unless(going != own, _("Leave at least one report or address behind."), "reports")


def key_is_not_registered(case: Case, _now: datetime, *, unit_answer: str = "") -> Problems:
    """No address of the town's is ever confirmed or reported as a fake (P4); a former one only
    where its unit says that the town does not hold the account any more."""
    gone = UnitAnswer.NO_LONGER_OURS in (unit_answer, case.unit_answer)
    return _registered((key.key for key in queries.keys_of(case)), gone, None, "unit_answer")


def new_key_is_not_registered(case: Case, _now: datetime, *, key: str = "") -> Problems:
    """What is added to a confirmed fake is called a fake at once: no address of the town's (P4)."""
    if case.confirmed_at is None or not key:
        return []
    return _registered([report_keys.key_of(key)], _is_gone(case), "key", "key")


def merged_keys_are_not_registered(case: Case, _now: datetime, *, main_case: str = "") -> Problems:
    """Nor does one become a fake's by a merge into a confirmed case."""
    main = report_keys.by_reference(main_case) if main_case else None
    if main is None or main.confirmed_at is None:
        return []
    keys = [key.key for key in queries.keys_of(case)]
    return _registered(keys, _is_gone(main), "main_case", "main_case")


def no_key_is_listed(case: Case, _now: datetime) -> Problems:
    """A profile is given up, and its case with all its addresses becomes a fake's (O8)."""
    return _registered((key.key for key in queries.keys_of(case)), True)


def _is_gone(case: Case) -> bool:
    """Has the unit said that the town does not hold the account any more?"""
    return case.unit_answer is UnitAnswer.NO_LONGER_OURS


def _registered(
    keys: Iterable[str], gone: bool, listed: str | None = None, former: str | None = None
) -> Problems:
    """That an address is the town's, beside the field `listed`; or was and is perhaps not `gone`,
    beside `former`."""
    for address, profile in queries.in_register(keys):
        if address.state is AddressState.CURRENT and profile.state is not ProfileState.CLOSED:
            sentence = _("The address is in the register: %(name)s.", name=profile.name)
            return [Problem(sentence, listed)]
        if address.state in (AddressState.CURRENT, AddressState.FORMER) and not gone:
            sentence = _("The town had this address: ask the unit whether it still holds it.")
            return [Problem(sentence, former)]
    return []


def unit_was_asked(_case: Case, _now: datetime, *, unit_answer: str = "") -> Problems:
    """The imitated unit has said whether the account is its own, or was not reached."""
    known = {answer.value for answer in UnitAnswer}
    return _unless(unit_answer in known, _("Say what the unit answered."), "unit_answer")


def evidence_is_stored(case: Case, _now: datetime) -> Problems:
    """A file, or a handler's own dated look."""
    return _unless(queries.has_evidence(case), _("Store a screenshot or note your own look first."))


def second_look_is_done_if_due(
    case: Case, _now: datetime, *, looks_private: bool = False
) -> Problems:
    """Another handler has given an opinion since the case was taken, where it looks private, an
    expert is imitated or the genuine profile may be hijacked."""
    if not (looks_private or second_is_due(case, _now)):
        return []
    return _unless(
        second_is_given(case),
        _(
            "Another handler must give an opinion first. Where there is none, ask an administrator "
            "to give somebody the role."
        ),
    )


def second_is_due(case: Case, _now: datetime) -> bool:
    """Does another handler give an opinion: an expert is imitated, the genuine profile may be
    hijacked, or the handler has asked, for it looks private?"""
    expert = case.profile is not None and case.profile.kind is ProfileKind.EXPERT
    alarmed = case.profile is not None and case.profile.alarm is not AlarmState.CLEAR
    return case.looks_private or expert or alarmed


def second_is_given(case: Case) -> bool:
    """Has another handler given an opinion since the case was taken?"""
    return bool(case.second_at is not None and case.taken_at and case.second_at >= case.taken_at)


def no_second_is_due(case: Case, now: datetime) -> bool:
    """Has nobody to give an opinion, so that the handler may ask for one?"""
    return not second_is_due(case, now)


def second_is_waited_for(case: Case, now: datetime) -> bool:
    """Must another handler give an opinion, and has nobody done so yet?"""
    return second_is_due(case, now) and not second_is_given(case)


def a_channel_is_left(case: Case, _now: datetime) -> Problems:
    """There is a way to the service that was not used since the case was last confirmed."""
    used = _used(case)
    sentence = _("Notices went both ways already. Take the case further.")
    return _unless(any(way.value not in used for way in NOTICES), sentence)


def _used(case: Case) -> set[str]:
    return {
        filing.way
        for filing in queries.filings_of(case)
        if case.confirmed_at is None or filing.sent_at >= case.confirmed_at
    }


def notice_is_complete(
    case: Case, _now: datetime, *, text: str = "", route: str = "", channel: str = ""
) -> Problems:
    """Everything the channel demands is in the notice (2022/2065 art. 16(2))."""
    return notice_rules.problems(case, text, route, channel)


def genuine_one_is_named(
    case: Case,
    _now: datetime,
    *,
    text: str = "",
    warning_text: str = "",
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Problems:
    """The text names the genuine profile, where there is one: it must not be touched. So does a
    warning in each of its languages."""
    if case.profile is None or not case.profile.current:
        return []
    said = texts or ({"warning_text": warning_text} if warning_text else {"text": text})
    genuine = [line.url or line.typed for line in case.profile.current]
    sentence = _("Name the genuine profile with its address.")
    return [
        Problem(sentence, name)
        for name, one in said.items()
        if not any(address in one for address in genuine)
    ]


def channel_is_unused(case: Case, _now: datetime, *, channel: str = "") -> Problems:
    """One notice for each channel since the case was last confirmed (2022/2065 art. 23)."""
    return _unless(channel not in _used(case), _("A notice went this way already."), "channel")


def answer_is_overdue(case: Case, now: datetime) -> Problems:
    """The platform's time is over."""
    over = case.due_at is not None and case.due_at <= now
    return _unless(over, _("The service still has time to answer."))


def own_look_is_stored(
    case: Case, now: datetime, *, acting: Any = None, looked: bool = False
) -> Problems:
    """Who says that it is gone has looked today: just now, or by a look of theirs that is kept."""
    if looked:
        return []
    look = queries.latest_look(case)
    mine = look is not None and look.by_id == getattr(acting, "id", "")
    today = look is not None and clock.today(look.seen_at) == clock.today(now)
    sentence = _("Look at the profile yourself first, and note it.")
    return _unless(mine and today, sentence, "looked")


def police_is_considered(case: Case, _now: datetime) -> Problems:
    """Where money, data or a named person is at stake, the police have been thought of (P5)."""
    if case.police is not PoliceState.NOT_CONSIDERED or not report_keys.is_grave(case):
        return []
    return [Problem(_("Decide first whether the police are told."))]


def police_is_considered_if_last(case: Case, now: datetime) -> Problems:
    """The same, on the last look of 90 days."""
    last = case.ended_at is not None and now >= case.ended_at + LAST_LOOK
    return police_is_considered(case, now) if last else []


def warning_is_considered(case: Case, _now: datetime, *, no_warning_reason: str = "") -> Problems:
    """People were warned, or it is said why not."""
    done = bool(queries.warnings_of(case) or case.no_warning_reason or no_warning_reason)
    return _unless(done, _("Say why no public warning was given."), "no_warning_reason")


def next_check_is_near(
    _case: Case, now: datetime, *, next_check_on: date | None = None
) -> Problems:
    """What goes further is looked at again so soon that nobody forgets it."""
    near = next_check_on is None or next_check_on <= clock.today(now) + FARTHEST_CHECK
    sentence = _("Choose a day within %(days)d days.", days=FARTHEST_CHECK.days)
    return _unless(near, sentence, "next_check_on")


def warning_ends_in_time(_case: Case, now: datetime, *, ends_on: date | None = None) -> Problems:
    """A public warning ends within a year."""
    near = ends_on is None or ends_on <= clock.today(now) + LONGEST_WARNING
    return _unless(near, _("Choose a day within a year."), "ends_on")


def fake_is_not_named(
    case: Case,
    _now: datetime,
    *,
    warning_text: str = "",
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Problems:
    """A public warning names the genuine profile alone, never the fake (act 1050/2018 § 7)."""
    return guard.fake_problems(case, texts or {"warning_text": warning_text})


def packet_is_made(case: Case, _now: datetime) -> Problems:
    """The packet for the police holds all the evidence there is."""
    newest = max((file.created_at for file in queries.evidence_of(case)), default=None)
    made = case.packet_at is not None and (newest is None or case.packet_at >= newest)
    return _unless(made, _("Make the packet for the police first."))


def key_is_listed(case: Case, _now: datetime) -> Problems:
    """The address belongs to a profile in the register: it is no fake but hijacked."""
    keys = [key.key for key in queries.keys_of(case)]
    if case.profile is not None:
        keys += [line.key for line in case.profile.current]
    return _unless(queries.listed_with(keys) is not None, _("The address is not in the register."))


def no_case_is_open_for_it(case: Case, _now: datetime) -> Problems:
    """The profile is not being got back already."""
    found = case.profile_id and queries.open_recovery_of(case.profile_id)
    return _unless(not found, _("The profile is being got back already."))


def alarm_is_clear(case: Case, _now: datetime) -> Problems:
    """Two people have said that the profile is in the town's hands again (A54)."""
    clear = case.profile is not None and case.profile.alarm is AlarmState.CLEAR
    return _unless(clear, _("The profile's alarm must be cleared first, by two people."))


def profile_is_closed(case: Case, _now: datetime) -> Problems:
    """The profile is given up: it was closed in good order (O8)."""
    closed = case.profile is not None and case.profile.state is ProfileState.CLOSED
    return _unless(closed, _("Close the profile first."))


def case_is_being_handled(case: Case, _now: datetime) -> bool:
    """Taken once, neither set aside nor merged?"""
    return case.taken_at is not None and case.state not in OVER


def warning_is_public(case: Case, now: datetime) -> bool:
    """Is a warning shown to the public now?"""
    today: date = clock.today(now)
    return any(one.ended_at is None and one.ends_on >= today for one in queries.warnings_of(case))
