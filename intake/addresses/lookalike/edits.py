"""Names a letter or two apart: candidates by RapidFuzz, then each difference weighed."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.addresses.lookalike.names import SHORTEST, Name, bare
from intake.addresses.lookalike.shapes import short

EDGES = ((9, 3), (SHORTEST, 2))  # from so many letters, so many edits; a swap is two
WIDEST = 2  # letters that one name may have more than the other
LIMITS = ((15, 2.5), (9, 1.5), (0, 1.0))  # from so many letters of the rest, so much weight
LIGHT, GAP, OTHER, FIRST = 0.75, 1.0, 1.5, 2.25
ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
ALIKE = ("uv", "ij", "ce", "gq", "fs", "ft", "ao", "eo", "ae", "lt", "td", "pb", "kg", "kc", "sz")


@cache
def _near_letters() -> frozenset[tuple[str, str]]:
    """Neighbours on the keyboard, and letters that look or sound alike; i is l in a shape."""
    pairs = {*ALIKE}
    for row in ROWS:
        pairs |= {row[at : at + 2] for at in range(len(row) - 1)}
    for upper, lower in pairwise(ROWS):
        for at, letter in enumerate(lower):
            pairs |= {letter + other for other in upper[at : at + 2]}
    plain = str.maketrans("iåäö", "laao")
    both = {pair.translate(plain) for pair in pairs}
    return frozenset((pair[at], pair[1 - at]) for pair in both for at in (0, 1))


def edits(size: int) -> int:
    """How many letters a name of such a length may be from another."""
    return next((most for least, most in EDGES if size >= least), 0)


def limit(size: int) -> float:
    """How much differences may weigh in a part of such a length."""
    return next(most for least, most in LIMITS if size >= least)


def weight(one: str, two: str) -> float:
    """What lies between two shapes: a neighbouring key, a swap, a doubled letter weigh less than a
    missing letter, and that less than another one."""
    near = _near_letters()
    before: list[float] = []
    row = _gaps(two)
    for i, a in enumerate(one):
        now = [row[0] + (_gap(one, i) if i else FIRST - OTHER + GAP)]
        for j, b in enumerate(two):
            ways = [
                row[j] + _other(a, b, i == 0 or j == 0, near),
                row[j + 1] + _gap(one, i),
                now[j] + _gap(two, j),
            ]
            if i and j and a == two[j - 1] and b == one[i - 1] and a != b:
                ways.append(before[j - 1] + LIGHT)
            now.append(min(ways))
        before, row = row, now
    return row[-1]


def _gaps(text: str) -> list[float]:
    row = [0.0]
    for at in range(len(text)):
        row.append(row[-1] + (_gap(text, at) if at else FIRST - OTHER + GAP))
    return row


def _gap(text: str, at: int) -> float:
    return LIGHT if at and text[at] == text[at - 1] else GAP


def _other(a: str, b: str, is_first: bool, near: frozenset[tuple[str, str]]) -> float:
    if a == b:
        return 0.0
    if (a, b) in near:
        return LIGHT
    return FIRST if is_first else OTHER


class Cores:
    """The cores of all listed names, by length, to be compared with at once."""

    def __init__(self, cores: Iterable[str]) -> None:
        self.by_size: dict[int, list[str]] = {}
        for core in dict.fromkeys(cores):
            if len(core) >= SHORTEST:
                self.by_size.setdefault(len(core), []).append(core)

    def near(self, core: str) -> list[str]:
        """The listed cores within as many edits as their length allows, in any order."""
        own = len(core)
        found: list[str] = []
        for size in range(own - WIDEST, own + WIDEST + 1):
            most = edits(max(own, size))
            bucket: Sequence[str] = self.by_size.get(size, ()) if most else ()
            if bucket:
                hits = process.extract(
                    core, bucket, scorer=Levenshtein.distance, score_cutoff=most, limit=None
                )
                found += [text for text, _distance, _at in hits]
        return found


def apart(core: str, name: Name, shared: Iterable[str]) -> float | None:
    """What lies between the letters of a core and of a listed name's, without the words that both
    share; None where that is too much."""
    found = [
        _apart(one, two, [word if one == core else short(word) for word in shared])
        for one, two in ((core, bare(name.text)), (short(core), name.core))
    ]
    return min((one for one in found if one is not None), default=None)


def _apart(one: str, two: str, shared: Iterable[str]) -> float | None:
    for word in sorted(shared, key=len, reverse=True):
        if word in one and word in two and len(two) - len(word) >= REST:
            one, two = one.replace(word, "", 1), two.replace(word, "", 1)
    found = weight(one, two)
    return found if found <= limit(min(len(one), len(two))) else None


REST = 4  # letters that must be left when a shared word is taken off
