"""Names and mailboxes held against the town: pure functions of texts."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from intake.establishment.forms.context import Named
from intake.text import mail_key

SHORTEST = 4  # letters with which words of one stem begin
SEPARATORS = re.compile(r"[._\-]+")


def folded(text: str) -> str:
    """Small letters without marks: for comparing names, never for identity."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=16384)  # the names of everybody, looked at each time a form is judged
def words(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(re.findall(r"\w+", folded(text)))


def shares_stem(name: str, texts: Iterable[str]) -> bool:
    """Does a word of the name begin like one of the texts' words? Finnish inflects its nouns
    (P1b), so this decides only whether a reason is asked for."""
    return bool(_stems(name) & {stem for text in texts for stem in _stems(text)})


def _stems(text: str) -> set[str]:
    return {word[:SHORTEST] for word in words(text) if len(word) >= SHORTEST}


def holds_name(name: str, person: Named) -> bool:
    """Does a profile's name hold every part of a person's name (E5)?"""
    return set(words(person.name)) <= set(words(name))


def local_part(address: str) -> str:
    """What stands before the @, without a tag."""
    return address.rpartition("@")[0].partition("+")[0]


def owner_of(address: str, people: Iterable[Named]) -> Named | None:
    """Whose personal address it is: their own, or one made of their names."""
    parts = [part for part in SEPARATORS.split(folded(local_part(address))) if part]
    for person in people:
        if person.email == mail_key(address):
            return person
        if len(parts) > 1 and set(parts) <= set(words(person.name)):
            return person
    return None


def looks_personal(address: str) -> bool:
    """Has the address the form of two names, first.last?"""
    return bool(re.fullmatch(r"[^\W\d_]+[._][^\W\d_]+", local_part(address)))
