"""What in a line of running text could be an address, a handle or a number, and where it stands."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from intake.addresses import web
from intake.addresses.hosts import registrable
from intake.addresses.read import CONTROL, refang, trim
from intake.addresses.reading import Reading
from intake.addresses.rules import rule_of
from intake.addresses.web_address import web_address

LOST = "\ufffd"  # stands for a sign that no text can have
FIRST_PICTURE = "\u2190"
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
ACTIVE = {"javascript", "vbscript", "script", "data", "file", "ftp", "mailto", "blob"}
ENDING = re.compile(r"(?:(?<=[\w/]):[a-zåäö]{1,5}|(?<=\w)['’]s)$")  # savonkoski.fi:ssä, @town's
FILES = {"zip", "mov", "md", "py", "sh"}  # what ends the name of a file more often than of a site
BETWEEN = r"[ \u00a0\u2010-\u2015()./-]"
PHONE = re.compile(
    rf"(?<![\w+/.=-])(?:\(?\+\d|\(?0|358(?=[1-9]))(?:{BETWEEN}{{0,3}}\d){{5,14}}(?!\w)", re.ASCII
)
DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d(?!\d)", re.ASCII)
HINTS = {
    "facebook": r"facebook|fb(?![a-z])|face(?:ssa|sta|en|ssä)?(?![a-z])",
    "instagram": r"insta|ig(?![a-z])",
    "threads": r"threads",
    "x": r"twitter|x(?=[:-])",
    "youtube": r"youtube|yt(?![a-z])|tube(?![a-z])",
    "tiktok": r"tik ?tok",
    "snapchat": r"snap|snäpp",
    "telegram": r"telegram",
    "bluesky": r"bluesky",
    "linkedin": r"linked ?in|linkkari",
    "reddit": r"reddit",
    "pinterest": r"pinterest",
    "flickr": r"flickr",
    "whatsapp": r"whats ?app",
}
HINT = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{code}>{word})' for code, word in HINTS.items())})", re.IGNORECASE
)


@dataclass(frozen=True)
class Piece:
    """A part of a line that could be one thing; `misleads` where it would lead elsewhere than it
    says, however it is taken apart (A13); `shown` is how a number stands there."""

    start: int
    text: str
    misleads: bool = False
    shown: str = ""


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


def services(line: str) -> list[tuple[int, str]]:
    """The services that a line names, each with its place."""
    return [(hit.start(), str(hit.lastgroup)) for hit in HINT.finditer(line)]


def nearest(named: list[tuple[int, str]], start: int) -> str:
    """The service that is named closest to a place; empty where none is."""
    return min(named, key=lambda one: abs(one[0] - start))[1] if named else ""


def numbers(line: str) -> Iterator[Piece]:
    """What in a line is written like a telephone number and not like a day."""
    for hit in PHONE.finditer(line):
        before = line[: hit.start()].rpartition(" ")[2]
        if "://" not in before and not DAY.match(hit[0]):
            yield Piece(hit.start(), hit[0].replace("(0)", ""), shown=hit[0])


def pieces(line: str) -> Iterator[Piece]:
    """What in a line could be one address or handle each."""
    for token in TOKEN.finditer(line):
        leads_elsewhere = USER.match(token[0]) and "://" in token[0]
        if leads_elsewhere or CONTROL.search(token[0]) or LOST in token[0]:
            yield Piece(token.start(), token[0], misleads=True)
            continue
        for part in AROUND.split(token[0]):
            for piece in NEXT.split(part):
                if bare := _bare(piece):
                    yield Piece(token.start() + token[0].find(bare), bare)


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
    is_sign = unicodedata.category(char) in ("So", "Sk") and char >= FIRST_PICTURE
    return is_sign or "\ufe00" <= char <= "\ufe0f"


def is_meant(piece: str) -> bool:
    """Is this an address and no end of a sentence without its blank, nor the name of a file?"""
    piece = refang(piece)
    if re.search("[/:@]", piece) or piece.lower().startswith("www."):
        return True
    before, _, last = piece.rpartition(".")
    begins_sentence = last[:1].isupper() and not before.isupper()
    return not begins_sentence and last.lower() not in FILES
