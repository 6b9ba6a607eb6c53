"""A rule for a service's addresses that a keeper states without code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from intake.addresses.rules.rule import HOSTED, SERVICE_WORDS, Rule, plain, words
from intake.addresses.values import Value

KIND = "name"
SERVERS = words("www m mail help support api blog status")  # names of no person below a domain


class Where(StrEnum):
    """Where in an address the name of a profile stands."""

    SEGMENT = "segment"
    PARAMETER = "parameter"
    SUBDOMAIN = "subdomain"


@dataclass(frozen=True)
class Stated:
    """How the addresses of one service name a profile.

    `before` are the paths before the name (`users`, `fi/users`), the usual one first; where a
    `parameter` has the name, the whole paths. `at` stands right before the name and is no part of
    it (`@`, `~`). `marks` are the characters beside the letters A-Z and digits, `letters` allows
    those of any script, `fold` says that A is a; a name before the host is as hosts are.
    `reserved` are the service's own words, in small letters, `below` the pages of a profile, by
    the word after its name. What is neither a profile nor such a page has no key.
    """

    code: str
    hosts: tuple[str, ...]
    where: Where = Where.SEGMENT
    before: tuple[str, ...] = ("",)
    at: str = ""
    parameter: str = ""
    fold: bool = True
    marks: str = "_.-"
    letters: bool = False
    least: int = 1
    most: int = 100
    reserved: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()

    @classmethod
    def of(cls, code: str, stored: Mapping[str, Any]) -> "Stated":
        """A statement as `as_json` has stored it."""
        shapes = {"where": Where, "hosts": tuple, "before": tuple}
        shapes |= {"reserved": frozenset, "below": frozenset}
        return cls(code, **{name: shapes.get(name, _same)(one) for name, one in stored.items()})

    def as_json(self) -> dict[str, Any]:
        """The fields but for the code, as JSON takes them."""
        plain = {name: one for name, one in vars(self).items() if name != "code"}
        for name in ("reserved", "below"):
            plain[name] = sorted(plain[name])
        return plain | {"where": self.where.value, "hosts": [*self.hosts], "before": [*self.before]}


def _same(value: Any) -> Any:
    return value


@cache
def rule_for(stated: Stated) -> Rule:
    """The rule in the form that all others have; only for a statement without `faults`."""
    subdomain = stated.where is Where.SUBDOMAIN
    hosts = "|".join(map(re.escape, stated.hosts))
    return Rule(
        code=stated.code,
        hosts=plain("") if subdomain else dict.fromkeys(stated.hosts, ""),
        personal=rf"([a-z0-9_-]+)\.(?:{hosts})" if subdomain else "",
        kinds={KIND: _value(stated)},
        patterns=_patterns(stated),
        query=(stated.parameter,) if stated.where is Where.PARAMETER else (),
        addresses={KIND: _address(stated)},
        form=KIND,
        bare=(KIND,),
        kept=None,
    )


def _value(stated: Stated) -> Value:
    if stated.where is Where.SUBDOMAIN:
        shape = r"(?!xn--)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?"
        return Value(shape, stated.least, min(stated.most, 63), reserved=stated.reserved | SERVERS)
    letters = r"\w" if stated.letters else "A-Za-z0-9"
    marks = "".join(map(re.escape, stated.marks))
    alone = stated.where is Where.SEGMENT and not stated.at and "" in stated.before
    return Value(
        # What ends in a mark of punctuation would lose it wherever it is pasted.
        rf"(?!.*[.,!']$)[{letters}{marks}]+",
        stated.least,
        stated.most,
        stated.fold,
        letters=stated.letters,
        barred=r".*\.php",
        reserved=stated.reserved | (SERVICE_WORDS if alone else frozenset()),
    )


def _patterns(stated: Stated) -> tuple[str, ...]:
    at, name = re.escape(stated.at), rf"(?P<{KIND}>[^/?]+)"
    if stated.where is Where.SUBDOMAIN:
        return (rf"{HOSTED}{name}(?:/.*)?",)
    if stated.where is Where.PARAMETER:
        asked = rf"\?{re.escape(stated.parameter)}={at}(?P<{KIND}>.+)"
        return tuple(re.escape(path) + asked for path in stated.before)
    pages = "|".join(map(re.escape, sorted(stated.below)))
    rest = rf"(?:/(?:{pages})(?:/.*)?)?" if pages else ""
    return tuple(
        (re.escape(path) + "/" if path else "") + at + name + rest for path in stated.before
    )


def _address(stated: Stated) -> str:
    host, path = stated.hosts[0], stated.before[0]
    if stated.where is Where.SUBDOMAIN:
        return f"https://{{0}}.{host}/"
    if stated.where is Where.PARAMETER:
        return f"https://{host}/{path}?{stated.parameter}={stated.at}{{0}}"
    return f"https://{host}/{path + '/' if path else ''}{stated.at}{{0}}"
