"""A whole site is called a fake, by a handler's step of its own."""

from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.engine.table import Outcome
from intake.fakes import queries
from intake.fakes.effects import address_marks
from intake.fakes.matching import search
from intake.fakes.models import Case


def widen(case: Case, _actor: Any, now: datetime, *, site: str) -> Outcome:
    """The check calls every page of the site a fake from the commit on."""
    address_marks.claim((site,))
    address_marks.give_keys(case, (site,), f"https://{site.split(':', 2)[-1]}/", now)
    rows = [row for row in queries.keys_of(case) if row.key == site]
    for row in rows:
        row.whole = True
    db.session.flush()
    search.remember(case)
    return Outcome({"keys": [row.id for row in rows]})
