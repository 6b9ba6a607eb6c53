"""What comes out of reading an address, and what is known beside the shipped rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from intake.addresses.rules import RULES, Rule, rule_of
from intake.addresses.stated import Stated, rule_for


class Reach(StrEnum):
    """What a key names, and so what may be said of it: one profile, page or site."""

    PROFILE = "profile"
    PAGE = "page"
    SITE = "site"


@dataclass(frozen=True)
class Reading:
    """One pasted text, read: `keys` are equal for every spelling of one profile and never for two
    profiles, pages or sites: which of them is its `reach`; `url` is the canonical address,
    `deep_link` the exact place beyond a profile, of which nothing is said.
    `note` says why a text is not readable, or what is a guess: share_link, not_a_profile,
    bad_handle, bad_address, bare_handle, name, email, empty, too_long, not_lasting, no_rule,
    too_short, characters, reserved; maybe_mastodon, phone, lookalike_host."""

    text: str
    keys: tuple[str, ...] = ()
    platform: str | None = None
    kind: str | None = None
    value: str | None = None
    url: str | None = None
    deep_link: str | None = None
    readable: bool = False
    note: str | None = None
    reach: Reach | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields in their order, as JSON takes them."""
        return vars(self) | {"keys": list(self.keys)}


@dataclass(frozen=True)
class Known:
    """What is added to the shipped rules: hosts (host -> platform code), servers that are
    Mastodon's, hosts of short links, hosts that serve many, and rules that keepers have stated."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    mastodon_servers: frozenset[str] = frozenset()
    shorteners: frozenset[str] = frozenset()
    shared_hosts: frozenset[str] = frozenset()
    stated: tuple[Stated, ...] = ()

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by its platform's code; none that is shipped can be stated anew."""
        return {one.code: rule_for(one) for one in self.stated} | RULES

    def rule_of(self, host: str) -> tuple[Rule, str] | None:
        """The rule for a host, and what stands before the path there: shipped, then added."""
        found = rule_of(host)
        if found is None:
            added = self.rules.get(self.hosts.get(host, ""))
            found = (added, "") if added and added.patterns else None
        for stated in self.stated if found is None else ():
            before = rule_for(stated).before(host)
            if before is not None:
                return self.rules[stated.code], before
        return found


SHIPPED = Known()
