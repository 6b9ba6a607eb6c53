"""What mechanism needs from above, in one place: filled in `create_app`, typed, and no strings.

The packages below the rooms know no room; what they must ask of one, or collect from all, is an
attribute here. Other people's extensions keep their own keys.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from flask import Flask, current_app

if TYPE_CHECKING:
    from sqlalchemy import Select

    from intake.data.cache import CommitCache
    from intake.data.full_text import Source
    from intake.data.write import WriteLock
    from intake.engine.duties import Call, Duty
    from intake.engine.jobs import Job
    from intake.engine.outbox import Message
    from intake.engine.step_view import StepPages
    from intake.engine.tracks import Notice, Track
    from intake.engine.witness import Witness
    from intake.security.field_encryption import Cipher
    from intake.web.assets import Asset
    from intake.web.forms import Problem
    from intake.web.rate_limit import Limiter
    from intake.web.templating import Entry


class Town(Protocol):
    """The town's settings, as far as mechanism asks for them by name."""

    @property
    def languages(self) -> Sequence[str]:
        """Codes of its languages, its first language first."""

    @property
    def is_demo(self) -> bool:
        """Is it the invented town?"""

    @property
    def register_page(self) -> str:
        """The page of its own site that tells of the register, empty where there is none."""

    @property
    def contact_email(self) -> str:
        """Where people write to."""

    @property
    def phone(self) -> str:
        """Where people call."""

    @property
    def mail_domains(self) -> Sequence[str]:
        """The domains of its own addresses."""


class Reader(Protocol):
    """Who gets a letter: a person, one of the town's contacts, or whoever sent a report."""

    @property
    def email(self) -> str:
        """Where the letter goes."""

    @property
    def language(self) -> str:
        """The language it is in."""


class StaffChanges(Protocol):
    """What follows in each room when somebody leaves or moves, inside the write that does it."""

    def person_left(self, person: Any, by: Any, now: datetime, /) -> None:
        """Somebody has left the town's service."""

    def person_moved(self, person: Any, by: Any, now: datetime, /) -> None:
        """Somebody works elsewhere in the town."""

    def organisation_changed(self, by: Any, now: datetime, /) -> None:
        """Heads, deputies or absences changed: who decides may be another."""

    def unit_holds(self, unit: Any, /) -> "list[Problem]":
        """Why a unit cannot end yet."""

    def work_of(self, person: Any, reader: Any, now: datetime, /) -> Iterable[Any]:
        """What ends or goes on when a person leaves, as their page shows it."""


class Guard(Protocol):
    """What is looked for in every text that leaves: see `fakes.guard`."""

    def masked(self, subject: Any, text: str, /) -> str:
        """A letter about a subject, without what must not leave."""

    def refuse(self, profile: Any, published: Mapping[str, Any], /) -> None:
        """Raise Unready where a text of a profile, by its field, must not be published."""


class Use(Protocol):
    """How a room uses the handbook: see `handbook.uses.Use`."""

    @property
    def people(self) -> Callable[[], "Select[Any]"]:
        """Ids of those whom guidelines and trainings are for."""

    @property
    def count(self) -> Callable[[str], int]:
        """How many open matters of the room are on a platform."""

    @property
    def held(self) -> Callable[[str], list[Any]]:
        """The keys that rest on a host."""


@dataclass
class Ports:
    """Functions of the rooms that mechanism calls, then what each part adds to."""

    town: Callable[[], Town]
    names: Callable[[Iterable[str]], Mapping[str, Any]]  # people by id
    active_person: Callable[[str], Any]  # by id, None where they have left
    readers: list[Callable[[str], Any]]  # asked in turn for whoever gets a letter, by id
    ask_to_sign_in: Callable[[], Any]
    event: "Callable[[Message], str]"  # what happened, in the reader's language
    duty: "Callable[[str, Any, Any], Duty | None]"  # what waits: track, subject, person
    staff: StaffChanges
    guard: Guard
    is_clock_trusted: Callable[[datetime], bool]  # may anything be erased at this moment?

    address_is_used: Callable[[Any, str, Any, datetime], None]  # a closed one's, by somebody

    finishing: list[Callable[[], None]]  # done in turn at the end of each write
    navigation: "list[Entry]" = field(default_factory=list)
    upkeep: "list[Entry]" = field(default_factory=list)
    step_pages: "list[StepPages]" = field(default_factory=list)
    calls: "list[Callable[[datetime], Iterable[Call]]]" = field(default_factory=list)
    jobs: "list[Job]" = field(default_factory=list)
    shipped: list[Callable[[datetime], None]] = field(default_factory=list)  # filled in at a start
    stored_keys: list[Callable[[Any, datetime], None]] = field(default_factory=list)  # read anew
    tracks: "dict[str, Track]" = field(default_factory=dict)
    notices: "dict[str, Notice]" = field(default_factory=dict)
    witnesses: "dict[str, Witness]" = field(default_factory=dict)  # by the name of their table
    search_sources: "dict[str, Source]" = field(default_factory=dict)  # by their names
    histories: dict[str, dict[str, Any]] = field(default_factory=dict)
    handbook_uses: dict[str, Use] = field(default_factory=dict)
    beside_profile: list[Callable[[Any, Any, datetime], list[tuple[str, Any]]]] = field(
        default_factory=list
    )

    assets: "dict[str, Asset]" = field(default_factory=dict)
    cipher: "Cipher | None" = None
    commit_cache: "CommitCache" = field(init=False)
    write_lock: "WriteLock" = field(init=False)
    limiter: "Limiter" = field(init=False)

    def reader(self, reader_id: str) -> Any:
        """Whoever gets a letter, None where nobody has the id any more."""
        return next((found for one in self.readers if (found := one(reader_id))), None)


def of(app: Flask) -> Ports:
    """The ports of an application."""
    found: Ports = app.extensions["ports"]
    return found


def here() -> Ports:
    """The ports of the application at work."""
    return of(current_app)
