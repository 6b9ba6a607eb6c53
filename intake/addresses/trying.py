"""What keepers state of a service, tried before it counts: its faults, and what examples give."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from intake.addresses.hosts import host_of, is_domain
from intake.addresses.read import read
from intake.addresses.reading import Known, Reading
from intake.addresses.rules import MASTODON_SERVERS, RULES, rule_of
from intake.addresses.stated import Stated, Where

PARTS = re.compile(r"(?:[A-Za-z0-9._~@-]+(?:/[A-Za-z0-9._~@-]+)*)?")
PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,40}")
MARKS = frozenset("_.-~+@!$',")
WORD = re.compile(r"[\w.~-]{1,60}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a statement: the field, and a code (missing, shape, host, taken)."""

    field: str
    code: str


def faults(stated: Stated, elsewhere: frozenset[str] = frozenset()) -> list[Fault]:
    """Why a statement cannot be a rule; `elsewhere` are the hosts of other services."""
    holds = {
        ("code", "taken"): stated.code not in RULES,
        ("hosts", "missing"): bool(stated.hosts),
        ("hosts", "host"): all(host_of(one) == one and is_domain(one) for one in stated.hosts),
        ("hosts", "taken"): not any(_is_taken(one, elsewhere) for one in stated.hosts),
        ("before", "shape"): bool(stated.before) and all(map(PARTS.fullmatch, stated.before)),
        ("at", "shape"): re.fullmatch("[@~!$+-]?", stated.at) is not None,
        ("parameter", "shape"): stated.where is not Where.PARAMETER
        or PARAMETER.fullmatch(stated.parameter) is not None,
        ("marks", "shape"): MARKS.issuperset(stated.marks),
        ("most", "shape"): 1 <= stated.least <= stated.most <= 100,
        ("reserved", "shape"): all(
            one == one.lower() and WORD.fullmatch(one) for one in stated.reserved
        ),
        ("below", "shape"): all(map(WORD.fullmatch, stated.below)),
    }
    return [Fault(*which) for which, is_so in holds.items() if not is_so]


def _is_taken(host: str, elsewhere: frozenset[str]) -> bool:
    return host in elsewhere or host in MASTODON_SERVERS or rule_of(host) is not None


@dataclass(frozen=True)
class Trial:
    """An example that a keeper gives, and how it is read by the rule; `is_profile` says whether it
    is one of the service's profiles."""

    text: str
    reading: Reading
    is_profile: bool


def try_rule(stated: Stated, examples: Iterable[str]) -> list[Trial]:
    """Read examples by a rule without faults, in order."""
    known = Known(stated=(stated,))
    readings = [read(text, known) for text in examples]
    return [Trial(one.text, one, one.readable and one.platform == stated.code) for one in readings]
