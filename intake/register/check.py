"""Is this profile genuine? Each thing that a text asks about gets a verdict, the worst first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from intake import addresses
from intake.addresses import Asking, Kind, Known, Reading
from intake.register import lookalikes
from intake.register.answer import Answer
from intake.register.keyed import Asked, Facts, keys_of, plain
from intake.register.named import Names
from intake.register.verdicts import Verdict

__all__ = ["LONGEST", "MOST", "Answer", "Verdict", "answer", "answers", "asked"]
LONGEST = 2048  # characters of a text
MOST = 100  # texts at once


SIGN = re.compile(r"[._]")  # that a handle may have, and no word
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
    told = [list(text.answers(facts, names)) for text in heard]
    _say_what_is_alike([pair for pairs in told for pair in pairs], known)
    return [_of_text(text.text, told_of) for text, told_of in zip(heard, told, strict=True)]


def _say_what_is_alike(told: Sequence["_Told"], known: Known) -> None:
    """Of what is in no list, whether it resembles a listed profile."""
    open_ones = [one for one in told if one.may_be_alike]
    found = lookalikes.similar([one.named for one in open_ones], known)
    for one, some in zip(open_ones, found, strict=True):
        if some:
            alike = plain(Asked(one.asking, ()), Verdict.LOOKALIKE)
            one.answer = replace(alike, similar=some)


@dataclass
class _Told:
    """An asking and its answer."""

    asking: Asking
    answer: Answer

    @property
    def named(self) -> Reading:
        """How it reads, with the bare name where it is a handle or a name."""
        asking, reading = self.asking, self.asking.reading
        if asking.kind is Kind.HANDLE:
            return replace(reading, value=asking.handle, note="bare_handle")
        if asking.kind is Kind.NAME:
            return Reading(addresses.asked_name(asking.text), note="name")
        return reading

    @property
    def may_be_alike(self) -> bool:
        """Is nothing known of all of it?"""
        is_unknown = self.answer.verdict is Verdict.UNKNOWN
        is_asked = self.counts or bool(SIGN.search(self.asking.handle))
        is_partial = self.answer.is_partial and self.answer.verdict is Verdict.NAME
        return is_partial or (is_unknown and is_asked)

    @property
    def counts(self) -> bool:
        """Did somebody ask, or is something known of it?"""
        return self.asking.is_certain or self.answer.verdict is not Verdict.UNKNOWN


def _of_text(text: str, told: Sequence[_Told]) -> Answer:
    """The answer to a text: its worst, with all of them, the worst first."""
    every = [one.answer for one in told if one.counts]
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

    def answers(self, facts: Facts, names: Names) -> Iterator[_Told]:
        """An answer to each asking; to a name where somebody asks about it or it is alarming."""
        told = [(one.asking, facts.answer(one)) for one in self.asked]
        bad = [(one.asking, found) for one in self.words if (found := facts.answer(one))]
        keyed = {asking.line for asking, found in told if found or asking.is_certain}
        yield from (_Told(asking, found or _unknown(asking)) for asking, found in told)
        yield from (_Told(asking, found) for asking, found in bad)
        known = keyed | {asking.line for asking, _found in bad}
        for asking in self.said:
            is_asked = asking.is_certain and asking.line not in keyed
            found = names.answer(asking) if is_asked else None
            if found := names.warned(asking, found) or found:
                yield _Told(asking, found)
            elif is_asked and asking.line not in known:
                yield _Told(asking, _unknown(asking))


def _unknown(asking: Asking) -> Answer:
    return plain(Asked(asking, ()), Verdict.UNKNOWN)
