"""Periods that end by themselves: a public warning, and the time in which the town can complain
about a service's decision. A handler is told before, once of each."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.fakes import parties, queries
from intake.fakes.desk.filing_page import complaint_until
from intake.fakes.models import Case, Filing, PublicWarning
from intake.fakes.states import CaseState, Way

WARNING, COMPLAINT = "warning_ends", "complaint_ends"
BEFORE = {WARNING: timedelta(days=3), COMPLAINT: timedelta(days=30)}
HALF_A_YEAR = timedelta(days=190)
OVER = (CaseState.TAKEN_DOWN, CaseState.NOT_FAKE, CaseState.DUPLICATE)


def tell(now: datetime) -> None:
    """Tell who handles a case of each of its periods that is near its end, or ended unnoticed in
    the last few days; called once a day."""
    day = clock.today(now)
    found = [*_warnings(day), *_complaints(day)]
    if not found:
        return
    with write():
        for notice, row_id, case_id in found:
            case = db.session.get_one(Case, case_id)
            for person in parties.assigned_handler.people(case, now):
                key = f"{notice}:{row_id}:{person.id}"
                outbox.queue(key, notice, notice, "", case, "assigned_handler", person, now)


def _warnings(day: date) -> Iterator[tuple[str, str, str]]:
    near = PublicWarning.ends_on.between(day - BEFORE[WARNING], day + BEFORE[WARNING])
    query = select(PublicWarning).where(PublicWarning.ended_at.is_(None), near)
    for row in db.session.scalars(query):
        yield WARNING, row.id, row.case_id


def _complaints(day: date) -> Iterator[tuple[str, str, str]]:
    query = select(Filing).where(Filing.way == Way.ART16, Filing.decided_on >= day - HALF_A_YEAR)
    for row in db.session.scalars(query).all():
        until = complaint_until(row)
        if until is None or not day <= until <= day + BEFORE[COMPLAINT]:
            continue
        case = db.session.get_one(Case, row.case_id)
        ways = {one.way for one in queries.filings_of(case) if one.sent_at > row.sent_at}
        if case.state not in OVER and Way.COMPLAINT not in ways:
            yield COMPLAINT, row.id, row.case_id
