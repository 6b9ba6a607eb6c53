"""What is sent to a platform and further, word for word, and what comes back."""

from datetime import date, datetime, timedelta
from typing import Any

from intake import clock
from intake.data.base import db
from intake.engine.table import Outcome
from intake.fakes import reporter_leak
from intake.fakes.models import Case, Filing, Watch
from intake.fakes.states import Way
from intake.people.models import Person
from intake.refusals import Unseen

LOOKS = (1, 7, 14)  # days after a notice on which the genuine profile is looked at


def store(
    case: Case, by: Person, way: str, route: str, sent_at: datetime, text: str, reference: str
) -> Filing:
    """Keep what was sent, where, when and with which reference."""
    row = Filing(
        case_id=case.id,
        way=Way(way),
        route=route,
        text=text,
        reference=reference,
        sent_at=sent_at,
        by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def notify(
    case: Case,
    actor: Person,
    now: datetime,
    *,
    channel: str = "",
    route: str = "",
    sent_at: datetime | None = None,
    text: str = "",
    reference: str = "",
    copy: str = "",
    words_confirmed: bool = False,
) -> Outcome:
    """A notice went to the platform: platforms have removed the wrong page, so the genuine profile
    is looked at on days 1, 7 and 14."""
    row = store(case, actor, channel, route, sent_at or now, text, reference)
    confirmed = words_confirmed and bool(
        reporter_leak.repeated(case, text)
    )  # else nothing was asked
    row.copy, row.words_confirmed = copy, confirmed
    if case.profile_id is not None:
        for days in LOOKS:
            due = clock.today(now) + timedelta(days=days)
            db.session.add(Watch(profile_id=case.profile_id, case_id=case.id, due_on=due))
        db.session.flush()
    return Outcome({"filing": row.id, "channel": channel, "words_confirmed": confirmed})


def note_receipt(
    case: Case,
    _actor: Any,
    _now: datetime,
    *,
    filing: str = "",
    received_at: datetime,
    reference: str = "",
) -> Outcome:
    """The platform has acknowledged a notice (2022/2065 art. 16(4))."""
    row = of_case(case, filing)
    row.receipt_at = received_at
    row.reference = reference or row.reference
    return Outcome({"filing": filing})


def note_refusal(
    case: Case,
    _actor: Any,
    _now: datetime,
    *,
    filing: str = "",
    decided_at: date,
    decision_text: str = "",
) -> Outcome:
    """The platform has refused: six months run for a complaint (2022/2065 art. 20)."""
    row = of_case(case, filing)
    row.decided_on, row.decision = decided_at, decision_text
    return Outcome({"filing": filing})


def escalate(
    case: Case,
    actor: Person,
    now: datetime,
    *,
    route: str = "",
    next_check_on: date,
    text: str = "",
    reference: str = "",
) -> Outcome:
    """The case goes further; somebody looks at it on the date that was given."""
    case.next_check_on = next_check_on
    row = store(case, actor, route, route, now, text, reference)
    return Outcome({"filing": row.id, "route": route})


def of_case(case: Case, filing_id: str) -> Filing:
    """A filing of this case; raises Unseen for another's (A42)."""
    row = db.session.get(Filing, filing_id)
    if row is None or row.case_id != case.id:
        raise Unseen
    return row
