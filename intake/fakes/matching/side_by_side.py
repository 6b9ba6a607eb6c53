"""The fake and the genuine profile side by side: addresses as text, and where the names differ."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext as _

from intake import addresses
from intake.fakes import words
from intake.fakes.models import Case, CaseKey, Evidence, Look
from intake.handbook import queries as handbook
from intake.profiles.models import Profile

LONGEST = 40  # letters that fit into a row of cells
TOLD = 3  # differences that are told in words


@dataclass(frozen=True)
class ShownAddress:
    """An address: as text that no click follows (G6), and what its button copies."""

    shown: str
    copied: str


@dataclass(frozen=True)
class Letters:
    """Two names letter by letter: the places that differ, and the same in words."""

    fake: str
    genuine: str
    fake_marks: list[int]
    genuine_marks: list[int]
    sentences: list[str]


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
        letters=letters(case.name, genuine.handle) if genuine and genuine.handle else None,
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


def letters(fake: str, genuine: str) -> Letters | None:
    """Where two names differ; None where they are too long, equal or have little in common."""
    if max(len(fake), len(genuine)) > LONGEST or fake == genuine:
        return None
    if not addresses.like(fake, genuine):
        return None
    marks: tuple[list[int], list[int]] = [], []
    sentences = []
    matcher = SequenceMatcher(None, fake, genuine, autojunk=False)
    for kind, start, end, begin, until in matcher.get_opcodes():
        if kind == "equal":
            continue
        marks[0].extend(range(start, end))
        marks[1].extend(range(begin, until))
        sentences.append(_sentence(fake[start:end], genuine[begin:until], start + 1))
    return Letters(fake, genuine, *marks, sentences[:TOLD])


def _sentence(fake: str, genuine: str, number: int) -> str:
    said: dict[str, Any] = {"place": number, "fake": _spelt(fake), "genuine": _spelt(genuine)}
    if not fake:
        return str(_("Before letter %(place)d of the fake, %(genuine)s is missing.", **said))
    if not genuine:
        return str(_("From letter %(place)d on, the fake has %(fake)s too many.", **said))
    return str(
        _("From letter %(place)d on: the fake has %(fake)s, the genuine %(genuine)s.", **said)
    )


def _spelt(text: str) -> str:
    """The letters, those beyond ASCII with their names."""
    named = dict(addresses.code_points(text))
    return ", ".join(f"{sign} ({named[sign]})" if sign in named else sign for sign in text)
