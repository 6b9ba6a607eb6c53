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
    """A profile or a unit: `text` is what the form shows and reads again, `name` what it is called
    by whoever types it."""

    text: str
    name: str = ""
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
        Target(f"{name}, {platform}", name, profile_id, unit_id, slug)
        for profile_id, name, slug, unit_id, platform in rows
    ]
    found += [Target(unit.name(language), unit_id=unit.id) for unit in people.units()]
    return list({target.text: target for target in reversed(found)}.values())[::-1]


def meant(text: str, among: list[Target]) -> Target:
    """The one whose text was chosen, or whose name was typed; of several that bear it what they
    have in common, an empty one where it is none of them."""
    typed = fold(text)
    if not typed:
        return Target("")
    found = [one for one in among if fold(one.text) == typed]
    found = found or [one for one in among if fold(one.name) == typed]
    if len(found) == 1:
        return found[0]
    units = {one.unit_id for one in found}
    return Target(text, unit_id=units.pop()) if len(units) == 1 else Target("")
