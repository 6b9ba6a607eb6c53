"""What listed profiles are found by: kept up with every change of a profile or an address."""

from typing import Any

from sqlalchemy import Connection, event, select

from intake.data import word_index
from intake.profiles.models import LISTED, Address, Profile, ProfileKind
from intake.profiles.states import AddressState, ProfileState
from intake.register import words

LIST = "profile"  # by the words of name, handle and kind
NAMES = "profile_name"  # by the whole name, official ones only
OFFICIAL = (ProfileState.ACTIVE, ProfileState.CLOSING_ANNOUNCED)


def watch() -> None:
    """Follow the profiles and their addresses; a second call changes nothing."""
    for model in (Profile, Address):
        for moment in ("after_insert", "after_update"):
            if not event.contains(model, moment, _refresh):
                event.listen(model, moment, _refresh)


def _refresh(_mapper: Any, connection: Connection, changed: Profile | Address) -> None:
    profile_id = changed.id if isinstance(changed, Profile) else changed.profile_id
    profile = connection.execute(
        select(Profile.name, Profile.kind, Profile.state).where(Profile.id == profile_id)
    ).one()
    closed_expert = profile.kind == ProfileKind.EXPERT and profile.state == ProfileState.CLOSED
    found_by = []
    if profile.state in LISTED and not closed_expert:
        keys = connection.scalars(
            select(Address.key).where(
                Address.profile_id == profile_id,
                Address.state.in_((AddressState.CURRENT, AddressState.FORMER))
                if profile.state == ProfileState.CLOSED
                else Address.state == AddressState.CURRENT,
            )
        )
        values = " ".join(key.split(":", 2)[-1] for key in keys)
        found_by = word_index.words(f"{profile.name} {values} {words.KIND_WORDS[profile.kind]}")
    word_index.replace(connection, LIST, profile_id, found_by)
    names = [word_index.folded(profile.name)] if profile.state in OFFICIAL else []
    word_index.replace(connection, NAMES, profile_id, names)
