"""What waits for whom: each track states it once, in rows like those of its steps.

A row says what is to be done, by whom, by which steps, and until when. Rows with `after` are the
rungs of a ladder: when the day is past, the matter is on the desk of more people, who can act.
Desks, the letter of the morning, the first button of a page and who a page waits for are made
from these rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, Protocol

from intake import clock
from intake.engine.table import BadTable, Condition, Party, Step, Workflow, problems_of

Opens = Callable[[Any, Any, datetime], bool]  # (subject, person, now)


class Rank(IntEnum):
    """What hurts most comes first on a desk."""

    URGENT = 0  # somebody is being cheated now: a profile taken over, an urgent fake
    ORDINARY = 1
    ROUTINE = 2  # a look that is due


@dataclass(frozen=True)
class Duty:
    """Something that waits for a person: what to do, to what, why them, until when.

    `what` is the whole as a sentence that begins with a verb and names the thing; `steps` are
    those of `track` that fulfil it.
    """

    verb: Any
    title: Any
    why: Any
    until: datetime | None
    url: str
    subject: Any
    what: Any = ""
    rank: Rank = Rank.ORDINARY
    track: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """A kind of duty.

    `what` is a sentence with `%(title)s`, `verb` the same in a word or two. `by` have it in these
    `states` while `when` holds, from `after` days behind the due date on (None: from the
    beginning). `steps` are those that fulfil it, the best first; `also` fulfil it too, but are no
    first button. It is done on the page of its only step, on that of the subject where there are
    more, or on what `page` says. Where no step of the track fulfils it, `path` leads to what
    does. `opens` says for whom of `by` it is open, where not for all. `told` are the days, counted
    from the due date, on which the letter of the morning speaks of it first; what is late is told
    again each week, or each day where it is `daily`. `due` and `why` may be functions of the
    subject; `thing` names it where its title must not be told.
    """

    what: Any
    verb: Any
    why: Any
    states: tuple[StrEnum, ...]
    by: tuple[Party, ...]
    steps: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    after: int | None = None
    told: tuple[int, ...] = (0,)
    daily: bool = False
    due: Callable[[Any], datetime | None] | None = None
    page: str | None = None
    path: Callable[[Any], str] | None = None
    opens: Opens | None = None
    thing: Callable[[Any], Any] | None = None
    rank: Callable[[Any], Rank] = lambda _subject: Rank.ORDINARY

    @property
    def days(self) -> tuple[int, ...]:
        """The days, counted from the due date, on which it is told of first."""
        return self.told if self.after is None else (self.after,)


class Desk(Protocol):
    """What is asked of a track here."""

    @property
    def name(self) -> str:
        """The track's name."""

    @property
    def workflow(self) -> Workflow:
        """Its table."""

    @property
    def tasks(self) -> tuple[Task, ...]:
        """What waits for whom."""

    @property
    def title(self) -> Callable[[Any], Any]:
        """What a subject is called."""

    @property
    def thing(self) -> Callable[[Any], Any] | None:
        """What it is called in a sentence, where that is more."""

    @property
    def address(self) -> Callable[[Any], str]:
        """The path of its page."""

    @property
    def due(self) -> str:
        """The column of its due date."""


@dataclass(frozen=True)
class Call:
    """That a person is to be told of something: on which `days` first, and whether it is late."""

    person: Any
    days: tuple[date, ...]
    late: bool
    daily: bool = False


def refuse_holes(workflow: Workflow, tasks: tuple[Task, ...]) -> None:
    """Raise BadTable for a state in which nobody has anything to do, and for a task whose step
    does not exist there."""
    idle = set(workflow.states) - workflow.ends
    idle -= {state for task in tasks if task.after is None for state in task.states}
    if idle:
        raise BadTable(f"{workflow.name}: on nobody's desk in {sorted(idle)}")
    for task in tasks:
        for step in (*task.steps, *task.also):
            if not any((step, state) in workflow.rows for state in task.states):
                raise BadTable(f"{workflow.name}: no {step} for {task.verb}")


def due_of(desk: Desk, task: Task, subject: Any) -> datetime | None:
    """Until when a task of a subject is to be done."""
    found: datetime | None = task.due(subject) if task.due else getattr(subject, desk.due)
    return found


def waits(desk: Desk, task: Task, subject: Any, now: datetime) -> bool:
    """Is a task there for a subject now?"""
    if desk.workflow.state_of(subject) not in task.states:
        return False
    if task.after is not None:
        due = due_of(desk, task, subject)
        if due is None or due >= now or (_day(now) - _day(due)).days < task.after:
            return False
    return all(condition(subject, now) for condition in task.when)


def _day(moment: datetime) -> date:
    return clock.today(moment)


def has(desk: Desk, task: Task, subject: Any, person: Any, now: datetime) -> bool:
    """Has a person a task that waits, and may they take a step that fulfils it?"""
    if not any(person in party.people(subject, now) for party in task.by):
        return False
    if task.opens is not None and not task.opens(subject, person, now):
        return False
    may = desk.workflow.may
    steps = [*reversed(task.steps), *task.also]  # the one that asks the least is the last of them
    return not steps or any(may(step, subject, person, now) for step in steps)


def holders(desk: Desk, task: Task, subject: Any, now: datetime) -> list[Any]:
    """Everybody who has a task that waits."""
    people = dict.fromkeys(one for party in task.by for one in party.people(subject, now))
    return [one for one in people if has(desk, task, subject, one, now)]


def on(desk: Desk, subject: Any, person: Any, now: datetime) -> list[Duty]:
    """What waits for a person on one subject, each page or step once."""
    found: dict[str, Duty] = {}
    for task in desk.tasks:
        if waits(desk, task, subject, now) and has(desk, task, subject, person, now):
            duty = _duty(desk, task, subject, person, now)
            found.setdefault(duty.url, duty)
    return list(found.values())


def _duty(desk: Desk, task: Task, subject: Any, person: Any, now: datetime) -> Duty:
    thing = (task.thing or desk.thing or desk.title)(subject)
    why = task.why(subject, person, now) if callable(task.why) else task.why
    steps = (*task.steps, *task.also)
    url = task.path(subject) if task.path else desk.address(subject) + _page(task)
    return Duty(
        task.verb,
        (task.thing or desk.title)(subject),
        why,
        due_of(desk, task, subject),
        url,
        subject,
        str(task.what) % {"title": thing},
        task.rank(subject),
        desk.name,
        steps,
    )


def _page(task: Task) -> str:
    """The end of the path of the page where a task is done: that of its only step, unless it is
    said; else the subject's own page."""
    page = task.page
    if page is None:
        page = task.steps[0] if len((*task.steps, *task.also)) == 1 else ""
    return f"/{page}" if page else ""


@dataclass(frozen=True)
class Open:
    """The step that a person's duty leads to now; else what blocks the best of them."""

    step: Step | None = None
    blocks: list[Any] = field(default_factory=list)


def first_step(
    desk: Desk,
    subject: Any,
    person: Any,
    now: datetime,
    lifts: Mapping[Any, str] | None = None,
) -> Open:
    """The step that the rules allow a person now and that fulfils their duty, the best first;
    where all are blocked one that lifts what blocks (`lifts`: the step by its rule), else what
    blocks."""
    steps = [
        step
        for task in desk.tasks
        if waits(desk, task, subject, now) and has(desk, task, subject, person, now)
        for step in task.steps
    ]
    blocked: list[tuple[Step, list[Any]]] = []
    for name in dict.fromkeys(steps):
        if not desk.workflow.may(name, subject, person, now):
            continue
        row = desk.workflow.rows[name, desk.workflow.state_of(subject)]
        problems = blocks_of(row, subject, person, now)
        if not problems:
            return Open(row)
        blocked.append((row, problems))
    for row, problems in reversed(blocked):
        for rule, step in (lifts or {}).items():
            if (
                rule in row.needs
                and rule(subject, now)
                and desk.workflow.may(step, subject, person, now)
            ):
                return Open(desk.workflow.rows[step, desk.workflow.state_of(subject)], problems)
    return Open(None, blocked[-1][1] if blocked else [])


def blocks_of(row: Step, subject: Any, person: Any, now: datetime) -> list[Any]:
    """What stands in the way of a step whatever its form answers."""
    problems = problems_of(row, subject, now, {"acting": person})
    return [one for one in problems if not (one.field and hasattr(row.form, one.field))]


@dataclass(frozen=True)
class Awaited:
    """What a subject waits for, and whom."""

    verb: Any
    people: list[Any]


def awaited(desk: Desk, subject: Any, now: datetime) -> Iterator[Awaited]:
    """Everything that a subject waits for now, in the order of its rows, each once."""
    found: dict[str, Awaited] = {}
    for task in desk.tasks:
        people = holders(desk, task, subject, now) if waits(desk, task, subject, now) else []
        if people:
            known = found.setdefault(str(task.verb), Awaited(task.verb, [])).people
            known += [one for one in people if one not in known]
    yield from found.values()


def calls(desk: Desk, subjects: Iterable[Any], now: datetime) -> Iterator[Call]:
    """Whom the letters of the morning may tell of some subjects."""
    for subject in subjects:
        for task in desk.tasks:
            due = due_of(desk, task, subject)
            if due is None or not waits(desk, task, subject, now):
                continue
            days = tuple(_day(due) + timedelta(days=days) for days in task.days)
            if min(days) > _day(now) or (task.daily and due > now):
                continue
            for person in holders(desk, task, subject, now):
                yield Call(person, days, due < now, task.daily)
