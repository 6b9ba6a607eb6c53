"""The name of an entry in addresses: made once, never reused or changed (A17)."""

import re
import unicodedata
from collections.abc import Iterator

from intake.data.base import random_id
from intake.profiles.models import Profile, ProfileKind

RESERVED = {
    "embed", "csv", "atom", "json", "feed", "rss", "xml", "api", "new", "edit", "search", "check",
    "report", "follow", "sheet", "qr", "print", "all", "index", "list", "page", "profiles",
    "register", "sitemap", "static", "statistics",
}  # fmt: skip


def candidates(profile: Profile) -> Iterator[str]:
    """Slugs from the plainest to one that nobody has. An expert's never holds a person's name:
    it is unit, platform and chance (E5, A17)."""
    if profile.kind is ProfileKind.EXPERT:
        base = _plain(profile.unit.name_fi)
    else:
        base = _plain(profile.name)
        if base and base not in RESERVED:
            yield base
        yield _joined(base, profile.platform_id)
    while True:
        yield _joined(base, profile.platform_id, random_id()[:6])


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-")


def _joined(*parts: str) -> str:
    return "-".join(part for part in parts if part)
