"""What profiles are found by: kept up with every change of one, and of what it is named after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event, select

from intake.data import full_text
from intake.data.base import db
from intake.data.full_text import Document, Source
from intake.handbook.models import Platform
from intake.people import finding as people
from intake.people.models import Person, Unit
from intake.profiles.models import Address, Profile
from intake.profiles.queries import STAFF
from intake.profiles.states import AddressState

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
