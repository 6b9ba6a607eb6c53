"""What is known of a name: the profiles it means, and what in words must never be overlooked."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from intake import addresses
from intake.addresses import Asking, Kind
from intake.data import full_text
from intake.register import alarms, queries
from intake.register.alarms import Alarms
from intake.register.answer import Answer
from intake.register.entry import Entry
from intake.register.keyed import Asked, warning
from intake.register.verdicts import CLOSE_NAME, Verdict, said

WORD = re.compile(r"[\w.·-]*\w")


@dataclass(frozen=True)
class Names:
    """What is listed under some names, and what is alarming in words."""

    exact: Mapping[str, list[Entry]]
    alarms: Alarms

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """What some names mean as they stand, in a constant number of queries."""
        return cls(queries.named(names), alarms.current())

    def answer(self, asking: Asking) -> Answer | None:
        """The profiles that have a name, or that it is most likely meant for; None where there are
        none. Those that were lost or taken over come first."""
        name = addresses.asked_name(asking.text)
        entries = self.exact.get(full_text.folded(name), [])
        message = said(Verdict.NAME, Kind.NAME)
        if not entries:
            entries, message = named(name), str(CLOSE_NAME)
        entries = sorted(entries, key=lambda one: not one.is_alarmed)
        return Answer(name, Verdict.NAME, message, entries, kind=Kind.NAME) if entries else None

    def warned(self, asking: Asking) -> Answer | None:
        """The warning of the profiles that are lost or taken over and whose names the words hold:
        nothing that is found beside them is calm."""
        ids = self.alarms.named_in(full_text.spoken(asking.text))
        entries = list(queries.entries(ids).values()) if ids else []
        if not entries:
            return None
        first = entries[0]
        name = f"{first.name}, {first.platform.name}".replace(". ", ".\u00a0")
        message = f"{name}: {warning(first)}"
        return Answer(first.name, Verdict.WARNING, message, entries, kind=Kind.NAME)

    def handles(self, asking: Asking) -> Iterator[Asked]:
        """The words that alarmed profiles or confirmed fakes have for a handle: of a word nothing
        else is ever said."""
        for word, keys in self.alarms.keys_in(WORD.findall(asking.text)).items():
            reading = replace(asking.reading, text=word, value=word, note="bare_handle")
            yield Asked(replace(asking, kind=Kind.HANDLE, reading=reading), (), keys)


def named(name: str) -> list[Entry]:
    """The official profiles that a name is most likely meant for: by all of its words, else by
    each that finds any."""
    return queries.near_names(name) if name else []
