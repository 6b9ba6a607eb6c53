"""Where two names part, letter by letter."""

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from intake.addresses.showing import code_points

LONGEST = 40  # letters that fit into a row of cells


@dataclass(frozen=True)
class Spot:
    """A place where two names part: what stands in the one, what in the other, and the number of
    the letter of the first; `is_last` where it is its end."""

    typed: str
    genuine: str
    number: int
    is_last: bool


@dataclass(frozen=True)
class Letters:
    """Two names one below the other: the places that differ, and each place by itself."""

    typed: str
    genuine: str
    typed_marks: tuple[int, ...]
    genuine_marks: tuple[int, ...]
    spots: tuple[Spot, ...]

    @property
    def is_shown(self) -> bool:
        """Are the two short and alike enough to be read letter by letter?"""
        longest = max(len(self.typed), len(self.genuine))
        marks = max(len(self.typed_marks), len(self.genuine_marks))
        return longest <= LONGEST and 0 < marks <= max(4, longest // 3)


def letters(typed: str, genuine: str) -> Letters:
    """Where a text and a genuine name part; capitals are no difference."""
    one, two = _small(typed), _small(genuine)
    typed_marks: list[int] = []
    genuine_marks: list[int] = []
    spots = []
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, start, end, begin, until in matcher.get_opcodes():
        if tag != "equal":
            typed_marks.extend(range(start, end))
            genuine_marks.extend(range(begin, until))
            spot = typed[start:end], genuine[begin:until]
            spots.append(Spot(*spot, start + 1, end == len(typed) and start > 0))
    return Letters(typed, genuine, tuple(typed_marks), tuple(genuine_marks), tuple(spots))


def _small(text: str) -> str:
    """Letter by letter, so that places stay what they are; a capital I may be a small L."""
    return "".join(
        sign if sign == "I" and at and text[at - 1].islower() else _lower(sign)
        for at, sign in enumerate(text)
    )


def _lower(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign


def named(part: str) -> list[tuple[str, str]]:
    """The signs of a part that an eye cannot tell from others, each with its name: those beyond
    ASCII that are no Finnish or Swedish letter."""
    return [(sign, name) for sign, name in code_points(part) if not is_ours(sign)]


def is_ours(sign: str) -> bool:
    """Is it a Latin letter, with or without a mark, or a sign that is seen for what it is?"""
    plain = unicodedata.normalize("NFD", sign)[:1]
    return plain.isascii() and unicodedata.category(sign) != "Cf"
