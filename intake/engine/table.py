"""The grammar: a workflow is a table of steps, stated once. Standard library only.

A row is the whole step: from which states, to which state, by whom, under which conditions, with
which form, doing what, telling whom, for which clause of the policy. Buttons, pages, messages,
history, desks, tests and documents are made from it.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, Protocol

from intake.refusals import KeptApart, NotAllowed, Unready, WrongState

STAY: Final = "stay"
NOTHING: Final = None  # before birth and after death

People = Callable[[Any, datetime], Iterable[Any]]
Condition = Callable[[Any, datetime], bool]
Earlier = Callable[["Workflow", Any, tuple[str, ...]], set[str]]
Rule = Callable[..., Sequence[Any]]  # (subject, now, *, the answers it names): problems


class BadTable(Exception):  # noqa: N818 -- read as a sentence: raise BadTable(...)
    """A table contradicts itself; raised when it is imported, never later."""


@dataclass(frozen=True)
class Party:
    """A named set of people in relation to a subject: who may (`by`), who is told (`tells`)."""

    name: str
    people: People = field(compare=False)
    earlier: bool = False  # told as they were before the step, such as the former decider

    def holds(self, actor: Any, subject: Any, now: datetime) -> bool:
        """Is the actor one of the party's people now?"""
        return actor in self.people(subject, now)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Marker(Party):
    """A party that is no person: time, a consequence, or anybody at all."""

    people: People = field(compare=False, default=lambda _subject, _now: ())

    def holds(self, actor: Any, _subject: Any, _now: datetime) -> bool:
        return actor is self or self is ANYONE


CLOCK: Final = Marker("CLOCK")  # time itself
EFFECT: Final = Marker("EFFECT")  # another step's consequence: no route, no button
ANYONE: Final = Marker("anyone")


@dataclass(frozen=True)
class Effect:
    """The actor of a step taken as another's consequence: keeps the person who caused it."""

    cause: Any


@dataclass(frozen=True)
class Then:
    """A step that follows from another one, taken by the same person as its consequence."""

    track: str
    subject: Any
    step: str
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What an effect leads to: facts for the trail (ids and codes, never words), and the steps
    that follow."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    then: tuple[Then, ...] = ()


# (subject, actor, now, *, the answers it names)
Effects = Callable[..., Outcome | None]


class Form(Protocol):
    """The class of a step's form, as far as the table asks it."""

    @classmethod
    def asked(cls) -> tuple[str, ...]:
        """The names of its fields."""

    @classmethod
    def kept(cls) -> tuple[str, ...]:
        """The answers that are kept as words of the trail."""


@dataclass(frozen=True)
class Step:
    """One row of the table.

    `when` conditions decide whether the step exists for this subject today (else hidden, 409);
    `needs` rules return problems, shown beside the button (422); `form` is what is asked, None
    for a button; `effect` is what is done. `page` is the endpoint that offers the step where it is
    not the page that all steps of its track share. `apart_from` names the earlier steps whose
    persons may not take this one, whatever party they are in: two people means two.
    """

    name: str
    start: tuple[StrEnum | None, ...]
    to: StrEnum | str | None
    by: tuple[Party, ...]
    when: tuple[Condition, ...] = ()
    needs: tuple[Rule, ...] = ()
    form: type[Form] | None = None
    effect: Effects | None = None
    tells: tuple[Party, ...] = ()
    clauses: tuple[str, ...] = ()
    page: str | None = None
    apart_from: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Does the step change the state?"""
        return self.to != STAY

    @property
    def is_offered(self) -> bool:
        """Is it taken by people, on a page?"""
        return any(not isinstance(party, Marker) or party is ANYONE for party in self.by)

    @property
    def asks(self) -> tuple[str, ...]:
        """What its form asks."""
        return self.form.asked() if self.form else ()

    @property
    def keeps(self) -> tuple[str, ...]:
        """The answers that are kept as words of the trail."""
        return self.form.kept() if self.form else ()

    def refuse_strangers(self, answers: Iterable[str]) -> None:
        """Raise TypeError for answers that neither effect nor rule takes, nor the trail keeps."""
        known = {*self.keeps, *(named(self.effect) if self.effect else ())}
        known.update(*(named(rule) for rule in self.needs))
        if strangers := set(answers) - known:
            raise TypeError(f"{self.name}: nobody takes {sorted(strangers)}")


@cache
def named(function: Callable[..., Any]) -> frozenset[str]:
    """The answers that a rule or an effect names: its keyword-only parameters."""
    return frozenset(
        one.name
        for one in inspect.signature(function).parameters.values()
        if one.kind is inspect.Parameter.KEYWORD_ONLY
    )


def called(function: Callable[..., Any], *given: Any, answers: Mapping[str, Any]) -> Any:
    """Call a rule or an effect with those answers that it names."""
    return function(*given, **{name: answers[name] for name in named(function) if name in answers})


@dataclass(frozen=True)
class Deadline:
    """When a state must have been left, counted from a column of the subject.

    `setting` names the number of days among the town's settings, None when the column is the due
    date itself; `working` counts Finnish working days, `hours` hours. `step` is taken by CLOCK
    when due.
    """

    state: StrEnum
    since: str
    setting: str | None
    working: bool = False
    step: str | None = None
    hours: bool = False


@dataclass(frozen=True)
class Workflow:
    """A whole track: `column` is where its state lies, `ends` are off the desk, `initial` is the
    state a second track in the same row is born with. `earlier(workflow, subject, steps)` says who
    took steps: the ids of the persons, since the subject was last off the desk."""

    name: str
    states: type[StrEnum]
    steps: tuple[Step, ...]
    ends: frozenset[StrEnum]
    deadlines: tuple[Deadline, ...] = ()
    column: str = "state"
    initial: StrEnum | None = None
    earlier: Earlier | None = field(default=None, compare=False)
    rows: Mapping[tuple[str, StrEnum | None], Step] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", dict(self._indexed()))
        self._refuse_contradictions()
        self._refuse_holes()
        self._refuse_bad_deadlines()

    def _indexed(self) -> Iterator[tuple[tuple[str, StrEnum | None], Step]]:
        seen: set[tuple[str, StrEnum | None]] = set()
        for step in self.steps:
            if not step.by:
                raise BadTable(f"{self.name}.{step.name}: nobody may take it")
            if step.apart_from and self.earlier is None:
                raise BadTable(f"{self.name}.{step.name}: nobody knows who took what before")
            for state in step.start:
                if (step.name, state) in seen:
                    raise BadTable(f"{self.name}.{step.name} from {state} is declared twice")
                seen.add((step.name, state))
                yield (step.name, state), step

    def _refuse_contradictions(self) -> None:
        for step in self.steps:
            where = f"{self.name}.{step.name}"
            for function in (step.effect, *step.needs):
                if function is not None and _swallows(function):
                    raise BadTable(
                        f"{where}: {function.__name__} swallows answers it does not name"
                    )
            if step.form and not step.is_offered:
                raise BadTable(f"{where}: a form for nobody")
            if lacking := _unasked(step):
                raise BadTable(f"{where}: its form does not ask {sorted(lacking)}")

    def _refuse_holes(self) -> None:
        every = set(self.states)
        reached = {step.to for step in self.steps} | {self.initial}
        moved = {state for step in self.steps if step.moves for state in step.start}
        if lost := every - reached:
            raise BadTable(f"{self.name}: nobody reaches {sorted(lost)}")
        if stuck := every - moved - self.ends:
            raise BadTable(f"{self.name}: no way out of {sorted(stuck)}")
        if asleep := every - self.ends - {deadline.state for deadline in self.deadlines}:
            raise BadTable(f"{self.name}: may fall asleep in {sorted(asleep)}")

    def _refuse_bad_deadlines(self) -> None:
        for deadline in self.deadlines:
            if deadline.step is None:
                continue
            row = self.rows.get((deadline.step, deadline.state))
            if row is None or CLOCK not in row.by:
                raise BadTable(f"{self.name}: {deadline.step} is no step for the clock")

    @property
    def names(self) -> set[str]:
        """The names of its steps."""
        return {step.name for step in self.steps}

    def state_of(self, subject: Any) -> StrEnum | None:
        """The subject's state in this track, None before its birth."""
        state: StrEnum | None = getattr(subject, self.column)
        return state

    def deadline_of(self, state: StrEnum | None) -> Deadline | None:
        """The deadline of a state, None where it has none."""
        return next((line for line in self.deadlines if line.state == state), None)

    def check(self, name: str, subject: Any, actor: Any, now: datetime) -> Step:
        """The row of a step that exists now and that this actor may take.

        Raises WrongState where there is no such row today, KeptApart where they took an earlier
        step that excludes them, NotAllowed where it is not theirs.
        """
        row = self.rows.get((name, self.state_of(subject)))
        if row is None or not all(condition(subject, now) for condition in row.when):
            raise WrongState(name)
        self._keep_apart(row, subject, actor, now)
        if not any(self._is(party, actor, subject, now) for party in row.by):
            raise NotAllowed(name)
        return row

    def _keep_apart(self, row: Step, subject: Any, actor: Any, now: datetime) -> None:
        """Refuse a person whom an earlier step excludes, also where theirs is its consequence."""
        person = actor.cause if isinstance(actor, Effect) else actor
        if not row.apart_from or self.earlier is None or isinstance(person, Marker):
            return
        excluded = self.earlier(self, subject, row.apart_from)
        if str(getattr(person, "id", "")) in excluded:
            others = [one for party in row.by for one in party.people(subject, now)]
            left = [one for one in dict.fromkeys(others) if one.id not in excluded]
            raise KeptApart(row.name, left)

    @staticmethod
    def _is(party: Party, actor: Any, subject: Any, now: datetime) -> bool:
        if isinstance(actor, Effect):
            return party is EFFECT
        return party.holds(actor, subject, now)

    def apply(self, row: Step, subject: Any, now: datetime, answers: Mapping[str, Any]) -> None:
        """Set the new state of a row that was checked; raises Unready where something must hold
        first, and changes nothing else."""
        if problems := problems_of(row, subject, now, answers):
            raise Unready(problems)
        if row.moves and row.to is not NOTHING:
            setattr(subject, self.column, row.to)

    def available(self, subject: Any, actor: Any, now: datetime) -> list[Step]:
        """The steps open to this actor now, in the order of the table."""
        return [
            step
            for step in self.from_state(self.state_of(subject))
            if self.may(step.name, subject, actor, now)
        ]

    def may(self, name: str, subject: Any, actor: Any, now: datetime) -> bool:
        """Is a step open to this actor now?"""
        try:
            self.check(name, subject, actor, now)
        except (WrongState, NotAllowed):
            return False
        return True

    def from_state(self, state: StrEnum | None) -> list[Step]:
        """Every step that the table has from a state."""
        return [step for step in self.steps if state in step.start]

    def path_to(self, goal: StrEnum) -> list[str]:
        """The usual road to a state: back through the first row that leads into each."""
        first: dict[Any, Step] = {}
        for step in self.steps:
            first.setdefault(step.to, step)
        path: list[str] = []
        state: StrEnum | None = goal
        while state not in (None, self.initial):
            if len(path) > len(self.steps):
                raise BadTable(f"{self.name}: the usual road to {goal} runs in a circle")
            path.insert(0, first[state].name)
            state = first[state].start[0]
        return path


def problems_of(row: Step, subject: Any, now: datetime, answers: Mapping[str, Any]) -> list[Any]:
    """What must hold before the step, as the rules of its row say it; `acting` among the answers
    is who takes it."""
    return [
        problem for rule in row.needs for problem in called(rule, subject, now, answers=answers)
    ]


def _swallows(function: Callable[..., Any]) -> bool:
    kinds = {one.kind for one in inspect.signature(function).parameters.values()}
    return inspect.Parameter.VAR_KEYWORD in kinds


def _unasked(step: Step) -> set[str]:
    """The answers without which the effect cannot be called, and which no form gives."""
    if not step.effect or not step.is_offered or step.page or EFFECT in step.by:
        return set()
    required = {
        one.name
        for one in inspect.signature(step.effect).parameters.values()
        if one.kind is inspect.Parameter.KEYWORD_ONLY and one.default is inspect.Parameter.empty
    }
    return required - {*step.asks, *step.keeps}
