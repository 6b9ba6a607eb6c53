"""Asking: what a text finds in a scope, as a condition for a query of whoever asks.

All words must be met, each by the first of these that finds anything one may see: the word itself,
bent or as the head of a compound; a word it was most likely meant to be; the halves of a compound
that nobody has used. What was typed is never part of a query: its words become tokens.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true

from intake import addresses
from intake.data.base import db
from intake.data.full_text import forms, terms, words
from intake.data.full_text.index import Hit, documents
from intake.data.full_text.tables import DOCUMENT

MOST_WORDS = 10  # of a question
LONGEST = 300  # signs of a question
TRIED = 100  # documents that are looked at before all are
FEW = 12  # hits of a compound's head that may stand for all of it


@dataclass(frozen=True)
class Place:
    """Where is looked: the scope's letter, the column of ids that are listed, and which of these
    one may see (None: all). `reach`: how the ids of found documents lead to these ids, where
    several documents speak for one."""

    scope: str
    column: Any
    visible: ColumnElement[bool] | None = None
    reach: Callable[[Any], Any] | None = None
    known: addresses.Known = addresses.SHIPPED

    def of(self, hits: list[Hit]) -> ColumnElement[bool]:
        """The subjects that have every hit."""
        if self.reach is None:
            return self.column.in_(documents(self.scope, *hits))  # type: ignore[no-any-return]
        ids = (self.reach(documents(self.scope, hit)) for hit in hits)
        return and_(true(), *(self.column.in_(one) for one in ids))

    def finds(self, hits: list[Hit]) -> bool:
        """Is there any that one may see? Mostly among the first documents that are found."""
        first = list(db.session.scalars(documents(self.scope, *hits, most=TRIED)))
        if first and self._sees(self._among(first)):
            return True
        is_all = len(first) < TRIED and (self.reach is None or len(hits) == 1)
        return not is_all and self._sees(self.of(hits))

    def _among(self, found: list[str]) -> ColumnElement[bool]:
        ids = select(DOCUMENT.c.subject_id).where(
            DOCUMENT.c.scope == self.scope, DOCUMENT.c.subject_id.in_(found)
        )
        return self.column.in_(found if self.reach is None else self.reach(ids))  # type: ignore[no-any-return]

    def _sees(self, condition: ColumnElement[bool]) -> bool:
        query = select(self.column).where(condition)
        if self.visible is not None:
            query = query.where(self.visible)
        return db.session.scalar(query.limit(1)) is not None

    def count(self, hits: list[Hit], most: int) -> int:
        """How many there are that one may see, no more than so many."""
        query = select(self.column).where(self.of(hits))
        if self.visible is not None:
            query = query.where(self.visible)
        some = query.limit(most).subquery()
        return db.session.scalar(select(func.count()).select_from(some)) or 0


@dataclass(frozen=True)
class Found:
    """What a text finds: a condition on the column that was asked about, and whether it is only
    near to what was typed."""

    condition: ColumnElement[bool]
    is_near: bool = False


NOTHING = Found(false())


def ask(place: Place, typed: str, *, optional: Iterable[str] = (), near: bool = True) -> Found:
    """What a text finds; nothing where it holds no word. `optional` are words that need not be
    met, such as the town's name; without `near` nothing is found that was not typed so."""
    typed = typed[:LONGEST]
    hit = _exact_hit(place, typed)
    if hit and place.finds([hit]):
        return Found(place.of([hit]))
    every = _words(typed, place.known)[:MOST_WORDS]
    if not every:
        return NOTHING
    called = (one for name in optional for one in words.WORD.findall(words.plain(name)))
    spare = {form for one in called for form in (words.fold(one), *words.stems(one))}
    needed = [one for one in every if not spare & {words.fold(one), *words.stems(one)}]
    question = _Question(place, near)
    return (
        question.answer(every, first_only=True)
        or (question.answer(needed or every))
        or (question.joined(needed or every) if near else None)
        or NOTHING
    )


def _exact_hit(place: Place, typed: str) -> Hit:
    found = [words.exact("key", key) for key in _keys(typed, place.known)]
    found += [words.exact("mail", one) for one in words.plain(typed).split() if "@" in one]
    found += words.references(typed)
    return {f"{place.scope}{token}": False for token in found}


def _keys(typed: str, known: addresses.Known) -> Iterator[str]:
    """The keys of what a question asks about by address, handle or number."""
    for asking in addresses.askings(typed, known):
        yield from asking.reading.keys
        if asking.handle and not asking.reading.keys and asking.is_certain:
            yield from addresses.keys_for_handle(asking.handle, known)


def _words(typed: str, known: addresses.Known) -> list[str]:
    """The words of a question, unfolded; of an address what names somebody."""
    said = words.plain(typed)
    reading = addresses.read(typed, known)
    if reading.readable and reading.value and reading.platform != "web":
        said = words.plain(reading.value)
    elif reading.note == "email":
        said = said.partition("@")[0]
    return [one for one in words.WORD.findall(said) if one not in words.NOISE and words.fold(one)]


@dataclass
class _Question:
    place: Place
    near: bool
    known: dict[str, tuple[list[Hit], bool] | None] = field(default_factory=dict)

    def answer(self, asked: list[str], *, first_only: bool = False) -> Found | None:
        """What has all the words, None where nothing has."""
        hits: list[Hit] = []
        is_near = False
        for word in asked:
            met = self._met(word, first_only)
            if met is None:
                return None
            hits += met[0]
            is_near |= met[1]
        if len(hits) > 1 and not self.place.finds(hits):
            return None
        return Found(self.place.of(hits), is_near)

    def joined(self, asked: list[str]) -> Found | None:
        """What is found where two neighbouring words are one: kirj asto."""
        for at in range(len(asked) - 1):
            one = asked[at] + asked[at + 1]
            if self._closely(one) is None:
                continue
            if found := self.answer([*asked[:at], one, *asked[at + 2 :]]):
                return Found(found.condition, is_near=True)
        return None

    def _met(self, word: str, first_only: bool) -> tuple[list[Hit], bool] | None:
        """What stands for a word, and whether it is only near; None where nothing does."""
        if word not in self.known:
            self.known[word] = self._closely(word)
        found = self.known[word]
        if found is not None and (found[1] is False or not first_only):
            return found
        if first_only or not self.near:
            return None
        hits = self._halves(word)
        return (hits, True) if hits else None

    def _closely(self, word: str) -> tuple[list[Hit], bool] | None:
        hit = _itself(self.place.scope, word)
        if self.place.finds([hit]):
            return [hit], False
        hit = _misspelt(self.place.scope, word) if self.near else {}
        return ([hit], True) if hit and self.place.finds([hit]) else None

    def _halves(self, word: str) -> list[Hit]:
        """A compound that nobody has used: by both halves, else by its head where few have it."""
        alone: Hit = {}
        for at in range(3, len(word) - 2):
            head = _as_head(self.place.scope, word[at:], forms.LEAST - 1)
            if not head or not self.place.finds([head]):
                continue
            first = _as_first(self.place.scope, word[:at])
            if first and self.place.finds([first, head]):
                return [first, head]
            if not word.endswith("nen"):  # -ainen and -lainen are no words
                alone = alone or _as_head(self.place.scope, word[at:], forms.LEAST + 1)
        return [alone] if alone and self.place.count([alone], FEW + 1) <= FEW else []


def _itself(scope: str, word: str) -> Hit:
    """The word as far as it is typed, bent, or as the head of a compound."""
    starts = forms.starts(word)
    hit = {f"{scope}{one}": True for one in starts}
    for one in forms.same(word):
        hit.setdefault(f"{scope}{one}", False)
    bases, heads = forms.bases(word), forms.heads(word)
    shared = [base[: max(forms.LEAST, len(base) - 2)] for base in bases]
    for term in terms.known(scope, begin=shared, end=heads):
        if any(forms.is_headed(term, head) for head in heads) or any(
            forms.shares_ending(base, term) for base in bases
        ):
            hit.setdefault(f"{scope}{term}", False)
    return hit


def _misspelt(scope: str, word: str) -> Hit:
    """What the word was most likely meant to be: one half of it is right."""
    stems = (one for one in words.stems(word) if len(one) > forms.LEAST)
    for mine in dict.fromkeys((words.fold(word), *stems)):
        if not forms.slips(mine):
            continue
        half = len(mine) // 2
        size = None if half >= forms.LEAST else len(mine)
        near = terms.known(scope, begin=[mine[:half]], end=[mine[half:]], most=500, size=size)
        if found := forms.nearest(mine, near):
            return {f"{scope}{one}": len(one) >= forms.LEAST for one in found}
    return {}


def _as_head(scope: str, word: str, least: int) -> Hit:
    """What ends with the last half of a compound, of so many letters."""
    ends = [one for one in {words.fold(word), *words.stems(word)} if len(one) >= least]
    found = terms.known(scope, end=sorted(ends))
    fit = (term for term in found if any(forms.is_headed(term, end) for end in ends))
    return {f"{scope}{term}": False for term in fit}


def _as_first(scope: str, word: str) -> Hit:
    """What begins with, or is, the first half of a compound."""
    mine = [one for one in {words.fold(word), *words.stems(word)} if len(one) >= forms.LEAST - 1]
    return {f"{scope}{one}": len(one) >= forms.LEAST for one in sorted(mine)}


def exact(scope: str, tokens: Iterable[str]) -> Select[Any]:
    """A query of the ids of subjects that have one of some exact tokens."""
    return documents(scope, {f"{scope}{one}": False for one in tokens})
