"""The one door by which an address enters a case, and the marks that addresses carry in the room
of profiles: always what their case says of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey
from intake.fakes.states import CaseState
from intake.profiles.models import MarkKind
from intake.profiles.service import mark


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
    settle(case, now)


def mark_of(case: Case) -> MarkKind | None:
    """What a case says of its addresses: a fake's from the confirmation until that is taken back;
    held while it is open and no one has confirmed it; nothing where it ended without, or is about
    a profile of the town's own."""
    if case.confirmed_at is not None:
        return MarkKind.CONFIRMED
    is_open = case.state in queries.OPEN and case.state is not CaseState.RECOVERING
    return MarkKind.HELD if is_open and not case.held else None


def settle(case: Case, now: datetime) -> None:
    """Let the addresses of a case carry the mark that it gives them; after each of its steps, and
    whenever addresses have come to it. One that the town has is never called a fake (P4)."""
    kind = mark_of(case)
    keys = {line.key for line in queries.keys_of(case)}
    own = queries.own_among(keys) if kind is MarkKind.CONFIRMED else set()
    mark(keys - own, kind, now)
    mark(own, MarkKind.HELD, now)
