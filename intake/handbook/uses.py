"""How the rooms above use what is laid down here: they say so, since nothing imports upwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, Select, and_, func, or_, union

from intake import addresses, ports
from intake.addresses import Known


@dataclass(frozen=True)
class Held:
    """A key that a profile or an open request has: the `texts` it was read from, what it belongs
    to (title, path and service), and whether that is listed in the register."""

    key: str
    texts: tuple[str, ...]
    title: str
    url: str
    is_listed: bool
    platform: str | None = None


@dataclass(frozen=True)
class Use:
    """What a room has to do with the handbook.

    `people()` are the ids of those whom the guidelines and trainings are for; `count(code)` says
    how many of the room's open matters are on a platform; `held(host)` are the keys that may be
    read otherwise when a host changes hands.
    """

    people: Callable[[], Select[Any]]
    count: Callable[[str], int]
    held: Callable[[str], list[Held]]


def register(app: Flask, name: str, use: Use) -> None:
    """Tell how a room uses the handbook; `name` is that of its matters, in the plural."""
    ports.of(app).handbook_uses[name] = use


def bound() -> Any:
    """Ids of everybody who runs a profile, or is named to in an open request (G1, P11)."""
    return union(*(use.people() for use in ports.here().handbook_uses.values())).subquery().select()


def counts(code: str) -> dict[str, int]:
    """How many open matters of each room are on a platform."""
    return {name: use.count(code) for name, use in ports.here().handbook_uses.items()}


def held(host: str) -> list[Held]:
    """The keys that rest on a host."""
    return [one for use in ports.here().handbook_uses.values() for one in use.held(host)]


def moved(host: str, before: Known, after: Known) -> list[Held]:
    """What is read as its key today and would not be, once what is known of a host changes."""
    return [
        one
        for one in held(host)
        if any(
            one.key in addresses.read(text, before).keys
            and one.key not in addresses.read(text, after).keys
            for text in one.texts
        )
    ]


def rests_on(host: str, key: Any, text: Any) -> ColumnElement[bool]:
    """The condition that a key names a host, or one below it, or that the text it was read from
    does."""
    server = and_(key.startswith("mastodon:acct:"), key.endswith(f"@{host}", autoescape=True))
    typed = func.lower(text).contains(host, autoescape=True)
    name = host.replace("_", r"\_")  # hosts have no other sign that LIKE knows
    starts = [f"web:{kind}:{below}{name}" for kind in ("site", "page") for below in ("", "%.")]
    web = [key.like(start + end, escape="\\") for start in starts for end in ("", ":%", "/%")]
    return or_(*web, server, typed)
