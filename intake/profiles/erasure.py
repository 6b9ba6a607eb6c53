"""What goes of a profile when it has been closed long enough, inside write().

An office profile's entry stays in the register, marked closed, so that the check knows its former
address; whoever ran it goes, and their words. An expert profile is about a person: all of it goes,
and so does one that was never opened.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from intake import clock
from intake.data import references
from intake.data.base import db
from intake.engine import audit_trail, legal_hold, outbox
from intake.profiles import names
from intake.profiles.change.models import Change, Handover
from intake.profiles.models import (
    Address,
    ChecklistItem,
    LikelyFake,
    NearName,
    Profile,
    ProfileAdmin,
    ProfileKind,
    Review,
)
from intake.profiles.states import ProfileState

SINCE_LISTED = ("profile_change", "profile_handover", "profile_review")
# tables that hang on a profile
OWN = ("address", "checklist_tick", "likely_fake", "near_name", "profile_admin", *SINCE_LISTED)
OF_PERSONS = (ProfileAdmin, ChecklistItem, Review, Change, Handover)


def _closed(before: datetime) -> Any:
    return (Profile.state == ProfileState.CLOSED) & (Profile.closed_on < clock.today(before))


def office_profiles(before: datetime) -> Any:
    """Ids of the office profiles closed before a moment of which somebody is still named."""
    return select(Profile.id).where(
        _closed(before),
        Profile.kind == ProfileKind.OFFICE,
        Profile.erased_at.is_(None),
        Profile.id.not_in(legal_hold.held_ids()),
    )


def part_from_persons(ids: Sequence[str], now: datetime) -> list[str]:
    """Let office profiles name nobody any more; their ids."""
    for profile in db.session.scalars(select(Profile).where(Profile.id.in_(ids))):
        profile.erased_at = now
        profile.texts = {}
        profile.subject_id = profile.decided_by_id = profile.interim_channel = None
        profile.alarm_by_id = profile.clearing_by_id = profile.away_cover = None
    db.session.flush()
    beside = [*_ids(Address, ids), *_ids(Change, ids), *_ids(Handover, ids)]
    for model in OF_PERSONS:
        db.session.execute(delete(model).where(model.profile_id.in_(ids)))
    _forget([*ids, *beside])
    return sorted(ids)


def other_profiles(before: datetime) -> Any:
    """Ids of the expert profiles closed, and of profiles given up in set-up, before a moment,
    unless a case is still about them."""
    closed = _closed(before) & (Profile.kind == ProfileKind.EXPERT)
    never = (Profile.state == ProfileState.NEVER_OPENED) & (Profile.state_since < before)
    return select(Profile.id).where(
        or_(closed, never),
        Profile.id.not_in(legal_hold.held_ids()),
        ~references.to("profile", besides=OWN),
    )


def erase_profiles(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase profiles with all that hangs on them; their ids."""
    beside = [*_ids(Address, ids), *_ids(Change, ids), *_ids(Handover, ids)]
    for model in (*OF_PERSONS, LikelyFake, NearName, Address):
        db.session.execute(delete(model).where(model.profile_id.in_(ids)))
    db.session.execute(delete(Profile).where(Profile.id.in_(ids)))
    names.forget(ids)
    _forget([*ids, *beside])
    return sorted(ids)


def _ids(model: type[Any], profile_ids: Sequence[str]) -> list[str]:
    return list(db.session.scalars(select(model.id).where(model.profile_id.in_(profile_ids))))


def _forget(ids: Sequence[str]) -> None:
    audit_trail.erase_words_about(ids)
    outbox.forget(ids)
    legal_hold.forget(ids)
