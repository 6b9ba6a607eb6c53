"""What comes out of reading an address, and what is known beside the shipped rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reading:
    """One pasted text, read: `keys` are equal for every spelling of one profile and never for two
    profiles; `url` is the profile's canonical address, `deep_link` the exact place beyond it.
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

    def as_json(self) -> dict[str, Any]:
        """The fields in their order, as JSON takes them."""
        return vars(self) | {"keys": list(self.keys)}


@dataclass(frozen=True)
class Known:
    """Hosts added to the shipped ones (host -> platform code), and servers that are Mastodon's."""

    hosts: Mapping[str, str] = field(default_factory=dict)
    mastodon_servers: frozenset[str] = frozenset()


SHIPPED = Known()
