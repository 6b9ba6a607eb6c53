"""What is known of an address, handle or number: by its key, or by the nearest page or site above
it that is listed or a confirmed fake (A12)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from intake import addresses
from intake.addresses import SITE, Asking, Kind, Known, Reach
from intake.fakes import service as reports
from intake.people import town
from intake.register import queries
from intake.register.answer import Answer
from intake.register.entry import Entry, Status
from intake.register.queries import Match
from intake.register.verdicts import UNCHECKED, Verdict, said
from intake.web import templating


@dataclass(frozen=True)
class Asked:
    """An asking and the keys that may speak for it, the most exact first: those of one level are
    equally exact, such as those a bare handle has in each service. Of the keys `elsewhere` only
    what is bad counts: the same handle on services that were not named."""

    asking: Asking
    levels: tuple[tuple[str, ...], ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Is it a handle without its service?"""
        return self.asking.kind is Kind.HANDLE and not self.asking.service

    @property
    def keys(self) -> Iterable[str]:
        """All of them."""
        return (*(key for level in self.levels for key in level), *self.elsewhere)

    @property
    def of(self) -> Reach | Kind:
        """What the sentences call it."""
        kind, reach = self.asking.kind, self.asking.reading.reach
        return kind if kind not in (Kind.ADDRESS, Kind.HANDLE) else reach or Reach.PROFILE


def keys_of(asking: Asking, known: Known) -> Asked:
    """The keys of an asking: of a bare handle those that are spelled so, for some services overlook
    a dot and others do not; of a share link that by which reports of that very link meet."""
    reading = asking.reading
    if asking.kind is Kind.HANDLE:
        every = addresses.keys_for_handle(asking.handle, known)
        same = tuple(key for key in every if asking.handle.lower() in key.lower())
        return Asked(asking, (reading.keys if asking.service else same,), every)
    keys = reports.read(reading.text).keys if reading.note == "share_link" else reading.keys
    return Asked(asking, tuple((one,) for key in keys for one in addresses.above(key)))


@dataclass(frozen=True)
class Facts:
    """Who has or had which key, and which are a confirmed fake's."""

    found: Mapping[str, Sequence[Match]]
    fakes: Mapping[str, bool]
    known: Known

    @classmethod
    def of(cls, every: Iterable[Asked], known: Known) -> "Facts":
        """What is known of the keys of many askings, in a constant number of queries."""
        keys = {key for one in every for key in one.keys}
        return cls(queries.matches(keys), queries.fakes(keys), known)

    def answer(self, asked: Asked) -> Answer | None:
        """The most exact key that says anything is the answer; of equal ones what is bad goes
        first. None where nothing is known."""
        for level in asked.levels:
            if told := self._of_level(asked, level, is_exact=level == asked.levels[0]):
                return told
        if told := self._bad(asked, asked.elsewhere, asked.elsewhere):
            return told
        if asked.asking.reading.note == "share_link":
            return plain(asked, Verdict.UNREADABLE)
        return None

    def _of_level(self, asked: Asked, level: Sequence[str], *, is_exact: bool) -> Answer | None:
        """Only a site that is the town's own, or was called a fake as a whole, speaks for what
        lies below it."""
        keys = [key for key in level if is_exact or self._speaks_for_pages(key)]
        fakes = [key for key in level if is_exact or not self._is_front_page(key)]
        return self._bad(asked, keys, fakes) or of_matches(asked, self._matches(keys))

    def _speaks_for_pages(self, key: str) -> bool:
        is_site = key.startswith(SITE)
        return not is_site or addresses.speaks_for_site(key, self.known, town.current().owns)

    def _is_front_page(self, key: str) -> bool:
        """Is only the front page of a site a fake, as far as anybody has said?"""
        return key.startswith(SITE) and not self.fakes.get(key)

    def _matches(self, keys: Iterable[str]) -> list[Match]:
        return [match for key in keys for match in self.found.get(key, ())]

    def _bad(self, asked: Asked, keys: Iterable[str], fakes: Iterable[str]) -> Answer | None:
        """The warning that a profile of ours is in strange hands, else a confirmed fake."""
        matches = self._matches(keys)
        if alarmed := [one for one in matches if is_alarmed(one)]:
            return of_matches(asked, alarmed)
        if false := [key for key in fakes if key in self.fakes]:
            return self._fake(asked, false, [m for m in matches if m.address.key not in false])
        return None

    def _fake(self, asked: Asked, keys: Sequence[str], rest: Sequence[Match]) -> Answer:
        """A confirmed fake: that it is not the town's, nothing of who is behind it (P5); and where
        else the same handle is the town's own."""
        of = asked.of
        if of in (Reach.PAGE, Reach.SITE):
            of = Reach.SITE if any(self.fakes[key] for key in keys) else Reach.PAGE
        message = said(Verdict.FAKE, of)
        if not asked.asking.handle or asked.asking.reading.keys == tuple(keys):
            return _told(asked, Verdict.FAKE, message)
        message = _on(message, [queries.platform_name(key) for key in keys])
        also = of_matches(asked, rest) if asked.is_bare else None
        if also is None:
            return _told(asked, Verdict.FAKE, f"{message} {_elsewhere()}")
        return _told(asked, Verdict.FAKE, f"{message} {also.message}", also.profiles)


def plain(asked: Asked, verdict: Verdict, entries: Sequence[Entry] = ()) -> Answer:
    """A verdict in its own words."""
    return _told(asked, verdict, said(verdict, asked.of), entries)


def _told(asked: Asked, verdict: Verdict, message: str, entries: Sequence[Entry] = ()) -> Answer:
    asking = asked.asking
    is_key = asking.kind in (Kind.ADDRESS, Kind.HANDLE)
    reach = (asking.reading.reach or Reach.PROFILE) if is_key else None
    return Answer(asking.text, verdict, message, list(entries), [], asking.kind, reach)


def of_matches(asked: Asked, found: Sequence[Match]) -> Answer | None:
    """What the profiles say that have or had a key; of a handle on which service, where that was
    not what was asked."""
    for verdict, holds in OF_MATCHES:
        if matching := [match for match in found if holds(match)]:
            entries = list({match.entry.id: match.entry for match in matching}.values())
            message = _sentence(verdict, matching[0], asked)
            if asked.asking.handle and matching[0].address.key not in asked.asking.reading.keys:
                same = [one for one in matching if _sentence(verdict, one, asked) == message]
                message = _on(message, [match.entry.platform.name for match in same])
                message = f"{message} {_elsewhere()}"
            return _told(asked, verdict, message, entries)
    return None


def _on(message: str, names: Sequence[str]) -> str:
    """The sentence with the services it is true of."""
    return f"{', '.join(dict.fromkeys(names))}: {message}"


def _elsewhere() -> str:
    return str(_("On other services someone else may use the same handle."))


def is_alarmed(match: Match) -> bool:
    """Is this the address today of a profile that the town has lost or that is taken over?"""
    return match.is_current and match.entry.is_alarmed


def _is(status: Status) -> Callable[[Match], bool]:
    return lambda match: match.is_current and match.entry.status is status


OF_MATCHES: tuple[tuple[Verdict, Callable[[Match], bool]], ...] = (
    (Verdict.WARNING, is_alarmed),
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
        return warning(match.entry)
    told = said(verdict, asked.of) % {"date": templating.long_date(days.get(verdict))}
    is_genuine = verdict in (Verdict.OFFICIAL, Verdict.CLOSING)
    told = " ".join((told, *_meanwhile(match.entry))) if is_genuine else told
    return f"{told} {UNCHECKED}" if is_genuine and asked.asking.reading.deep_link else told


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


def warning(entry: Entry) -> str:
    """What is wrong with the profile, and where else to reach the town."""
    channel = entry.interim_channel or entry.contact
    return " ".join((entry.warning, _("You can reach us here: %(channel)s", channel=channel)))
