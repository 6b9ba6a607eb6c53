"""The fakes that are to be expected of a name: made before anybody else does."""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from intake.addresses.lookalike.edits import ROWS

MOST = 50
BEHIND = ("official", "virallinen", "tuki", "asiakaspalvelu", "info", "fi", "help", "arvonta")
BEFORE = ("virallinen", "official", "the", "real", "aito")
ALIKE = {"i": "l1", "l": "i1", "o": "0", "m": ("rn",), "e": "3", "a": "4", "s": "5", "rn": ("m",)}
SEPARATORS = ("_", ".", "-")


def likely(handle: str) -> list[str]:
    """The fifty likeliest imitations of a handle, the likeliest first: the same at every call."""
    plain = handle.lower().removeprefix("@")
    ways = (_alike(plain), _behind(plain), _separated(plain), _before(plain), _typed(plain))
    mixed = chain.from_iterable(zip_longest(*ways))
    found = dict.fromkeys(text for text in mixed if text and text != plain)
    return list(islice(found, MOST))


def _alike(text: str) -> Iterator[str]:
    """A letter that looks like another, at each place, the last first: there it is seen least."""
    for at in range(len(text) - 1, -1, -1):
        for letters, others in ALIKE.items():
            if text.startswith(letters, at):
                yield from (text[:at] + other + text[at + len(letters) :] for other in others)


def _behind(text: str) -> Iterator[str]:
    separator = next((sign for sign in SEPARATORS if sign in text), "_")
    for word in BEHIND:
        yield from (f"{text}{separator}{word}", f"{text}{word}")


def _before(text: str) -> Iterator[str]:
    separator = next((sign for sign in SEPARATORS if sign in text), "_")
    for word in BEFORE:
        yield from (f"{word}{separator}{text}", f"{word}{text}")


def _separated(text: str) -> Iterator[str]:
    there = [sign for sign in SEPARATORS if sign in text]
    for sign in there:
        yield from (text.replace(sign, other) for other in ("", *SEPARATORS) if other != sign)
    yield from (f"{text}_", f"_{text}", f"{text}1", f"{text}2", f"{text}.")


def _typed(text: str) -> Iterator[str]:
    """A letter doubled, dropped, swapped or beside it on the keyboard, from the middle outwards."""
    middle = len(text) // 2
    for at in sorted(range(1, len(text) - 1), key=lambda place: abs(place - middle)):
        if not text[at].isalpha():
            continue
        yield text[:at] + text[at + 1 :]
        yield text[: at + 1] + text[at:]
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        row = next((row for row in ROWS if text[at] in row), "")
        place = row.find(text[at])
        yield from (text[:at] + other + text[at + 1 :] for other in row[place + 1 : place + 2])
