"""Is this profile genuine? One verdict for each text: from its key, or from the nearest page or
site above it that is listed or a confirmed fake (A12)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from intake import addresses
from intake.addresses import SITE, Known, Reach, Reading
from intake.data import word_index
from intake.fakes import service as reports
from intake.people import town
from intake.register import lookalikes, queries
from intake.register.entry import Entry, Status
from intake.register.lookalikes import Similar
from intake.register.queries import Match
from intake.register.verdicts import LOOKS, REPORTED, SENTENCES, UNCHECKED, Verdict
from intake.web import templating

LONGEST = 2048  # characters of a text
MOST = 100  # texts at once


NUMBER = re.compile(r"^ (?=[1-9][0-9 ()./-]{5,30}$)")


def asked(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What a query asks: a number whose plus was not written as %2B begins with a blank there."""
    found = MultiDict(sent)
    if "q" in sent:
        found.setlist("q", [NUMBER.sub("+", text, count=1) for text in sent.getlist("q")])
    return found


@dataclass(frozen=True)
class Answer:
    """A verdict and its sentences: `heading` is the first of `message`, `text` the rest."""

    query: str
    verdict: Verdict
    message: str
    profiles: list[Entry] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)

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
    def imitated(self) -> str | None:
        """The slug of the profile that a fake would imitate."""
        return self.similar[0].entry.slug if self.similar else None

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
            "similar": [one.as_json() for one in self.similar],
            "message": self.message,
        }


def answer(text: str, known: Known) -> Answer:
    """The answer to one text."""
    return answers([text], known)[0]


def answers(texts: Sequence[str], known: Known) -> list[Answer]:
    """The answers to up to a hundred texts, in a constant number of queries."""
    asked = [_asked(addresses.read(text, known), known) for text in texts]
    keys = [key for one in asked for level in one.levels for key in level]
    found, fakes = queries.matches(keys), queries.fakes(keys)
    named = queries.named(texts)
    told = [
        _answer(one, found, fakes, known, named.get(word_index.folded(one.reading.text), []))
        for one in asked
    ]
    return _with_lookalikes(asked, told, known)


@dataclass(frozen=True)
class Asked:
    """A text as it was read, and the keys that may speak for it, the most exact first: those of
    one level are equally exact, such as those a bare handle has in each service."""

    reading: Reading
    levels: tuple[tuple[str, ...], ...]

    @property
    def is_bare(self) -> bool:
        """Is it a bare handle?"""
        return self.reading.note == "bare_handle"

    @property
    def reach(self) -> Reach:
        """What the text names, as the sentences call it."""
        return self.reading.reach or Reach.PROFILE


def _with_lookalikes(asked: list[Asked], told: list[Answer], known: Known) -> list[Answer]:
    """Of what is in no list, whether it resembles a listed profile."""
    unknown = [at for at, answer in enumerate(told) if answer.verdict is Verdict.UNKNOWN]
    found = lookalikes.similar([asked[at].reading for at in unknown], known)
    for at, some in zip(unknown, found, strict=True):
        if some:
            told[at] = replace(_plain(asked[at], Verdict.LOOKALIKE), similar=some)
    return told


def _asked(reading: Reading, known: Known) -> Asked:
    """Of a share link the key counts by which reports of that very link meet."""
    if reading.note == "bare_handle":
        return Asked(reading, (addresses.keys_for_handle(reading.value or "", known),))
    keys = reports.read(reading.text).keys if reading.note == "share_link" else reading.keys
    return Asked(reading, tuple((one,) for key in keys for one in addresses.above(key)))


def _answer(
    asked: Asked,
    found: dict[str, list[Match]],
    fakes: Mapping[str, bool],
    known: Known,
    named: list[Entry],
) -> Answer:
    """The most exact key that says anything is the answer; of one key a fake before the rest, but
    for the warning that a profile of ours is in strange hands."""
    for level in asked.levels:
        is_exact = level == asked.levels[0]
        matches = [
            match
            for key in level
            for match in found.get(key, ())
            if is_exact or _speaks_for_what_is_below(key, known)
        ]
        false = [key for key in level if is_exact or not _is_narrow(key, fakes) if key in fakes]
        told = (
            _of_matches(asked, [one for one in matches if _is_alarmed(one)])
            or _of_matches(asked, [one for one in matches if one.address.key not in false])
            or (_fake(asked, false, fakes) if false else None)
        )
        if told:
            return told
    if asked.reading.note == "share_link":
        return _plain(asked, Verdict.UNREADABLE)
    if named:
        return _plain(asked, Verdict.NAME, named)
    return _plain(asked, Verdict.UNKNOWN)


def _speaks_for_what_is_below(key: str, known: Known) -> bool:
    """A listed site speaks for its pages only where all of it is the town's own."""
    return not key.startswith(SITE) or addresses.speaks_for_site(key, known, town.current().owns)


def _is_narrow(key: str, fakes: Mapping[str, bool]) -> bool:
    """Is only the front page of a site a fake, as far as anybody has said?"""
    return key.startswith(SITE) and not fakes.get(key)


def _of_matches(asked: Asked, found: list[Match]) -> Answer | None:
    for verdict, holds in OF_MATCHES:
        if matching := [match for match in found if holds(match)]:
            entries = list({match.entry.id: match.entry for match in matching}.values())
            message = _sentence(verdict, matching[0], asked)
            if asked.is_bare:
                same = [one for one in matching if _sentence(verdict, one, asked) == message]
                message = _of_handle(message, same)
            return Answer(asked.reading.text, verdict, message, entries)
    return None


def _plain(asked: Asked, verdict: Verdict, entries: Sequence[Entry] = ()) -> Answer:
    return Answer(asked.reading.text, verdict, _said(verdict, asked.reach), list(entries))


def _fake(asked: Asked, keys: list[str], fakes: Mapping[str, bool]) -> Answer:
    """A confirmed fake: that it is not the town's, nothing of who is behind it (P5)."""
    reach = asked.reach
    if reach is not Reach.PROFILE:
        reach = Reach.SITE if any(fakes[key] for key in keys) else Reach.PAGE
    message = _said(Verdict.FAKE, reach)
    if asked.is_bare:
        message = _on(message, [queries.platform_name(key) for key in keys])
    return Answer(asked.reading.text, Verdict.FAKE, message)


def _of_handle(message: str, matching: list[Match]) -> str:
    return _on(message, [match.entry.platform.name for match in matching])


def _on(message: str, names: Sequence[str]) -> str:
    """The sentence with the services it is true of, and that it says nothing of others."""
    services = ", ".join(dict.fromkeys(names))
    also = _("On other services someone else may use the same handle.")
    return f"{services}: {message} {also}"


def _is_alarmed(match: Match) -> bool:
    return match.is_current and match.entry.is_alarmed


def _is(status: Status) -> Callable[[Match], bool]:
    return lambda match: match.is_current and match.entry.status is status


OF_MATCHES: tuple[tuple[Verdict, Callable[[Match], bool]], ...] = (
    (Verdict.WARNING, _is_alarmed),
    (Verdict.OFFICIAL, _is(Status.OFFICIAL)),
    (Verdict.CLOSING, _is(Status.CLOSING)),
    (Verdict.ENDED, _is(Status.ENDED)),
    (Verdict.CLOSED, lambda match: match.entry.is_closed),
    (Verdict.FORMER, lambda match: not match.is_current),
)


def _sentence(verdict: Verdict, match: Match, asked: Asked) -> str:
    days = {
        Verdict.CLOSING: match.entry.closes_on,
        Verdict.ENDED: match.entry.ended_on,
        Verdict.CLOSED: match.entry.closed_on,
        Verdict.FORMER: match.until,
    }
    if verdict is Verdict.WARNING:
        return _warning(match.entry)
    told = _said(verdict, asked.reach) % {"date": templating.long_date(days.get(verdict))}
    is_genuine = verdict in (Verdict.OFFICIAL, Verdict.CLOSING)
    told = " ".join((told, *_meanwhile(match.entry))) if is_genuine else told
    return f"{told} {UNCHECKED}" if is_genuine and asked.reading.deep_link else told


def _meanwhile(entry: Entry) -> Iterator[str]:
    """What else is true of a genuine profile today."""
    if entry.stage is Status.CLOSING and entry.successor:
        successor = entry.successor.strip().rstrip(".")
        yield _("After that: %(successor)s.", successor=successor)
    if entry.unconfirmed_since:
        day = templating.long_date(entry.unconfirmed_since)
        yield _("Nobody has confirmed it since %(date)s.", date=day)
    if entry.is_quiet:
        yield _("It is quiet until %(date)s.", date=templating.long_date(entry.away_until))


def _said(verdict: Verdict, reach: Reach) -> str:
    sentences = SENTENCES[verdict]
    return str(sentences.get(reach, sentences[Reach.PROFILE]))


def _warning(entry: Entry) -> str:
    """What is wrong with the profile, and where else to reach the town."""
    channel = entry.interim_channel or entry.contact
    return " ".join((entry.warning, _("You can reach us here: %(channel)s", channel=channel)))
