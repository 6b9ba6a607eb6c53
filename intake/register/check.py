"""Is this profile genuine? Each thing that a text asks about gets a verdict, the worst first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from intake import addresses
from intake.addresses import Asking, Kind, Known
from intake.register.answer import Answer
from intake.register.keyed import Asked, Facts, keys_of, plain
from intake.register.named import Names
from intake.register.verdicts import Verdict

__all__ = ["LONGEST", "MOST", "Answer", "Verdict", "answer", "answers", "asked"]
LONGEST = 2048  # characters of a text
MOST = 100  # texts at once


NUMBER = re.compile(r"^ (?=[1-9][0-9 ()./-]{5,30}$)")


def asked(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """What a query asks: a number whose plus was not written as %2B begins with a blank there."""
    found = MultiDict(sent)
    if "q" in sent:
        found.setlist("q", [NUMBER.sub("+", text, count=1) for text in sent.getlist("q")])
    return found


def answer(text: str, known: Known) -> Answer:
    """The answer to one text."""
    return answers([text], known)[0]


def answers(texts: Sequence[str], known: Known) -> list[Answer]:
    """The answers to up to a hundred texts: in a constant number of queries, but for names that no
    profile has as they stand."""
    heard = [_Heard(text, addresses.askings(text, known), known) for text in texts]
    names = Names.of(one for text in heard for one in text.names)
    for text in heard:
        text.words = [one for name in text.said for one in names.handles(name)]
    facts = Facts.of((one for text in heard for one in (*text.asked, *text.words)), known)
    return [_of_text(text.text, list(text.answers(facts, names))) for text in heard]


def _of_text(text: str, every: list[Answer]) -> Answer:
    """The answer to a text: its worst, with all of them, the worst first."""
    ordered = sorted(every, key=lambda one: one.verdict.rank)
    worst, several = ordered[0], len(ordered) > 1
    askings = tuple(ordered) if several else ()
    return replace(worst, query=text, piece=worst.query, askings=askings)


class _Heard:
    """A text and what it asks about: by keys (`asked`), by words that are somebody's handle
    (`words`), and by names."""

    words: Sequence[Asked] = ()

    def __init__(self, text: str, askings: Sequence[Asking], known: Known) -> None:
        self.text = text
        self.said = [one for one in askings if one.kind is Kind.NAME]
        self.asked = [keys_of(one, known) for one in askings if one.kind is not Kind.NAME]

    @property
    def names(self) -> list[str]:
        """The names that somebody asks about."""
        return [addresses.asked_name(one.text) for one in self.said if one.is_certain]

    def answers(self, facts: Facts, names: Names) -> Iterator[Answer]:
        """An answer to each asking that somebody asks about, or of which something is known; none
        is left without any."""
        told = [(one.asking, facts.answer(one) or _unknown(one)) for one in self.asked]
        bad = [(one.asking, facts.answer(one)) for one in self.words]
        keyed = {asking.line for asking, found in told if found}
        known = keyed | {asking.line for asking, found in bad if found}
        yield from (found for _asking, found in (*told, *bad) if found)
        for asking in self.said:
            is_asked = asking.is_certain and asking.line not in keyed
            if found := self._of_name(asking, names, is_asked, asking.line not in known):
                yield found

    def _of_name(
        self, asking: Asking, names: Names, is_asked: bool, is_alone: bool
    ) -> Answer | None:
        """What is listed under a name, a warning first; that there is nothing, where nothing else
        was found."""
        found = names.answer(asking) if is_asked else None
        nothing = plain(Asked(asking, ()), Verdict.UNKNOWN) if is_asked and is_alone else None
        return names.warned(asking, found) or found or nothing


def _unknown(asked: Asked) -> Answer | None:
    return plain(asked, Verdict.UNKNOWN) if asked.asking.is_certain else None
