"""The five rules, in their order: the first that holds names itself."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from intake.addresses.lookalike import edits, persons
from intake.addresses.lookalike.edits import Cores
from intake.addresses.lookalike.lexicon import SILENT, Kind
from intake.addresses.lookalike.names import (
    SHORTEST,
    Name,
    Trait,
    bare_cores,
    is_full_cut,
    shaped,
)
from intake.addresses.lookalike.persons import Bearers
from intake.addresses.lookalike.shapes import parts, shape, short, shorts, spelt_out, unnumbered
from intake.addresses.lookalike.vocabulary import Cut, Piece, Vocabulary, bag


class Rule(StrEnum):
    """Why a text resembles a listed name."""

    SHAPE = "shape"
    CORE = "core"
    BAG = "bag"
    PLACE = "place"
    PERSON = "person"
    APART = "apart"
    EDITS = "edits"


ORDER = list(Rule)
MOST_TYPED = 4  # cores that typing errors are looked for in
TOWN = "T"
COUNTED = {Kind.TOWN, Kind.UNIT, Kind.OFFICE, *SILENT}


@dataclass(frozen=True)
class Likeness:
    """Which listed name a text resembles, by which rule, and how much of the letters is the same
    (0 to 1)."""

    name: Name
    rule: Rule
    score: float


@dataclass(frozen=True)
class Question:
    """A text as the rules ask for it: `bags` leads from each bag to the rules it could meet."""

    text: str
    shapes: frozenset[str]
    cores: frozenset[str]
    bare: tuple[str, ...]
    bags: Mapping[str, frozenset[Rule]]
    cut: Cut
    has_role: bool

    @property
    def keys(self) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """The shapes, cores and bags that listed names are looked up by."""
        return self.shapes, self.cores, frozenset(self.bags)

    @property
    def is_short(self) -> bool:
        """Has it so few letters that only its shape counts?"""
        return max(map(len, self.shapes), default=0) < SHORTEST


def question(text: str, words: Vocabulary) -> Question:
    """What a text asks for."""
    texts = [text, *filter(None, [spelt_out(text)])]
    shapes = {shaped(one) for one in texts} | {"".join(map(shape, unnumbered(parts(text))))}
    shapes |= {_without_e(shaped(text), letters) for letters in ("a", "o", "ao")}
    cut = min((words.cut(one) for one in texts), key=lambda one: one.cost)
    bare = list(dict.fromkeys(core for one in texts for core in bare_cores(one)))
    cores = [short(core) for core in [*bare, *(_without_e(bare[-1], "ao") for _ in bare[:1])]]
    return Question(
        text=text,
        shapes=frozenset(filter(None, shapes)),
        cores=frozenset(cores),
        bare=tuple(bare),
        bags=_bags(cut),
        cut=cut,
        has_role=bool(cut.kinds() & (COUNTED - {Kind.LINK})),
    )


def _without_e(looks: str, letters: str) -> str:
    """Umlauts that were spelt out as they are written without their dots."""
    for letter in letters:
        looks = looks.replace(f"{letter}e", letter)
    return looks


def _bags(cut: Cut) -> dict[str, frozenset[Rule]]:
    found: dict[str, set[Rule]] = {}
    if not cut.unknown:
        found.setdefault(bag(cut.pieces), set()).update({Rule.BAG, Rule.PERSON})
        own = [p for p in cut.pieces if (p.word and p.word.stands[0] == "U") or p.kind is Kind.OWN]
        if own and not cut.kinds() - COUNTED - {Kind.OWN}:
            found.setdefault(bag(own), set()).update({Rule.PERSON, Rule.APART})
        if Kind.TOWN in cut.kinds() and not cut.kinds() - COUNTED:
            for one in _places(cut):
                found.setdefault(one, set()).add(Rule.PLACE)
    for run in _runs(cut):
        found.setdefault(bag(run), set()).add(Rule.APART)
    found.pop("", None)
    return {one: frozenset(rules) for one, rules in found.items()}


def _places(cut: Cut) -> Iterable[str]:
    """The town with all that is named beside it, with each alone, as a town, and by itself."""
    units = {p.word.stands for p in cut.pieces if p.word and p.kind is Kind.UNIT}
    yield bag(cut.pieces)
    for group in (units, *({one} for one in sorted(units)), {"u:kaupunkl"}, set()):
        yield "|".join(sorted({TOWN, *group}))


def _runs(cut: Cut) -> Iterable[list[Piece]]:
    """What stands together between unknown words and other towns: at the front, or where a word
    begins."""
    run: list[Piece] = []
    stands = True
    for piece in cut.pieces:
        if piece.word is not None and piece.kind is not Kind.PLACE:
            if not run:
                stands = piece.begins
            run.append(piece)
            continue
        if run and stands:
            yield run
        run = []
    if run and stands and len(run) < len(cut.pieces):
        yield run


@dataclass(frozen=True)
class Judge:
    """The words and what more the rules are asked with: who bears which name, which texts are
    known neighbours (as shapes)."""

    words: Vocabulary
    bearers: Bearers = field(default_factory=Bearers)
    neighbours: Collection[str] = frozenset()

    def by_look_up(self, asked: Question, names: Iterable[Name]) -> list[Likeness]:
        """The likenesses by one of the first four rules to those of the names that share shape,
        core or bag with the text; the first rule's first."""
        if self.spares(asked):
            return []
        met = [(self._rule(asked, name), name) for name in names]
        found = [Likeness(name, rule, _score(asked, name, rule)) for rule, name in met if rule]
        return sorted(found, key=lambda one: (ORDER.index(one.rule), -one.score, one.name))

    def spares(self, asked: Question) -> bool:
        """Is it a known neighbour's name?"""
        return shaped(asked.text) in self.neighbours

    def _rule(self, asked: Question, name: Name) -> Rule | None:
        rule = _met(asked, name)
        if rule is None or name.trait is not Trait.PERSON:
            return rule
        if asked.has_role or self.bearers.is_rare(name.own):
            return Rule.PERSON if rule is Rule.BAG else rule
        return rule if rule is Rule.SHAPE and _is_dressed(asked.text) else None

    def candidates(self, asked: Question, cores: Cores) -> list[str]:
        """The listed cores that a text may be a typing error of."""
        if asked.is_short or is_full_cut(asked.cut) or self.spares(asked):
            return []
        wanted = {looks for core in _typed_cores(asked) for looks in shorts(core)}
        return sorted({near for looks in wanted for near in cores.near(looks)})

    def by_edits(self, asked: Question, names: Iterable[Name]) -> list[Likeness]:
        """The likenesses to names of the candidates' cores a letter or two apart, nearest first."""
        shared = [
            piece.form.replace("rn", "m")
            for piece in asked.cut.pieces
            if piece.kind in (Kind.UNIT, Kind.OFFICE) and len(piece.form) >= 3
        ]
        strange, typed = _strangers(asked.cut), _typed_cores(asked)
        weighed = []
        for name in names:
            weights = [edits.apart(core, name, shared) for core in typed]
            least = min((one for one in weights if one is not None), default=None)
            if least is not None and self._may_be(asked, name, strange):
                weighed.append((least, name))
        return [
            Likeness(name, Rule.EDITS, _score(asked, name, Rule.EDITS))
            for _weight, name in sorted(weighed)
        ]

    def _may_be(self, asked: Question, name: Name, strange: set[str]) -> bool:
        if strange - set(name.bag.split("|")):
            return False
        if name.trait is Trait.PERSON:
            return not persons.are_two(asked.text, name.text) and (
                asked.has_role or self.bearers.is_rare(name.own)
            )
        return True


def _met(asked: Question, name: Name) -> Rule | None:
    if name.shape in asked.shapes:
        return Rule.SHAPE
    if asked.is_short or len(name.core) < SHORTEST:
        return None
    if name.core in asked.cores:
        return Rule.SHAPE if _same_number(asked, name) else Rule.CORE
    met = asked.bags.get(name.bag, frozenset()) if name.bag else frozenset()
    if Rule.BAG in met and _says_enough(name):
        return Rule.BAG
    if Rule.PLACE in met:
        return Rule.PLACE
    if Rule.PERSON in met and name.trait is Trait.PERSON and len(name.own) > 1:
        return Rule.PERSON
    return Rule.APART if Rule.APART in met and name.trait is Trait.DISTINCT else None


def _typed_cores(asked: Question) -> list[str]:
    """What typing errors are looked for in: the text without numbers, without decoys, and without
    the words of a town that stand by themselves at its ends."""
    pieces = list(asked.cut.pieces)
    for kinds in (set(SILENT), COUNTED):
        while pieces and pieces[-1].kind in kinds and pieces[-1].begins:
            pieces.pop()
        while pieces and pieces[0].kind in kinds and pieces[0].ends:
            pieces.pop(0)
    rest = "".join(piece.form for piece in pieces).replace("rn", "m").replace("vv", "w")
    found = dict.fromkeys((*asked.bare[-MOST_TYPED:], *asked.bare[:1], rest))
    return [core for core in found if len(core) >= SHORTEST]


def _same_number(asked: Question, name: Name) -> bool:
    """Do they differ in numbers and doubled letters only?"""
    return short(shape("".join(unnumbered(parts(name.text))))) in {
        short(one) for one in asked.shapes
    }


def _says_enough(name: Name) -> bool:
    """Does a bag say more than one common word?"""
    return "|" in name.bag or name.bag == TOWN or bool(name.own)


def _is_dressed(text: str) -> bool:
    """Does a name wear letters of another script or digits for letters?"""
    return not text.isascii() and any(ord(sign) > 0x24F for sign in text)


def _strangers(cut: Cut) -> set[str]:
    """Words that say that somebody else speaks, and other towns, where they stand by themselves."""
    found = set()
    for at, piece in enumerate(cut.pieces):
        after = cut.pieces[at + 1] if at + 1 < len(cut.pieces) else None
        if piece.word is None or piece.kind not in (Kind.OTHER, Kind.PLACE):
            continue
        alone = piece.begins and (piece.ends or after is None or after.word is not None)
        known_before = at > 0 and cut.pieces[at - 1].word is not None
        if alone or (piece.kind is Kind.OTHER and piece.ends and known_before):
            found.add(piece.word.stands)
    return found


def _score(asked: Question, name: Name, rule: Rule) -> float:
    if rule is Rule.SHAPE:
        return 1.0
    one = min(asked.shapes, key=lambda looks: abs(len(looks) - len(name.shape)))
    return round(float(ratio(one, name.shape)) / 100, 2)
