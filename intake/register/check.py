"""Is this profile genuine? One verdict for each text, from equal canonical keys only (A12)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import addresses
from intake.addresses import Known, Reading
from intake.data import word_index
from intake.fakes import service as reports
from intake.register import queries
from intake.register.entry import Entry, Status
from intake.register.queries import Match
from intake.web import templating

LONGEST = 2048  # characters of a text
MOST = 100  # texts at once


class Verdict(StrEnum):
    """What is known of a text, in this order: the first that holds is the answer.

    A later issue puts `lookalike` between `fake` and `unreadable`.
    """

    WARNING = "warning"
    OFFICIAL = "official"
    CLOSING = "closing"
    CLOSED = "closed"
    FORMER = "former"
    FAKE = "fake"
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
    def offers_report(self) -> bool:
        """May there be a fake to report?"""
        return self.verdict in REPORTED

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


REPORTED = (Verdict.WARNING, Verdict.FAKE, Verdict.UNREADABLE, Verdict.UNKNOWN)
LOOKS = {
    Verdict.WARNING: ("bad", "stop"),
    Verdict.OFFICIAL: ("ok", "genuine"),
    Verdict.CLOSING: ("warn", "clock"),
    Verdict.CLOSED: ("calm", "stop"),
    Verdict.FORMER: ("calm", "stop"),
    Verdict.FAKE: ("bad", "flag"),
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
    keys = [_keys(reading, known) for reading in readings]
    found = queries.matches(key for line in keys for key in line)
    fakes = queries.fakes(key for line in keys for key in line)
    named = queries.named(texts)
    return [
        _answer(
            reading,
            [match for key in line for match in found.get(key, [])],
            [key for key in line if key in fakes],
            named.get(word_index.folded(reading.text), []),
        )
        for reading, line in zip(readings, keys, strict=True)
    ]


def _keys(reading: Reading, known: Known) -> tuple[str, ...]:
    """The keys of an address; of a bare handle those it has in each service; of a share link the
    one by which reports of that very link meet."""
    if _is_bare(reading):
        return addresses.keys_for_handle(reading.value or "", known)
    if reading.note == "share_link":
        return reports.read(reading.text).keys
    return reading.keys


def _is_bare(reading: Reading) -> bool:
    return reading.note == "bare_handle"


def _answer(reading: Reading, found: list[Match], fakes: list[str], named: list[Entry]) -> Answer:
    for verdict, holds in OF_MATCHES:
        if matching := [match for match in found if holds(match)]:
            entries = list({match.entry.id: match.entry for match in matching}.values())
            message = _sentence(verdict, matching[0])
            if _is_bare(reading):
                same = [match for match in matching if _sentence(verdict, match) == message]
                message = _of_handle(message, same)
            return Answer(reading.text, verdict, message, entries)
    if fakes:
        return _fake(reading, fakes)
    if reading.note == "share_link":
        return _plain(reading, Verdict.UNREADABLE)
    if named:
        return _plain(reading, Verdict.NAME, named)
    return _plain(reading, Verdict.UNKNOWN)


def _plain(reading: Reading, verdict: Verdict, entries: Sequence[Entry] = ()) -> Answer:
    return Answer(reading.text, verdict, str(SENTENCES[verdict]), list(entries))


def _fake(reading: Reading, keys: list[str]) -> Answer:
    """A confirmed fake: that it is not the town's, nothing of who is behind it (P5)."""
    message = str(SENTENCES[Verdict.FAKE])
    if _is_bare(reading):
        message = _on(message, [queries.platform_name(key) for key in keys])
    return Answer(reading.text, Verdict.FAKE, message)


def _of_handle(message: str, matching: list[Match]) -> str:
    return _on(message, [match.entry.platform.name for match in matching])


def _on(message: str, names: Sequence[str]) -> str:
    """The sentence with the services it is true of, and that it says nothing of others."""
    services = ", ".join(dict.fromkeys(names))
    also = _("On other services someone else may use the same handle.")
    return f"{services}: {message} {also}"


def _is(status: Status) -> Callable[[Match], bool]:
    return lambda match: match.is_current and match.entry.status is status


OF_MATCHES: tuple[tuple[Verdict, Callable[[Match], bool]], ...] = (
    (Verdict.WARNING, lambda match: match.is_current and match.entry.is_alarmed),
    (Verdict.OFFICIAL, _is(Status.OFFICIAL)),
    (Verdict.CLOSING, _is(Status.CLOSING)),
    (Verdict.CLOSED, lambda match: match.entry.is_closed),
    (Verdict.FORMER, lambda match: not match.is_current),
)


def _sentence(verdict: Verdict, match: Match) -> str:
    days = {
        Verdict.CLOSING: match.entry.closes_on,
        Verdict.CLOSED: match.entry.closed_on,
        Verdict.FORMER: match.until,
    }
    told = str(SENTENCES[verdict]) % {"date": templating.long_date(days.get(verdict))}
    return told if verdict is not Verdict.WARNING else _warning(match.entry)


def _warning(entry: Entry) -> str:
    """What is wrong with the profile, and where else to reach the town."""
    channel = entry.interim_channel or entry.contact
    return " ".join((entry.warning, _("You can reach us here: %(channel)s", channel=channel)))


SENTENCES = {
    Verdict.WARNING: "",
    Verdict.OFFICIAL: _l("This is an official profile of the town."),
    Verdict.CLOSING: _l("This is an official profile of the town. It closes on %(date)s."),
    Verdict.CLOSED: _l(
        "This was an official profile, closed on %(date)s. If someone uses the address now, "
        "it is not the town."
    ),
    Verdict.FORMER: _l(
        "This was the address of a town profile until %(date)s. If someone uses it now, it is "
        "not the town."
    ),
    Verdict.FAKE: _l("This is not the town's profile. We are dealing with it."),
    Verdict.UNREADABLE: _l(
        "We cannot tell which profile this share link leads to. Open the profile and copy its "
        "own address."
    ),
    Verdict.NAME: _l(
        "These official profiles have that name. A name does not show whether the profile you "
        "saw is genuine."
    ),
    Verdict.UNKNOWN: _l(
        "The profile is not in the town's list of official profiles. That does not yet mean it "
        "is fake. Report it if you suspect one."
    ),
}
