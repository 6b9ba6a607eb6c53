"""A town's own words, and a name cut into them."""

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from intake.addresses.lookalike.lexicon import (
    SILENT,
    Kind,
    Word,
    citizens,
    decoys,
    forms,
    glued,
    shipped,
    town_forms,
)
from intake.addresses.lookalike.shapes import parts, shape, unnumbered

LONGEST_WORD = 30
LONGEST_CUT = 90
OWN = 4  # letters of a word that may stand for a name
KNOWN, ACROSS, RUN, LETTER = 1.0, 0.6, 3.0, 1.5  # what a piece costs, and an unknown one


class Piece(NamedTuple):
    """A part of a name: its shape, the word it is (None where unknown), and whether it begins and
    ends where a word of the text does."""

    form: str
    word: Word | None
    begins: bool
    ends: bool

    @property
    def kind(self) -> Kind | None:
        """What it says; None where it is unknown."""
        return self.word.kind if self.word else None

    def own(self) -> "Piece":
        """The same as a word of the name's own."""
        return self._replace(word=Word(Kind.OWN, self.form))


@dataclass(frozen=True)
class Cut:
    """A name in pieces."""

    pieces: tuple[Piece, ...]
    cost: float

    @property
    def unknown(self) -> list[Piece]:
        """The pieces that are no known word."""
        return [piece for piece in self.pieces if piece.word is None]

    def kinds(self) -> set[Kind | None]:
        """What its pieces say."""
        return {piece.kind for piece in self.pieces}


@dataclass(frozen=True)
class Vocabulary:
    """The words by which names are read: the shipped ones, the town's name in every case and its
    units; `own` are words that listed names have beside these."""

    words: Mapping[str, Word] = field(default_factory=shipped)

    @classmethod
    def of(
        cls,
        names: Iterable[str],
        genitives: Iterable[str] = (),
        units: Iterable[tuple[str, ...]] = (),
        own: Iterable[str] = (),
    ) -> "Vocabulary":
        """Of a town's names and their genitives, the names of each of its units in its languages,
        and shapes of further words."""
        found = dict(shipped())
        plain = [text for name in names if (text := _plain(name, found))]
        town = Word(Kind.TOWN, "T")
        for word in own:
            for form in (word, word + "n", word + "s"):
                found.setdefault(form, Word(Kind.OWN, word))
        base = dict(found)
        found.update(dict.fromkeys(town_forms(plain, filter(None, genitives)), town))
        found.update(dict.fromkeys(citizens(plain), Word(Kind.OTHER, "o:laiset")))
        for unit in units:
            found.update(_unit(unit, cls(found), base))
        return cls(found)

    def and_own(self, own: Iterable[str]) -> "Vocabulary":
        """The same with further words that names have of their own."""
        more = {word: Word(Kind.OWN, word) for word in own}
        return Vocabulary(ChainMap(more, self.words))  # type: ignore[arg-type]

    def cut(self, text: str) -> Cut:
        """The cheapest way to read a text in words: the fewest, the least left over; digits are
        letters or nothing, whichever reads better."""
        whole = parts(text)
        bare = unnumbered(whole)
        found = self._cut([shape(word) for word in bare])
        if whole != bare and found.unknown:
            other = self._cut([shape(word) for word in whole])
            if other.cost < found.cost:
                return other
        return found

    def _cut(self, words: list[str]) -> Cut:
        text = "".join(words)[:LONGEST_CUT]
        edges, at = {0}, 0
        for word in words:
            at += len(word)
            edges.add(min(at, len(text)))
        best: list[tuple[float, int, Word | None]] = [(0.0, 0, None)]
        for end in range(1, len(text) + 1):
            best.append(min(self._ways(text, end, edges, best), key=lambda way: way[0]))
        pieces, end = [], len(text)
        while end:
            _cost, start, found = best[end]
            pieces.append(Piece(text[start:end], found, start in edges, end in edges))
            end = start
        return Cut(tuple(reversed(pieces)), best[len(text)][0])

    def _ways(
        self, text: str, end: int, edges: set[int], best: list[tuple[float, int, Word | None]]
    ) -> Iterator[tuple[float, int, Word | None]]:
        inside = True  # no edge between start and end so far
        for start in range(end - 1, max(-1, end - LONGEST_WORD - 1), -1):
            before = best[start][0]
            if inside:
                yield before + RUN + LETTER * (end - start), start, None
            word = self.words.get(text[start:end])
            if word is not None and _fits(end - start, start, end, edges, len(text), word):
                across = 0 if inside and start in edges and end in edges else ACROSS
                yield before + KNOWN + across, start, word
            inside = inside and start not in edges


def _fits(size: int, start: int, end: int, edges: set[int], length: int, word: Word) -> bool:
    """Short words stand by themselves only, those of three letters at an end of the text too;
    another town's name begins a word."""
    if size <= 2:
        return start in edges and end in edges
    if word.kind is Kind.PLACE and start not in edges:
        return False
    if size == 3:
        return (start in edges and end in edges) or start == 0 or end == length
    return True


def _plain(name: str, known: Mapping[str, Word]) -> str:
    """A town's name without the words for town, of which its Swedish and English names have one."""
    words = [
        word
        for word in parts(name)
        if (found := known.get(shape(word))) is None or found.kind in (Kind.PLACE, Kind.OTHER)
    ]
    return " ".join(words) or name


def _unit(
    names: tuple[str, ...], known: Vocabulary, base: Mapping[str, Word]
) -> Iterator[tuple[str, Word]]:
    """The words of a unit that nobody knows yet: its whole name, which is one word in either
    language, and each long word of it. A name that is all known words, such as the town's and one
    for what towns have, adds none."""
    there = [base[glued(name)] for name in names if glued(name) in base]
    strange = [name for name in names if len(glued(name)) > OWN and known.cut(name).unknown]
    if not strange:
        return
    units = [word for word in there if word.kind is Kind.UNIT]
    whole = units[0] if units else Word(Kind.UNIT, f"U:{glued(strange[0])}")
    for name in strange:
        yield from ((form, whole) for form in forms(name) if form not in known.words)
        for part in parts(name):
            looks = shape(part)
            if len(looks) >= OWN and known.cut(part).unknown:
                stands = whole if len(parts(name)) == 1 else Word(Kind.UNIT, f"U:{looks}")
                yield from ((form, stands) for form in forms(part) if form not in known.words)


def bag(pieces: Iterable[Piece]) -> str:
    """What a name says, whatever the order and endings: its words but the silent ones."""
    kept = {piece.word.stands for piece in pieces if piece.word and piece.kind not in SILENT}
    return "|".join(sorted(kept))


def cores(words: list[str]) -> list[str]:
    """The plain letters of words, and what is left when decoys are taken off the ends, every way
    down: first words, then what is glued to them; the shortest last."""
    alone, glue = decoys()
    start, end = 0, len(words)
    while end - start > 1 and words[start] in alone:
        start += 1
    while end - start > 1 and words[end - 1] in alone:
        end -= 1
    whole = "".join(words)
    ways = (words[start:], words[:end], words[start:end])
    found = list(dict.fromkeys((whole, *map("".join, ways))))
    wait = list(found)
    while wait and len(found) < MOST_CORES:
        for rest in _rests(wait.pop(), glue):
            if rest not in found:
                found.append(rest)
                wait.append(rest)
    return sorted(found, key=len, reverse=True)


def _rests(text: str, glue: Collection[str]) -> Iterator[str]:
    for size in range(2, min(18, len(text) - OWN) + 1):
        if text[:size] in glue:
            yield text[size:]
        if text[-size:] in glue:
            yield text[:-size]


MOST_CORES = 24
