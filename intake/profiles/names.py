"""What a profile is known by: its slug, which is made once and never reused or changed (A17), the
names that look-alikes are compared with, and what it is found by."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete, event, select
from sqlalchemy.exc import IntegrityError

from intake import clock
from intake.addresses import lookalike, name_in, similar
from intake.data import full_text
from intake.data.base import db, insert, lots, random_id
from intake.data.full_text import Document, Source
from intake.data.write import write
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.people.models import Person, Unit
from intake.profiles.alike import likeness
from intake.profiles.models import Address, NearName, NearStamp, Profile, ProfileKind
from intake.profiles.queries import STAFF, WITH
from intake.profiles.states import AddressState, ProfileState

RESERVED = {
    "embed", "csv", "atom", "json", "feed", "rss", "xml", "api", "new", "edit", "search", "check",
    "report", "follow", "sheet", "qr", "print", "all", "index", "list", "page", "profiles",
    "register", "sitemap", "static", "statistics",
}  # fmt: skip


def remember(profile: Profile) -> None:
    """Let the profile be compared by its name and the handles it has, had or is to have; none
    that was never opened is."""
    db.session.flush()
    db.session.expire(profile)
    _compare([profile])
    db.session.flush()


def _keys(profile: Profile) -> list[str]:
    """The keys that it has, had or is to have, but for lasting ids."""
    held = [line for line in profile.addresses if line.state is not AddressState.DROPPED]
    keys = {profile.decided_key or "", *(line.key for line in held if not line.lasting)}
    return sorted(keys - {""})


def _texts(profile: Profile) -> list[str]:
    """Its name, and its handles without the servers they are on."""
    handles = {name for key in _keys(profile) if (name := name_in(key))}
    return sorted({profile.name, *handles})


def _compare(profiles: Iterable[Profile]) -> None:
    """Write what look-alikes of some profiles are found by, and that it is another now."""
    some = list(profiles)
    words = likeness.town_words()
    rows = [
        row
        for profile in some
        if profile.state is not ProfileState.NEVER_OPENED
        for row in near_rows(profile.id, _texts(profile), _person(profile), words)
    ]
    ids = [profile.id for profile in some]
    db.session.execute(delete(NearName).where(NearName.profile_id.in_(ids)))
    if rows:
        db.session.execute(insert(NearName.__table__), rows)
    stamp = {"stamp": random_id(), "words": likeness.words_mark()}
    row = insert(NearStamp.__table__).values(id=1, created_at=clock.now(), **stamp)
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_=stamp))


def _person(profile: Profile) -> str:
    return profile.subject.name if profile.subject is not None else ""


def near_rows(
    profile_id: str, texts: Iterable[str], person: str, words: lookalike.Vocabulary
) -> Iterable[dict[str, Any]]:
    """The rows by which the names and handles of a profile, and whom it is about, are found."""
    every = sorted({text[:300] for text in (*texts, person) if text})
    for text in every:
        name = lookalike.listed(text, words, beside=every, person=person)
        folded = similar.fold(text)[:300]
        yield {
            "profile_id": profile_id,
            "text": text,
            "shape": name.shape,
            "core": name.core,
            "bag": name.bag,
            "trait": name.trait,
            "own": " ".join(name.own)[:300],
            "folded": folded,
            "size": len(folded),
            "created_at": clock.now(),
        }


def ensure_compared(_now: datetime) -> None:
    """Fill what look-alikes are found by anew where the town's words are others than those it was
    filled by: at a start, inside `write()`, and when units or the town's name have changed."""
    if not is_outdated():
        return
    ids = db.session.scalars(select(Profile.id).order_by(Profile.id)).all()
    for some in lots(ids, AT_ONCE):
        query = select(Profile).where(Profile.id.in_(some)).options(*WITH)
        _compare(db.session.scalars(query).all())
        db.session.expire_all()


def is_outdated() -> bool:
    """Were rows filled by other words than the town has today?"""
    filled = db.session.scalars(select(NearStamp.words)).first()
    if filled is None:
        return db.session.scalars(select(NearName.profile_id).limit(1)).first() is not None
    return filled != likeness.words_mark()


def compare_anew(now: datetime) -> bool:
    """The job: whether there was anything to fill anew."""
    if not is_outdated():
        return False
    with write():
        ensure_compared(now)
    return True


AT_ONCE = 500  # profiles that are filled anew together


def give_slug(profile: Profile) -> None:
    """Name the entry once; two that are listed at the same moment never share a slug (A17)."""
    if profile.slug is not None:
        return
    for slug in _slugs(profile):
        try:
            with db.session.begin_nested():
                profile.slug = slug
                db.session.flush()
        except IntegrityError:  # somebody has it, perhaps since this moment
            db.session.refresh(profile)
        else:
            return


def _slugs(profile: Profile) -> Iterator[str]:
    """Slugs from the plainest to one that nobody has. An expert's never holds a person's name:
    it is unit, platform and chance (E5, A17)."""
    if profile.kind is ProfileKind.EXPERT:
        base = _plain(profile.unit.name_fi)
    else:
        base = _plain(profile.name)
        if base and base not in RESERVED:
            yield base
        yield _joined(base, profile.platform_id)
    while True:
        yield _joined(base, profile.platform_id, random_id()[:6])


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-")


def _joined(*parts: str) -> str:
    return "-".join(part for part in parts if part)


# what it is found by

ROWS = (
    select(
        Profile.id,
        Profile.name,
        Profile.kind,
        Profile.state,
        Profile.unit_id,
        Profile.platform_id,
        Profile.decided_key,
        Platform.stored_name.label("service"),
        Person.name.label("expert"),
        Person.title,
    )
    .join(Platform, Platform.code == Profile.platform_id)
    .outerjoin(Person, Person.id == Profile.subject_id)
)
SOURCES = ["profile"]  # those that are made of profiles; the register adds its own


def init_app(app: Flask) -> None:
    """Let profiles be found, whatever changes of them."""
    full_text.register(app, SOURCE)
    if not event.contains(db.session, "after_flush", _follow):
        event.listen(db.session, "after_flush", _follow)


def _follow(session: Any, _context: Any) -> None:
    ids = {one.id for one in full_text.changed(session, Profile)}
    ids |= {one.profile_id for one in full_text.changed(session, Address)}
    units = full_text.changed(session, Unit, "name_fi", "name_sv", "parent_id")
    platforms = [one.code for one in full_text.changed(session, Platform, "stored_name")]
    experts = [one.id for one in full_text.changed(session, Person, "name", "title")]
    named_after = [
        (units, Profile.unit_id.in_(people.ids_below(units))),
        (platforms, Profile.platform_id.in_(platforms)),
        (experts, Profile.subject_id.in_(experts)),
    ]
    for name in SOURCES:
        if ids:
            full_text.mark(name, sorted(ids))
        for some, theirs in named_after:
            if some:
                full_text.mark_all(name, select(Profile.id).where(theirs))


@dataclass(frozen=True)
class Told:
    """What a profile may be described by: its row, its keys with their states, and the names of
    its units and its service, whatever people call that."""

    row: Any
    keys: Sequence[tuple[str, AddressState]]
    names: tuple[str, ...]


def told(ids: Sequence[str]) -> list[Told]:
    """What some profiles are described by, in three queries."""
    rows = db.session.execute(ROWS.where(Profile.id.in_(ids))).all()
    keys: dict[str, list[tuple[str, AddressState]]] = {}
    lines = select(Address.profile_id, Address.key, Address.state)
    for line in db.session.execute(lines.where(Address.profile_id.in_(ids)).order_by(Address.id)):
        keys.setdefault(line.profile_id, []).append((line.key, line.state))
    units = people.unit_names(row.unit_id for row in rows)
    return [
        Told(
            row,
            keys.get(row.id, ()),
            (
                row.name,
                *units.get(row.unit_id, ()),
                row.service,
                full_text.ALIASES.get(row.platform_id, ""),
            ),
        )
        for row in rows
    ]


def _describe(ids: Sequence[str]) -> Mapping[str, Document]:
    return {
        one.row.id: Document(
            names=(*one.names, one.row.expert or ""), keys=tuple(dict.fromkeys(_found_keys(one)))
        )
        for one in told(ids)
    }


def _found_keys(told: Told) -> Iterator[str]:
    """The addresses it has, had or is to have."""
    yield from (key for key, state in told.keys if state is not AddressState.DROPPED)
    if told.row.decided_key:
        yield told.row.decided_key


SOURCE = Source("profile", STAFF, Profile, _describe)


def forget(ids: Sequence[str]) -> None:
    """Let profiles that are gone be found no more."""
    for name in SOURCES:
        full_text.mark(name, ids)
