"""What a profile is known by: its slug, the names that look-alikes are compared with, and what it
is found by, kept up with every change of one and of what it is named after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import delete, event, select
from sqlalchemy.exc import IntegrityError

from intake.addresses import similar
from intake.data import full_text
from intake.data.base import db
from intake.data.full_text import Document, Source
from intake.handbook.models import Platform
from intake.people import finding as people
from intake.people.models import Person, Unit
from intake.profiles import slugs
from intake.profiles.models import Address, NearName, Profile
from intake.profiles.queries import STAFF
from intake.profiles.states import AddressState, ProfileState

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
    """Follow the profiles."""
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
        (units, Profile.unit_id.in_(people.units_below(units))),
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


def read(ids: Sequence[str]) -> list[Told]:
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
            names=(*one.names, one.row.expert or ""), keys=tuple(dict.fromkeys(_keys(one)))
        )
        for one in read(ids)
    }


def _keys(told: Told) -> Iterator[str]:
    """The addresses it has, had or is to have."""
    yield from (key for key, state in told.keys if state is not AddressState.DROPPED)
    if told.row.decided_key:
        yield told.row.decided_key


SOURCE = Source("profile", STAFF, Profile, _describe)


def remember(profile: Profile) -> None:
    """Let the profile be compared by its name and the handles it has, had or is to have; none
    that was never opened is."""
    db.session.flush()
    db.session.execute(delete(NearName).where(NearName.profile_id == profile.id))
    db.session.expire(profile)
    held = [line for line in profile.addresses if line.state is not AddressState.DROPPED]
    keys = {profile.decided_key or "", *(line.key for line in held if not line.lasting)}
    texts = sorted({profile.name, *(key.split(":", 2)[-1] for key in keys if key)})
    if profile.state is not ProfileState.NEVER_OPENED:
        db.session.add_all(_near(profile, text[:300]) for text in texts)
    db.session.flush()


def _near(profile: Profile, text: str) -> NearName:
    folded = similar.fold(text)[:300]
    return NearName(
        profile_id=profile.id,
        text=text,
        skeleton=similar.skeleton(text)[:900],
        folded=folded,
        size=len(folded),
    )


def give_slug(profile: Profile) -> None:
    """Name the entry once; two that are listed at the same moment never share a slug (A17)."""
    if profile.slug is not None:
        return
    for slug in slugs.candidates(profile):
        try:
            with db.session.begin_nested():
                profile.slug = slug
                db.session.flush()
        except IntegrityError:  # somebody has it, perhaps since this moment
            db.session.refresh(profile)
        else:
            return
