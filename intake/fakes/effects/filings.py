"""What is sent to a platform and further, word for word, and what comes back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from intake import clock
from intake.data.base import db
from intake.engine.table import Outcome
from intake.fakes import guard
from intake.fakes.guard import Leaving
from intake.fakes.models import Case, Filing, Watch
from intake.fakes.states import Way
from intake.people.models import Person
from intake.refusals import Unseen

LOOKS = (1, 7, 14)  # days after a notice on which the genuine profile is looked at


def store(
    case: Case,
    by: Person,
    way: str,
    route: str,
    sent_at: datetime,
    text: str,
    reference: str,
    copy: str = "",
    fields: Mapping[str, str] | None = None,
) -> Filing:
    """Keep what was sent, where, when and with which reference: the one way out of the house.
    Raises Unready where it tells who reported, beside the field (`fields` where these have other
    names)."""
    sent = {"route": route, "text": text, "reference": reference, "copy": copy}
    guard.refuse(case, sent if fields is None else fields, Leaving.NOTICE, by)
    row = Filing(
        case_id=case.id,
        way=Way(way),
        route=route,
        text=text,
        copy=copy,
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
) -> Outcome:
    """A notice went to the platform: platforms have removed the wrong page, so the genuine profile
    is looked at on days 1, 7 and 14."""
    row = store(case, actor, channel, route, sent_at or now, text, reference, copy)
    if case.profile_id is not None:
        for days in LOOKS:
            due = clock.today(now) + timedelta(days=days)
            db.session.add(Watch(profile_id=case.profile_id, case_id=case.id, due_on=due))
        db.session.flush()
    return Outcome({"filing": row.id, "channel": channel})


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
    fields = {"text": text, "reference": reference}
    row = store(case, actor, route, route, now, text, reference, fields=fields)
    return Outcome({"filing": row.id, "route": route})


def of_case(case: Case, filing_id: str) -> Filing:
    """A filing of this case; raises Unseen for another's (A42)."""
    row = db.session.get(Filing, filing_id)
    if row is None or row.case_id != case.id:
        raise Unseen
    return row
