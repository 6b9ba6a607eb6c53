"""The fake and the genuine profile side by side: addresses as text, and where the names differ."""

from dataclasses import dataclass
from datetime import datetime

from intake import addresses
from intake.addresses.lookalike import Letters, letters
from intake.fakes import words
from intake.fakes.models import Case, CaseKey, Evidence, Look
from intake.handbook import queries as handbook
from intake.profiles.alike.words import differences
from intake.profiles.models import Profile


@dataclass(frozen=True)
class ShownAddress:
    """An address: as text that no click follows (G6), and what its button copies."""

    shown: str
    copied: str


@dataclass(frozen=True)
class Pair:
    """What stands side by side; `pictures` is how many files were handed in."""

    name: str
    addresses: list[ShownAddress]
    pictures: int
    last_look: datetime | None
    genuine: Profile | None
    genuine_addresses: list[ShownAddress]
    letters: Letters | None

    @property
    def sentences(self) -> list[str]:
        """Where the names differ, in words."""
        return differences(self.letters) if self.letters else []


def of(case: Case, keys: list[CaseKey], files: list[Evidence], looks: list[Look]) -> Pair:
    """The fake, and the profile it imitates where that is known."""
    genuine = case.profile
    return Pair(
        name=words.name(case),
        addresses=[shown_address(key) for key in keys],
        pictures=len(files),
        last_look=looks[-1].seen_at if looks else None,
        genuine=genuine,
        genuine_addresses=addresses_of(genuine) if genuine else [],
        letters=compared(case.name, genuine.handle) if genuine and genuine.handle else None,
    )


def addresses_of(profile: Profile) -> list[ShownAddress]:
    """The addresses of a genuine profile."""
    return [_shown_address(line.url or line.typed) for line in profile.current]


def shown_address(key: CaseKey) -> ShownAddress:
    """A key of a case as an address: the canonical one where its service has one."""
    return _shown_address(
        addresses.canonical_url(key.key, handbook.known()) or key.shown or key.key
    )


def _shown_address(text: str) -> ShownAddress:
    return ShownAddress(words.defanged(text), text)


def compared(fake: str, genuine: str) -> Letters | None:
    """Where two names differ; None where they are too long, equal or have little in common."""
    found = letters(fake, genuine)
    return found if found.is_shown else None
