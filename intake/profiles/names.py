"""What a profile is known by: its slug, and the names that look-alikes are compared with."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from intake.addresses import similar
from intake.database import db
from intake.profiles import slugs
from intake.profiles.models import NearName, Profile
from intake.profiles.states import AddressState, ProfileState

KEPT = (AddressState.CURRENT, AddressState.FORMER)


def remember(profile: Profile) -> None:
    """Let the profile be found by its name and by the handles it has, had or is to have; by
    nothing once it was never opened."""
    db.session.flush()
    db.session.execute(delete(NearName).where(NearName.profile_id == profile.id))
    db.session.expire(profile)
    if profile.state is ProfileState.NEVER_OPENED:
        return
    keys = {line.key for line in profile.addresses if line.state in KEPT and not line.lasting}
    keys.add(profile.decided_key or "")
    texts = {profile.name, *(key.split(":", 2)[-1] for key in keys if key)}
    db.session.add_all(_near(profile, text[:300]) for text in sorted(texts))
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
    for slug in slugs.candidates(profile):
        try:
            with db.session.begin_nested():
                profile.slug = slug
                db.session.flush()
        except IntegrityError:  # somebody has it, perhaps since this moment
            db.session.refresh(profile)
        else:
            return
