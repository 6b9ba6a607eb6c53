"""What a name looks like: one spelling for all that an eye takes for the same."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii
from homoglyph._skeleton import skeleton as _prototypes

LONGEST = 120  # characters of a name that count

# letters that UTS 39 keeps apart and people do not
ALIKE = str.maketrans(
    {
        **dict.fromkeys("мᴍ", "m"),
        **dict.fromkeys("гᴦ", "r"),
        **dict.fromkeys("тτᴛ", "t"),
        **dict.fromkeys("ьвβʙ", "b"),
        **dict.fromkeys("ոпηɴ", "n"),
        **dict.fromkeys("кκᴋ", "k"),
        **dict.fromkeys("нʜ", "h"),
        **dict.fromkeys("иμᴜ", "u"),
        **dict.fromkeys("єεᴇ", "e"),
        **dict.fromkeys("ᴀ", "a"),
        **dict.fromkeys("ɪι", "i"),
        **dict.fromkeys("ʟ", "l"),
        **dict.fromkeys("ᴘ", "p"),
        **dict.fromkeys("ʀ", "r"),
        **dict.fromkeys("ꜱ", "s"),
        **dict.fromkeys("ø", "o"),
        **dict.fromkeys("đ", "d"),
        **dict.fromkeys("ł", "l"),
        "æ": "ae",
        "ß": "ss",
    }
)
SAME = str.maketrans(
    {
        **dict.fromkeys("i1|!ı", "l"),
        "0": "o",
        "3": "e",
        "€": "e",
        "4": "a",
        "@": "a",
        **dict.fromkeys("5$", "s"),
        "7": "t",
        **dict.fromkeys("86", "b"),
        "9": "g",
    }
)
WIDE = str.maketrans({"m": "rn", "w": "vv"})
PARTS = re.compile(r"[^\W_]+(?:[|!$€@][^\W_]+)*")
HUMPS = re.compile(r"(?<=[^\W\d_A-ZÅÄÖ])(?=[A-ZÅÄÖ])")
NUMBER = re.compile(r"(?:19|20)\d\d|\d{2,}|\d$|^\d")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The letters that an eye reads in a text, without case, marks and separators; i, 1 and l are
    one letter, and so are other digits and what they stand for."""
    like = "".join(map(_latin, _letters(text).translate(ALIKE)))
    return re.sub(r"[\W_]", "", like.translate(SAME))


def shape(text: str) -> str:
    """What a text looks like: as `plain`, and m is r and n, w is two v. Equal shapes are taken
    for each other."""
    return plain(text).translate(WIDE)


@lru_cache(maxsize=2048)
def _latin(sign: str) -> str:
    """The Latin letter that a sign looks like (UTS 39), where there is one."""
    if sign.isascii():
        return sign
    like = unicodedata.normalize("NFKD", str(_prototypes(sign)).casefold())
    return "".join(one for one in like if not unicodedata.combining(one))


def _letters(text: str) -> str:
    """Full-width and other dressed letters as plain ones, the invisible away, marks off."""
    seen = "".join(sign for sign in text[:LONGEST] if unicodedata.category(sign) != "Cf")
    found = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", seen).casefold())
    return "".join(sign for sign in found if not unicodedata.combining(sign))


def spelt_out(text: str) -> str:
    """A text of another script in Latin letters, by sound: Савонкоски is Savonkoski."""
    return "" if text.isascii() else str(anyascii(text[:LONGEST]))


def short(looks: str) -> str:
    """Plain letters for a look-up that overlooks doubled letters, rn for m and vv for w."""
    return re.sub(r"(.)\1+", r"\1", looks.replace("rn", "m").replace("vv", "w"))


def shorts(looks: str) -> set[str]:
    """The same, and with rn as it stands, where a letter between the two may have been lost."""
    return {short(looks), re.sub(r"(.)\1+", r"\1", looks)}


def parts(text: str) -> list[str]:
    """The words of a text: between separators, and where a capital follows a small letter."""
    found = unicodedata.normalize("NFKC", text[:LONGEST])
    found = "".join(sign for sign in found if unicodedata.category(sign) != "Cf")
    return [word for part in PARTS.findall(found) for word in HUMPS.split(part) if word]


def unnumbered(words: list[str]) -> list[str]:
    """The same words without years, runs of digits and single ones at an end."""
    return [word for part in words for word in NUMBER.split(part) if word]
