"""What waits for a person among cases: their own one by one, those nobody has taken as one row."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from intake import clock
from intake.data.base import db
from intake.engine import duties as desks
from intake.engine import earlier_steps, tracks
from intake.engine.duties import Call, Duty, Rank
from intake.fakes import parties, queries, waiting, workflow
from intake.fakes.models import Case, Exclusion, Watch
from intake.fakes.states import CaseState as C
from intake.fakes.states import PoliceState, Priority
from intake.people import queries as people
from intake.people.models import Person, Role, RoleGrant
from intake.profiles import queries as profiles
from intake.profiles.models import Profile, ProfileKind
from intake.profiles.states import AlarmState

SHOWN = 50  # of one's own; the queue shows the rest
MANY = 1000
SOON = timedelta(days=3)  # how far ahead the letters of the morning look
WATCHED = 3  # days behind, when the leads have a look at a genuine profile
HANDLING = {*queries.HANDLING, Role.KEEPER.value}


def of_cases(person: Person, now: datetime, subject: Case | None = None) -> list[Duty]:
    """What waits for a person on one case, or on all."""
    if subject is not None:
        return _on([subject], person, now)
    found = _watches(person, now)
    if person.roles & HANDLING:
        mine = _on(dict.fromkeys([*_own(person, now), *_of_others(person, now)]), person, now)
        found = [*mine, *_untaken(person, now), *found]
    if Role.ADMINISTRATOR.value in person.roles:
        found += _left_alone(now)
    return found


def _on(cases: Iterable[Case], person: Person, now: datetime) -> list[Duty]:
    known = list(cases)
    parties.recall_excluded(known)
    if len(known) > 1:
        earlier_steps.recall(workflow.CASE, known)
    desk = tracks.track(workflow.CASE.name)
    return [duty for case in known for duty in desks.on(desk, case, person, now)]


def _dated(now: datetime) -> ColumnElement[bool]:
    """Open, or at rest and to be looked at today."""
    resting = Case.state.in_(waiting.RESTING)
    due = Case.due_at <= clock.end_of(clock.today(now))
    return and_(Case.held.is_(False), or_(Case.state.in_(workflow.OPEN), resting & due))


def _own(person: Person, now: datetime) -> Iterable[Case]:
    """The cases that wait for this person by name."""
    return _some(Case.handler_id == person.id, _dated(now), queries.visible_to(person))


def _of_others(person: Person, now: datetime) -> Iterable[Case]:
    """Those of others that may wait for a lead, or for a second opinion: a superset."""
    late = Case.due_at < clock.end_of(clock.today(now) - timedelta(days=1))
    further = Case.state.in_((C.NO_ANSWER, C.PLATFORM_REFUSED, C.ESCALATED))
    second = (Case.state == C.UNDER_REVIEW) & or_(
        Case.looks_private.is_(True),
        Profile.kind == ProfileKind.EXPERT,
        Profile.alarm != AlarmState.CLEAR,
    )
    return _some(
        Case.handler_id.is_not(None),
        Case.handler_id != person.id,
        Case.state.not_in(waiting.NEW),
        or_(late, further, second),
        _dated(now),
        queries.visible_to(person),
    )


def _some(*conditions: ColumnElement[bool]) -> Iterable[Case]:
    query = (
        select(Case)
        .outerjoin(Profile, Profile.id == Case.profile_id)
        .where(*conditions)
        .options(*queries.WITH)
        .order_by(Case.due_at, Case.id)
        .limit(SHOWN)
    )
    return db.session.scalars(query)


def _untaken(person: Person, now: datetime) -> list[Duty]:
    """One row for all that nobody has taken, however many: ten thousand hide nothing else."""
    condition = and_(
        queries.waits_for_anybody(parties.all_handlers()),
        _dated(now),
        or_(Case.handler_id.is_(None), Case.handler_id != person.id),
        queries.visible_to(person),
    )
    found = _counted(condition)
    if found is None:
        return []
    number, oldest, urgent = found
    title = ngettext("%(count)s report", "%(count)s reports", number, count=_count(number))
    why = _("You are a case handler, and nobody has taken them yet.")
    what = ngettext(
        "Take a case: %(count)s report waits",
        "Take a case: %(count)s reports wait",
        number,
        count=_count(number),
    )
    rank = Rank.URGENT if urgent else Rank.ORDINARY
    url = "/cases?state=untaken"
    return [Duty(_("Take a case"), title, why, oldest.due_at, url, oldest, what, rank)]


def _count(number: int) -> str:
    return "1 000+" if number > MANY else str(number)


def _counted(condition: ColumnElement[bool]) -> tuple[int, Case, bool] | None:
    """How many cases, the one that is due first, and whether one of them is urgent."""
    those = (
        select(Case.id, Case.due_at, Case.priority)
        .where(condition)
        .order_by(Case.due_at)
        .limit(MANY + 1)
        .subquery()
    )
    urgent = func.count().filter(those.c.priority == Priority.URGENT)
    number, hot = db.session.execute(select(func.count(), urgent).select_from(those)).one()
    if not number:
        return None
    ids = select(those.c.id)
    first = select(Case).where(Case.id.in_(ids)).order_by(Case.due_at, Case.id).limit(1)
    return number, db.session.scalars(first).one(), bool(hot)


def _left_alone(now: datetime) -> list[Duty]:
    """One row for all the cases that nobody may or does see to, for who can name others; it tells
    nothing of them (A69)."""
    late = Case.due_at < now - timedelta(days=waiting.VERY_LATE)
    by = (Role.HANDLER, Role.LEAD, Role.KEEPER)
    may = (
        exists()
        .where(
            RoleGrant.role.in_(by),
            RoleGrant.ended_at.is_(None),
            Person.id == RoleGrant.person_id,
            Person.ended_at.is_(None),
            ~exists()
            .where(
                Exclusion.case_id == Case.id,
                Exclusion.person_id == RoleGrant.person_id,
                Exclusion.ended_at.is_(None),
            )
            .correlate(Case, RoleGrant),
        )
        .correlate(Case)
    )
    waits = and_(_dated(now), Case.due_at.is_not(None))
    asked = and_(Case.police == PoliceState.NOT_CONSIDERED, Case.police_due_at.is_not(None))
    found = _counted(or_(and_(waits, late), and_(or_(waits, asked), ~may)))
    rows = [] if found is None else [(found[0], found[1])]
    rows += [(1, one) for one in _without_second(now)]
    return [_to_name(number, oldest) for number, oldest in rows[:1]]


def _without_second(now: datetime) -> list[Case]:
    """The cases that need a second opinion where the town has one handler alone."""
    if len(parties.all_handlers()) > 1:
        return []
    found = _some(Case.state == C.UNDER_REVIEW, Case.held.is_(False))
    return [one for one in found if waiting.nobody_gives_a_second(one, now)]


def _to_name(number: int, oldest: Case) -> Duty:
    what = ngettext(
        "Give somebody the role of a case handler: %(count)s case waits",
        "Give somebody the role of a case handler: %(count)s cases wait",
        number,
        count=_count(number),
    )
    why = _("Nobody may see to it, or nobody has for two weeks.")
    verb, title = _("Name a handler"), _("Case handlers")
    return Duty(verb, title, why, oldest.due_at, "/people", oldest, what)


def _watches(person: Person, now: datetime) -> list[Duty]:
    """The genuine profiles to look at after a notice, each once, by its oldest look: platforms have
    removed the wrong page."""
    day = clock.today(now)
    mine = or_(
        profiles.administers(person),
        Watch.case_id.in_(select(Case.id).where(Case.handler_id == person.id)),
        and_(
            Watch.due_on <= day - timedelta(days=WATCHED),
            Watch.case_id.in_(select(Case.id).where(_leads(person))),
        ),
    )
    rows = db.session.execute(
        select(Watch, Profile)
        .join(Profile, Profile.id == Watch.profile_id)
        .where(Watch.looked_at.is_(None), Watch.due_on <= day, mine)
        .order_by(Watch.due_on, Watch.id)
        .limit(SHOWN)
    )
    oldest: dict[str, tuple[Watch, Profile]] = {}
    for watch, profile in rows:
        oldest.setdefault(profile.id, (watch, profile))
    return [_to_look(watch, profile) for watch, profile in oldest.values()]


def _leads(person: Person) -> ColumnElement[bool]:
    """The cases that a person leads: of those they see all, where they are a lead or there is
    none."""
    leads = people.holders(Role.LEAD)
    if person in leads or (not leads and person.roles & HANDLING):
        return queries.visible_to(person)
    return Case.id.in_([])


def _to_look(watch: Watch, profile: Profile) -> Duty:
    why = _("The town sent a notice of a fake. The service must not touch the genuine profile.")
    verb, url = _("Look at the genuine profile"), f"/cases/watch/{watch.id}"
    what = _("Look at the genuine profile %(title)s", title=profile.name)
    until = clock.end_of(watch.due_on)
    return Duty(verb, profile.name, why, until, url, watch, what, Rank.ROUTINE)


def watch_calls(now: datetime) -> Iterator[Call]:
    """Whom the letters of the morning may tell of a look at a genuine profile: its admins and the
    handler, then the leads."""
    day = clock.today(now)
    rows = db.session.execute(
        select(Watch, Case)
        .join(Case, Case.id == Watch.case_id)
        .where(Watch.looked_at.is_(None), Watch.due_on <= day)
    )
    for watch, case in rows:
        late = watch.due_on < day
        admins = [part.person for part in watch.profile.current_admins]
        for person in dict.fromkeys([*admins, *parties.assigned_handler.people(case, now)]):
            yield Call(person, (watch.due_on,), late)
        rung = watch.due_on + timedelta(days=WATCHED)
        for person in parties.lead.people(case, now) if rung <= day else ():
            yield Call(person, (rung,), late)


def waiting_cases(now: datetime) -> list[Case]:
    """The cases that are due soon or late; of those that nobody has taken, the oldest ones alone:
    more would say no more."""
    due = Case.due_at <= now + SOON
    fresh = _some(Case.state.in_(waiting.NEW), due, Case.held.is_(False))
    query = select(Case).where(Case.state.not_in(waiting.NEW), due, Case.held.is_(False))
    taken = db.session.scalars(query.options(*queries.WITH).order_by(Case.due_at, Case.id))
    found = [*fresh, *taken]
    parties.recall_excluded(found)
    earlier_steps.recall(workflow.CASE, found)
    return found


def of_police(person: Person, now: datetime, subject: Case | None = None) -> list[Duty]:
    """Where it is not decided yet whether the police are told (P5)."""
    if subject is not None:
        found = [subject]
    elif person.roles & HANDLING:
        late = Case.police_due_at < clock.end_of(clock.today(now) - timedelta(days=1))
        mine = or_(
            Case.handler_id == person.id,
            Case.handler_id.is_(None),
            Case.handler_id.not_in([one.id for one in parties.all_handlers()]),
            late,
        )
        found = [*_asked(mine, queries.visible_to(person))]
    else:
        return []
    parties.recall_excluded(found)
    desk = tracks.track(workflow.POLICE.name)
    return [duty for case in found for duty in desks.on(desk, case, person, now)]


def _asked(*conditions: ColumnElement[bool]) -> Iterable[Case]:
    query = (
        select(Case)
        .where(
            Case.police == PoliceState.NOT_CONSIDERED, Case.police_due_at.is_not(None), *conditions
        )
        .options(*queries.WITH)
        .order_by(Case.police_due_at, Case.id)
        .limit(SHOWN)
    )
    return db.session.scalars(query)


def waiting_police(now: datetime) -> list[Case]:
    """The cases of which it is to be decided soon whether the police are told."""
    found = list(_asked(Case.police_due_at <= now + SOON))
    parties.recall_excluded(found)
    return found
