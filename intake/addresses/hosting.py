"""Hosts that serve many people, and hosts whose links only lead elsewhere."""

from collections.abc import Callable
from functools import cache

from publicsuffixlist import PublicSuffixList

from intake.addresses.reading import SHIPPED, Known
from intake.addresses.rules import MASTODON_SERVERS, rule_of
from intake.addresses.shipped import entries
from intake.addresses.web import SITE


def is_shared_host(host: str, known: Known = SHIPPED) -> bool:
    """Does a host, as it stands in a key, serve many people, so that none can speak for all of it?

    Those of the known services, the shipped and the added ones, and the suffixes below which
    anybody can have a name: of the public suffix list, its private part included.
    """
    name = host.partition(":")[0]
    if rule_of(name) or known.rule_of(name) or name in known.hosts or is_shortener(name, known):
        return True
    if name in MASTODON_SERVERS | known.mastodon_servers or _is_suffix(name):
        return True
    if any(name in stated.hosts for stated in known.stated):
        return True
    labels = name.split(".")
    domains = {".".join(labels[n:]) for n in range(len(labels))}
    shared = entries("shared")
    if f"={name}" in shared or domains & known.shared_hosts:
        return True
    return any(one in shared or (one != name and rule_of(one) is not None) for one in domains)


def speaks_for_site(key: str, known: Known, owns: Callable[[str], bool]) -> bool:
    """May what is said of a site's key hold for all of it? Where the site is one's own, and its
    host does not serve many."""
    host = key.removeprefix(SITE)
    return owns(host) and not is_shared_host(host, known)


def is_shortener(host: str, known: Known = SHIPPED) -> bool:
    """Are a host's links short ones, that do not say where they lead?"""
    shipped = entries("shorteners")
    below = f"*.{host.partition('.')[2]}"  # each customer has a host of his own
    return host in shipped or below in shipped or host in known.shorteners


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _is_suffix(host: str) -> bool:
    return _suffixes().publicsuffix(host) == host
