"""The guard of every text that leaves: what must not stand in it, found after folding.

Pure comparing, which knows no room: a room says what is barred, and within which names of the
town's own it may stand. Case, accents, invisible signs, spaces, dashes, the ways to write a number
in or out of the country and the ways to break an address (`[at]`, `[.]`, `hxxp`) make no
difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from phonenumbers import NumberParseException, parse

PLACEHOLDER = "•••"  # for what somebody may not read
IN_A_ROW = 5  # words that nobody hits upon by chance
LEAST = {"digits": 5, "name": 3, "sign": 4, "anywhere": 8}
ENDING = (
    r"(?::?i?(?:n|s|a|ta|tta|an|en|in|on|un|yn|lla|lle|lta|ssa|sta|ksi|na))?"  # of Finnish cases
)
START, END = r"(?<![^\W_])", r"(?![^\W_])"
BROKEN = r"[\[({]\s*(?:at|dot|piste|punkt|miukumauku)\s*[\])}]"
GAP = rf"(?:(?![.!?:;]\s)[\W_]|{BROKEN}){{0,5}}"  # inside an address or a name, never a sentence
SCHEME = re.compile(r"^\s*h(?:tt|xx)ps?:/*(?:www\.)?", re.IGNORECASE)
ALIKE = str.maketrans("øłđıæœ", "oldiao")
EACH = re.compile(r"[^\W_]+")


class Kind(StrEnum):
    """What a text gives away."""

    NAME = "name"
    MAIL = "mail"
    PHONE = "phone"
    FILE = "file"
    WORDS = "words"
    FAKE = "fake"


@dataclass(frozen=True)
class Barred:
    """One text that must not leave. `parts`: each word of a name for itself, too; `is_open`: may
    be told to who wrote it."""

    kind: Kind
    text: str
    parts: bool = True
    is_open: bool = False

    def __repr__(self) -> str:
        return f"<barred {self.kind}>"


@dataclass(frozen=True)
class Hit:
    """Where a text holds something barred: from one sign to before another."""

    kind: Kind
    start: int
    end: int
    is_open: bool = False


@dataclass(frozen=True)
class Bar:
    """What is barred, and the town's own names: what stands wholly within one gives nothing away.
    `shown` are names of the reported profile, which a reporter's name or words may be part of."""

    barred: Sequence[Barred] = ()
    own: Sequence[str] = ()
    shown: Sequence[str] = ()

    def __repr__(self) -> str:
        return f"<bar of {len(self.barred)}>"


class _Folded:
    """A text as it is compared, which knows where each of its signs came from."""

    def __init__(self, text: str) -> None:
        signs: list[str] = []
        self.places: list[int] = []
        for place, sign in enumerate(text):
            plain = sign if sign.isascii() else unicodedata.normalize("NFKD", sign)
            for one in unicodedata.normalize("NFKD", plain.casefold()).translate(ALIKE):
                if not unicodedata.combining(one) and unicodedata.category(one) != "Cf":
                    signs.append(one)
                    self.places.append(place)
        self.text = "".join(signs)

    @cached_property
    def compact(self) -> str:
        """Letters and digits alone: a quick look whether it is worth looking."""
        return "".join(EACH.findall(re.sub(BROKEN, "", self.text)))

    @cached_property
    def words(self) -> list[re.Match[str]]:
        """Each word and where it stands."""
        return list(EACH.finditer(self.text))

    @cached_property
    def runs(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """Every few words in a row and where they stand."""
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        for at in range(len(self.words) - IN_A_ROW + 1):
            some = self.words[at : at + IN_A_ROW]
            place = some[0].start(), some[-1].end()
            found.setdefault(tuple(one.group() for one in some), place)
        return found

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A place of the folded text in the text itself."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> str:
    """A text as it is compared."""
    return _Folded(text).text


def found(text: str, bar: Bar) -> list[Hit]:
    """What of the barred stands in a text, in the order it stands there."""
    folded = _Folded(text)
    hits = {(one.kind, place): one.is_open for one in bar.barred for place in _places(one, folded)}
    if not hits:
        return []
    own = [place for name in bar.own for place in _sign_by_sign(name, folded)]
    shown = [place for name in bar.shown for place in _sign_by_sign(name, folded)]
    kept = [
        Hit(kind, *folded.back(*place), is_open)
        for (kind, place), is_open in hits.items()
        if not _is_within(place, own)
        and not (kind in (Kind.NAME, Kind.WORDS) and _is_within(place, shown))
        and not any(_is_part(place, other) for _kind, other in hits)
    ]
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def _is_within(place: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in others)


def _is_part(place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Does one place lie in a larger one, which says it already?"""
    return place != other and _is_within(place, (other,))


def masked(text: str, bar: Bar) -> str:
    """A text with the placeholder in the place of whatever is barred."""
    left, at = "", 0
    for hit in found(text, bar):
        if hit.start >= at:
            left += text[at : hit.start] + PLACEHOLDER
        at = max(at, hit.end)
    return left + text[at:]


def _places(one: Barred, folded: _Folded) -> Iterator[tuple[int, int]]:
    if one.kind is Kind.PHONE:
        return _number(one.text, folded)
    if one.kind is Kind.WORDS:
        return _runs(one.text, folded)
    if one.kind is Kind.NAME:
        return _names(one, folded)
    return _sign_by_sign(one.text, folded)


def _number(phone: str, folded: _Folded) -> Iterator[tuple[int, int]]:
    """A telephone number however it is written: with or without its country, in any groups."""
    country, own = _parsed(phone)
    if len(own) < LEAST["digits"] or own not in folded.compact:
        return
    gap = r"[^\w\n]{0,3}"
    abroad = rf"(?:\+|00)?{gap}{country}{gap}(?:\(?0\)?{gap})?"
    pattern = rf"(?<![0-9a-f])(?:{abroad}|\(?0\)?{gap})?{gap.join(own)}(?!\d)"
    yield from (match.span() for match in re.finditer(pattern, folded.text))


def _parsed(phone: str) -> tuple[str, str]:
    """The country's code and the number inside it, as digits."""
    try:
        read = parse(phone, "FI")
    except NumberParseException:
        return "358", "".join(re.findall(r"\d", phone)).removeprefix("358").lstrip("0")
    return str(read.country_code), str(read.national_number)


def _names(one: Barred, folded: _Folded) -> Iterator[tuple[int, int]]:
    """A person's name: the whole in either order, and each part as a word, in its cases."""
    parts = EACH.findall(fold(one.text))
    for part in parts if one.parts else ():
        if len(part) >= LEAST["name"]:
            yield from _word(part, folded)
    if len(parts) > 1 and all(part in folded.compact for part in parts):
        for some in (parts, parts[::-1]):
            pattern = START + GAP.join(f"{re.escape(part)}{ENDING}" for part in some) + END
            yield from (match.span() for match in re.finditer(pattern, folded.text))


def _word(part: str, folded: _Folded) -> Iterator[tuple[int, int]]:
    if part in folded.compact:
        pattern = f"{START}{re.escape(part)}{ENDING}{END}"
        yield from (match.span() for match in re.finditer(pattern, folded.text))


def _runs(written: str, folded: _Folded) -> Iterator[tuple[int, int]]:
    """Words in a row that stand in both."""
    if not folded.runs:
        return
    words = EACH.findall(fold(written))
    for at in range(len(words) - IN_A_ROW + 1):
        if place := folded.runs.get(tuple(words[at : at + IN_A_ROW])):
            yield place


def _sign_by_sign(value: str, folded: _Folded) -> Iterator[tuple[int, int]]:
    """An address, a handle, a file or a name of a profile: its letters and digits, with whatever
    else between them; a short one only as words of its own."""
    plain = fold(SCHEME.sub("", value))
    signs = "".join(EACH.findall(plain))
    if len(signs) < LEAST["sign"] or signs not in folded.compact:
        return
    if len(signs) >= LEAST["anywhere"]:
        pattern = GAP.join(map(re.escape, signs))
    else:
        pattern = START + GAP.join(map(re.escape, EACH.findall(plain))) + ENDING + END
    yield from (match.span() for match in re.finditer(pattern, folded.text))
