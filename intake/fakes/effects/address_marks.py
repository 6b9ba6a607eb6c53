"""The keys of a case, and the marks they carry in the room of profiles."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey
from intake.profiles.models import MarkKind
from intake.profiles.service import mark, unmark


def claim(keys: Iterable[str]) -> None:
    """Let nobody else give these keys a case until this write is over: two reports of one new key
    at the same moment lead to one case. SQLite has one writer at a time anyway."""
    if db.session.get_bind().dialect.name == "postgresql":
        for key in sorted(set(keys)):  # in one order, so that no two wait for each other
            db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def give_keys(case: Case, keys: Iterable[str], shown: str, now: datetime) -> None:
    """Let keys lead to a case: those that lead to no other."""
    for key in keys:
        if queries.of_key(key) is None:
            db.session.add(CaseKey(key=key, case_id=case.id, shown=shown))
            db.session.flush()
    if not case.held:
        hold(case, now)


def hold(case: Case, now: datetime) -> None:
    """An open case has these addresses: none of them can be listed."""
    mark(_keys(case), MarkKind.HELD, now)


def confirm(case: Case, now: datetime) -> None:
    """These addresses are a confirmed fake's: the check says so."""
    mark(_keys(case), MarkKind.CONFIRMED, now)


def lift(case: Case, now: datetime) -> None:
    """Nothing is held against these addresses."""
    unmark(_keys(case), now)


def _keys(case: Case) -> list[str]:
    return [line.key for line in queries.keys_of(case)]
