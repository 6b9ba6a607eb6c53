"""What is known of a name: the profiles it means, and what in words must never be overlooked."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from intake import addresses
from intake.addresses import Asking, Kind
from intake.data import full_text
from intake.people import town
from intake.register import alarms, queries
from intake.register.alarms import Alarms
from intake.register.answer import Answer
from intake.register.entry import Entry
from intake.register.keyed import Asked, warning
from intake.register.verdicts import CLOSE_NAME, Verdict, said

MOST = 6  # profiles of a name
MOST_WORDS = 6  # of a sentence, that are looked up
SHORT = 4  # letters of a word that may name something by itself
LATIN = ("LATIN", "FULLWIDTH LATIN", "MODIFIER", "FEMININE", "MASCULINE")
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
        if not is_latin(name):
            return None  # what letters of another script spell is nobody's name, at most alike
        entries = self.exact.get(full_text.folded(name), [])
        message, is_partial = said(Verdict.NAME, Kind.NAME), False
        if not entries:
            entries, is_partial = named(name)
            message = str(CLOSE_NAME)
        entries = sorted(entries, key=lambda one: not one.is_alarmed)
        found = Answer(name, Verdict.NAME, message, entries, kind=Kind.NAME, is_partial=is_partial)
        return found if entries else None

    def warned(self, asking: Asking, found: Answer | None) -> Answer | None:
        """The warning of the profiles that are lost or taken over, among those found or because
        the words hold their names: nothing that is found beside them is calm."""
        ids = self.alarms.named_in(full_text.spoken(asking.text))
        others = found.profiles if found else []
        lost = [one for one in others if one.is_alarmed] if _telling_words(asking.text) else []
        entries = [*queries.entries(ids).values(), *lost]
        if not entries:
            return None
        first = entries[0]
        name = f"{first.name}, {first.platform.name}".replace(". ", ".\u00a0")
        message = f"{name}: {warning(first)}"
        query = found.query if found else first.name
        every = list(dict.fromkeys([*entries, *others]))
        return Answer(query, Verdict.WARNING, message, every, kind=Kind.NAME)

    def handles(self, asking: Asking) -> Iterator[Asked]:
        """The words that alarmed profiles or confirmed fakes have for a handle: of a word nothing
        else is ever said."""
        for word, keys in self.alarms.keys_in(WORD.findall(asking.text)).items():
            reading = replace(asking.reading, text=word, value=word, note="bare_handle")
            yield Asked(replace(asking, kind=Kind.HANDLE, reading=reading, handle=word), (), keys)


def is_latin(name: str) -> bool:
    """Is a name written in the letters of the town's languages alone?"""
    return all(unicodedata.name(sign, "").startswith(LATIN) for sign in name if sign.isalpha())


def named(name: str) -> tuple[list[Entry], bool]:
    """The official profiles that a name is most likely meant for: those that have all of its
    words, else (True) those that have as many as are anybody's, else those that have one."""
    words = full_text.spoken(name)
    if not words:
        return [], False
    if found := queries.near_names(name):
        return found, False
    telling = _telling(_telling_words(name))
    is_short = len(telling) <= SHORT
    told = [
        word
        for word in telling
        if addresses.services(word) or queries.near_names(word, near=is_short and len(word) > 7)
    ]
    names = [word for word in told if not addresses.services(word)]
    found = queries.near_names(" ".join(told)) if names else []
    if not found:
        found = [entry for word in names for entry in queries.near_names(word)]
    return list(dict.fromkeys(found))[:MOST], True


def _telling(words: Sequence[str]) -> list[str]:
    """The words by which anybody could be known, English ones as the town says them."""
    said = (addresses.in_finnish(word) for word in words)
    return [word for word in dict.fromkeys(said) if len(word) >= SHORT][:MOST_WORDS]


def _telling_words(text: str) -> list[str]:
    """The words of a text but for the town's own name, which tells nobody apart."""
    spare = {one for name in town.current().spoken for one in full_text.spoken(name)}
    return [word for word in full_text.spoken(text) if word not in spare]
