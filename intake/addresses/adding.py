"""Which hosts belong to a platform, and whether another may be added to them (S2, A12)."""

from dataclasses import dataclass

from intake.addresses.hosts import host_of, is_domain, registrable
from intake.addresses.read import PLATFORM_HOSTS
from intake.addresses.rules import MASTODON_SERVERS, RULES, rule_of
from intake.addresses.rules.others import MASTODON
from intake.addresses.similar import imitates


@dataclass(frozen=True)
class Host:
    """A typed host: its `name` as browsers know it, or why it can be none of the platform's.

    `note` is no_host, no_domain (a public suffix, a number, one word), shipped (the platform has
    it already) or elsewhere (another platform has it). `imitates` is the host that it resembles.
    """

    name: str = ""
    note: str = ""
    imitates: str = ""


def shipped_hosts(platform: str) -> list[str]:
    """The hosts that the address rules know a platform by."""
    rule = RULES.get(platform)
    if rule is None:
        return []
    return sorted(MASTODON_SERVERS if rule is MASTODON else rule.hosts)


def takes_hosts(platform: str) -> bool:
    """Can a host be added? Not where profiles are told apart by their web addresses alone."""
    rule = RULES.get(platform)
    return rule is not None and (rule is MASTODON or bool(rule.patterns))


def read_host(platform: str, text: str) -> Host:
    """Read a host that somebody wants to add to a platform: no scheme, path or port."""
    name = host_of(text.strip())
    if name is None:
        return Host(note="no_host")
    domain = registrable(name)
    if domain is None:
        return Host(note="no_domain")
    if not is_domain(name):
        return Host(note="no_host")
    owner = _owner(name)
    if owner is not None:
        return Host(note="shipped" if owner == platform else "elsewhere")
    if _owner(domain) not in (None, platform):
        return Host(note="elsewhere")
    model = next((one for one in PLATFORM_HOSTS if imitates(name, one)), "")
    return Host(name, imitates=model)


def _owner(host: str) -> str | None:
    """The code of the platform that ships with a host."""
    if host in MASTODON_SERVERS:
        return MASTODON.code
    found = rule_of(host)
    return found[0].code if found else None
