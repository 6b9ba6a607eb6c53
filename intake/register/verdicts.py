"""The verdicts of the check, and what each of them says."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.addresses import Kind, Reach


class Verdict(StrEnum):
    """What is known of one thing that somebody asks about, the worst first: of several the first
    is told first."""

    WARNING = "warning"
    FAKE = "fake"
    LOOKALIKE = "lookalike"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    FORMER = "former"
    CLOSED = "closed"
    ENDED = "ended"
    CLOSING = "closing"
    NAME = "name"
    OFFICIAL = "official"

    @property
    def rank(self) -> int:
        """Its place among the verdicts, 0 for the worst."""
        return RANKS[self]


RANKS = {verdict: rank for rank, verdict in enumerate(Verdict)}
REPORTED = (
    Verdict.WARNING,
    Verdict.FAKE,
    Verdict.LOOKALIKE,
    Verdict.UNREADABLE,
    Verdict.UNKNOWN,
    Verdict.ENDED,
)
LOOKS = {
    Verdict.WARNING: ("bad", "stop"),
    Verdict.FAKE: ("bad", "flag"),
    Verdict.LOOKALIKE: ("warn", "warning"),
    Verdict.UNREADABLE: ("calm", "unknown"),
    Verdict.UNKNOWN: ("calm", "unknown"),
    Verdict.FORMER: ("calm", "stop"),
    Verdict.CLOSED: ("calm", "stop"),
    Verdict.ENDED: ("warn", "clock"),
    Verdict.CLOSING: ("warn", "clock"),
    Verdict.NAME: ("calm", "list"),
    Verdict.OFFICIAL: ("ok", "genuine"),
}


def said(verdict: Verdict, of: Reach | Kind) -> str:
    """What a verdict says of a profile, page or site, or of what is none of them, such as a
    number; nothing that is not the town's for sure is left without advice."""
    sentences = SENTENCES[verdict]
    told = str(sentences.get(of, sentences[Reach.PROFILE]))
    advice = None if of is Kind.REFERENCE else ADVICE.get(verdict)
    return f"{told} {advice}" if advice else told


ADVICE = {
    Verdict.FAKE: _l("Do not answer it, and give it no data or money."),
    Verdict.UNREADABLE: _l("Do not give data or money before you know."),
    Verdict.UNKNOWN: _l("Do not give data or money before you know."),
}
# The link leads to a post, a picture or a place beyond a profile.
UNCHECKED = _l("The profile is genuine; what the link leads to in it was not checked.")
PROFILE, PAGE, SITE = Reach.PROFILE, Reach.PAGE, Reach.SITE
SENTENCES: dict[Verdict, dict[Reach | Kind, Any]] = {
    Verdict.OFFICIAL: {
        PROFILE: _l("This is an official profile of the town."),
        PAGE: _l("This is an official page of the town."),
        SITE: _l("This is an official site of the town."),
    },
    Verdict.CLOSING: {
        PROFILE: _l("This is an official profile of the town. It closes on %(date)s."),
        PAGE: _l("This is an official page of the town. It closes on %(date)s."),
        SITE: _l("This is an official site of the town. It closes on %(date)s."),
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
        SITE: _l(
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
        SITE: _l(
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
        SITE: _l(
            "This was the address of a town site until %(date)s. If someone uses it now, it is "
            "not the town."
        ),
    },
    Verdict.FAKE: {
        PROFILE: _l("This is not the town's profile. We are dealing with it."),
        PAGE: _l("This page is not the town's. We are dealing with it."),
        SITE: _l("This site is not the town's. We are dealing with it."),
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
        SITE: _l(
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
        SITE: _l(
            "The site is not in the town's list of official profiles. That does not yet mean it "
            "is fake. Report it if you suspect one."
        ),
        Kind.PHONE: _l(
            "The number is not in the town's list of official profiles. The list does not have all "
            "of the town's numbers."
        ),
        Kind.MAIL: _l(
            "The list has no e-mail addresses. It tells only which profiles in social media are "
            "the town's."
        ),
        Kind.REFERENCE: _l(
            "This is a reference and no profile. You can follow your report with its code."
        ),
        Kind.NAME: _l(
            "We found no official profile by this name. That does not yet mean the one you saw is "
            "fake. Check the address of the profile, too, and report it if you suspect a fake."
        ),
    },
}
# Where the name is another than that of the profile: bent, misspelt, or of its unit.
CLOSE_NAME = _l(
    "These official profiles match what you wrote. A name does not show whether the profile you "
    "saw is genuine."
)
