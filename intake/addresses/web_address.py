"""A web address taken apart by one parser, the way browsers do it (A13)."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qs, unquote, unquote_plus

import ada_url

from intake.addresses.hosts import bare, registrable
from intake.addresses.shipped import tracks

AUTHORITY = re.compile(r"https?:/*([^/?#]*)", re.IGNORECASE)
PARTS = ("hostname", "pathname", "search", "hash", "username", "password", "port")
# What can end a part of a path, or cannot be seen in one.
FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f/\\?#]")


@dataclass(frozen=True)
class WebAddress:
    """Where an address leads. `host` is without `www.`, `shown` is as the address has it; `path`,
    `search` and `fragment` (without its `#`) are percent-encoded; `port` is empty where it is the
    usual one."""

    host: str
    shown: str
    path: str
    search: str
    fragment: str = ""
    port: str = ""

    @property
    def site(self) -> str:
        """Host and port, as they tell sites apart."""
        return f"{self.host}:{self.port}" if self.port else self.host

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
        """Each parameter's values; what is no UTF-8 becomes U+FFFD."""
        return parse_qs(self.search.removeprefix("?"), keep_blank_values=True)

    def only(self, name: str) -> str | None:
        """The value of a parameter that stands there exactly once and is not empty."""
        values = self.query.get(name, [])
        return values[0] if len(values) == 1 and values[0] else None

    def link(self, kept: Collection[str] | None = None) -> str:
        """The address over https, with these parameters of its query; without a list with all
        that do not only follow people."""
        parts = self.search.removeprefix("?").split("&")
        names = [unquote_plus(part.partition("=")[0]) for part in parts]
        search = "&".join(
            part
            for part, name in zip(parts, names, strict=True)
            if (not tracks(name) if kept is None else name in kept)
        )
        search = f"?{search}" if search else ""
        port = f":{self.port}" if self.port else ""
        return f"https://{self.shown}{port}{self.path}{search}"


def web_address(url: str) -> WebAddress | None:
    """Take an http(s) address apart; None with user information or without a host."""
    authority = AUTHORITY.match(url)
    if authority is None or "@" in authority[1]:
        return None
    try:
        parts = ada_url.parse_url(url, PARTS)
    except ValueError:
        return None
    host = bare(parts["hostname"])
    if host is None or host.startswith("[") or parts["username"] or parts["password"]:
        return None
    return WebAddress(
        host,
        parts["hostname"].removesuffix("."),
        parts["pathname"],
        parts["search"],
        parts["hash"].removeprefix("#"),
        parts["port"] if parts["port"] not in ("80", "443") else "",
    )


def is_web_address(text: str) -> bool:
    """Is this a whole http(s) address of a named host, that leads where it says (A28)?

    The one rule for every address that somebody stores and a page shows: no other scheme, no
    credentials, nothing that is not seen or turns the text around it.
    """
    if any(unicodedata.category(sign)[0] in "CZ" for sign in text):
        return False
    whole = re.fullmatch(r"https?://[^\s\\\x00-\x1f\x7f-\x9f<>\"]+", text, re.IGNORECASE)
    parsed = web_address(text) if whole else None
    return parsed is not None and not parsed.port and registrable(parsed.host) is not None
