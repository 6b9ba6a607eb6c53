"""Looking alike: never the same thing as being the same."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor

from ada_url import idna_to_unicode
from homoglyph._skeleton import skeleton as _prototypes
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from intake.addresses.hosts import registrable

LIKE = 85


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """What the text looks like (UTS 39): texts that can be taken for each other share it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return str(_prototypes(plain)).casefold()


def fold(text: str) -> str:
    """Letters and digits only, without case, accents and separators; ä becomes a."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[\W_]", "", plain)


def like(a: str, b: str) -> bool:
    """Could one name or handle be taken for the other (A9, A12)?"""
    if skeleton(a) == skeleton(b):
        return True
    first, second = fold(a), fold(b)
    return bool(first and second) and ratio(first, second) >= LIKE


def closeness(a: str, b: str) -> float:
    """How much of two texts is the same, folded: 0 to 1."""
    return float(ratio(fold(a), fold(b))) / 100


def lengths(text: str) -> tuple[int, int]:
    """How short and how long, folded, a text may be that could be taken for this one."""
    size, share = len(fold(text)), 2 - LIKE / 100
    return ceil(size * (2 - share) / share), floor(size * share / (2 - share))


def likes(text: str, folded: Sequence[str]) -> list[int]:
    """The places of those that a text could be taken for, all of them folded; of many at once."""
    wanted = fold(text)
    if not wanted:
        return []
    found = process.extract(wanted, folded, scorer=ratio, score_cutoff=LIKE, limit=None)
    return [place for _folded, _score, place in found]


def imitates(host: str, genuine: str) -> bool:
    """Does a host pose as another: put before its own domain, look alike, or one letter off?"""
    domain = idna_to_unicode(registrable(host) or host)
    if domain == genuine:
        return False
    return (
        f".{genuine}." in f".{host}"
        or skeleton(domain) == skeleton(genuine)
        or (len(genuine) >= 10 and OSA.distance(domain, genuine, score_cutoff=1) == 1)
    )
