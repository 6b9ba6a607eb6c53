"""The stored keys of profiles, read anew from what their admins typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from intake.data.base import db
from intake.engine import outbox
from intake.handbook.service import stored_keys
from intake.profiles import names, queries, reading
from intake.profiles.models import Address, Profile
from intake.profiles.states import AddressState

NOTICE = "addresses_meet"


def read_anew(by: Any, now: datetime) -> None:
    """Give every address the key that its text has today; one that another profile has already
    stays as it is, marked with the key that it would have, and the register keepers are told."""
    query = select(Address).where(Address.state != AddressState.DROPPED, ~Address.lasting)
    changed: set[str] = set()
    for line in db.session.scalars(query.order_by(Address.created_at, Address.id)).all():
        found = reading.today(line.profile.platform_id, line.typed, line.url)
        if found is None or found.keys[0] == line.key:
            continue
        _change(line, found.keys[0], found.kind or "", found.url, by, now)
        changed.add(line.profile_id)
    for profile in db.session.scalars(select(Profile).where(Profile.id.in_(changed))).all():
        names.remember(profile)


def _change(line: Address, key: str, kind: str, url: str | None, by: Any, now: datetime) -> None:
    was, profile = line.key, line.profile
    meets = line.state is AddressState.CURRENT and _is_anothers(key, line)
    if meets:
        if line.meets == key:
            return
        line.meets = key
    else:
        line.key, line.kind, line.url, line.meets = key, kind, url, None
    entry = stored_keys.note(by, now, profile, line, was, key, meets=meets)
    if meets:
        for keeper in queries.keepers():
            outbox.notify(NOTICE, profile, keeper, now, entry)
    if profile.decided_key == was and not meets:
        decide(profile, key, by, now)
    db.session.flush()


def decide(profile: Profile, key: str, by: Any, now: datetime) -> None:
    """The address that was decided on has another key by now."""
    if profile.decided_key and profile.decided_key != key:
        was, profile.decided_key = profile.decided_key, key
        stored_keys.note(by, now, profile, profile, was, key, meets=False)


def _is_anothers(key: str, line: Address) -> bool:
    query = select(Address.id).where(
        Address.key == key, Address.state == AddressState.CURRENT, Address.id != line.id
    )
    return db.session.scalars(query.limit(1)).first() is not None
