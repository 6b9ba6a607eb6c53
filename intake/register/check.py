"""Is this profile genuine? One verdict for each text, from equal canonical keys only (A12)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from intake import addresses, search, templating
from intake.addresses import Known, Reading
from intake.register import queries
from intake.register.entry import Entry, Status
from intake.register.queries import Match

LONGEST = 2048  # characters of a text
MOST = 100  # texts at once
BARE = re.compile(r"@?[\w.-]{2,100}")
# One address for each kind of name that people know without its service.
PLACES = (
    "https://www.facebook.com/{}",
    "https://www.instagram.com/{}",
    "https://www.threads.net/@{}",
    "https://x.com/{}",
    "https://www.youtube.com/@{}",
    "https://www.tiktok.com/@{}",
    "https://www.linkedin.com/company/{}",
    "https://www.linkedin.com/school/{}",
    "https://www.linkedin.com/showcase/{}",
    "https://www.linkedin.com/in/{}",
    "https://www.snapchat.com/add/{}",
    "https://t.me/{}",
    "https://bsky.app/profile/{}",
    "https://www.reddit.com/user/{}",
    "https://www.flickr.com/photos/{}",
    "https://www.pinterest.com/{}",
)


class Verdict(StrEnum):
    """What is known of a text, in this order: the first that holds is the answer.

    Later issues put `warning` first, and `fake` and `lookalike` between `former` and `unreadable`.
    """

    OFFICIAL = "official"
    CLOSING = "closing"
    CLOSED = "closed"
    FORMER = "former"
    UNREADABLE = "unreadable"
    NAME = "name"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """A verdict and its sentences: `heading` is the first of `message`, `text` the rest."""

    query: str
    verdict: Verdict
    message: str
    profiles: list[Entry] = field(default_factory=list)
    similar: list[Any] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The first sentence."""
        return self.message.partition(". ")[0] + ("." if self.text else "")

    @property
    def text(self) -> str:
        """The rest."""
        return self.message.partition(". ")[2]

    @property
    def looks(self) -> tuple[str, str]:
        """Kind of colour and shape of icon."""
        return LOOKS[self.verdict]

    def as_json(self) -> dict[str, Any]:
        """As the API tells it."""
        return {
            "query": self.query,
            "verdict": self.verdict.value,
            "profiles": [entry.as_json() for entry in self.profiles],
            "similar": self.similar,
            "message": self.message,
        }


LOOKS = {
    Verdict.OFFICIAL: ("ok", "genuine"),
    Verdict.CLOSING: ("warn", "clock"),
    Verdict.CLOSED: ("calm", "stop"),
    Verdict.FORMER: ("calm", "stop"),
    Verdict.UNREADABLE: ("calm", "unknown"),
    Verdict.NAME: ("calm", "list"),
    Verdict.UNKNOWN: ("calm", "unknown"),
}


def answer(text: str, known: Known) -> Answer:
    """The answer to one text."""
    return answers([text], known)[0]


def answers(texts: Sequence[str], known: Known) -> list[Answer]:
    """The answers to up to a hundred texts, in a constant number of queries."""
    readings = [addresses.read(text, known) for text in texts]
    bare = [_keys_of_handle(reading, known) for reading in readings]
    keys = [[*reading.keys, *more] for reading, more in zip(readings, bare, strict=True)]
    found = queries.matches(key for line in keys for key in line)
    named = queries.named(texts)
    return [
        _answer(
            reading,
            [match for key in line for match in found.get(key, [])],
            named.get(search.folded(reading.text), []),
            is_bare=bool(more),
        )
        for reading, line, more in zip(readings, keys, bare, strict=True)
    ]


def _keys_of_handle(reading: Reading, known: Known) -> list[str]:
    """The keys that a bare handle has in each service; none for what names its service."""
    handle = reading.text.strip()
    if reading.keys or not BARE.fullmatch(handle):
        return []
    handle = handle.removeprefix("@")
    places = [place.format(handle) for place in PLACES]
    places += [f"@{handle}@{server}" for server in sorted(known.mastodon_servers)]
    return [key for place in places for key in addresses.read(place, known).keys]


def _answer(reading: Reading, found: list[Match], named: list[Entry], *, is_bare: bool) -> Answer:
    for verdict, holds in OF_MATCHES:
        if matching := [match for match in found if holds(match)]:
            entries = list({match.entry.id: match.entry for match in matching}.values())
            message = _sentence(verdict, matching[0])
            if is_bare:
                services = ", ".join(dict.fromkeys(entry.platform.name for entry in entries))
                also = _("On other services someone else may use the same handle.")
                message = f"{services}: {message} {also}"
            return Answer(reading.text, verdict, message, entries)
    if reading.is_opaque:
        return Answer(reading.text, Verdict.UNREADABLE, _unreadable())
    if named:
        return Answer(reading.text, Verdict.NAME, _name(), named)
    return Answer(reading.text, Verdict.UNKNOWN, _unknown())


def _is(status: Status) -> Callable[[Match], bool]:
    return lambda match: match.is_current and match.entry.status is status


OF_MATCHES: tuple[tuple[Verdict, Callable[[Match], bool]], ...] = (
    (Verdict.OFFICIAL, _is(Status.OFFICIAL)),
    (Verdict.CLOSING, _is(Status.CLOSING)),
    (Verdict.CLOSED, lambda match: match.entry.is_closed),
    (Verdict.FORMER, lambda match: not match.is_current),
)


def _sentence(verdict: Verdict, match: Match) -> str:
    if verdict is Verdict.OFFICIAL:
        return _("This is an official profile of the town.")
    if verdict is Verdict.CLOSING:
        return _(
            "This is an official profile of the town. It closes on %(date)s.",
            date=templating.long_date(match.entry.closes_on),
        )
    if verdict is Verdict.CLOSED:
        return _(
            "This was an official profile, closed on %(date)s. If someone uses the address now, "
            "it is not the town.",
            date=templating.long_date(match.entry.closed_on),
        )
    return _(
        "This was the address of a town profile until %(date)s. If someone uses it now, it is "
        "not the town.",
        date=templating.long_date(match.until),
    )


def _unreadable() -> str:
    return _(
        "We cannot tell which profile this share link leads to. Open the profile and copy its "
        "own address."
    )


def _name() -> str:
    return _(
        "These official profiles have that name. A name does not show whether the profile you "
        "saw is genuine."
    )


def _unknown() -> str:
    return _(
        "The profile is not in the town's list of official profiles. That does not yet mean it "
        "is fake. Report it if you suspect one."
    )
