"""What a text asks about: addresses, handles, numbers, references, and the words beyond them.

The one way from typed text to what is looked up: the check, the searches, the report form and the
request form all read by it. Pure, and never raising whatever is typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from intake import text as forms
from intake.addresses import shipped
from intake.addresses.handles import read_handle
from intake.addresses.pieces import (
    HINT,
    Piece,
    identity,
    is_meant,
    link_of,
    nearest,
    numbers,
    pieces,
    services,
)
from intake.addresses.read import read, refang
from intake.addresses.reading import SHIPPED, Known, Reading

DASH = "\u2010-\u2015\u2212-"
REFERENCE = re.compile(
    rf"(?<![\w-])(?:VI ?[{DASH}] ?[0-9A-Z]{{6}}"
    rf"|(?:PP|VP)[ {DASH}]?20\d\d[ /{DASH}]\d{{1,6}})(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
UNDASHED = re.compile(r"(?=\D*\d)VI[0-9A-Z]{6}|(?:PP|VP)20\d{5,8}", re.IGNORECASE | re.ASCII)
ADDRESSED = re.compile(r"https?:|www\.", re.IGNORECASE)
ON_SERVICE = re.compile(r"[^\W\d_]+/@?([^/]+)/?")
FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|heic|pdf|docx?|xlsx?|mp4|mov|zip)$", re.IGNORECASE)
TYPED = (
    (
        re.compile(
            r"^\[?\d{1,2}[./]\d{1,2}[./]\d{2,4},? (?:klo |kl\.? )?\d{1,2}[.:]\d\d(?:[.:]\d\d)?"
            r"(?: [ap]m)?\]?(?: -)? (?:[^:\n]{1,40}: )?",
            re.MULTILINE | re.IGNORECASE,
        ),
        "",
    ),  # who wrote when, as WhatsApp hands it on
    (re.compile(r"(?<!\w)_(@[^\s_].*?)_(?!\w)"), r"\1"),  # as WhatsApp and Markdown mark it
    (re.compile(r"(?<!\S)[@＠﹫] ?(?=[\w.]*[_＿])|(?<!\S)[＠﹫](?=\w)"), "@"),
    (re.compile(r"(?<=\w)(?: \.|\. )(?=(?:com|fi|net|org|me|tv|se)/\S)", re.IGNORECASE), "."),
)


class Kind(StrEnum):
    """What it is that is asked about."""

    ADDRESS = "address"
    HANDLE = "handle"
    PHONE = "phone"
    MAIL = "mail"
    REFERENCE = "reference"
    NAME = "name"


@dataclass(frozen=True)
class Asking:
    """One thing that a text asks about. `reading` is how it reads, with its piece as text; of a
    `handle`, bare and as typed, on the `service` that was named, which is empty where none was.
    `is_certain`: somebody asks about it; anything else only counts where something is known of it.
    `line` is the number of the line it stands on."""

    kind: Kind
    reading: Reading
    service: str = ""
    is_certain: bool = True
    line: int = 0
    handle: str = ""

    @property
    def text(self) -> str:
        """The piece of the text that it is."""
        return self.reading.text

    @property
    def is_address(self) -> bool:
        """Does it say by itself which profile, page, site or link is meant?"""
        if not (self.reading.readable or link_of(self.reading)) or not self.is_certain:
            return False
        if self.kind is Kind.PHONE:
            return self.service == "whatsapp"
        return self.kind is Kind.ADDRESS or (self.kind is Kind.HANDLE and bool(self.service))


def askings(text: str, known: Known = SHIPPED, service: str = "") -> list[Asking]:
    """Everything a text asks about, each once and in its order; of each line the words beyond come
    last, as one name. `service` is what handles are on whose line names none."""
    found: dict[tuple[bool, str, str | None], Asking] = {}
    lines = [line for line in _plain(text).splitlines() if line.strip()]
    for number, line in enumerate(lines or [""]):
        some, words = _Line(line, known, service, is_alone=len(lines) < 2).read()
        is_certain = not any(one.is_certain for one in some)
        if words or is_certain:
            some.append(Asking(Kind.NAME, Reading(" ".join(words), note="name"), "", is_certain))
        for asking in some:
            reading = asking.reading
            beyond = reading.deep_link if reading.keys else None
            key = (asking.kind is Kind.NAME, identity(reading), beyond)
            found.setdefault(key, replace(asking, line=number))
    return _once(list(found.values()), lines)


def find(text: str, known: Known = SHIPPED, platform: str = "") -> list[Reading]:
    """Every address in a text and each place beyond it, once and in order, with its piece as text.

    A handle, or a telephone number, counts where the line names its service (for a number
    WhatsApp), or `platform` does. Links that cannot be read (`link_of`) are found too. Raises
    nothing, whatever is typed.
    """
    return [one.reading for one in askings(text, known, platform) if one.is_address]


def only(text: str, known: Known = SHIPPED) -> Reading:
    """The one address in a text; where it has none or several, how it reads as a whole."""
    alone = read(text, known)
    inside = [] if alone.readable else find(text, known)
    return replace(inside[0], text=text) if len(inside) == 1 else alone


def asked_name(words: str) -> str:
    """The words of a text without those in which questions are put; nothing where there are no
    others."""
    spare = shipped.entries("questions")
    kept = (word for word in words.split() if word.strip(".,!?").casefold() not in spare)
    return " ".join(word for word in kept if re.search(r"[^\W\d_]", word))


def in_finnish(word: str) -> str:
    """What a town calls something whose English name this is; the word itself for any other."""
    return dict(line.split(None, 1) for line in shipped.lines("english")).get(word, word)


def _plain(text: str) -> str:
    """The text without signs that nobody sees, and as it was before it was made harmless."""
    seen = refang("\n".join(forms.visible(line) for line in text.splitlines()))
    for pattern, plain in TYPED:
        seen = pattern.sub(plain, seen)
    return seen


def _once(every: list[Asking], lines: list[str]) -> list[Asking]:
    """The same, without certainty of what nobody asks about: a bare handle beside the address that
    has it, and a sentence on a line of its own beside an address."""
    values = {one.reading.value for one in every if one.reading.keys}
    is_message = any(one.is_certain and one.kind is not Kind.NAME for one in every)
    return [
        replace(one, is_certain=False)
        if _is_repeated(one, values)
        or (is_message and one.kind is Kind.NAME and _is_sentence(one.text, lines[one.line]))
        else one
        for one in every
    ]


def _is_repeated(asking: Asking, values: set[str | None]) -> bool:
    is_bare = asking.kind is Kind.HANDLE and not asking.service
    return is_bare and asking.handle.lower() in values


def _is_sentence(words: str, line: str) -> bool:
    name = asked_name(words)
    return not name or len(name.split()) > 4 or line.rstrip()[-1:] in ".!?:,…"


@dataclass(frozen=True)
class _Line:
    """A line of a text, and whether there is no other."""

    line: str
    known: Known
    service: str
    is_alone: bool

    def read(self) -> tuple[list[Asking], list[str]]:
        """Its askings in order, and its words beyond them."""
        found = list(self._marked())
        rest = _blanked(self.line, [(start, one.text) for start, one in found])
        spread = list(pieces(rest))
        named = services(_blanked(rest, [(p.start, p.text) for p in spread if "/" in p.text[:-1]]))
        found = [(at, self._on(one, nearest(named, at))) for at, one in found]
        is_only = self.is_alone and len(spread) == 1 and not found
        is_pair = bool(named) and sum(not HINT.match(one.text) for one in spread) == 1
        words: list[str] = []
        for piece in spread:
            asking = self._piece(piece, nearest(named, piece.start), is_only, is_pair)
            if asking is not None:
                found.append((piece.start, asking))
            if _is_word(piece, asking, self.known):
                words.append(piece.text)
        return [one for _at, one in sorted(found, key=lambda hit: hit[0])], words

    def _marked(self) -> Iterator[tuple[int, Asking]]:
        """Numbers and references, which may have blanks in them."""
        for hit in REFERENCE.finditer(self.line):
            yield hit.start(), _reference(hit[0])
        if self.is_alone and UNDASHED.fullmatch(self.line.strip()):
            yield self.line.index(self.line.strip()), _reference(self.line.strip())
        for number in numbers(self.line):
            reading = read(number.text, self.known)
            if reading.note == "phone":
                yield number.start, Asking(Kind.PHONE, replace(reading, text=number.shown))

    def _on(self, asking: Asking, named: str) -> Asking:
        return replace(asking, service=named or self.service)

    def _piece(self, piece: Piece, named: str, is_only: bool, is_pair: bool) -> Asking | None:
        """What a piece asks about, None where it is a word like any other."""
        if piece.misleads:
            return Asking(Kind.ADDRESS, Reading(piece.text, note="bad_address"))
        service = HINT.match(piece.text)
        if service and (on := ON_SERVICE.fullmatch(piece.text)):
            return self._handle(Reading(piece.text, value=on[1]), str(service.lastgroup))
        reading = replace(read(piece.text, self.known), text=piece.text)
        if reading.note == "bare_handle":
            return None if service else self._bare(reading, named, is_only, is_pair)
        if reading.note == "email":
            return Asking(Kind.MAIL, reading, is_certain=is_only)
        if reading.note == "phone":
            return None
        if reading.readable or link_of(reading):
            meant = is_only or is_meant(piece.text)
            return Asking(Kind.ADDRESS, reading) if meant else None
        if is_only and reading.note not in ("name", "empty"):
            return Asking(Kind.ADDRESS, reading)
        is_address = ADDRESSED.match(piece.text) and reading.note != "empty"
        return Asking(Kind.ADDRESS, reading) if is_address else None

    def _bare(self, reading: Reading, named: str, is_only: bool, is_pair: bool) -> Asking | None:
        """A handle: what begins with @, or has a sign that words have not; a word beside a service
        may be one."""
        if reading.text.startswith("@"):
            return self._handle(reading, named or self.service)
        if FILE.search(reading.text) or not re.search(r"[^\W\d_]", reading.text):
            return None
        if re.search(r"[._\d]", reading.text):
            is_certain = is_only or ("_" in reading.text and bool(named))
            return replace(self._handle(reading, named), is_certain=is_certain)
        if is_pair:
            return replace(self._handle(reading, named), is_certain=False)
        return None

    def _handle(self, reading: Reading, service: str) -> Asking:
        """A handle on the service that was named, whether that allows such a one or not."""
        handle, text = reading.value or "", reading.text
        if service in ("", "web"):
            bare = replace(reading, note="bare_handle")
            return Asking(Kind.HANDLE, bare, handle=handle)
        found = read_handle(service, handle, self.known)
        return Asking(Kind.HANDLE, replace(found, text=text), service, handle=handle)


def _reference(text: str) -> Asking:
    return Asking(Kind.REFERENCE, Reading(text, value=forms.code(text), note="reference"))


def _is_word(piece: Piece, asking: Asking | None, known: Known) -> bool:
    """May a piece be part of a name?"""
    if asking is not None:
        return asking.kind is Kind.HANDLE and not re.search("[@._/]", piece.text)
    return read(piece.text, known).note != "bad_address"


def _blanked(line: str, hits: list[tuple[int, str]]) -> str:
    """The line with blanks for some of its parts."""
    for start, text in hits:
        line = line[:start] + " " * len(text) + line[start + len(text) :]
    return line
