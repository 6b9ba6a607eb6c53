"""Names of people: many bear the same, and two alike ones are mostly two people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake.addresses.lookalike.lexicon import person_names
from intake.addresses.lookalike.shapes import parts, shape, unnumbered

FEW = 300  # people among whom a plain name still says who is meant


@dataclass(frozen=True)
class Bearers:
    """How many people are known, and how many bear each pair of first and last name."""

    people: int = 0
    of: Mapping[frozenset[str], int] = field(default_factory=dict)

    @classmethod
    def among(cls, names: Iterable[str]) -> "Bearers":
        """Counted among the names of people, listed and known."""
        found: dict[frozenset[str], int] = {}
        people = 0
        for name in names:
            people += 1
            words = [shape(part) for part in parts(name)]
            key = frozenset((words[0], words[-1])) if words else frozenset()
            found[key] = found.get(key, 0) + 1
        return cls(people, found)

    def is_rare(self, own: Iterable[str]) -> bool:
        """Does a plain name, without a role beside it, say who is meant? Not among hundreds, nor
        where two people bear it."""
        return self.people <= FEW and self.of.get(frozenset(own), 0) <= 1


def are_two(text: str, name: str) -> bool:
    """Are two names those of two people: a common given or family name in the one that the other
    does not have?"""
    given, family = person_names()
    theirs = _names(name, given)
    for mine in _names(text, given) - theirs:
        if (mine in given and theirs & given) or (mine in family and theirs & family):
            return True
    return False


def _names(text: str, given: frozenset[str]) -> set[str]:
    words = {shape(part) for part in unnumbered(parts(text))}
    for word in list(words):
        for size in range(3, len(word) - 3):
            if word[:size] in given:
                words |= {word[:size], word[size:]}
    return words
