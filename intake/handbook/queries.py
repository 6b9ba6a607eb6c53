"""Reading what the town lays down, and who has read and learnt what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, or_, select

from intake.addresses import Known
from intake.database import db
from intake.handbook.models import (
    Acknowledgement,
    GuidelineVersion,
    Platform,
    PlatformHost,
    Training,
    TrainingKind,
)

MASTODON = "mastodon"


def platforms() -> list[Platform]:
    """The platforms in use, by name; retired ones are left out (S2)."""
    found = db.session.scalars(select(Platform).where(Platform.retired_at.is_(None)))
    return sorted(found, key=lambda line: line.name.casefold())


def platform(code: str) -> Platform | None:
    """A platform, retired or not: what was listed on it still names it."""
    return db.session.get(Platform, code)


def known() -> Known:
    """The hosts and Mastodon servers that the town knows beside the shipped address rules."""
    rows = db.session.execute(select(PlatformHost.host, PlatformHost.platform_code)).all()
    return Known(
        hosts={host: code for host, code in rows if code != MASTODON},
        mastodon_servers=frozenset(host for host, code in rows if code == MASTODON),
    )


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


def acknowledgement(person_id: str) -> Acknowledgement | None:
    """A person's newest acknowledgement (G1)."""
    return db.session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.person_id == person_id)
        .order_by(Acknowledgement.number.desc())
        .limit(1)
    ).first()


def trainings(person_id: str) -> list[Training]:
    """A person's trainings, newest first."""
    return list(
        db.session.scalars(
            select(Training)
            .where(Training.person_id == person_id)
            .order_by(Training.held_on.desc(), Training.kind)
        )
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
        .where(
            Training.person_id.in_(ids),
            Training.held_on <= on,
            or_(Training.until.is_(None), Training.until >= on),
        )
        .group_by(Training.person_id, Training.kind)
    )
    return {(person_id, kind): held_on for person_id, kind, held_on in rows}
