"""The words that are shipped: what towns have and are called, what fakers put beside it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from intake.addresses.lookalike.shapes import parts, plain, shape

ENDINGS = (
    *("n", "a", "ta", "ssa", "sta", "lla", "lta", "lle", "na", "ksi", "t", "en", "in", "on", "un"),
    *("an", "seen", "hun", "hin", "jen", "ien", "iden", "issa", "ista", "illa", "ilta", "ille"),
    *("ja", "ita", "s", "er", "et", "erna", "arna", "ar", "or", "orna", "ens", "ets"),
)
INFLECTED = 4  # letters of a word that takes endings
OBLIQUE = ENDINGS[:31]  # those that follow a second stem


class Kind(StrEnum):
    """What a word says in a name."""

    TOWN = "town"
    UNIT = "unit"
    OFFICE = "office"
    DECOY = "decoy"
    LINK = "link"
    OTHER = "other"
    PLACE = "place"
    OWN = "own"


class Word(NamedTuple):
    """A word of a name: what it says, and the word that stands for all its forms."""

    kind: Kind
    stands: str


SILENT = (Kind.DECOY, Kind.LINK)  # what a name is the same without
FILES = {
    Kind.OTHER: "others",
    Kind.DECOY: "decoys",
    Kind.OFFICE: "offices",
    Kind.UNIT: "units",
    Kind.LINK: "links",
}  # the later wins


def _lines(name: str) -> Iterator[str]:
    found = files("intake.addresses.lookalike") / "data" / f"{name}.txt"
    for line in found.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def glued(text: str) -> str:
    """A text as one shape, word by word."""
    return "".join(map(shape, parts(text)))


def forms(word: str) -> Iterator[str]:
    """The shapes of a word with its endings; a second stem follows a slash."""
    for place, stem in enumerate(word.split("/")):
        looks = glued(stem)
        yield looks
        if len(looks) < INFLECTED:
            continue
        for ending in OBLIQUE if place else ENDINGS:
            yield looks + shape(ending)


@cache
def shipped() -> dict[str, Word]:
    """Every form of every shipped word."""
    found = dict(_places())
    for kind, name in FILES.items():
        for line in _lines(name):
            words = line.split()
            stands = f"{kind[0]}:{shape(words[0].partition('/')[0])}"
            found.update(_line(kind, words, stands))
    return found


def _line(kind: Kind, words: Iterable[str], stands: str) -> Iterator[tuple[str, Word]]:
    for word in words:
        every = (shape(word),) if kind is Kind.LINK else forms(word)
        for form in every:
            yield form, Word(kind, stands)


def _places() -> Iterator[tuple[str, Word]]:
    for line in _lines("municipalities"):
        for entry in line.split(","):
            name, genitive, *other = entry.split()
            for form in town_forms([name, *other], [genitive]):
                yield form, Word(Kind.PLACE, f"m:{shape(name)}")


CASES = ("", "n", "ssa", "sta", "lla", "lta", "lle")


def town_forms(names: Iterable[str], genitives: Iterable[str]) -> Iterator[str]:
    """The shapes of a town's name in every case, from its name and genitive."""
    for name in names:
        looks = glued(name)
        yield from (looks, looks + "s")
        yield from (looks + shape(ending) for ending in CASES[1:])
        yield looks + looks[-1:] + "n"
    for genitive in genitives:
        looks = glued(genitive)
        yield looks
        stem = looks.removesuffix("n")
        if stem != looks:
            yield from (stem + shape(ending) for ending in CASES[1:7])


def citizens(names: Iterable[str]) -> Iterator[str]:
    """What the people of a town are called."""
    for name in names:
        yield from (glued(name) + shape(ending) for ending in ("lainen", "laise", "laiset"))
        yield from (glued(name) + shape(ending) for ending in ("laisen", "laisten", "laisille"))


@cache
def person_names() -> tuple[frozenset[str], frozenset[str]]:
    """Given names and family names that many people bear, as shapes."""
    given: set[str] = set()
    family: set[str] = set()
    for line in _lines("persons"):
        label, _colon, names = line.partition(":")
        (given if label == "given" else family).update(map(shape, names.split()))
    return frozenset(given), frozenset(family)


GLUED = 4  # letters of a decoy that is known without a separator
SHORT_GLUED = frozenset(("fl", "hq", "the", "pro", "vlp", "tue"))  # shorter ones that are


@cache
def decoys() -> tuple[frozenset[str], frozenset[str]]:
    """The plain letters of decoys that stand by themselves, and of those that are also known when
    they are glued to a name."""
    every = [stem for line in _lines("decoys") for stem in line.replace("/", " ").split()]
    base = {"".join(map(plain, parts(stem))) for stem in every}
    long = {word + ending for word in base if len(word) > GLUED for ending in map(plain, ENDINGS)}
    glue = {word for word in base if len(word) >= GLUED and word not in ENDINGS_LIKE}
    return frozenset(base | long), frozenset(glue | long | SHORT_GLUED)


ENDINGS_LIKE = frozenset(("alla", "nalla"))  # how Finnish words end
