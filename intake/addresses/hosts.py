"""Hosts and domains, by one URL parser and the public suffix list that lies in its package."""

import re
from functools import lru_cache

import ada_url
from publicsuffixlist import PublicSuffixList

LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


def host_of(text: str) -> str | None:
    """A typed host as browsers understand it (UTS 46), lower case, without `www.`; else None."""
    if re.search(r"[\s/?#@:\\]", text):
        return None
    try:
        name = ada_url.parse_url(f"https://{text}/", ("hostname",))["hostname"]
    except ValueError:
        return None
    return bare(name)


def bare(name: str) -> str | None:
    """A parsed host without its last dot and `www.`; None where it can be no host."""
    name = name.removesuffix(".")
    if len(name) > 253 or not all(0 < len(label) < 64 for label in name.split(".")):
        return None
    short = name.removeprefix("www.")
    # Below a public suffix such as github.io, www is somebody's own name.
    return short if short != name and registrable(short) else name


def is_domain(host: str) -> bool:
    """Is this a domain name of two labels or more, the last of which is no number?"""
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= 253
        and all(LABEL.fullmatch(label) for label in labels)
        and not labels[-1].isdigit()
    )


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """The domain that somebody registered (`b.co.uk` of `a.b.co.uk`); None for any other text.

    `.example`, which stands in no list, counts: the demo town lives there.
    """
    if host.endswith(".example"):
        return ".".join(host.split(".")[-2:])
    found = _suffixes().privatesuffix(host)
    return None if found is None else str(found)
