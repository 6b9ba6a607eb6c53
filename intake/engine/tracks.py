"""What every subject of a workflow has, and the register of tracks that the flat files work by.

Rooms register their tracks; trail, outbox, jobs and desk know subjects only by (type, id).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from flask_babel import force_locale
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from intake import clock, ports
from intake.data.base import UTC, Base, Identified, db, insert
from intake.engine import duties as desks
from intake.engine.duties import Duty, Task
from intake.engine.table import STAY, Deadline, Step, Workflow


class Subject(Identified):
    """Columns of a subject; the room adds `state`, an enum column of its own.

    `revision` counts changes of state and of answers; `state_since` and `due_at` are moments.
    """

    subject_type: ClassVar[str]

    reference: Mapped[str | None] = mapped_column(String(24), unique=True)
    state_since: Mapped[datetime] = mapped_column(UTC, default=clock.now)
    due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    revision: Mapped[int] = mapped_column(default=1)

    @property
    def trail_ids(self) -> list[str]:
        """Under which ids the trail tells what was done on it: its own, and more where what is
        decided with it is a subject of its own."""
        return [self.id]


class Counter(Base):
    """The last number given out under a name in a year."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_reference(name: str, now: datetime) -> str:
    """The next reference of a year, such as PP-2026-031: without gaps, since its row is locked
    until the commit that uses it."""
    year = clock.today(now).year
    first = insert(Counter.__table__).values(name=name, year=year, last=1, created_at=now)
    given = first.on_conflict_do_update(
        index_elements=["name", "year"], set_={"last": Counter.last + 1}
    ).returning(Counter.last)
    return f"{name}-{year}-{db.session.execute(given).scalar_one():03d}"


@dataclass(frozen=True)
class Tag:
    """A state as people see it: word, kind of colour and shape of icon."""

    text: Any
    kind: str
    icon: str


@dataclass(frozen=True)
class Vocabulary:
    """The words of a track, each a lazy sentence: tags of its states, buttons of its steps, and
    what was done by a step, with `%(actor)s` where somebody did it.

    For the page of a step: `headings` where the button does not do for one, what it `means`, and
    of which of `kinds` its button is (`filled` where none is named); `told` is what is said to
    who did it, where it is more than the sentence of history.
    """

    states: Mapping[StrEnum, Tag]
    buttons: Mapping[str, Any]
    done: Mapping[str, Any]
    headings: Mapping[str, Any] = field(default_factory=dict)
    means: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Track:
    """One workflow of one kind of subject, and what the rest of the house needs to know of it.

    `take(subject, step, actor, now, **answers)` is the room's verb; `title(subject)` names the
    subject to a person; `address(subject)` is the path of its page. `tasks` say what waits for
    whom; `duties(person, now, subject)` is what waits for a person, on one subject or (None) on
    all; `waiting(now)` are the subjects that the letters of the morning may have to tell of.
    `since` and `due` are the columns of this track; `thing(subject)` names it in a sentence,
    where the title does not.
    """

    workflow: Workflow
    model: type[Any]
    take: Callable[..., Any]
    title: Callable[[Any], Any]
    address: Callable[[Any], str]
    words: Vocabulary
    duties: Callable[[Any, datetime, Any], Iterable[Duty]]
    tasks: tuple[Task, ...]
    waiting: Callable[[datetime], Iterable[Any]]
    since: str = "state_since"
    due: str = "due_at"
    thing: Callable[[Any], Any] | None = None

    def __post_init__(self) -> None:
        desks.refuse_holes(self.workflow, self.tasks)

    @property
    def name(self) -> str:
        """The track's name, unique in the house."""
        return self.workflow.name


@dataclass(frozen=True)
class Notice:
    """A kind of message that is no step of a track, such as an invitation or a granted role.

    Its letter is `mail/<name>.txt`, which finds the thing it tells of as `subject`.
    `address(subject)` is the path of its link; where that is `secret` it is shown to nobody but
    the reader of the letter. `stands(subject, now)`: is it still worth telling when it is due?
    `tells(subject, now)` is what its letter is made from beside the subject.
    """

    name: str
    model: type[Any]
    title: Callable[[Any], Any]
    address: Callable[[Any], str]
    secret: bool = False
    stands: Callable[[Any, datetime], bool] = lambda _subject, _now: True
    tells: Callable[[Any, datetime], Mapping[str, Any]] = lambda _subject, _now: {}


def register_notice(notice: Notice) -> None:
    """Make a kind of message known to the outbox; raises LookupError for a name that is taken."""
    _refuse_taken(notice.name)
    ports.here().notices[notice.name] = notice


def matter(name: str) -> Track | Notice:
    """What a message is about: a track, or a notice."""
    return tracks().get(name) or ports.here().notices[name]


def register(track: Track) -> None:
    """Make a track known to trail, outbox and jobs; raises LookupError for a name that is taken."""
    _refuse_taken(track.name)
    tracks()[track.name] = track


def _refuse_taken(name: str) -> None:
    """One name for a track and for a notice would give the letters of one to the other."""
    if name in tracks() or name in ports.here().notices:
        raise LookupError(f"{name} is the name of a track or a notice already")


def tracks() -> dict[str, Track]:
    """Every registered track by name."""
    return ports.here().tracks


def track(name: str) -> Track:
    """A registered track."""
    return tracks()[name]


def tell_history(name: str, done: Mapping[str, Any]) -> None:
    """Give the sentences for what is recorded without being a step of a track."""
    ports.here().histories.setdefault(name, {}).update(done)


def done(track_name: str, step: str) -> Any:
    """The past-tense sentence of a step, None where nobody gave one."""
    if track_name in tracks() and step in tracks()[track_name].words.done:
        return tracks()[track_name].words.done[step]
    return ports.here().histories.get(track_name, {}).get(step)


def load(subject_type: str, subject_id: str) -> Any:
    """The subject, or None where it is gone."""
    matters: list[Track | Notice] = [*tracks().values(), *ports.here().notices.values()]
    model = next((one.model for one in matters if one.model.subject_type == subject_type), None)
    return None if model is None else db.session.get(model, subject_id)


def setting(name: str) -> Any:
    """One of the town's settings; the room of people says where they come from."""
    return getattr(ports.here().town(), name)


def due_of(track: Track, subject: Any) -> datetime | None:
    """When the subject's present state must have been left."""
    deadline = track.workflow.deadline_of(track.workflow.state_of(subject))
    return None if deadline is None else due_by(deadline, subject, track.since)


def set_due_dates(subject: Any) -> None:
    """Compute the due date of every track of a subject: one track's step may begin the time of
    another, as the confirmation of a fake begins that of the police."""
    for one in tracks().values():
        if one.model is type(subject):
            setattr(subject, one.due, due_of(one, subject))


def due_by(deadline: Deadline, subject: Any, since_column: str) -> datetime | None:
    """The moment a deadline ends for a subject: column plus days, or the column itself, a moment
    as it stands and a date at its end."""
    column = since_column if deadline.since == "state_since" else deadline.since
    since: datetime | date | None = getattr(subject, column)
    if since is None:
        return None
    if deadline.setting is None:
        return since if isinstance(since, datetime) else clock.due(since, 0)
    if deadline.hours and isinstance(since, datetime):
        return since + timedelta(hours=setting(deadline.setting))
    return clock.due(since, setting(deadline.setting), working=deadline.working)


def people_of(parties: Iterable[Any], subject: Any, now: datetime) -> list[tuple[Any, Any]]:
    """(party, person) for everyone in the parties, each person once, in the order of parties."""
    seen: set[Any] = set()
    found = []
    for party in parties:
        for person in party.people(subject, now):
            if person not in seen:
                seen.add(person)
                found.append((party, person))
    return found


def as_markdown(line: Track) -> str:
    """A track's table and deadlines, as documents and the command line show it."""
    rows = [
        "| step | from | to | by | apart from | when | needs | asks | does | tells | clauses |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_row(step) for step in line.workflow.steps),
        "",
        *(_deadline(deadline) for deadline in line.workflow.deadlines),
        "",
        "| on the desk in | of | what | by the steps | while | from | told on | told again |",
        "|---|---|---|---|---|---|---|---|",
        *(_task(task) for task in line.tasks),
        "",
    ]
    ends = ", ".join(sorted(line.workflow.ends))
    return "\n".join([*rows, f"Off the desk: {ends}."])


def _row(step: Step) -> str:
    start = ", ".join("-" if state is None else f"`{state}`" for state in step.start)
    to = "-" if step.to is None else step.to if step.to == STAY else f"`{step.to}`"
    cells = [f"`{step.name}`", start, to]
    does = (step.effect,) if step.effect else ()
    asks = step.asks or ((f"`{step.page}`",) if step.page else ())
    who, what = (step.by, step.apart_from), (step.when, step.needs, asks, does)
    for names in (*who, *what, step.tells, step.clauses):
        cells.append(", ".join(getattr(name, "__name__", str(name)) for name in names))
    return "| " + " | ".join(cells) + " |"


def _deadline(deadline: Deadline) -> str:
    length = "the date itself" if deadline.setting is None else f"{deadline.setting} from"
    days = " (hours)" if deadline.hours else " (working days)" if deadline.working else ""
    step = f"; then CLOCK takes `{deadline.step}`" if deadline.step else ""
    return f"- `{deadline.state}`: {length} `{deadline.since}`{days}{step}"


def _task(task: Task) -> str:
    with force_locale("en"):
        verb = str(task.verb)
    steps = [f"`{name}`" for name in (*task.steps, *task.also)] or ["a page of its own"]
    cells = [
        ", ".join(f"`{state}`" for state in task.states),
        ", ".join(map(str, task.by)),
        verb,
        ", ".join(steps),
        ", ".join(getattr(one, "__name__", str(one)) for one in task.when),
        "the beginning" if task.after is None else f"{task.after} d late",
        ", ".join(f"{days:+d} d" for days in task.days),
        "daily" if task.daily else "weekly",
    ]
    return "| " + " | ".join(cells) + " |"
