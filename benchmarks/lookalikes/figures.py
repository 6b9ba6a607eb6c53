"""What is found of the pairs: ours, the former function, and RapidFuzz alone, in one run.

`python -m benchmarks.lookalikes` prints it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from benchmarks.lookalikes.pairs import Pair, pairs
from benchmarks.lookalikes.towns import Town
from intake.addresses.similar import fold, skeleton

FORMER = 85


@dataclass
class Figure:
    """How many of a class were found, and which not; `right` where the right profile was named."""

    all: int = 0
    found: int = 0
    right: int = 0
    wrong: list[Pair] = field(default_factory=list)


Way = Callable[[Town], Callable[[str], str | None]]


def ours(town: Town) -> Callable[[str], str | None]:
    """The five rules."""
    book = town.book()

    def found(text: str) -> str | None:
        likeness = book.resemblance(text)
        return likeness.name.holder if likeness else None

    return found


def former(town: Town) -> Callable[[str], str | None]:
    """What there was: an equal UTS 39 skeleton, or 85 of 100 of RapidFuzz's ratio."""
    texts = [(text, one.handle) for one in town.profiles for text in (one.name, one.handle)]

    def found(text: str) -> str | None:
        for other, handle in texts:
            a, b = fold(text), fold(other)
            if skeleton(text) == skeleton(other) or (a and b and ratio(a, b) >= FORMER):
                return handle
        return None

    return found


def bare(town: Town) -> Callable[[str], str | None]:
    """RapidFuzz alone, on small letters."""
    texts = {text.lower(): p.handle for p in town.profiles for text in (p.name, p.handle)}

    def found(text: str) -> str | None:
        best = process.extractOne(text.lower(), texts.keys(), scorer=ratio, score_cutoff=FORMER)
        return texts[best[0]] if best else None

    return found


WAYS: dict[str, Way] = {"ours": ours, "former": former, "RapidFuzz": bare}


def figures(half: str, way: Way) -> dict[str, Figure]:
    """By class, what a way finds of the pairs of a half."""
    found: dict[str, Figure] = defaultdict(Figure)
    known: dict[int, Callable[[str], str | None]] = {}
    for pair in pairs(half):
        if id(pair.town) not in known:
            known[id(pair.town)] = way(pair.town)
        figure = found[_group(pair)]
        said = known[id(pair.town)](pair.text)
        figure.all += 1
        figure.found += said is not None
        figure.right += said is not None and pair.like is not None and said == pair.like.handle
        if (said is None) == (pair.like is not None):
            figure.wrong.append(pair)
    return found


def _group(pair: Pair) -> str:
    if pair.label.startswith("by hand"):
        return "by hand" if pair.like else "not: by hand"
    return pair.label if pair.like else f"not: {pair.label}"


def recall(found: dict[str, Figure]) -> float:
    """Of all that imitate, the part that was found."""
    real = [figure for label, figure in found.items() if not label.startswith("not: ")]
    return sum(one.found for one in real) / sum(one.all for one in real)


def precision(found: dict[str, Figure]) -> float:
    """Of all that was found, the part that does imitate."""
    hits = sum(one.found for one in found.values())
    false = sum(one.found for label, one in found.items() if label.startswith("not: "))
    return (hits - false) / hits if hits else 1.0
