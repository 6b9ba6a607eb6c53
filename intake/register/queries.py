"""Reading what is public: each answer takes the same number of queries however much there is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from intake import addresses, clock
from intake.addresses import Known
from intake.data import full_text
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.data.full_text import Found, Place, sort_key
from intake.fakes import queries as reported
from intake.fakes.models import PublicWarning
from intake.handbook import queries as handbook
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.people import town
from intake.people.models import Unit
from intake.profiles.models import LISTED, Address, Profile, ProfileAdmin, ProfileKind
from intake.profiles.states import AddressState, AlarmState, ProfileState
from intake.refusals import Unseen
from intake.register import index
from intake.register.entry import Entry
from intake.register.index import listed

PAGE = 50
LOST = (AlarmState.HIJACKED, AlarmState.LOST)
CHUNK = 10_000  # keys of one query
BY_NAME = (Profile.sort_key, Profile.id)
MOST = 1000  # what is counted; beyond it "1 000+" is the answer
CURSOR = re.compile(r"([0-9a-z]{1,16})\.([^\x00-\x1f\ud800-\udfff]{1,100})")
CODE = re.compile(r"[0-9a-z_-]{0,24}")
MASTODON = "mastodon:acct:"


def _official() -> ColumnElement[bool]:
    """In use or closing, and no day has passed on which it was to end."""
    return and_(Profile.state.in_(index.OFFICIAL), not_(_ended(clock.today())))


def _ended(day: date) -> ColumnElement[bool]:
    """As `Profile.ended_on` says of one."""
    in_use = and_(Profile.state == ProfileState.ACTIVE, Profile.ends_on < day)
    closing = and_(Profile.state == ProfileState.CLOSING_ANNOUNCED, Profile.closes_on < day)
    return func.coalesce(or_(in_use, closing), false())


def _read() -> Select[Profile]:
    return select(Profile).options(*_whole())


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(Profile.platform),
        joinedload(Profile.unit),
        joinedload(Profile.subject),
        selectinload(Profile.addresses),
    )


def count() -> int:
    """How many profiles are official today; 1 001 stands for more than 1 000."""
    some = select(Profile.id).where(_official()).limit(MOST + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def platform_count() -> int:
    """In how many services."""
    query = select(func.count(Platform.code)).where(_any(Profile.platform_id == Platform.code))
    return db.session.scalar(query) or 0


def _any(of: ColumnElement[bool], what: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Is there any such profile? The index is asked once for each, however many there are."""
    return select(Profile.id).where(of, _official() if what is None else what).exists()


@dataclass(frozen=True)
class Filters:
    """What narrows the list: words, platform, unit with those below it, kind."""

    q: str = ""
    platform: str = ""
    unit: str = ""
    kind: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """The filters of an address; raises Unseen for what cannot be a code."""
        filters = cls(given.get("q", ""), *(given.get(name, "") for name in cls.codes()))
        if not all(CODE.fullmatch(getattr(filters, name)) for name in cls.codes()):
            raise Unseen
        if filters.kind not in ("", *ProfileKind):
            raise Unseen
        return filters

    @staticmethod
    def codes() -> tuple[str, str, str]:
        """The filters that are chosen from a list."""
        return ("platform", "unit", "kind")

    @property
    def active(self) -> dict[str, str]:
        """Those that narrow anything, as they stand in the address."""
        every = {"q": self.q, "platform": self.platform, "unit": self.unit, "kind": self.kind}
        return {name: value for name, value in every.items() if value}

    def condition(self, found: Found | None = None) -> ColumnElement[bool]:
        """The rows that pass; `found` is what the words find."""
        lines = [listed()]
        if found is not None:
            lines.append(found.condition)
        if self.platform:
            lines.append(Profile.platform_id == self.platform)
        if self.unit:
            lines.append(Profile.unit_id.in_(units_below(self.unit)))
        if self.kind:
            lines.append(Profile.kind == ProfileKind(self.kind))
        return and_(*lines)


def units_below(unit_id: str) -> list[str]:
    """A unit and every unit below it."""
    children: dict[str | None, list[str]] = {}
    for unit in people.units():
        children.setdefault(unit.parent_id, []).append(unit.id)
    found = [unit_id]
    for known in found:  # grows while it is walked; a circle in the data ends it
        found += [child for child in children.get(known, []) if child not in found]
    return found


@dataclass(frozen=True)
class Listing:
    """One page of the list, the cursors of its neighbours, and how many pass in all: `total`
    and, of them, `closed`."""

    entries: list[Entry]
    before: str | None
    after: str | None
    total: int
    closed: int
    is_near: bool = False  # nothing has the very words that were asked for


def listing(filters: Filters, *, after: str = "", before: str = "", size: int = PAGE) -> Listing:
    """A page of the list, by name; raises Unseen for a cursor that cannot be one."""
    found = ask(filters.q) if filters.q else None
    condition = filters.condition(found)
    key = tuple_(*BY_NAME)
    query = _read().where(condition)
    if before:
        query = query.where(key < _cursor(before)).order_by(
            Profile.sort_key.desc(), Profile.id.desc()
        )
    else:
        query = query.where(key > _cursor(after)) if after else query
        query = query.order_by(*BY_NAME)
    rows = list(db.session.scalars(query.limit(size + 1)))
    more, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    total, closed = _counts(condition)
    has_before, has_after = (more, True) if before else (bool(after), more)
    return Listing(
        entries=[Entry(row) for row in rows],
        before=_cursor_of(rows[0]) if rows and has_before else None,
        after=_cursor_of(rows[-1]) if rows and has_after else None,
        total=total,
        closed=closed,
        is_near=found is not None and found.is_near,
    )


def ask(q: str, *, near: bool = True) -> Found:
    """The listed profiles that a text finds; without `near` by no slip of the pen."""
    place = Place(index.PUBLIC, Profile.id, listed(), known=known())
    return full_text.ask(place, q, optional=town.current().spoken, near=near)


def is_address(q: str) -> bool:
    """Is what was asked for an address, and so a matter for the check?"""
    return bool(addresses.read(q, known()).url) if q else False


def near_names(text: str, most: int = 5, *, near: bool = True) -> list[Entry]:
    """The official profiles that a text finds by their names, bent, misspelt or in the other
    language: those that are lost or taken over first, then in the order of the list."""
    query = _read().where(_official(), ask(text, near=near).condition)
    query = query.order_by(Profile.alarm.in_(LOST).desc(), *BY_NAME).limit(most)
    return [Entry(row) for row in db.session.scalars(query)]


def _cursor(text: str) -> Any:
    found = CURSOR.fullmatch(text)
    if found is None:
        raise Unseen
    return tuple_(sort_key(found[2]), found[1])


def _cursor_of(row: Profile) -> str:
    return f"{row.id}.{row.name}"


def _counts(condition: ColumnElement[bool]) -> tuple[int, int]:
    some = select(Profile.state).where(condition).limit(MOST + 1).subquery()
    closed = func.sum(case((some.c.state == ProfileState.CLOSED, 1), else_=0))
    total, of_them = db.session.execute(select(func.count(), closed).select_from(some)).one()
    return total, of_them or 0


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed by: only what is in it."""

    platforms: list[Platform]
    units: list[Unit]


def choices() -> Choices:
    """Platforms of listed profiles, and their units with those above them."""
    platforms = db.session.scalars(
        select(Platform)
        .where(_any(Profile.platform_id == Platform.code, listed()))
        .order_by(func.lower(Platform.name), Platform.code)
    )
    every = people.units()
    parents = {unit.id: unit.parent_id for unit in every}
    used: set[str | None] = set()
    for unit_id in db.session.scalars(
        select(Unit.id).where(_any(Profile.unit_id == Unit.id, listed()))
    ):
        above: str | None = unit_id
        while above and above not in used:
            used.add(above)
            above = parents.get(above)
    return Choices(list(platforms), [unit for unit in every if unit.id in used])


def by_slug(slug: str) -> Entry:
    """The entry of a page, with its admins; raises Unseen where nothing is listed there."""
    if not slug.isprintable():
        raise Unseen
    query = _read().options(selectinload(Profile.admins).joinedload(ProfileAdmin.person))
    profile = db.session.scalars(
        query.where(Profile.slug == slug, Profile.state.in_(LISTED))
    ).one_or_none()
    if profile is None:
        raise Unseen
    return Entry(profile)


@dataclass(frozen=True)
class Match:
    """A listed profile that has or had an address."""

    entry: Entry
    address: Address

    @property
    def is_current(self) -> bool:
        """Does the profile have it today?"""
        return self.address.state is AddressState.CURRENT

    @property
    def until(self) -> date:
        """The last day of an address that was left."""
        return self.address.until or clock.today(self.address.state_since)


def matches(keys: Iterable[str]) -> dict[str, list[Match]]:
    """Who has or had these very keys (A12, A14), the newest first, in two queries in all."""
    wanted = sorted({key for key in keys if key.isprintable()})
    found: dict[str, list[Match]] = {}
    for at in range(0, len(wanted), CHUNK):
        for match in _matches(wanted[at : at + CHUNK]):
            found.setdefault(match.address.key, []).append(match)
    return found


def _matches(keys: Sequence[str]) -> Iterator[Match]:
    query = (
        select(Address)
        .join(Address.profile)
        .options(contains_eager(Address.profile).options(*_whole()))
        .where(
            Address.key.in_(keys),
            Address.state.in_((AddressState.CURRENT, AddressState.FORMER)),
            Profile.state.in_(LISTED),
        )
        .order_by(Address.state_since.desc(), Address.id)
    )
    for address in db.session.scalars(query):
        yield Match(Entry(address.profile), address)


def fakes(keys: Iterable[str]) -> dict[str, bool]:
    """Those of some keys that are a confirmed fake's, in one query, each with whether it stands
    for all of a site."""
    wanted = sorted(set(keys))
    found: dict[str, bool] = {}
    for at in range(0, len(wanted), CHUNK):
        found |= reported.fakes_among(wanted[at : at + CHUNK])
    return found


def platform_name(key: str) -> str:
    """The name of the service that a key is of."""
    code = key.partition(":")[0]
    found = handbook.platform(code)
    return code if found is None else str(found.name)


def warnings(profile_id: str | None = None) -> list[PublicWarning]:
    """What the public is warned of today; of one profile, where it is given."""
    return reported.shown_warnings(clock.today(), profile_id)


def named(names: Iterable[str]) -> dict[str, list[Entry]]:
    """The official profiles that have these names, by folded name."""
    wanted = [full_text.whole(name) for name in names if full_text.folded(name)]
    ids = db.session.scalars(full_text.exact(index.PUBLIC, wanted)).all() if wanted else ()
    query = _read().where(Profile.id.in_(ids), _official())
    found: dict[str, list[Entry]] = {}
    for row in db.session.scalars(query.order_by(*BY_NAME)) if ids else ():
        found.setdefault(full_text.folded(row.name), []).append(Entry(row))
    return found


def entries(ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of some profiles, by id."""
    wanted = set(ids)
    rows = db.session.scalars(_read().where(Profile.id.in_(wanted))) if wanted else ()
    return {row.id: Entry(row) for row in rows}


def known() -> Known:
    """The hosts the town knows, and the Mastodon servers its own listed profiles are on."""
    kept = commit_cache()
    if "known" not in kept:
        shipped = handbook.known()
        keys = db.session.scalars(
            select(Address.key)
            .join(Address.profile)
            .where(
                Profile.platform_id == handbook.MASTODON,
                Address.key.startswith(MASTODON),
                Address.state == AddressState.CURRENT,
            )
        )
        servers = {key.rpartition("@")[2] for key in keys}
        kept["known"] = replace(shipped, mastodon_servers=shipped.mastodon_servers | servers)
    found: Known = kept["known"]
    return found
