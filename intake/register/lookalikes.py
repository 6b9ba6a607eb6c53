"""What the check says of a text that is in no list and resembles a listed profile (A12)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from rapidfuzz.fuzz import ratio

from intake import addresses
from intake.addresses import Known, Reading
from intake.addresses.lookalike import Letters, Likeness, Rule, letters
from intake.people import town
from intake.profiles.alike import likeness
from intake.profiles.alike import words as likeness_words
from intake.register import queries
from intake.register.entry import Entry

SHOWN = 3  # profiles that a text may resemble
LONGEST = 80  # letters of a typed name
PEOPLE = re.compile(r"/(?:people|p|public)/([^/?#]+)")
NUMBERED = re.compile(r"-[0-9a-z]*\d[0-9a-z]*$")  # what LinkedIn puts behind a person's name


@dataclass(frozen=True)
class Similar:
    """A listed profile that a name resembles, why, and where the two part letter by letter."""

    entry: Entry
    typed: str
    genuine: str
    rule: Rule
    score: float

    @property
    def why(self) -> str:
        """The rule in words."""
        return str(likeness_words.WHY[self.rule])

    @property
    def letters(self) -> Letters | None:
        """The two names one below the other, where they are near enough to be read so."""
        found = letters(self.typed, self.genuine)
        return found if found.is_shown else None

    @property
    def heading(self) -> str:
        """What differs, in short."""
        return likeness_words.heading(self.letters) if self.letters else self.why

    @property
    def differences(self) -> list[str]:
        """Where the names part, in sentences; why they are alike where they are not near."""
        return likeness_words.differences(self.letters) if self.letters else [self.why]

    def as_json(self) -> dict[str, Any]:
        """As the API tells it."""
        return {
            "name": self.entry.name,
            "url": self.entry.url,
            "score": self.score,
            "why": self.rule.value,
            "differences": self.differences,
        }


def similar(readings: Sequence[Reading], known: Known) -> list[list[Similar]]:
    """For each text the listed profiles that it resembles, the nearest first; none for known
    neighbours and for what is to become the town's own. A constant number of queries."""
    names = [_name(reading, known) for reading in readings]
    spared = likeness.spared(key for reading in readings for key in reading.keys)
    names = [
        "" if spared & set(reading.keys) else name
        for name, reading in zip(names, readings, strict=True)
    ]
    found = likeness.resembling(names, likeness.public())
    entries = queries.entries({one.name.holder for some in found for one in some})
    return [_similar(*of_one, entries) for of_one in zip(readings, names, found, strict=True)]


def _similar(
    reading: Reading, typed: str, found: Sequence[Likeness], entries: dict[str, Entry]
) -> list[Similar]:
    """Each profile once, by the name that is nearest to the typed one; first those in use, of them
    the nearest, of equally near ones that of the same service."""
    best: dict[str, Likeness] = {}
    for one in sorted(found, key=lambda one: -_near(typed, one)):
        best.setdefault(one.name.holder, one)
    some = [
        Similar(entries[holder], typed, one.name.text, one.rule, one.score)
        for holder, one in best.items()
        if holder in entries
    ]
    order = {one.entry.id: at for at, one in enumerate(some)}

    def rank(one: Similar) -> tuple[bool, float, bool, int]:
        elsewhere = one.entry.platform.code != reading.platform
        near = float(ratio(typed.lower(), one.genuine.lower()))
        return one.entry.is_closed, -near, elsewhere, order[one.entry.id]

    return sorted(some, key=rank)[:SHOWN]


def _near(typed: str, found: Likeness) -> float:
    return float(ratio(typed.lower(), found.name.text.lower()))


def _name(reading: Reading, known: Known) -> str:
    """The name in a text: a handle, the name in an address, a site's own, or the text itself."""
    if reading.note == "bare_handle":
        return reading.value or ""
    if reading.note == "name":
        return reading.text if len(reading.text) <= LONGEST else ""
    if not reading.keys:
        return ""
    if reading.platform == "web":
        return _name_of_site(reading.keys[0], known)
    name = (
        NUMBERED.sub("", addresses.name_in(reading.keys[0]))
        if reading.platform == "linkedin"
        else ""
    )
    name = name or addresses.name_in(reading.keys[0])
    written = PEOPLE.search(reading.text) if not name else None
    return unquote(written[1]) if written else name


def _name_of_site(key: str, known: Known) -> str:
    host = addresses.above(key)[-1].removeprefix(addresses.SITE).partition(":")[0]
    if addresses.is_shared_host(host, known) or town.current().owns(host):
        return ""
    return (addresses.registrable(host) or host).partition(".")[0]
