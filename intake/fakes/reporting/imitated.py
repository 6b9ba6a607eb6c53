"""What a fake may pretend to be: the listed profiles and the units that the form offers."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from intake.addresses import fold
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.profiles.models import NearName, Profile
from intake.profiles.states import ProfileState

RUNNING = (ProfileState.ACTIVE, ProfileState.CLOSING_ANNOUNCED)
SUGGESTED = 2000  # profiles that a page may name; of more none is shown, but each is understood


@dataclass(frozen=True)
class Target:
    """A profile or a unit: `text` is what the form shows and reads again, `name` what it is called
    by whoever types it."""

    text: str
    name: str = ""
    profile_id: str | None = None
    unit_id: str | None = None


def suggested(language: str) -> list[str]:
    """What is shown while somebody types: the listed profiles in use, unless they are too many for
    a page, then the units of today; each text once."""
    texts: dict[str, list[str]] = commit_cache().setdefault("targets", {})
    if language not in texts:
        found = _profiles(_running().limit(SUGGESTED + 1))
        names = sorted(one.text for one in found) if len(found) <= SUGGESTED else []
        texts[language] = list(dict.fromkeys(names + [one.text for one in _units(language)]))
    return texts[language]


def of_slug(slug: str) -> Target | None:
    """The profile in use whose page in the register has this name."""
    return next(iter(_profiles(_running().where(Profile.slug == slug))), None)


def meant(text: str, language: str) -> Target:
    """The one whose text was chosen, or whose name was typed; of several that bear it what they
    have in common, an empty one where it is none of them."""
    typed = fold(text)
    if not typed:
        return Target("")
    among = _named(text) + _units(language)
    found = [one for one in among if fold(one.text) == typed]
    found = found or [one for one in among if fold(one.name) == typed]
    if len(found) == 1:
        return found[0]
    units = {one.unit_id for one in found}
    return Target(text, unit_id=units.pop()) if len(units) == 1 else Target("")


def _named(text: str) -> list[Target]:
    """The profiles that may be meant: of that name, with or without the service behind it."""
    names = {fold(name)[:300] for name in (text, text.rpartition(",")[0])} - {""}
    held = select(NearName.profile_id).where(
        NearName.size.in_({len(name) for name in names}), NearName.folded.in_(names)
    )
    return _profiles(_running().where(Profile.id.in_(held)))


def _running() -> Select[str, str, str, str]:
    return (
        select(Profile.id, Profile.name, Profile.unit_id, Platform.name)
        .join(Platform, Platform.code == Profile.platform_id)
        .where(Profile.state.in_(RUNNING))
    )


def _profiles(query: Select[str, str, str, str]) -> list[Target]:
    return [
        Target(f"{name}, {platform}", name, profile_id, unit_id)
        for profile_id, name, unit_id, platform in db.session.execute(query)
    ]


def _units(language: str) -> list[Target]:
    return [Target(unit.name(language), unit_id=unit.id) for unit in people.units()]
