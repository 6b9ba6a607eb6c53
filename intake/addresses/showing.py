"""Addresses for people to look at, not to follow."""

import re
import unicodedata


def defang(url: str) -> str:
    """The address so that nothing makes a link of it: `hxxps://instagram[.]com/name` (G6)."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "", url
    host, path = re.fullmatch(r"([^/?#]*)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    scheme = re.sub("^http", "hxxp", scheme, flags=re.IGNORECASE)
    return f"{scheme}{separator}{host.replace('.', '[.]')}{path}"


def code_points(text: str) -> list[tuple[str, str]]:
    """Each character beyond ASCII once, with its Unicode name and number, in order (A9)."""
    beyond = dict.fromkeys(char for char in text if not char.isascii())
    return [(char, f"{_name(char)}, U+{ord(char):04X}") for char in beyond]


def _name(char: str) -> str:
    return unicodedata.name(char, "CHARACTER WITHOUT A NAME")
