"""A listed name, as it is compared with: its shape, core and bag."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from intake.addresses.lookalike.lexicon import Kind
from intake.addresses.lookalike.shapes import parts, plain, shape, short, unnumbered
from intake.addresses.lookalike.vocabulary import OWN, Cut, Piece, Vocabulary, bag, cores

SHORTEST = 5  # letters below which only the shape counts
STANDING = 8  # letters of a name that is known again beside any other word


class Trait(StrEnum):
    """What sort of name it is: one of its own, a plain one such as the town's alone, a person's."""

    DISTINCT = "distinct"
    PLAIN = "plain"
    PERSON = "person"


class Name(NamedTuple):
    """A listed name or handle with what it is found by; `own` are its words that no list has, and
    `holder` the id of whose name it is."""

    text: str
    shape: str
    core: str
    bag: str
    trait: Trait
    own: tuple[str, ...] = ()
    holder: str = ""


def shaped(text: str) -> str:
    """The shape of a whole text: of its words one after the other."""
    return "".join(map(shape, parts(text)))


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The letters of a text without numbers; those of a text that has nothing else as they are."""
    words = parts(text)
    return "".join(map(plain, unnumbered(words))) or "".join(map(plain, words))


def bare_cores(text: str) -> list[str]:
    """Every core on the way down, the shortest last."""
    words = parts(text)
    ways = [[plain(word) for word in some] for some in (words, unnumbered(words)) if some]
    found = dict.fromkeys(core for some in ways for core in cores(some))
    return sorted(found, key=len, reverse=True)


def listed(
    text: str, words: Vocabulary, *, beside: Iterable[str] = (), person: str = "", holder: str = ""
) -> Name:
    """A name of the register; `beside` are the other names of the same profile, `person` is whom
    it is about."""
    cut = _with(words, own_words([*beside, person, text], words)).cut(text)
    kept = [_own(piece) for piece in cut.pieces]
    whole = all(piece.word for piece in kept)
    mine = tuple(p.word.stands for p in kept if p.word and p.word.kind is Kind.OWN)
    return Name(
        text=text,
        shape=shaped(text)[:300],
        core=short(bare(text))[:300],
        bag=bag(kept)[:300] if whole else "",
        trait=_trait(kept, set(map(shape, parts(person)))),
        own=mine,
        holder=holder,
    )


def own_words(texts: Iterable[str], words: Vocabulary) -> set[str]:
    """The words of some names that nobody knows: of those with the most words first, so that a
    handle is cut by the name above it."""
    own: set[str] = set()
    for text in sorted(set(texts), key=lambda one: (-len(parts(one)), one)):
        for part in unnumbered(parts(text)):
            cut = _with(words, own).cut(part)
            if len(cut.pieces) > 1 and len(part) >= STANDING and not cut.kinds() & {*NAMING}:
                own.add(shape(part))
            else:
                own |= {piece.form for piece in cut.unknown if len(piece.form) >= OWN}
    return own


NAMING = (Kind.TOWN, Kind.OWN)


def _with(words: Vocabulary, own: Iterable[str]) -> Vocabulary:
    more = set(own)
    return words.and_own(more) if more else words


def _own(piece: Piece) -> Piece:
    """An unknown piece that is long enough is a word of the name's own."""
    if piece.word is None and len(piece.form) >= OWN:
        return piece.own()
    return piece


def _trait(pieces: list[Piece], person: set[str]) -> Trait:
    kinds = {piece.kind for piece in pieces}
    own = [piece for piece in pieces if piece.kind is Kind.OWN]
    names = [piece for piece in own if piece.word and piece.word.stands in person]
    has_role = bool(kinds & {Kind.UNIT, Kind.OFFICE, Kind.OTHER})
    if names and len(names) == len(own) and not (has_role and Kind.TOWN in kinds):
        return Trait.PERSON
    strange = [
        p for p in pieces if p.word and (p.word.stands[0] == "U" or p in own) and p not in names
    ]
    long = sum(len(piece.form) for piece in pieces) >= STANDING
    if long and (strange or (has_role and (Kind.TOWN in kinds or own))):
        return Trait.DISTINCT
    return Trait.PLAIN


def is_full_cut(cut: Cut) -> bool:
    """Is every piece a shipped word, or one of the town's?"""
    return not cut.kinds() & {None, Kind.OWN}
