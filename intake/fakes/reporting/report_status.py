"""How a report stands, as its reporter is told: computed from the trail, never what was sent.

Until the town has confirmed a case, each of its reports looks as if it were the first and only
one: it is being handled from the first step that the town took after it came, and what other
reporters did is not seen (A81). From then on each shows the state of the main case.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.engine.audit_trail import Entry
from intake.fakes import queries
from intake.fakes.matching import report_keys
from intake.fakes.models import Addition, Case, CaseKey, Question, Report, ReportAddress
from intake.fakes.states import CaseState as C
from intake.people import town

COMING = ("open", "join", "add", "answer")  # steps of reporters


class Stage(StrEnum):
    """What a reporter is told of a case."""

    RECEIVED = "received"
    HANDLED = "handled"
    AGAIN = "again"
    ASKED = "asked"
    NOT_FAKE = "not_fake"
    IMPROPER = "improper"
    CONFIRMED = "confirmed"
    NOTIFIED = "notified"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    ESCALATED = "escalated"
    GONE = "gone"
    UNRESOLVED = "unresolved"
    RECOVERING = "recovering"
    RECOVERED = "recovered"


STAGES = {
    C.NOT_FAKE: Stage.NOT_FAKE,
    C.SPAM: Stage.IMPROPER,
    C.CONFIRMED: Stage.CONFIRMED,
    C.PLATFORM_NOTIFIED: Stage.NOTIFIED,
    C.NO_ANSWER: Stage.NO_ANSWER,
    C.PLATFORM_REFUSED: Stage.REFUSED,
    C.ESCALATED: Stage.ESCALATED,
    C.TAKEN_DOWN: Stage.GONE,
    C.CLOSED_UNRESOLVED: Stage.UNRESOLVED,
    C.RECOVERING: Stage.RECOVERING,
    C.RECOVERED: Stage.RECOVERED,
}  # every other state is that of being handled
ENDS = {Stage.NOT_FAKE, Stage.IMPROPER, Stage.GONE, Stage.UNRESOLVED, Stage.RECOVERED}


@dataclass(frozen=True)
class Point:
    """A stage and when it began; `code` is the ground or outcome that belongs to it."""

    stage: Stage
    at: datetime
    code: str = ""


@dataclass(frozen=True)
class Status:
    """How one address of a report stands: `place` counts from 1 in the order they were typed, the
    last of `points` is where it is now, `due` when the town looks at it next."""

    place: int
    case: Case
    points: tuple[Point, ...]
    due: datetime | None = None
    asks_whether_gone: bool = False

    @property
    def now(self) -> Point:
        """Where it stands."""
        return self.points[-1]

    @property
    def is_over(self) -> bool:
        """Is nothing more to come by itself?"""
        return self.now.stage in ENDS


def of(report: Report, now: datetime) -> list[Status]:
    """How each address of a report stands; a constant number of queries for each case."""
    questions = queries.questions_to(report)
    pairs = list(_cases_of_lines(report))
    ids = {one.id for pair in pairs for one in pair}
    entries = [entry for entry, _words in audit_trail.history(ids) if entry.track == "case"]
    seen = _seen_gone(report)
    return [
        _status(place, report, origin, case, entries, questions, seen, now)
        for place, (origin, case) in enumerate(pairs, 1)
    ]


def _cases_of_lines(report: Report) -> Iterator[tuple[Case, Case]]:
    """For each address the case it led to, and the one it is in today."""
    today = list(dict.fromkeys(queries.main(case) for case in queries.cases_of(report)))
    keys = [line.key for line in report.addresses if line.key]
    rows = db.session.execute(select(CaseKey.key, CaseKey.case_id).where(CaseKey.key.in_(keys)))
    by_key = dict(iter(rows))
    for line in report.addresses:
        origin = db.session.get_one(Case, line.case_id)
        yield origin, _case_today(line, origin, by_key, today)


def _case_today(
    line: ReportAddress, origin: Case, by_key: dict[str, str], today: Sequence[Case]
) -> Case:
    found = [case for case in today if case.id == by_key.get(line.key or "")]
    found += [case for case in today if case is queries.main(origin)]
    return (found or list(today)[-1:] or [origin])[0]  # parted by hand: where its report went


def _status(
    place: int,
    report: Report,
    origin: Case,
    case: Case,
    entries: Sequence[Entry],
    questions: Sequence[Question],
    seen: dict[str, datetime],
    now: datetime,
) -> Status:
    asked = [one for one in questions if one.case_id in (origin.id, case.id)]
    points = [Point(Stage.RECEIVED, report.created_at)]
    for entry in _of_this(report, origin, case, entries):
        point = _point(entry, points)
        if (point.stage, point.code) != (points[-1].stage, points[-1].code):
            points.append(point)
    if asked and points[-1].stage in (Stage.RECEIVED, Stage.HANDLED, Stage.AGAIN):
        points.append(Point(Stage.ASKED, asked[0].created_at))
    last = points[-1]
    due = _due(last, report, case)
    told = seen.get(case.id)
    gone = last.stage is Stage.GONE and (told is None or told < last.at)
    return Status(
        place, case, tuple(points), due if due and due > now else None, asks_whether_gone=gone
    )


def _of_this(report: Report, origin: Case, case: Case, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that a reporter may see the effect of: of the case they reported since they did,
    of the one it was joined to since it was, and all since the town confirmed it."""
    own = [entry for entry in entries if entry.subject_id == origin.id]
    there = [entry for entry in entries if entry.subject_id == case.id]
    came = next((one.seq for one in own if _is_arrival(one, report)), 0)
    moved = came if origin is case else _moved(own, there, came)
    since = _confirmation(there) if case.confirmed_at is not None else None
    for entry in sorted({*own, *there}, key=lambda one: one.seq):  # a note or a look has no state
        here = entry.subject_id == case.id
        shown = entry.seq > moved if here else came < entry.seq <= moved
        confirmed = here and since is not None and entry.seq >= since
        overtaken = not here and since is not None and entry.seq > since
        late = shown and entry.at >= report.created_at and _is_seen(entry, report)
        if entry.new is not None and (confirmed or (late and not overtaken)):
            yield entry


def _is_arrival(entry: Entry, report: Report) -> bool:
    of_report = entry.step in ("open", "join") and entry.detail().get("report") == report.id
    return of_report and entry.cause is None


def _moved(own: Iterable[Entry], there: Iterable[Entry], came: int) -> int:
    """When a report was taken from the case it came to: by a merge, or by parting it."""
    steps = [one.seq for one in own if one.step == "merge"]
    steps += [one.seq - 1 for one in there if one.step == "open" and one.cause and one.seq > came]
    return max(steps, default=came)


def _confirmation(entries: Iterable[Entry]) -> int | None:
    """Where the case was confirmed last."""
    steps = ("confirm", "give_up_recovery")
    return max((one.seq for one in entries if one.step in steps), default=None)


def _is_seen(entry: Entry, report: Report) -> bool:
    """A step of the town's; of reporters' steps only an own one that woke the case."""
    if entry.step not in COMING or (entry.step == "open" and entry.cause):
        return True
    mine = report.id in (entry.actor, entry.detail().get("report"))
    return mine and entry.old != entry.new and entry.old is not None


def _point(entry: Entry, before: Sequence[Point]) -> Point:
    detail = entry.detail()
    state = C(entry.new or C.RECEIVED)
    if state in STAGES:
        same = before[-1].stage is STAGES[state]
        code = detail.get("ground") or detail.get("outcome") or (before[-1].code if same else "")
        return Point(STAGES[state], entry.at, str(code))
    if any(point.stage in ENDS or point.stage is Stage.AGAIN for point in before):
        return Point(Stage.AGAIN, entry.at)
    return Point(Stage.HANDLED, entry.at)


def _due(last: Point, report: Report, case: Case) -> datetime | None:
    """Until when the town has promised the next step, as for a first and only report."""
    rules = town.current()
    match last.stage:
        case Stage.RECEIVED if report_keys.is_urgent(report.answers):
            return clock.after_office_hours(last.at, rules.urgent_hours)
        case Stage.RECEIVED:
            return clock.due(last.at, rules.triage_working_days, working=True)
        case Stage.HANDLED:
            return clock.due(last.at, rules.review_working_days, working=True)
        case Stage.ASKED:
            return clock.due(last.at, rules.info_days)
        case Stage.NOTIFIED | Stage.ESCALATED | Stage.GONE:
            return case.due_at
    return None


def _seen_gone(report: Report) -> dict[str, datetime]:
    """When the reporter last said of each case whether the profile is gone."""
    query = (
        select(Addition.case_id, Addition.created_at)
        .where(Addition.report_id == report.id, Addition.kind.in_(("gone", "back")))
        .order_by(Addition.created_at)
    )
    rows = db.session.execute(query)
    return {case_id: at for case_id, at in rows if case_id is not None}


def too_many(report: Report, now: datetime, most: int) -> bool:
    """Has a reporter added `most` times within a day?"""
    query = select(Addition.id).where(
        Addition.report_id == report.id, Addition.created_at > now - timedelta(days=1)
    )
    return len(db.session.scalars(query.limit(most)).all()) == most
