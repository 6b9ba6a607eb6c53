"""The rows of the desk for cases and for the police: what waits for whom, and while what holds."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.duties import Rank, Task
from intake.engine.earlier_steps import earlier
from intake.fakes import parties, rules, words, workflow
from intake.fakes.models import Case
from intake.fakes.states import CaseState as C
from intake.fakes.states import PoliceState as P
from intake.fakes.states import Priority
from intake.people.models import Person

RESTING = (C.TAKEN_DOWN, C.CLOSED_UNRESOLVED)
NEW = (C.RECEIVED, C.REOPENED)
HANDLED = tuple(state for state in workflow.OPEN if state not in NEW)
LATE, VERY_LATE = 2, 14  # days behind, when the leads have a case, and when others must be named
LIFTS = {rules.evidence_is_stored: "look"}  # the step that lifts what a rule wants
YOURS = _l("You handle this case.")


def is_on_the_queue(case: Case, _now: datetime) -> bool:
    """Is it not held apart?"""
    return not case.held


def look_is_due(case: Case, now: datetime) -> bool:
    """Has the day of the next look come, and does nothing else come first?"""
    is_due = case.due_at is not None and case.due_at <= clock.end_of(clock.today(now))
    return is_due and not rules.police_is_considered_if_last(case, now)


def nobody_handles(case: Case, now: datetime) -> bool:
    """May nobody see to it, for all handlers and keepers are excluded, or there are none (A70)?"""
    return case.due_at is not None and not case.held and not parties.handler.people(case, now)


def waits_too_long(case: Case, _now: datetime) -> bool:
    """Is it to be done, and not held apart?"""
    return case.due_at is not None and not case.held


def nobody_gives_a_second(case: Case, now: datetime) -> bool:
    """Must another handler give an opinion, and is there none who may?"""
    if not rules.second_is_waited_for(case, now):
        return False
    took = earlier(workflow.CASE, case, ("take",))
    return all(one.id in took for one in parties.other_handler.people(case, now))


def another_handler_may(case: Case, person: Person, _now: datetime) -> bool:
    """Is it somebody else's?"""
    return case.handler_id != person.id


def case_is_there(case: Case, now: datetime) -> bool:
    """Is the question of the police asked of a case that is handled?"""
    return case.police_due_at is not None and rules.case_is_being_handled(case, now)


def how_bad(case: Case) -> Rank:
    """Money or data are at stake, or a profile of the town's own is in other hands."""
    urgent = case.priority is Priority.URGENT or case.state is C.RECOVERING
    return Rank.URGENT if urgent else Rank.ORDINARY


def _routine(_case: Case) -> Rank:
    return Rank.ROUTINE


def _to_people(_case: Case) -> str:
    return "/people"


def _to_police(case: Case) -> str:
    return f"{words.path(case)}#police"


def number(case: Case) -> str:
    """The number alone, for who may see nothing of the case (A69)."""
    return case.reference or ""


def _of_handler(
    what: object,
    verb: object,
    state: C,
    steps: tuple[str, ...],
    also: tuple[str, ...] = (),
    told: tuple[int, ...] = (0,),
    page: str | None = "",
) -> Task:
    """What waits for the handler of a case; for all handlers where it has none."""
    by = (parties.assigned_handler,)
    return Task(what, verb, YOURS, (state,), by, steps, also, told=told, page=page, rank=how_bad)


NAME_HANDLER = (
    _l("Give somebody the role of a case handler, for case %(title)s"),
    _l("Name a handler"),
)
CASE = (
    Task(
        _l("Take the case %(title)s"),
        _l("Take this case"),
        _l("You are a case handler."),
        NEW,
        (parties.handler,),
        ("take",),
        when=(is_on_the_queue,),
        page="",
        rank=how_bad,
    ),
    _of_handler(
        _l("Decide what the case %(title)s is"),
        _l("Decide what it is"),
        C.UNDER_REVIEW,
        ("recover", "confirm"),
        ("dismiss", "ask_reporter", "merge"),
    ),
    Task(
        _l("Give a second opinion on the case %(title)s"),
        _l("Give a second opinion"),
        _l("Its handler may not decide alone: another handler says first what they think."),
        (C.UNDER_REVIEW,),
        (parties.other_handler,),
        ("second",),
        when=(rules.second_is_waited_for,),
        told=(-1, 0),
        opens=another_handler_may,
        rank=how_bad,
    ),
    Task(
        *NAME_HANDLER,
        _l("It needs a second opinion, and there is no other handler who may give it."),
        (C.UNDER_REVIEW,),
        (parties.administrators,),
        when=(nobody_gives_a_second,),
        told=(-1, 0),
        path=_to_people,
        thing=number,
    ),
    _of_handler(
        _l("See whether the reporter of case %(title)s has answered"),
        _l("See whether an answer came"),
        C.NEEDS_INFO,
        ("go_on",),
    ),
    _of_handler(
        _l("Send the service a notice of the fake profile %(title)s"),
        _l("Send the notice to the service"),
        C.CONFIRMED,
        ("notify",),
        ("escalate", "note_takedown"),
        page="notify",
    ),
    _of_handler(
        _l("See whether the service has answered about %(title)s"),
        _l("See whether the service answered"),
        C.PLATFORM_NOTIFIED,
        ("note_no_answer", "note_takedown"),
        ("note_refusal",),
        told=(-2, 0),
    ),
    _of_handler(
        _l("Take the next step with %(title)s: the service has not answered"),
        _l("Choose the next step"),
        C.NO_ANSWER,
        ("notify", "note_takedown"),
        ("note_refusal",),
    ),
    _of_handler(
        _l("Take the next step with %(title)s: the service refused"),
        _l("Choose the next step"),
        C.PLATFORM_REFUSED,
        ("notify", "note_takedown"),
    ),
    Task(
        _l("Take the case %(title)s further, or end it"),
        _l("Take it further"),
        _l("The service did not remove it. Only a lead handler takes it further or ends it."),
        (C.NO_ANSWER, C.PLATFORM_REFUSED),
        (parties.lead,),
        ("escalate",),
        ("close_unresolved",),
        page="",
        rank=how_bad,
    ),
    _of_handler(
        _l("See how the case %(title)s stands, which was taken further"),
        _l("See how it stands"),
        C.ESCALATED,
        ("note_takedown",),
        ("note_refusal", "notify"),
    ),
    Task(
        _l("See how the case %(title)s stands, which was taken further"),
        _l("See how it stands"),
        _l("You lead the handling of cases, and the day of the next check has come."),
        (C.ESCALATED,),
        (parties.lead,),
        ("escalate", "note_takedown"),
        ("close_unresolved",),
        after=0,
        page="",
        rank=how_bad,
    ),
    _of_handler(
        _l("Get the town's own profile back: %(title)s"),
        _l("Get the profile back"),
        C.RECOVERING,
        ("end_recovery", "file_recovery"),
    ),
    Task(
        _l("Look whether %(title)s is still gone"),
        _l("Look whether it is still gone"),
        YOURS,
        (C.TAKEN_DOWN,),
        (parties.assigned_handler,),
        ("recheck",),
        ("reopen",),
        when=(look_is_due,),
        page="recheck",
        rank=_routine,
    ),
    Task(
        _l("Look again at %(title)s, which ended without removal"),
        _l("Look at it again"),
        _l("A case that ended without removal is looked at each year."),
        (C.CLOSED_UNRESOLVED,),
        (parties.assigned_handler, parties.lead),
        ("recheck",),
        ("reopen",),
        when=(look_is_due,),
        page="recheck",
        rank=_routine,
    ),
    Task(
        _l("See to the late case %(title)s"),
        _l("See to it"),
        _l("You lead the handling of cases, and this one is late. Act, or give it to another."),
        HANDLED,
        (parties.lead,),
        ("assign",),
        ("retract", "escalate", "notify", "dismiss", "recover", "confirm", "give_up_recovery"),
        after=LATE,
        page="",
        rank=how_bad,
    ),
    Task(
        _l("Look again at %(title)s: nobody has"),
        _l("Look at it again"),
        _l("You lead the handling of cases, and this look is late."),
        RESTING,
        (parties.lead,),
        ("recheck",),
        ("reopen",),
        when=(look_is_due,),
        after=7,
        page="recheck",
        rank=_routine,
    ),
    Task(
        *NAME_HANDLER,
        _l("Nobody may see to it: all handlers and register keepers are excluded from it."),
        (*workflow.OPEN, *RESTING),
        (parties.administrators,),
        when=(nobody_handles,),
        told=(-3, 0),
        path=_to_people,
        thing=number,
    ),
    Task(
        *NAME_HANDLER,
        _l("Nobody has seen to it for two weeks. Give the role to somebody who has the time."),
        (*workflow.OPEN, *RESTING),
        (parties.administrators,),
        when=(waits_too_long,),
        after=VERY_LATE,
        path=_to_people,
        thing=number,
    ),
)

POLICE = (
    Task(
        _l("Decide whether the police are told of %(title)s"),
        _l("Decide on the police"),
        _l("You handle this case, and it is not decided whether the police are told."),
        (P.NOT_CONSIDERED,),
        (parties.assigned_handler,),
        ("decide_not_needed", "advise_victim", "file", "note_victims_report"),
        when=(case_is_there,),
        path=_to_police,
        rank=how_bad,
    ),
    Task(
        _l("Decide whether the police are told of %(title)s"),
        _l("Decide on the police"),
        _l("You lead the handling of cases, and this decision is late."),
        (P.NOT_CONSIDERED,),
        (parties.lead,),
        ("decide_not_needed", "advise_victim", "file", "note_victims_report"),
        when=(case_is_there,),
        after=5,
        path=_to_police,
        rank=how_bad,
    ),
    Task(
        *NAME_HANDLER,
        _l("Nobody may see to it: all handlers and register keepers are excluded from it."),
        (P.NOT_CONSIDERED,),
        (parties.administrators,),
        when=(case_is_there, nobody_handles),
        path=_to_people,
        thing=number,
    ),
)
