"""What a profile is known by: its slug, and the names that look-alikes are compared with."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from intake.addresses import similar
from intake.data.base import db
from intake.profiles import slugs
from intake.profiles.models import NearName, Profile
from intake.profiles.states import AddressState, ProfileState


def remember(profile: Profile) -> None:
    """Let the profile be compared by its name and the handles it has, had or is to have; none
    that was never opened is."""
    db.session.flush()
    db.session.execute(delete(NearName).where(NearName.profile_id == profile.id))
    db.session.expire(profile)
    held = [line for line in profile.addresses if line.state is not AddressState.DROPPED]
    keys = {profile.decided_key or "", *(line.key for line in held if not line.lasting)}
    texts = sorted({profile.name, *(key.split(":", 2)[-1] for key in keys if key)})
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
    for slug in slugs.candidates(profile):
        try:
            with db.session.begin_nested():
                profile.slug = slug
                db.session.flush()
        except IntegrityError:  # somebody has it, perhaps since this moment
            db.session.refresh(profile)
        else:
            return
