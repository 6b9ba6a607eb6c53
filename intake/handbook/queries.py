"""Reading what the town lays down, and who has read and learnt what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from intake.addresses import Known, Stated
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.handbook import shipped
from intake.handbook.models import (
    STAYS_FRESH,
    Acknowledgement,
    AddressRule,
    Channel,
    GuidelineVersion,
    HostKind,
    Platform,
    PlatformHost,
    ReportRoute,
    SpecialHost,
    Training,
    TrainingKind,
)

MASTODON = "mastodon"


def platforms() -> list[Platform]:
    """The platforms in use, by name; retired ones are left out (S2)."""
    found = db.session.scalars(select(Platform).where(Platform.retired_at.is_(None)))
    return sorted(found, key=lambda line: line.name.casefold())


def retired_platforms() -> list[Platform]:
    """The platforms that are offered no more, by name."""
    found = db.session.scalars(select(Platform).where(Platform.retired_at.is_not(None)))
    return sorted(found, key=lambda line: line.name.casefold())


def platform(code: str) -> Platform | None:
    """A platform, retired or not: what was listed on it still names it."""
    return db.session.get(Platform, code)


def known() -> Known:
    """What the town knows beside the shipped address rules: hosts of services, Mastodon servers,
    hosts of short links and such that serve many, rules of services that were stated."""
    kept = commit_cache()
    if "addresses" not in kept:
        kept["addresses"] = _known()
    found: Known = kept["addresses"]
    return found


def _known() -> Known:
    rows = db.session.execute(select(PlatformHost.host, PlatformHost.platform_code)).all()
    special = db.session.execute(select(SpecialHost.host, SpecialHost.kind)).all()
    rules = db.session.scalars(select(AddressRule).order_by(AddressRule.platform_code))
    return Known(
        hosts={host: code for host, code in rows if code != MASTODON},
        mastodon_servers=frozenset(host for host, code in rows if code == MASTODON),
        shorteners=frozenset(host for host, kind in special if kind is HostKind.SHORT_LINKS),
        shared_hosts=frozenset(host for host, kind in special if kind is HostKind.SHARED),
        stated=tuple(rule.stated for rule in rules),
    )


def special_hosts() -> list[SpecialHost]:
    """The hosts that keepers have added to the lists, by kind and name."""
    return list(
        db.session.scalars(select(SpecialHost).order_by(SpecialHost.kind, SpecialHost.host))
    )


def rule(code: str) -> Stated | None:
    """What was stated of a service's addresses, None where nothing was."""
    found = db.session.get(AddressRule, code)
    return found.stated if found else None


def hosts(code: str) -> list[PlatformHost]:
    """The hosts that the town has added to a platform, by name."""
    query = select(PlatformHost).where(PlatformHost.platform_code == code)
    return list(db.session.scalars(query.order_by(PlatformHost.host)))


def routes() -> dict[tuple[str, Channel], ReportRoute]:
    """Every report route by platform and channel (P5)."""
    query = select(ReportRoute).options(joinedload(ReportRoute.platform))
    return {(row.platform_code, row.channel): row for row in db.session.scalars(query)}


def route(code: str, channel: Channel) -> ReportRoute | None:
    """A platform's report route on a channel."""
    return db.session.scalars(
        select(ReportRoute).where(ReportRoute.platform_code == code, ReportRoute.channel == channel)
    ).first()


def words_of(route: ReportRoute) -> tuple[str, str]:
    """Where a route is and what it asks for, in the reader's language where it is as shipped."""
    return shipped.told(route.address), shipped.told(route.asks)


def unchecked_routes(today: date) -> int:
    """How many routes of platforms in use nobody has tried within the last half year."""
    fresh = ReportRoute.checked_on >= today - STAYS_FRESH
    query = select(func.count()).select_from(ReportRoute).join(ReportRoute.platform)
    query = query.where(Platform.retired_at.is_(None), func.coalesce(fresh, False).is_(False))
    return db.session.scalar(query) or 0


def current_guidelines() -> GuidelineVersion | None:
    """The version in force: the newest; a version is in force from the day it was added."""
    return db.session.scalars(
        select(GuidelineVersion).order_by(GuidelineVersion.number.desc()).limit(1)
    ).first()


def guidelines(number: int) -> GuidelineVersion | None:
    """A numbered version, None where there is none."""
    return db.session.scalars(
        select(GuidelineVersion).where(GuidelineVersion.number == number)
    ).first()


def unread_by(person_id: str) -> int | None:
    """The number of the guidelines in force where a person has not acknowledged them (G1)."""
    newest = select(func.max(GuidelineVersion.number)).scalar_subquery()
    read = exists().where(Acknowledgement.person_id == person_id, Acknowledgement.number >= newest)
    return db.session.scalar(select(newest).where(~read))


def versions() -> list[tuple[int, date]]:
    """Number and first day of every version, newest first."""
    rows = db.session.execute(
        select(GuidelineVersion.number, GuidelineVersion.in_force_on).order_by(
            GuidelineVersion.number.desc()
        )
    )
    return [(number, day) for number, day in rows]


def acknowledged_by() -> dict[int, int]:
    """How many people have acknowledged each version, by its number."""
    rows = db.session.execute(
        select(Acknowledgement.number, func.count().label("people")).group_by(
            Acknowledgement.number
        )
    )
    return {row.number: row.people for row in rows}


def acknowledgement(person_id: str) -> Acknowledgement | None:
    """A person's newest acknowledgement (G1)."""
    return db.session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.person_id == person_id)
        .order_by(Acknowledgement.number.desc())
        .limit(1)
    ).first()


def trainings(person_id: str, *, cancelled: bool = False) -> list[Training]:
    """A person's trainings, newest first; those recorded by mistake where they are asked for."""
    query = select(Training).where(Training.person_id == person_id)
    if not cancelled:
        query = query.where(Training.cancelled_at.is_(None))
    order = (Training.held_on.desc(), Training.kind, Training.id)
    return list(db.session.scalars(query.order_by(*order)))


def valid_on(day: date) -> ColumnElement[bool]:
    """The condition that a training was held and counts on a day (P11)."""
    return and_(
        Training.cancelled_at.is_(None),
        Training.held_on <= day,
        or_(Training.until.is_(None), Training.until >= day),
    )


@dataclass(frozen=True)
class Readiness:
    """How a person stands on a day: newest version acknowledged and whether it is the one in
    force (G1); day of the newest valid training of either kind, None where there is none (P11)."""

    acknowledged: int | None
    is_current: bool
    social_media: date | None
    security: date | None


def readiness(person_ids: Iterable[str], on: date) -> dict[str, Readiness]:
    """The readiness of persons by their id, in three queries however many they are."""
    ids = set(person_ids)
    current = current_guidelines()
    acknowledged = _acknowledged(ids)
    valid = _valid_trainings(ids, on)
    return {
        person_id: Readiness(
            acknowledged=acknowledged.get(person_id),
            is_current=current is not None and acknowledged.get(person_id) == current.number,
            social_media=valid.get((person_id, TrainingKind.SOCIAL_MEDIA)),
            security=valid.get((person_id, TrainingKind.SECURITY)),
        )
        for person_id in ids
    }


def _acknowledged(ids: set[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(Acknowledgement.person_id, func.max(Acknowledgement.number).label("newest"))
        .where(Acknowledgement.person_id.in_(ids))
        .group_by(Acknowledgement.person_id)
    )
    return {row.person_id: row.newest for row in rows}


def _valid_trainings(ids: set[str], on: date) -> dict[tuple[str, TrainingKind], date]:
    rows = db.session.execute(
        select(Training.person_id, Training.kind, func.max(Training.held_on))
        .where(Training.person_id.in_(ids), valid_on(on))
        .group_by(Training.person_id, Training.kind)
    )
    return {(person_id, kind): held_on for person_id, kind, held_on in rows}
