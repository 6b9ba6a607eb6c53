"""What words must never hide: the names of profiles that are lost or taken over, and the handles
that these or confirmed fakes have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from intake.data import full_text
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.fakes import queries as reported
from intake.people import town
from intake.profiles.models import Address, Profile
from intake.profiles.states import AddressState
from intake.register import queries
from intake.register.index import listed

SHORT = 4  # letters of a word that must be met as it is
NAMELESS = ("web", "link", "name", "phone", "text")  # keys that hold no handle


@dataclass(frozen=True)
class Alarms:
    """`names` are the words of each alarmed profile's name, `handles` the keys that a word may be
    the handle of."""

    names: tuple[tuple[str, tuple[str, ...]], ...]
    handles: Mapping[str, tuple[str, ...]]

    def named_in(self, words: Iterable[str]) -> list[str]:
        """The ids of the profiles whose names some words hold, bent or misspelt."""
        said = set(words)
        return [
            profile_id
            for profile_id, name in self.names
            if all(any(is_same(word, one) for word in said) for one in name)
        ]

    def keys_in(self, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Those of some words that are such handles, each with its keys."""
        found = {word: self.handles.get(word.lower(), ()) for word in words}
        return {word: keys for word, keys in found.items() if keys}


@lru_cache(maxsize=20_000)
def is_same(typed: str, word: str) -> bool:
    """Is a typed word this one, bent, or with as many slips as its length allows?"""
    mine = full_text.fold(typed)
    stems = {full_text.fold(word), *full_text.stems(word)}
    if mine in stems or len(mine) < SHORT:
        return mine in stems
    starts = {one for one in full_text.starts(typed) if len(one) >= SHORT}
    return bool(starts & stems) or bool(full_text.nearest(mine, sorted(stems)))


def current() -> Alarms:
    """Those of today; read once after each commit."""
    kept = commit_cache()
    if "alarms" not in kept:
        kept["alarms"] = _read()
    found: Alarms = kept["alarms"]
    return found


def _read() -> Alarms:
    lost = (listed(), Profile.alarm.in_(queries.LOST))
    rows = db.session.execute(select(Profile.id, Profile.name).where(*lost).order_by(Profile.name))
    keys = db.session.scalars(
        select(Address.key)
        .join(Address.profile)
        .where(*lost, Address.state == AddressState.CURRENT)
        .order_by(Address.key)
    )
    handles: dict[str, list[str]] = {}
    for key in (*keys, *reported.confirmed_keys()):
        service, _, rest = key.partition(":")
        if service not in NAMELESS:
            handles.setdefault(rest.partition(":")[2].lower(), []).append(key)
    return Alarms(
        tuple((row.id, _telling(row.name)) for row in rows),
        {value: tuple(dict.fromkeys(some)) for value, some in handles.items()},
    )


def _telling(name: str) -> tuple[str, ...]:
    """The words of a name that tell it from others of the town; all of them where none does."""
    every = full_text.spoken(name)
    spare = {word for one in town.current().spoken for word in full_text.spoken(one)}
    return tuple(word for word in every if word not in spare) or tuple(every)
