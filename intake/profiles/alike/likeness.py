"""Which listed profiles a text resembles, and why: the rules of `addresses.lookalike`, asked of the
database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select, union

from intake import ports
from intake.addresses.lookalike import (
    Bearers,
    Cores,
    Judge,
    Likeness,
    Name,
    Question,
    Rule,
    Vocabulary,
    question,
)
from intake.addresses.lookalike.persons import FEW
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.people import queries as people
from intake.people import town
from intake.people.models import Person
from intake.profiles.models import (
    LISTED,
    Address,
    NearName,
    NearStamp,
    Neighbour,
    Profile,
    ProfileKind,
)
from intake.profiles.queries import WITH
from intake.profiles.states import AddressState, ProfileState

EDITION = 1  # of the shipped words and of what rows hold; another one fills all rows anew
NAMED = frozenset(Rule) - {Rule.PLACE}  # the rules that say whose name it is, not only the town


class Words(NamedTuple):
    """What a town's vocabulary is made of."""

    names: tuple[str, ...]
    genitives: tuple[str, ...]
    units: tuple[tuple[str, ...], ...]


def public() -> ColumnElement[bool]:
    """The profiles that the public may be told of: the listed ones, but no expert who has gone."""
    return and_(
        Profile.state.in_(LISTED),
        or_(Profile.kind == ProfileKind.OFFICE, Profile.state != ProfileState.CLOSED),
    )


def resembling(
    texts: Sequence[str],
    among: ColumnElement[bool] | None = None,
    *,
    rules: Iterable[Rule] = tuple(Rule),
) -> list[list[Likeness]]:
    """For each text the names it resembles by these rules, nearest first; `holder` is the id of a
    profile. As many queries for one text as for a hundred, and none reads all names unless one
    has changed."""
    if not any(texts):
        return [[] for _ in texts]
    wanted = frozenset(rules)
    judge, cores = _judge()
    asked = [question(text, judge.words) for text in texts]
    names = _by_keys(asked, among)
    found = [
        [one for one in judge.by_look_up(each, _sharing(each, names)) if one.rule in wanted]
        for each in asked
    ]
    if Rule.EDITS in wanted:
        missed = [at for at, likenesses in enumerate(found) if not likenesses]
        near = {at: set(judge.candidates(asked[at], cores)) for at in missed}
        every = _read(NearName.core.in_({core for some in near.values() for core in some}), among)
        for at, some in near.items():
            found[at] = judge.by_edits(asked[at], (one for one in every if one.core in some))
    return found


def _by_keys(asked: Iterable[Question], among: ColumnElement[bool] | None) -> list[Name]:
    shapes, cores, bags = (
        frozenset().union(*some) for some in zip(*(one.keys for one in asked), strict=True)
    )
    columns = ((NearName.shape, shapes), (NearName.core, cores), (NearName.bag, bags))
    found = [name for column, some in columns for name in _read(column.in_(some), among)]
    return list(dict.fromkeys(found))


def _sharing(asked: Question, names: Iterable[Name]) -> list[Name]:
    shapes, cores, bags = asked.keys
    return [n for n in names if n.shape in shapes or n.core in cores or n.bag in bags]


def _read(which: ColumnElement[bool], among: ColumnElement[bool] | None) -> list[Name]:
    query = select(
        NearName.text,
        NearName.shape,
        NearName.core,
        NearName.bag,
        NearName.trait,
        NearName.own,
        NearName.profile_id,
    ).where(which)
    if among is not None:
        query = query.join(Profile, Profile.id == NearName.profile_id).where(among)
    return [
        Name(*row[:5], own=tuple(row.own.split()), holder=row.profile_id)
        for row in db.session.execute(query.limit(MOST))
    ]


MOST = 2000  # names that share a shape with what was asked, or a core, or a bag


def _judge() -> tuple[Judge, Cores]:
    """The rules with the words of today, and the cores of all names."""
    kept = commit_cache()
    if "lookalike" not in kept:
        stamp = db.session.scalars(select(NearStamp.stamp)).first()
        cores, words = ports.here().commit_cache.under(
            "lookalike", (stamp, words_mark()), _read_all
        )
        judge = Judge(words, _bearers(), neighbour_shapes())
        kept["lookalike"] = judge, cores
    found: tuple[Judge, Cores] = kept["lookalike"]
    return found


def _read_all() -> tuple[Cores, Vocabulary]:
    rows = db.session.execute(select(NearName.core, NearName.own)).all()
    own = {word for row in rows for word in row.own.split()}
    return Cores(row.core for row in rows), Vocabulary.of(*_words(), tuple(own))


def _bearers() -> Bearers:
    """Who of the town bears which name; of more than a few only how many there are."""
    query = select(Person.name).where(Person.ended_at.is_(None)).limit(FEW + 1)
    return Bearers.among(db.session.scalars(query))


def neighbour_shapes() -> frozenset[str]:
    """The shapes of names that are known to be somebody else's."""
    query = select(Neighbour.shape).where(Neighbour.shape.is_not(None))
    return frozenset(filter(None, db.session.scalars(query)))


def spared(keys: Iterable[str]) -> set[str]:
    """Those of some keys that are known neighbours', or are to become the town's own: a profile
    that is being set up is neither official nor called a look-alike."""
    wanted = set(keys)
    near = select(Neighbour.key).where(Neighbour.key.in_(wanted))
    coming = select(Profile.decided_key).where(
        Profile.decided_key.in_(wanted), Profile.state == ProfileState.SETUP
    )
    typed = select(Address.key).where(Address.key.in_(wanted), Address.state == AddressState.TYPED)
    return set(db.session.scalars(union(near, coming, typed))) if wanted else set()


def _words() -> Words:
    settings = town.current()
    languages = ("fi", "sv", "en")
    return Words(
        names=tuple(str(getattr(settings, f"name_{code}")) for code in languages),
        genitives=tuple(settings.genitive(code) for code in languages[:1]),
        units=tuple((unit.name_fi, unit.name_sv) for unit in people.units()),
    )


def town_words() -> Vocabulary:
    """The town's words, without those of listed names."""
    kept = commit_cache()
    if "town words" not in kept:
        kept["town words"] = _words()
    return _vocabulary(kept["town words"])


def words_mark() -> str:
    """Another text whenever the town's words are others."""
    return sha256(repr((EDITION, _words())).encode()).hexdigest()


@lru_cache(maxsize=4)
def _vocabulary(words: Words) -> Vocabulary:
    return Vocabulary.of(*words)


@dataclass(frozen=True)
class Near:
    """A profile that a text resembles: by which of its names, and by which rule."""

    profile: Profile
    likeness: Likeness
    typed: str


def near(texts: Iterable[str], but: str | None = None) -> list[Near]:
    """The profiles, other than `but` (an id), with a name or handle that one of the texts
    resembles; each once, by name."""
    wanted = [text for text in texts if text]
    among = Profile.id != but if but else None
    best: dict[str, tuple[Likeness, str]] = {}
    for text, likenesses in zip(wanted, resembling(wanted, among, rules=NAMED), strict=True):
        for one in likenesses:
            best.setdefault(one.name.holder, (one, text))
    query = select(Profile).where(Profile.id.in_(best)).options(*WITH)
    rows = db.session.scalars(query.order_by(Profile.name, Profile.id)) if best else ()
    return [Near(row, *best[row.id]) for row in rows]
