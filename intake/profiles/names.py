"""What a profile is known by: its slug, which is made once and never reused or changed (A17), and
the names that look-alikes are compared with."""

import re
import unicodedata
from collections.abc import Iterator

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from intake.addresses import similar
from intake.data import word_index
from intake.data.base import db, random_id
from intake.profiles.models import NearName, Profile, ProfileKind
from intake.profiles.queries import INDEX
from intake.profiles.states import AddressState, ProfileState

RESERVED = {
    "embed", "csv", "atom", "json", "feed", "rss", "xml", "api", "new", "edit", "search", "check",
    "report", "follow", "sheet", "qr", "print", "all", "index", "list", "page", "profiles",
    "register", "sitemap", "static", "statistics",
}  # fmt: skip


def remember(profile: Profile) -> None:
    """Let the profile be found by its name and by the handles it has, had or is to have; no
    look-alike is compared with one that was never opened."""
    db.session.flush()
    db.session.execute(delete(NearName).where(NearName.profile_id == profile.id))
    db.session.expire(profile)
    held = [line for line in profile.addresses if line.state is not AddressState.DROPPED]
    keys = {profile.decided_key or "", *(line.key for line in held if not line.lasting)}
    texts = sorted({profile.name, *(key.split(":", 2)[-1] for key in keys if key)})
    word_index.replace(
        db.session.connection(), INDEX, profile.id, word_index.words(" ".join(texts))
    )
    if profile.state is not ProfileState.NEVER_OPENED:
        db.session.add_all(_near(profile, text[:300]) for text in texts)
    db.session.flush()


def _near(profile: Profile, text: str) -> NearName:
    folded = similar.fold(text)[:300]
    return NearName(
        profile_id=profile.id,
        text=text,
        skeleton=similar.skeleton(text)[:900],
        folded=folded,
        size=len(folded),
    )


def give_slug(profile: Profile) -> None:
    """Name the entry once; two that are listed at the same moment never share a slug (A17)."""
    if profile.slug is not None:
        return
    for slug in _slugs(profile):
        try:
            with db.session.begin_nested():
                profile.slug = slug
                db.session.flush()
        except IntegrityError:  # somebody has it, perhaps since this moment
            db.session.refresh(profile)
        else:
            return


def _slugs(profile: Profile) -> Iterator[str]:
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
