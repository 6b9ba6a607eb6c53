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
        "m": "rn",
        "w": "vv",
    }
)
PARTS = re.compile(r"[^\W_]+(?:[|!$€@][^\W_]+)*")
HUMPS = re.compile(r"(?<=[^\W\d_A-ZÅÄÖ])(?=[A-ZÅÄÖ])")
NUMBER = re.compile(r"(?:19|20)\d\d|\d{2,}|\d$|^\d")


@lru_cache(maxsize=8192)
def shape(text: str) -> str:
    """What a text looks like, without case, marks and separators: equal shapes are taken for each
    other."""
    plain = _letters(text).translate(ALIKE)
    like = unicodedata.normalize("NFKD", str(_prototypes(plain)).casefold())
    found = re.sub(r"[^\w|!$€@]|_", "", "".join(c for c in like if not unicodedata.combining(c)))
    return re.sub(r"[\W_]", "", found.translate(SAME))


def _letters(text: str) -> str:
    """Full-width and other dressed letters as plain ones, the invisible away, marks off."""
    seen = "".join(sign for sign in text[:LONGEST] if unicodedata.category(sign) != "Cf")
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", seen).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def spelt_out(text: str) -> str:
    """A text of another script in Latin letters, by sound: Савонкоски is Savonkoski."""
    return "" if text.isascii() else str(anyascii(text[:LONGEST]))


def short(shape_: str) -> str:
    """A shape as edits are counted in it: m and w are one letter again, doubled ones are single."""
    return re.sub(r"(.)\1+", r"\1", shape_.replace("rn", "m").replace("vv", "w"))


def parts(text: str) -> list[str]:
    """The words of a text: between separators, and where a capital follows a small letter."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return [word for part in PARTS.findall(plain) for word in HUMPS.split(part) if word]


def unnumbered(words: list[str]) -> list[str]:
    """The same words without years, runs of digits and single ones at an end."""
    return [word for part in words for word in NUMBER.split(part) if word]
