"""What waits for a person among cases: their own one by one, those nobody has taken as one row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, func, or_, select

from intake import clock
from intake.data.base import db
from intake.engine.tracks import Duty
from intake.fakes import parties, queries, words
from intake.fakes.models import Case, Watch
from intake.fakes.states import CaseState as C
from intake.fakes.states import PoliceState
from intake.people.models import Person, Role
from intake.profiles import queries as profiles
from intake.profiles.models import Profile

SHOWN = 50  # of one's own; the queue shows the rest
MANY = 1000
NEXT = {  # the verb and the step that a state waits for
    C.UNDER_REVIEW: (_l("Decide what it is"), ""),
    C.NEEDS_INFO: (_l("See whether an answer came"), ""),
    C.CONFIRMED: (_l("Send the notice to the service"), "notify"),
    C.PLATFORM_NOTIFIED: (_l("See whether the service answered"), ""),
    C.NO_ANSWER: (_l("Take it further"), ""),
    C.PLATFORM_REFUSED: (_l("Choose the next step"), ""),
    C.ESCALATED: (_l("See how it stands"), ""),
    C.RECOVERING: (_l("Get the profile back"), ""),
    C.TAKEN_DOWN: (_l("Look whether it is still gone"), "recheck"),
    C.CLOSED_UNRESOLVED: (_l("Look at it again"), "recheck"),
    C.RECEIVED: (_l("Take this case"), ""),
    C.REOPENED: (_l("Take this case"), ""),
}
RESTING = (C.TAKEN_DOWN, C.CLOSED_UNRESOLVED)
LED = (C.NO_ANSWER, C.ESCALATED, C.CLOSED_UNRESOLVED)  # a lead handler's


def of_cases(person: Person, now: datetime, subject: Case | None = None) -> list[Duty]:
    """What waits for a person on one case, or on all."""
    if subject is not None:
        return _on(subject, person, now)
    found = _watches(person, now)
    if not person.roles & {*queries.HANDLING, Role.KEEPER.value}:
        return found
    mine = [_duty(case, _why(case, person)) for case in _mine(person, now)]
    return [*mine, *_untaken(person, now), *found]


def _on(case: Case, person: Person, now: datetime) -> list[Duty]:
    waits = case.state in NEXT and case.due_at is not None
    if not waits or person not in parties.handler.people(case, now):
        return []
    if case.state in RESTING and (case.due_at is None or case.due_at > now):
        return []
    return [_duty(case, _why(case, person))]


def _mine(person: Person, now: datetime) -> Iterable[Case]:
    """The cases that wait for this person by name, and a lead's of those that are late."""
    own: ColumnElement[bool] = Case.handler_id == person.id
    if Role.LEAD.value in person.roles:
        own = or_(own, Case.state.in_(LED))
    active = Case.state.in_([state for state in NEXT if state not in RESTING])
    resting = Case.state.in_(RESTING) & (Case.due_at <= clock.end_of(clock.today(now)))
    query = (
        select(Case)
        .where(own, or_(active, resting), Case.held.is_(False), queries.visible_to(person))
        .options(*queries.WITH)
        .order_by(Case.due_at, Case.id)
        .limit(SHOWN)
    )
    return db.session.scalars(query)


def _untaken(person: Person, now: datetime) -> list[Duty]:
    """One row for all that nobody has taken, however many: ten thousand hide nothing else."""
    waiting = (
        select(Case.id, Case.due_at)
        .where(
            queries.waits_for_anybody(parties.all_handlers()),
            Case.state.not_in(RESTING) | (Case.due_at <= clock.end_of(clock.today(now))),
            or_(Case.handler_id.is_(None), Case.handler_id != person.id),
            queries.visible_to(person),
        )
        .order_by(Case.due_at)
        .limit(MANY + 1)
        .subquery()
    )
    number, first = db.session.execute(select(func.count(), func.min(waiting.c.due_at))).one()
    if not number:
        return []
    count = "1 000+" if number > MANY else number
    title = ngettext("%(count)s report", "%(count)s reports", number, count=count)
    why = _("You are a case handler, and nobody has taken them yet.")
    oldest = db.session.scalars(
        select(Case).where(Case.id.in_(select(waiting.c.id))).order_by(Case.due_at).limit(1)
    ).one()
    return [Duty(_("Take a case"), title, why, first, "/cases?state=untaken", oldest)]


def _duty(case: Case, why: Any) -> Duty:
    verb, step = NEXT[case.state or C.RECEIVED]
    path = words.path(case) + (f"/{step}" if step else "")
    return Duty(verb, words.title(case), why, case.due_at, path, case)


def _why(case: Case, person: Person) -> Any:
    if case.handler_id == person.id:
        return _("You handle this case.")
    return _("You are a case handler.")


def _watches(person: Person, now: datetime) -> list[Duty]:
    """The genuine profiles to look at after a notice, each once, by its oldest look: platforms have
    removed the wrong page."""
    mine = or_(
        profiles.administers(person),
        Watch.case_id.in_(select(Case.id).where(Case.handler_id == person.id)),
    )
    rows = db.session.execute(
        select(Watch, Profile)
        .join(Profile, Profile.id == Watch.profile_id)
        .where(Watch.looked_at.is_(None), Watch.due_on <= clock.today(now), mine)
        .order_by(Watch.due_on, Watch.id)
        .limit(SHOWN)
    )
    oldest: dict[str, tuple[Watch, Profile]] = {}
    for watch, profile in rows:
        oldest.setdefault(profile.id, (watch, profile))
    why = _("The town sent a notice of a fake. The service must not touch the genuine profile.")
    return [
        Duty(
            _("Look at the genuine profile"),
            profile.name,
            why,
            clock.end_of(watch.due_on),
            f"/cases/watch/{watch.id}",
            watch,
        )
        for watch, profile in oldest.values()
    ]


def of_police(person: Person, now: datetime, subject: Case | None = None) -> list[Duty]:
    """Where it is not decided yet whether the police are told (P5)."""
    if subject is not None:
        found = [subject] if person in parties.handler.people(subject, now) else []
    elif person.roles & queries.HANDLING:
        query = (
            select(Case)
            .where(
                Case.police == PoliceState.NOT_CONSIDERED,
                Case.police_due_at.is_not(None),
                or_(
                    Case.handler_id == person.id,
                    Case.handler_id.is_(None),
                    Case.handler_id.not_in([one.id for one in parties.all_handlers()]),
                ),
                queries.visible_to(person),
            )
            .options(*queries.WITH)
            .order_by(Case.police_due_at, Case.id)
            .limit(SHOWN)
        )
        found = list(db.session.scalars(query))
    else:
        return []
    why = _("You handle this case, and it is not decided whether the police are told.")
    return [
        Duty(
            _("Decide on the police"),
            words.title(case),
            why,
            case.police_due_at,
            f"{words.path(case)}#police",
            case,
        )
        for case in found
        if case.police is PoliceState.NOT_CONSIDERED and case.police_due_at is not None
    ]
