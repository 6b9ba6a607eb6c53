"""A web address taken apart by one parser, the way browsers do it (A13)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlencode

import ada_url

from intake.addresses.hosts import bare, registrable

AUTHORITY = re.compile(r"https?:/*([^/?#]*)", re.IGNORECASE)
PARTS = ("hostname", "host", "pathname", "search", "username", "password", "port")
# What can end a part of a path, or cannot be seen in one.
FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f/\\?#]")


@dataclass(frozen=True)
class Place:
    """Where an address leads. `host` is without `www.`, `shown` is as the address has it; `path`
    and `search` are percent-encoded."""

    host: str
    shown: str
    path: str
    search: str

    @cached_property
    def segments(self) -> list[str] | None:
        """The decoded parts of the path; None where one of them hides a separator."""
        try:
            parts = [unquote(part, errors="strict") for part in self.path.split("/") if part]
        except UnicodeDecodeError:
            return None
        return None if any(FORBIDDEN.search(part) for part in parts) else parts

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Each parameter's values."""
        return ada_url.parse_search_params(self.search)

    def only(self, name: str) -> str | None:
        """The value of a parameter that stands there exactly once and is not empty."""
        values = self.query.get(name, [])
        return values[0] if len(values) == 1 and values[0] else None

    def link(self, kept: frozenset[str] | None = None) -> str:
        """The address over https, with these parameters of its query, or with all."""
        search = self.search
        if kept is not None:
            pairs = [(name, one) for name, all_ in self.query.items() for one in all_]
            search = urlencode([pair for pair in pairs if pair[0] in kept])
            search = f"?{search}" if search else ""
        return f"https://{self.shown}{self.path}{search}"


def place_of(url: str) -> Place | None:
    """Take an http(s) address apart; None with user information, another port, or no host."""
    authority = AUTHORITY.match(url)
    if authority is None or "@" in authority[1]:
        return None
    try:
        parts = ada_url.parse_url(url, PARTS)
    except ValueError:
        return None
    host = bare(parts["hostname"])
    if host is None or parts["port"] or parts["username"] or parts["password"]:
        return None
    return Place(host, parts["hostname"].removesuffix("."), parts["pathname"], parts["search"])


def is_web_address(text: str) -> bool:
    """Is this a whole http(s) address of a named host, that leads where it says (A28)?

    The one rule for every address that somebody stores and a page shows: no other scheme, no
    credentials, nothing that is not seen or turns the text around it.
    """
    if any(unicodedata.category(sign)[0] in "CZ" for sign in text):
        return False
    whole = re.fullmatch(r"https?://[^\s\\\x00-\x1f\x7f-\x9f<>\"]+", text, re.IGNORECASE)
    place = place_of(text) if whole else None
    return place is not None and registrable(place.host) is not None
