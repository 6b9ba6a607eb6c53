"""A listed name, as it is compared with: its shape, core and bag."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from intake.addresses.lookalike.lexicon import Kind
from intake.addresses.lookalike.shapes import parts, shape, short, unnumbered
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


def core_of(text: str) -> str:
    """The shape without numbers, then without decoys, doubled letters once: the shortest there is,
    but for names that would vanish."""
    return next((core for core in reversed(cores_of(text)) if len(core) >= OWN), short(shaped(text)))


def cores_of(text: str) -> list[str]:
    """Every core on the way down, the shortest last."""
    bare = "".join(map(shape, unnumbered(parts(text))))
    texts = dict.fromkeys(core for looks in (shaped(text), bare) if looks for core in cores(looks))
    return sorted(dict.fromkeys(map(short, texts)), key=len, reverse=True)


def listed(
    text: str, words: Vocabulary, *, beside: Iterable[str] = (), person: str = "", holder: str = ""
) -> Name:
    """A name of the register; `beside` are the other names of the same profile, `person` is whom
    it is about."""
    strange = {p.form for other in (person, *beside) for p in words.cut(other).unknown}
    cut = _with(words, {form for form in strange if len(form) >= OWN}).cut(text)
    kept = [_own(piece) for piece in cut.pieces]
    whole = all(piece.word for piece in kept)
    mine = tuple(p.word.stands for p in kept if p.word and p.word.kind is Kind.OWN)
    return Name(
        text=text,
        shape=shaped(text)[:300],
        core=core_of(text)[:300],
        bag=bag(kept)[:300] if whole else "",
        trait=_trait(kept, set(map(shape, parts(person)))),
        own=mine,
        holder=holder,
    )


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
    strange = [p for p in pieces if p.word and (p.word.stands[0] == "U" or p in own) and p not in names]
    long = sum(len(piece.form) for piece in pieces) >= STANDING
    if long and (strange or (has_role and (Kind.TOWN in kinds or own))):
        return Trait.DISTINCT
    return Trait.PLAIN


def is_full_cut(cut: Cut) -> bool:
    """Is every piece a shipped word, or one of the town's?"""
    return not cut.kinds() & {None, Kind.OWN}
