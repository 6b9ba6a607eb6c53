"""How much room files of evidence take: all of them on the disk, and those that wait for a form
which nobody has sent yet, whose share is small, so that nobody fills the disk without reporting."""

from flask import current_app
from sqlalchemy import ColumnElement, func, select, union

from intake.data import file_store
from intake.data.base import db
from intake.fakes.models import Evidence, EvidencePage

GIGABYTE = 1024**3
WAITING, OF_A_NETWORK = 0.1, 0.01  # of the whole quota


def _whole() -> float:
    """Bytes of the whole quota."""
    return float(current_app.config["EVIDENCE_GB"]) * GIGABYTE


def has_room() -> bool:
    """Is there room below the quota, on a disk that stays free enough (A91)?"""
    try:
        enough = file_store.free() >= int(current_app.config["EVIDENCE_FREE"]) / 100
        return enough and file_store.used() < _whole()
    except OSError:
        return False


def may_wait(network: str) -> bool:
    """May another file of this network wait for a form that is not sent yet?"""
    return _waiting(network) < OF_A_NETWORK * _whole() and _waiting(None) < WAITING * _whole()


def _waiting(network: str | None) -> int:
    """Bytes of what waits for a form, from one network or (None) from all; the same ones once."""
    waits: list[ColumnElement[bool]] = [Evidence.staged_for.is_not(None)]
    if network is not None:
        waits.append(Evidence.staged_from == network)
    files = union(
        select(Evidence.sha256, Evidence.size).where(*waits),
        select(EvidencePage.sha256, EvidencePage.size)
        .join(Evidence, Evidence.id == EvidencePage.evidence_id)
        .where(*waits),
    ).subquery()
    return int(db.session.scalar(select(func.coalesce(func.sum(files.c.size), 0))) or 0)
