"""What a fake may pretend to be: the listed profiles and the units that the form offers."""

from dataclasses import dataclass

from sqlalchemy import select

from intake.addresses import fold
from intake.database import db
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState

RUNNING = (ProfileState.ACTIVE, ProfileState.CLOSING_ANNOUNCED)


@dataclass(frozen=True)
class Target:
    """A profile or a unit: `text` is what the form shows and reads again."""

    text: str
    profile_id: str | None = None
    unit_id: str | None = None
    slug: str | None = None


def offered(language: str) -> list[Target]:
    """The listed profiles that are in use, then the units of today, each once."""
    rows = db.session.execute(
        select(Profile.id, Profile.name, Profile.slug, Profile.unit_id, Platform.name)
        .join(Platform, Platform.code == Profile.platform_id)
        .where(Profile.state.in_(RUNNING))
        .order_by(Profile.name, Profile.id)
    )
    found = [
        Target(f"{name}, {platform}", profile_id, unit_id, slug)
        for profile_id, name, slug, unit_id, platform in rows
    ]
    found += [Target(unit.name(language), unit_id=unit.id) for unit in people.units()]
    return list({target.text: target for target in reversed(found)}.values())[::-1]


def meant(text: str, among: list[Target]) -> Target:
    """The one whose text was chosen or typed; an empty one where it is none of them."""
    typed = fold(text)
    return next((one for one in among if typed and fold(one.text) == typed), Target(""))
