"""The queue of cases: which ones, the oldest deadline first, page by page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from intake import clock
from intake.addresses.lookalike import Rule
from intake.data import word_index
from intake.data.base import db
from intake.fakes import parties, queries
from intake.fakes.matching import same_text
from intake.fakes.matching.search import INDEX
from intake.fakes.models import Case, CaseReport
from intake.fakes.states import CaseState, Priority
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles.alike import likeness
from intake.profiles.models import Profile

PAGE = 50
MOST = 1000  # cases that a view counts
NAMES = ("q", "view", "state", "platform", "unit", "same")
UNTAKEN = "untaken"
RESTING = (CaseState.TAKEN_DOWN, CaseState.CLOSED_UNRESOLVED)
WITH = (joinedload(Case.profile), joinedload(Case.unit), joinedload(Case.handler))
View = Callable[[Person, datetime], ColumnElement[bool]]


def _dated(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """What has a time by which somebody must act; whatever is open or looked at again has one."""
    return and_(Case.held.is_(False), Case.due_at.is_not(None), *more)


VIEWS: dict[str, View] = {
    "open": lambda _person, _now: _dated(),
    "late": lambda _person, now: _dated(Case.due_at <= now),
    "mine": lambda person, _now: _dated(Case.handler_id == person.id),
    "unassigned": lambda _person, _now: _dated(Case.handler_id.is_(None)),
    "urgent": lambda _person, _now: _dated(Case.priority == Priority.URGENT),
    "looks": lambda _person, now: _dated(
        Case.state.in_(RESTING), Case.due_at <= clock.end_of(clock.today(now))
    ),
    "held": lambda _person, _now: and_(
        Case.held.is_(True), Case.state.not_in((CaseState.SPAM, CaseState.DUPLICATE))
    ),
}


@dataclass(frozen=True)
class Asked:
    """What somebody narrows the queue to; lies in the address."""

    q: str = ""
    view: str = ""
    state: str = ""
    platform: str = ""
    unit: str = ""
    same: str = ""
    after: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """What goes on into every address of this list."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    @property
    def shown(self) -> str:
        """The view that is shown: a search, and a state, look through all there is."""
        return self.view or ("" if self.q or self.state or self.same else "open")


def asked(args: Mapping[str, str]) -> Asked:
    """What the address asks for."""
    found = {name: args.get(name, "")[:200] for name in (*NAMES, "after")}
    return Asked(**found | {"view": found["view"] if found["view"] in VIEWS else ""})


@dataclass(frozen=True)
class CaseList:
    """Some cases of the queue, how many reports each has, how many more say the same as it,
    which listed profile it resembles where nobody has said whom it imitates, and from which the
    next ones follow."""

    cases: list[Case]
    reports: dict[str, int]
    others: dict[str, int]
    likely: dict[str, str]
    after: str | None


def page(wanted: Asked, person: Person, now: datetime) -> CaseList:
    """One page of what a person may see: by deadline, and behind these what has none."""
    query = select(Case).where(_narrowed(wanted, person, now)).options(*WITH)
    last = db.session.get(Case, wanted.after) if wanted.after else None
    found: list[Case] = []
    if last is None or last.due_at is not None:
        dated = query.where(Case.due_at.is_not(None), _behind(last))
        found = _some(dated.order_by(Case.due_at, Case.id), PAGE + 1)
        last = None
    if wanted.shown in ("", "held"):  # the other views are of what has a deadline
        undated = query.where(Case.due_at.is_(None), Case.id > last.id if last else true())
        found += _some(undated.order_by(Case.id), PAGE + 1 - len(found))
    shown = found[:PAGE]
    others = {} if wanted.same or wanted.q else same_text.others(shown, person)
    after = shown[-1].id if len(found) > PAGE else None
    return CaseList(shown, reports_of(shown), others, likely(shown), after)


def likely(cases: Iterable[Case]) -> dict[str, str]:
    """What cases of nobody yet resemble, in one go, by the rules that are look-ups."""
    some = [case for case in cases if case.profile is None and case.unit is None and case.name]
    rules = likeness.NAMED - {Rule.EDITS}
    found = likeness.resembling([case.name for case in some], likeness.public(), rules=rules)
    ids = {case.id: one[0].name.holder for case, one in zip(some, found, strict=True) if one}
    query = select(Profile).where(Profile.id.in_(set(ids.values()))) if ids else None
    names = {row.id: row.name for row in db.session.scalars(query)} if query is not None else {}
    return {case_id: names[profile_id] for case_id, profile_id in ids.items()}


def _some(query: Select[Case], number: int) -> list[Case]:
    return list(db.session.scalars(query.limit(number)))


def _behind(last: Case | None) -> ColumnElement[bool]:
    if last is None:
        return true()
    return and_(Case.due_at >= last.due_at, or_(Case.due_at > last.due_at, Case.id > last.id))


def _narrowed(wanted: Asked, person: Person, now: datetime) -> ColumnElement[bool]:
    parts = [queries.visible_to(person)]
    if wanted.shown:
        parts.append(VIEWS[wanted.shown](person, now))
    if wanted.same:
        parts.append(Case.same_text == wanted.same)
    elif not wanted.q:
        parts.append(same_text.first_of_its_text())
    if wanted.q:
        parts.append(word_index.matching(INDEX, Case.id, wanted.q))
    if wanted.state:
        parts.append(_in_state(wanted.state))
    if wanted.platform:
        parts.append(Case.platform_code == wanted.platform)
    if wanted.unit:
        parts.append(_of_unit(wanted.unit))
    return and_(*parts)


def _in_state(state: str) -> ColumnElement[bool]:
    if state == UNTAKEN:
        return queries.waits_for_anybody(parties.all_handlers())
    if state not in {one.value for one in CaseState}:
        return false()
    return Case.state == CaseState(state)


def _of_unit(unit_id: str) -> ColumnElement[bool]:
    """Of a unit or one below it: the imitated one, or the imitated profile's."""
    found = people.organisation(clock.today())
    unit = found.units.get(unit_id)
    if unit is None:
        return false()
    ids = [one.id for one in found.below(unit)]
    own = select(Profile.id).where(Profile.unit_id.in_(ids))
    return or_(Case.unit_id.in_(ids), Case.profile_id.in_(own))


def counts(person: Person, now: datetime) -> dict[str, str]:
    """How many cases each view has; "1 000+" where there are more."""
    return {
        name: _count(and_(queries.visible_to(person), view(person, now)))
        for name, view in VIEWS.items()
    }


def _count(condition: ColumnElement[bool]) -> str:
    some = select(Case.id).where(condition).limit(MOST + 1).subquery()
    number = db.session.scalar(select(func.count()).select_from(some)) or 0
    return "1\u00a0000+" if number > MOST else str(number)


def reports_of(cases: Iterable[Case]) -> dict[str, int]:
    """How many reports each of some cases has."""
    query = (
        select(CaseReport.case_id, func.count())
        .where(CaseReport.case_id.in_([case.id for case in cases]))
        .group_by(CaseReport.case_id)
    )
    found: dict[str, int] = {row[0]: row[1] for row in db.session.execute(query)}
    return {case.id: found.get(case.id, 0) for case in cases}


def mark_of(case: Case, reports: int) -> str:
    """What a tick sends: the case as it was shown, so that nothing that came since is sorted."""
    return f"{case.id}-{case.revision}-{reports}"


def ticked(marks: Iterable[str], person: Person) -> list[tuple[Case, int, bool]]:
    """The cases of some ticks, as they stand: (case, revision seen, same number of reports)."""
    seen: dict[str, tuple[int, int]] = {}
    for mark in list(marks)[:PAGE]:
        case_id, _, numbers = mark.partition("-")
        revision, _, reports = numbers.partition("-")
        if _is_number(revision) and _is_number(reports):
            seen[case_id] = int(revision), int(reports)
    query = select(Case).where(Case.id.in_(seen), queries.visible_to(person)).order_by(Case.id)
    cases = list(db.session.scalars(query.options(*WITH)))
    now_there = reports_of(cases)
    return [(case, seen[case.id][0], seen[case.id][1] == now_there[case.id]) for case in cases]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def set_aside(ids: Iterable[str], person: Person) -> list[tuple[Case, int]]:
    """Those of some cases that are set aside and can be restored, with their numbers of reports."""
    wanted = [one for one in list(ids)[:PAGE] if one]
    if not wanted:
        return []
    query = select(Case).where(
        Case.id.in_(wanted), Case.state == CaseState.SPAM, queries.visible_to(person)
    )
    found = list(db.session.scalars(query.order_by(Case.id)))
    return list(zip(found, reports_of(found).values(), strict=True))
