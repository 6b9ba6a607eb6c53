"""What the register says of a profile in somebody's own words, held against the guard of what
leaves before it is stored."""

from intake import ports
from intake.profiles.models import Profile


def refuse(profile: Profile, **published: str) -> None:
    """Raise Unready where a step would publish what must not be, beside its field."""
    ports.here().guard.refuse(profile, published)


def refuse_decided(profile: Profile) -> None:
    """The same of the name and the texts that a decided request hands over."""
    texts = {name: text for name, text in profile.texts.items() if isinstance(text, str)}
    ports.here().guard.refuse(profile, {"name": profile.name, **texts})
