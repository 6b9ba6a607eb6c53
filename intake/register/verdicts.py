"""What the check can answer: verdicts in their order, how each looks and what it says."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.addresses import Reach


class Verdict(StrEnum):
    """What is known of a text."""

    WARNING = "warning"
    OFFICIAL = "official"
    CLOSING = "closing"
    ENDED = "ended"
    CLOSED = "closed"
    FORMER = "former"
    FAKE = "fake"
    LOOKALIKE = "lookalike"
    UNREADABLE = "unreadable"
    NAME = "name"
    UNKNOWN = "unknown"


REPORTED = (
    Verdict.WARNING,
    Verdict.ENDED,
    Verdict.FAKE,
    Verdict.LOOKALIKE,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN,
)
LOOKS = {
    Verdict.WARNING: ("bad", "stop"),
    Verdict.OFFICIAL: ("ok", "genuine"),
    Verdict.CLOSING: ("warn", "clock"),
    Verdict.ENDED: ("warn", "clock"),
    Verdict.CLOSED: ("calm", "stop"),
    Verdict.FORMER: ("calm", "stop"),
    Verdict.FAKE: ("bad", "flag"),
    Verdict.LOOKALIKE: ("warn", "warning"),
    Verdict.UNREADABLE: ("calm", "unknown"),
    Verdict.NAME: ("calm", "list"),
    Verdict.UNKNOWN: ("calm", "unknown"),
}

# The link leads to a post, a picture or a place beyond a profile.
UNCHECKED = _l("The profile is genuine; what the link leads to in it was not checked.")
PROFILE, PAGE, SITE_ = Reach.PROFILE, Reach.PAGE, Reach.SITE
SENTENCES: dict[Verdict, dict[Reach, Any]] = {
    Verdict.OFFICIAL: {
        PROFILE: _l("This is an official profile of the town."),
        PAGE: _l("This is an official page of the town."),
        SITE_: _l("This is an official site of the town."),
    },
    Verdict.CLOSING: {
        PROFILE: _l("This is an official profile of the town. It closes on %(date)s."),
        PAGE: _l("This is an official page of the town. It closes on %(date)s."),
        SITE_: _l("This is an official site of the town. It closes on %(date)s."),
    },
    Verdict.ENDED: {
        PROFILE: _l(
            "This was an official profile of the town until %(date)s. That day has passed, and "
            "the town has not confirmed what became of it. Do not rely on it."
        ),
        PAGE: _l(
            "This was an official page of the town until %(date)s. That day has passed, and the "
            "town has not confirmed what became of it. Do not rely on it."
        ),
        SITE_: _l(
            "This was an official site of the town until %(date)s. That day has passed, and the "
            "town has not confirmed what became of it. Do not rely on it."
        ),
    },
    Verdict.CLOSED: {
        PROFILE: _l(
            "This was an official profile, closed on %(date)s. If someone uses the address now, "
            "it is not the town."
        ),
        PAGE: _l(
            "This was an official page, closed on %(date)s. If someone uses the address now, "
            "it is not the town."
        ),
        SITE_: _l(
            "This was an official site, closed on %(date)s. If someone uses the address now, "
            "it is not the town."
        ),
    },
    Verdict.FORMER: {
        PROFILE: _l(
            "This was the address of a town profile until %(date)s. If someone uses it now, it is "
            "not the town."
        ),
        PAGE: _l(
            "This was the address of a town page until %(date)s. If someone uses it now, it is "
            "not the town."
        ),
        SITE_: _l(
            "This was the address of a town site until %(date)s. If someone uses it now, it is "
            "not the town."
        ),
    },
    Verdict.FAKE: {
        PROFILE: _l("This is not the town's profile. We are dealing with it."),
        PAGE: _l("This page is not the town's. We are dealing with it."),
        SITE_: _l("This site is not the town's. We are dealing with it."),
    },
    Verdict.LOOKALIKE: {
        PROFILE: _l(
            "The profile is not in the list but resembles one of the town's own. We do not know "
            "who uses it. Do not give it your information or money."
        ),
        PAGE: _l(
            "The page is not in the list but resembles one of the town's own. We do not know "
            "who runs it. Do not give it your information or money."
        ),
        SITE_: _l(
            "The site is not in the list but resembles one of the town's own. We do not know "
            "who runs it. Do not give it your information or money."
        ),
    },
    Verdict.UNREADABLE: {
        PROFILE: _l(
            "We cannot tell which profile this share link leads to. Open the profile and copy its "
            "own address."
        ),
    },
    Verdict.NAME: {
        PROFILE: _l(
            "These official profiles have that name. A name does not show whether the profile you "
            "saw is genuine."
        ),
    },
    Verdict.UNKNOWN: {
        PROFILE: _l(
            "The profile is not in the town's list of official profiles. That does not yet mean it "
            "is fake. Report it if you suspect one."
        ),
        PAGE: _l(
            "The page is not in the town's list of official profiles. That does not yet mean it "
            "is fake. Report it if you suspect one."
        ),
        SITE_: _l(
            "The site is not in the town's list of official profiles. That does not yet mean it "
            "is fake. Report it if you suspect one."
        ),
    },
}
