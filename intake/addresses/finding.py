"""Addresses in running text: in what people tell, and in what the Share of an app hands over."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from intake.addresses import web
from intake.addresses.handles import read_handle
from intake.addresses.hosts import registrable
from intake.addresses.read import read, refang, trim
from intake.addresses.reading import SHIPPED, Known, Reading
from intake.addresses.rules import rule_of
from intake.addresses.web_address import web_address

HTTP = r"h(?:tt|xx)ps?:/"
TOKEN = re.compile(r"\S+")
# Marks around an address, and the middle of `[label](address)`; in some schemes they mean more.
AROUND = re.compile(r'[<>"“”„«»`|]+|\]\(')
# Where the next address begins that somebody has pasted right behind another.
NEXT = re.compile(
    rf"(?<![=/?&\s])(?<!/v3/__)(?={HTTP})|[,;]+(?={HTTP}|www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{{2,}}/)",
    re.IGNORECASE,
)
USER = re.compile(rf"\W*{HTTP}*[^/?#]*[@＠﹫]", re.IGNORECASE)
LABEL = re.compile(r"([^\W\d_]{1,20}):(?!//)", re.ASCII)
SCHEMES = {"did", "tg", "whatsapp", "http", "https", "hxxp", "hxxps"}
ACTIVE = {"javascript", "vbscript", "data", "file", "ftp", "mailto", "blob"}
ENDING = re.compile(r"(?<=[\w/]):[a-zåäö]{1,5}$")  # of a Finnish case: `savonkoski.fi:ssä`
FILES = {"zip", "mov", "md", "py", "sh"}  # what ends the name of a file more often than of a site
PHONE = re.compile(r"(?<![\w+/.=-])(?:\+|0)\d(?:[ \u00a0\u2010-\u2015-]?\d){5,14}(?!\w)", re.ASCII)
HINTS = {
    "facebook": r"facebook|fb\b",
    "instagram": r"insta|ig\b",
    "threads": r"threads",
    "x": r"twitter|x(?=[:-])",
    "youtube": r"youtube",
    "tiktok": r"tik ?tok",
    "snapchat": r"snap",
    "telegram": r"telegram",
    "bluesky": r"bluesky",
    "reddit": r"reddit",
    "pinterest": r"pinterest",
    "flickr": r"flickr",
    "whatsapp": r"whats ?app",
}
HINT = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{code}>{word})' for code, word in HINTS.items())})", re.IGNORECASE
)


def find(text: str, known: Known = SHIPPED, platform: str = "") -> list[Reading]:
    """Every address in a text and each place beyond it, once and in order, with its piece as text.

    A handle with @, or a telephone number, counts where the line names its service (for a number
    WhatsApp), or `platform` does. Links that cannot be read (`link_of`) are found too. Raises
    nothing, whatever is typed.
    """
    found: dict[tuple[str, str | None], Reading] = {}
    for line in text.splitlines():
        hints = [(hit.start(), str(hit.lastgroup)) for hit in HINT.finditer(line)]
        hits = sorted(_in_line(line, known, hints, platform), key=lambda hit: hit[0])
        for _place, reading in hits:
            beyond = reading.deep_link if reading.keys else None
            found.setdefault((identity(reading), beyond), reading)
    return list(found.values())


def identity(reading: Reading) -> str:
    """What is equal for two readings of the same profile or link."""
    return reading.keys[0] if reading.keys else link_of(reading) or reading.text


def link_of(reading: Reading) -> str | None:
    """What is equal for two copies of one link that cannot be read: host and code, without what
    only tracks who shared it; None where the address names nothing beyond its service."""
    parsed = web_address(reading.deep_link or "")
    if parsed is None:
        return None
    found = rule_of(parsed.host)
    is_site = found is not None and not found[1]  # the same site by whatever host
    rest = web.value_of(parsed).removeprefix(parsed.site).rstrip("/")
    return f"{registrable(parsed.host) if is_site else parsed.site}{rest}" if rest else None


def _in_line(
    line: str, known: Known, hints: list[tuple[int, str]], platform: str
) -> Iterator[tuple[int, Reading]]:
    for start, piece in _pieces(line):
        hint = _nearest(hints, start) or platform
        reading = _read(piece, known, hint)
        if reading is not None:
            yield start, replace(reading, text=piece)
    for hit in PHONE.finditer(line):
        reading = read(hit[0], known)
        if reading.note == "phone" and "whatsapp" in (platform, _nearest(hints, hit.start())):
            yield hit.start(), reading


def _nearest(hints: list[tuple[int, str]], start: int) -> str | None:
    """The service that a line names closest to a place."""
    return min(hints, key=lambda hint: abs(hint[0] - start))[1] if hints else None


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """What in a line could be one address each, and where it stands."""
    for token in TOKEN.finditer(line):
        if USER.match(token[0]) and "://" in token[0]:
            continue  # it leads elsewhere than it says, however it is taken apart (A13)
        for part in AROUND.split(token[0]):
            for piece in NEXT.split(part):
                if piece := _bare(piece):
                    yield token.start() + token[0].find(piece), piece


def _bare(piece: str) -> str:
    """A piece without pictures and marks around it, the word before its colon, its case ending."""
    start, end = 0, len(piece)
    while start < end and _is_picture(piece[start]):
        start += 1
    while end > start and _is_picture(piece[end - 1]):
        end -= 1
    piece = trim(piece[start:end])
    label = LABEL.match(piece)
    scheme = label[1].lower() if label else ""
    if label and scheme not in SCHEMES | ACTIVE:
        piece = piece[label.end() :]
    return piece if scheme in SCHEMES | ACTIVE else ENDING.sub("", piece)


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sk") or "\ufe00" <= char <= "\ufe0f"


def _read(piece: str, known: Known, hint: str) -> Reading | None:
    """What a piece says by itself; a handle what it says on the service that was named."""
    reading = read(piece, known)
    if reading.note == "bare_handle" and piece.startswith("@"):
        reading = read_handle(hint, piece, known)
        return reading if reading.readable and hint != "web" else None
    if reading.note == "phone" or not (reading.readable or link_of(reading)):
        return None
    return reading if _is_meant(refang(piece)) else None


def _is_meant(piece: str) -> bool:
    """Is this an address and no end of a sentence without its blank, nor the name of a file?"""
    if re.search("[/:@]", piece) or piece.lower().startswith("www."):
        return True
    before, _, last = piece.rpartition(".")
    begins_sentence = last[:1].isupper() and not before.isupper()
    return not begins_sentence and last.lower() not in FILES
