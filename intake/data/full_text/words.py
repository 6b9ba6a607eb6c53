"""From text to tokens, the same way for either database: pure, and never raising whatever is typed.

A token is `[a-z0-9]+`, so nothing of what people type reaches a query language. Words are stemmed
before they are folded, for å, ä and ö tell the stemmers where a word bends.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s

import Stemmer
from anyascii import anyascii

from intake import addresses

LONGEST = 40  # characters of a word that count
MOST = 4000  # words of one document that count
WORD = re.compile(r"[^\W_]+")
JOINED = re.compile(r"[^\W_]+(?:['’´`.\-_·\u2010-\u2015][^\W_]+)+")
PARTICLES = re.compile(r"\b(af|al|da|de|del|della|di|du|el|la|le|o|van|ver|von)\s+(?=[^\W_])")
NOISE = frozenset({"http", "https", "hxxp", "hxxps", "www", "com"})  # of addresses
YEARLY = re.compile(r"(?:\b([a-z]{1,3})[\s-]*|\b)(20\d\d)(?(1)[\s-]*|[\s-]+)0*(\d{1,6})\b")
ALIKE = str.maketrans("oil", "011")  # in references, which people read aloud
SPELT = str.maketrans(
    {"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "đ": "dj", "ð": "dh"}
)  # as names are written where keyboards lack their letters
ALIASES = {
    "instagram": "insta ig",
    "facebook": "fb face",
    "youtube": "yt tube",
    "linkedin": "linkkari",
    "whatsapp": "wa watsapp",
    "snapchat": "snap snappi",
    "tiktok": "tiktokki",
    "x": "twitter",
    "web": "verkkosivu verkkosivusto kotisivu webbplats webbsida website",
}  # what else people call a service

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # within words


class Stemmers(threading.local):
    """The stemmers of a thread: one is not made for several."""

    def __init__(self) -> None:
        self.finnish, self.swedish = Stemmer.Stemmer("finnish"), Stemmer.Stemmer("swedish")


_stemmers = Stemmers()


def plain(text: str) -> str:
    """Text in one form, without case and signs that nobody sees; half characters are signs like
    any other."""
    whole = UNSEEN.sub("", text.encode("utf-8", "replace").decode())
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", whole).casefold())


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in plain letters and digits: ä is a, ø is o, ł is l, ß is ss."""
    found = word if word.isascii() else anyascii(word).lower()
    return "".join(sign for sign in found if sign.isascii() and sign.isalnum())[:LONGEST]


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """The Finnish and the Swedish stem of a word, folded; of a name in -nen what it bends by."""
    found = [_stemmers.finnish.stemWord(word[:LONGEST]), _stemmers.swedish.stemWord(word[:LONGEST])]
    if word.endswith("nen") and len(word) > 5:
        found.append(word[:-3] + "s")
    return tuple(dict.fromkeys(one for one in map(fold, found) if one))


def folded_words(text: str) -> list[str]:
    """The folded words of a text; an underscore, a dot and a hyphen end a word."""
    return [one for one in map(fold, WORD.findall(plain(text))) if one]


def spoken(text: str) -> list[str]:
    """The words of a text as they are bent, without case: of whole sentences."""
    return WORD.findall(plain(text))


def exact(kind: str, value: str) -> str:
    """The token of a key, reference or whole name: found whole or not at all."""
    return "0" + blake2s(f"{kind}:{value}".encode("utf-8", "replace"), digest_size=8).hexdigest()


def squeezed(text: str) -> str:
    """A reference without blanks and signs, letters that look like digits as digits."""
    return "".join(WORD.findall(plain(text))).translate(ALIKE)[:LONGEST]


def references(text: str) -> Iterator[str]:
    """The tokens of the references that a question may mean: it as a whole, each of its words, and
    whatever is built of a year and a number."""
    said = plain(text)[:300]
    for part in (said[:60], *said.split()):
        if len(code := squeezed(part)) >= 5:
            yield exact("reference", code)
    for letters, year, number in YEARLY.findall(said):
        yield exact("reference", f"{letters.translate(ALIKE)}/{year}/{number}")


def _known_as(reference: str) -> Iterator[str]:
    """The tokens of a reference that a subject has: with and without its first letters."""
    said = plain(reference)[:300]
    yield exact("reference", squeezed(said))
    if "-" in said:
        yield exact("reference", squeezed(said.partition("-")[2]))
    for letters, year, number in YEARLY.findall(said):
        yield exact("reference", f"{letters.translate(ALIKE)}/{year}/{number}")
        yield exact("reference", f"/{year}/{number}")


@dataclass(frozen=True)
class Document:
    """What a subject is found by. `names` are found by each form of their words, `texts` by their
    Finnish stems; `addresses` are as typed, `keys` what they were read to; `references`, `keys`
    and `mails` are found exactly, too; `wholes` are names that are asked for whole;
    `kinds` are words that many share, found as they are typed and never guessed at."""

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Is there nothing it could be found by?"""
        return not any(vars(self).values())


def tokens(document: Document) -> tuple[list[str], list[str]]:
    """The words of a document, which questions are compared with, and the tokens that no other
    word is taken for."""
    found: dict[str, None] = {}
    locals_ = (text.partition("@")[0] for text in document.mails)
    for text in (*document.names, *document.addresses, *locals_):
        found.update(dict.fromkeys(_of_name(text)))
    for key in document.keys:
        found.update(dict.fromkeys(_of_name(key.split(":", 2)[-1])))
    for text in document.texts:
        found.update(dict.fromkeys(_of_text(text)))
    found.pop("", None)
    kinds = (word for text in document.kinds for word in folded_words(text))
    return list(found)[:MOST], list(dict.fromkeys((*_exact(document), *kinds)))


def _of_name(text: str) -> Iterator[str]:
    said = plain(text)
    for word in WORD.findall(said):
        if word not in NOISE:
            yield from (fold(word), *stems(word))
            if spelt := fold(word.translate(SPELT)):
                yield spelt
    for joined in (*JOINED.findall(said), *_particled(said)):
        yield fold(joined)


def _particled(said: str) -> Iterator[str]:
    """von Wright is found by vonwright, too."""
    for found in PARTICLES.finditer(said):
        following = WORD.match(said, found.end())
        if following:
            yield found[1] + following[0]


def _of_text(text: str) -> Iterator[str]:
    for word in WORD.findall(plain(text)):
        found = fold(_stemmers.finnish.stemWord(word[:LONGEST]))
        if found and word not in NOISE:
            yield found


def _exact(document: Document) -> Iterator[str]:
    for key in document.keys:
        yield from (exact("key", one) for one in addresses.above(key))
    yield from (exact("mail", plain(text).strip()) for text in document.mails)
    for text in document.references:
        yield from _known_as(text)
    yield from (whole(name) for name in document.wholes if folded(name))


def folded(text: str) -> str:
    """A name as it is compared whole: without case, accents, signs and needless blanks."""
    return " ".join(folded_words(text))


def whole(name: str) -> str:
    """The token of a name that is asked for as a whole, however it is written."""
    return exact("name", folded(name))
