"""What a word of a question may stand as in a document: its forms, and how it may be misspelt."""

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from intake.data.full_text.words import fold, stems

# weak and strong ends of Finnish stems: kaupung / kaupunk, paivakod / paivakot, rann / rant
GRADES = (
    ("ng", "nk"),
    ("nn", "nt"),
    ("ll", "lt"),
    ("rr", "rt"),
    ("mm", "mp"),
    ("lv", "lp"),
    ("rv", "rp"),
    ("hd", "ht"),
    ("k", "kk"),
    ("p", "pp"),
    ("t", "tt"),
    ("d", "t"),
    ("v", "p"),
)
# words that bend in their middle, by how their forms begin
FAMILIES = (
    "laps lasten lapse lasta",
    "nuor nuorten nuore nuorta",
    "ves vede vete vett vesi",
    "kas kade kate katt kasi",
    "uus uude uute uutt uusi",
    "vuos vuode vuote vuott vuosi",
    "kuus kuude kuute kuutt kuusi",
    "viis viide viite viitt viisi",
    "mies miehe mieste miest",
    "vanhem vanhemp",
    "hammas hampaa hampai",
    "ruoka ruoa ruua ruok",
    "aika aja ajo aiko",
    "poika poja pojat poik",
    "tyo toi tyot",
    "sydan sydam",
    "elain elaim",
    "avain avaim",
    "kevat kevaa",
    "lyhyt lyhye",
    "kaunis kaunii",
)
FAMILY = {form: tuple(line.split()) for line in FAMILIES for form in line.split()}
# how stems of one word end otherwise: kasvatuks / kasvatus, maee / maek, centr / center
BENDS = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        *("ks/s", "d/s", "t/s", "ds/s", "h/s", "d/ks", "d/uks", "t/uks"),
        *("e/k", "m/n", "er/r", "el/l", "en/n", "t/tt"),
    )
)
VOWELS = frozenset("aeiouy")
FIRST = 3  # letters of the shortest first part of a compound: jaa, tyo, vesi
LEAST = 4  # letters of a stem whose prolongations count


def starts(word: str) -> list[str]:
    """What words of the document may begin with, folded, to be this one: itself as far as it is
    typed, its stems, their other grades, their families."""
    mine = fold(word)
    found = dict.fromkeys([mine])
    for stem in stems(word):
        for one in (stem, *_grades(stem)):
            if len(one) >= LEAST:
                found[one] = None
    for form in (mine, *stems(word)):
        found.update(dict.fromkeys(FAMILY.get(form, ())))
    return [one for one in found if one]


def same(word: str) -> list[str]:
    """What a word of the document may be, but not begin with: stems too short for that, and those
    whose last vowel is the plural's (tiloissa / tila)."""
    every = [one for stem in stems(word) for one in (stem, *_grades(stem))]
    found = [one for one in every if 2 < len(one) < LEAST]
    return found + [one[:-1] for one in every if len(one) > LEAST and one[-1] in "oeij"]


def _grades(stem: str) -> Iterator[str]:
    vowel = stem[-1:] if stem[-1:] in VOWELS else ""
    body = stem.removesuffix(vowel) if vowel else stem
    for weak, strong in GRADES:
        if body.endswith(weak) and not body.endswith(strong):
            yield body.removesuffix(weak) + strong + vowel
        if body.endswith(strong):
            yield body.removesuffix(strong) + weak + vowel


def bases(word: str) -> list[str]:
    """The stems that a known word may share but for its ending."""
    return [one for one in dict.fromkeys(stems(word)) if len(one) > LEAST]


def shares_ending(stem: str, term: str) -> bool:
    """Do a stem and a term differ in how a word bends alone: palveluks / palvelus, maee / maek?"""
    same = 0
    while same < min(len(stem), len(term)) and stem[same] == term[same]:
        same += 1
    return same >= LEAST and frozenset((stem[same:], term[same:])) in BENDS


def heads(word: str) -> list[str]:
    """What a compound may end with, folded, to be a kind of this."""
    every = (fold(word), *stems(word))
    return [one for one in dict.fromkeys(every) if len(one) >= LEAST]


def is_headed(term: str, head: str) -> bool:
    """Is a term this word, or a compound of which it is the last part?"""
    return term.endswith(head) and (term == head or len(term) - len(head) >= FIRST)


def slips(word: str) -> int:
    """How many slips of the pen a word may hold: one, of eight letters two, of three none; and
    none where it holds a digit, for that tells one number from another."""
    return 0 if len(word) < LEAST or not word.isalpha() else 1 if len(word) < 8 else 2


def nearest(word: str, terms: Iterable[str]) -> list[str]:
    """Those of some terms that the word was most likely meant to be, or to be the beginning of;
    none where more letters are wrong than `slips` allows."""
    most = slips(word)
    found: dict[str, int] = {}
    for term in terms:
        distance = _distance(word, term, most)
        if distance <= most:
            found[term] = distance
    least = min(found.values(), default=0)
    return [term for term, distance in found.items() if distance == least]


def _distance(word: str, term: str, most: int) -> int:
    whole = int(OSA.distance(word, term, score_cutoff=most))
    if whole <= most or len(term) <= len(word) + most or len(word) <= LEAST:
        return whole
    begun = (term[: len(word) + more] for more in (-1, 0, 1))
    return min(int(OSA.distance(word, one, score_cutoff=most)) for one in begun)
