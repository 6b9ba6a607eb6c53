"""The shape of a platform's row in the table of rules."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

from intake.addresses.values import Value

OPAQUE_HOST = "#opaque/"
END = r"(?=[/?]|$)"


@dataclass(frozen=True)
class Rule:
    """How to read one platform.

    `hosts` gives for each host what it puts before the path (`#` begins what no path can hold);
    `wild` is a regular expression for further hosts. A pattern is a regular expression at the head
    of the decoded path (`a/b`, with `?name=value` for a parameter of `query`); its named group is
    the kind. `addresses` makes the canonical address of each kind; `form` is the kind of a handle
    typed in a form, `bare` are the kinds that a handle alone could be, `lasting` is the kind of the
    account id that never changes; `kept` are the parameters that a deep link needs.
    """

    code: str
    addresses: Mapping[str, str]
    kinds: Mapping[str, Value]
    form: str
    bare: tuple[str, ...]
    hosts: Mapping[str, str] = field(default_factory=dict)
    wild: str = ""
    patterns: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    opaque: str = ""
    lasting: str | None = None
    kept: frozenset[str] = frozenset()

    def is_wild(self, host: str) -> bool:
        """Is this one of the platform's hosts that bear a language or a person's name?"""
        return bool(self.wild) and re.fullmatch(self.wild, host) is not None

    def is_opaque(self, path: str) -> bool:
        """Does this link not say whose it is?"""
        return path.startswith(OPAQUE_HOST) or bool(self.opaque and _at_head(self.opaque)(path))

    def matches(self, path: str) -> list[tuple[str, str, int]]:
        """Each kind and raw value that the path could mean, best first, and where it ends."""
        hits = (_at_head(pattern)(path) for pattern in self.patterns)
        return [(str(hit.lastgroup), hit[str(hit.lastgroup)], hit.end()) for hit in hits if hit]

    def key(self, kind: str, value: str) -> str:
        """The key of a profile: equal for every spelling of it, and for nothing else."""
        return f"{self.code}:{kind}:{value}"

    def address(self, kind: str, value: str) -> str | None:
        """The canonical https address of a profile; None for a kind that there is not."""
        form = self.addresses.get(kind)
        user, _, server = value.partition("@")
        return form and form.format(quote(value, safe="/:@"), user=quote(user), server=server)


@cache
def _at_head(pattern: str) -> Callable[[str], re.Match[str] | None]:
    # ASCII, else the long s and the Kelvin sign would match s and k.
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
