"""What an admin pastes into the profile itself when it closes (O8) or rests (E4), in each language
of its content."""

from collections.abc import Iterator
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from intake.profiles.models import Profile
from intake.profiles.states import PresenceState, ProfileState
from intake.web import locale
from intake.web.templating import long_date


def spoken(profile: Profile) -> list[str]:
    """The languages of the profile's content that we have sentences in; Finnish where none is."""
    codes = profile.texts.get("content_languages") or []
    return [code for code in codes if code in locale.NAMES] or ["fi"]


def of_closing(profile: Profile, link: str) -> list[tuple[str, str]]:
    """The announcement of a closing by language; nothing where none is announced."""
    if profile.state is not ProfileState.CLOSING_ANNOUNCED or profile.closes_on is None:
        return []
    found = []
    for code in spoken(profile):
        with force_locale(code):
            found.append((locale.NAMES[code], "\n".join(_closing(profile, link))))
    return found


def _closing(profile: Profile, link: str) -> Iterator[str]:
    yield _("This profile closes on %(date)s.", date=long_date(profile.closes_on))
    if profile.closing_reason:
        yield profile.closing_reason
    if profile.successor:
        yield _("After that: %(successor)s.", successor=profile.successor.strip().rstrip("."))
    yield link


def of_absence(profile: Profile, contact: str, day: date) -> list[tuple[str, str]]:
    """The notice of an absence by language, while it lasts or lies ahead."""
    until = profile.away_until
    if profile.presence is PresenceState.PRESENT or until is None or until < day:
        return []
    found = []
    for code in spoken(profile):
        with force_locale(code):
            days = {"begins": long_date(profile.away_from), "until": long_date(until)}
            told = _("Nobody answers here %(begins)s–%(until)s.", **days)
            instead = _("You can reach us outside social media: %(contact)s", contact=contact)
            if profile.away_cover:
                told, instead = _("We are away %(begins)s–%(until)s.", **days), profile.away_cover
            found.append((locale.NAMES[code], f"{told}\n{instead}"))
    return found
