"""The shape of a platform's row in the table of rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

from intake.addresses.shipped import entries
from intake.addresses.values import Value

OPAQUE_HOST = "#opaque/"
HOSTED = "#host/"  # followed by the name that the host has in it
END = r"(?=[/?]|$)"
SERVICE_WORDS = entries("reserved")


@dataclass(frozen=True)
class Rule:
    """How to read one platform.

    `hosts` gives for each host what it puts before the path (`#` begins what no path can hold);
    `wild` is a regular expression for further hosts, `personal` one whose group is somebody's name.
    A pattern is a regular expression for the whole decoded path (`a/b`, with `?name=value` for a
    parameter of `query`): that of a profile, or of a page that is known to be one of the profile's
    (`below`); its named group is the kind. What no pattern holds for is a link without a profile.
    `addresses` makes the canonical address of each kind; `form` is the kind of a handle typed in a
    form, `bare` are the kinds that a handle alone could be, `lasting` is the kind of the account id
    that never changes; `kept` are the parameters that a deep link needs, None for all that name
    something.
    """

    code: str
    addresses: Mapping[str, str]
    kinds: Mapping[str, Value]
    form: str
    bare: tuple[str, ...]
    hosts: Mapping[str, str] = field(default_factory=dict)
    wild: str = ""
    personal: str = ""
    patterns: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    opaque: str = ""
    lasting: str | None = None
    kept: frozenset[str] | None = frozenset()

    def before(self, host: str) -> str | None:
        """What one of the platform's hosts puts before the path; None for any other host."""
        if host in self.hosts:
            return self.hosts[host]
        name = re.fullmatch(self.personal, host) if self.personal else None
        if name:
            return f"{HOSTED}{name[1]}/"
        return "" if self.wild and re.fullmatch(self.wild, host) else None

    def is_opaque(self, path: str) -> bool:
        """Does this link not say whose it is?"""
        return path.startswith(OPAQUE_HOST) or bool(self.opaque and _at_head(self.opaque)(path))

    def matches(self, path: str) -> list[tuple[str, str, int]]:
        """Each kind and raw value that a path could mean, best first, and where the value ends."""
        hits = (
            _whole(pattern)(path) for pattern in self.patterns if ("?" in path) == _asks(pattern)
        )
        return [
            (str(hit.lastgroup), str(hit[str(hit.lastgroup)]), hit.end(str(hit.lastgroup)))
            for hit in hits
            if hit
        ]

    def key(self, kind: str, value: str) -> str:
        """The key of a profile: equal for every spelling of it, and for nothing else."""
        return f"{self.code}:{kind}:{value}"

    def address(self, kind: str, value: str) -> str | None:
        """The canonical https address of a profile; None for a kind that there is not."""
        form = self.addresses.get(kind)
        user, _, server = value.partition("@")
        return form and form.format(quote(value, safe="/:@"), user=quote(user), server=server)


def below(pages: str) -> str:
    """The pages of a profile, as regular expressions divided by blanks, at the end of a pattern."""
    return f"(?:/(?:{'|'.join(pages.split())}))?"


def _asks(pattern: str) -> bool:
    return r"\?" in pattern


@cache
def _whole(pattern: str) -> Callable[[str], re.Match[str] | None]:
    # ASCII, else the long s and the Kelvin sign would match s and k.
    return re.compile(pattern, re.IGNORECASE | re.ASCII | re.DOTALL).fullmatch


@cache
def _at_head(pattern: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(f"(?:{pattern}){END}", re.IGNORECASE | re.ASCII).match


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def plain(hosts: str) -> dict[str, str]:
    """Hosts that put nothing before the path."""
    return dict.fromkeys(hosts.split(), "")


def opaque(hosts: str) -> dict[str, str]:
    """Hosts of short links: where they lead cannot be told without following them."""
    return dict.fromkeys(hosts.split(), OPAQUE_HOST)


NUMBER = Value(r"[1-9][0-9]*", 1, 20)
