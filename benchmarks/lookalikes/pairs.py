"""Pairs of a text and whether it resembles a listed profile, each in a named class.

What a faker would do is a function of a profile, what only sounds near is one of a town. Words
beside names are drawn from lists of their own, which differ between the halves; `by_hand.txt` has
what was thought of by people.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from benchmarks.lookalikes.towns import FAMILY, GIVEN, Profile, Town, plain, towns
from intake.addresses.lookalike.lexicon import _lines

HALVES = ("tuning", "held_out")


@dataclass(frozen=True)
class Pair:
    """A text that somebody meets, in a town; `like` is the profile that it imitates, or None."""

    town: Town
    label: str
    text: str
    like: Profile | None


CYRILLIC = dict(zip("aeopcxykmtbhirn", "аеорсхукмтьһіго", strict=False)) | {"n": "ո"}
GREEK = dict(zip("aovtkuix", "αοντκυιχ", strict=True))
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x61, 0x7B)}
DIGITS = dict(zip("oieastbg", "01345789", strict=False)) | {"a": "4", "s": "5", "t": "7"}
KEYS = "qwertyuiop asdfghjkl zxcvbnm"
DECOYS = {
    "tuning": "virallinen official tuki asiakaspalvelu arvonta info real the fi kilpailu",
    "held_out": "aito verified support palvelu voitto help oikea uutiset official_fi live kundtjänst",
}
STRANGE = {
    "tuning": "kesäkissa xyzzy kuutamo sinappi mopo lumikko hyrrä pilvi oranssi tikapuut",
    "held_out": "porkkana zzq hiekkalinna banaani vuohi maanantai kitara tähti loimu sateenvarjo",
}
ROLES = {
    "tuning": "johtaja virallinen info työ tuki",
    "held_out": "päällikkö official sihteeri asiakaspalvelu aito",
}
CLUBS = {
    "tuning": "palloseura seurakunta apteekki marttayhdistys lions 4h-kerho kiekko taksi sanomat",
    "held_out": "urheilijat kappeliseurakunta kukkakauppa metsästysseura rotary partio kahvila lehti",
}
COMMENTS = {
    "tuning": "kuopat roskat bileet tyttö tulvavesi muikkufani murre aurinko syksy",
    "held_out": "lätäköt kissat grillaus poika pyörät lumikuva murteella yö kevät",
}


def pairs(half: str) -> list[Pair]:
    """All pairs of a half, the same at every run: none twice, none that is a listed name."""
    chance = Random(f"pairs {half}")  # noqa: S311 -- the same choice at each run
    found: dict[tuple[str, str], Pair] = {}
    for town in towns(half):
        names = {one for p in town.profiles for one in (p.name, p.handle, p.person)}
        for pair in [*_fakes(town, half, chance), *_others(town, half, chance)]:
            if pair.text not in names:
                found.setdefault((town.name, pair.text), pair)
    return [*found.values(), *_by_hand(half)]


# what a faker does with a name: text, half and chance to a text that imitates it
Way = Callable[[Profile, Town, str, Random], str]


def _each(profile: Profile, letters: dict[str, str], chance: Random, share: float) -> str:
    at = [place for place, letter in enumerate(profile.handle) if letter in letters]
    chosen = set(chance.sample(at, max(1, int(len(at) * share)))) if at else set()
    return "".join(
        letters[letter] if place in chosen else letter
        for place, letter in enumerate(profile.handle)
    )


def _inside(profile: Profile, chance: Random) -> tuple[str, int]:
    """A handle and a place in it between two letters, not at its ends."""
    text = profile.handle
    places = [at for at in range(1, len(text) - 1) if text[at].isalpha() and text[at + 1].isalpha()]
    return text, chance.choice(places)


def _cyrillic(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, CYRILLIC, chance, 0.1)


def _much_cyrillic(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, CYRILLIC, chance, 0.9)


def _greek(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, GREEK, chance, 0.3)


def _wide(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, WIDE, chance, 1)


def _digit(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, DIGITS, chance, 0.01)


def _leet(one: Profile, town: Town, half: str, chance: Random) -> str:
    return _each(one, DIGITS, chance, 0.6)


def _sight(one: Profile, town: Town, half: str, chance: Random) -> str:
    text = one.handle
    for a, b in chance.sample([("m", "rn"), ("i", "l"), ("l", "I"), ("v", "vv"), ("o", "0")], 5):
        if a in text and b != "vv":
            return text.replace(a, b, 1)
    return text.replace("i", "l")


def _separated(one: Profile, town: Town, half: str, chance: Random) -> str:
    words = plain(one.name).split("_")
    return chance.choice(["_", ".", "-", "__"]).join(words) + chance.choice(["", "_", "."])


def _year(one: Profile, town: Town, half: str, chance: Random) -> str:
    return one.handle.removesuffix("2026") + chance.choice(["2027", "_1", "24", "_2025", "358"])


def _decoy_before(one: Profile, town: Town, half: str, chance: Random) -> str:
    decoy = chance.choice(DECOYS[half].split())
    return f"{plain(decoy)}{chance.choice(['', '_', '.'])}{one.handle}"


def _decoy_behind(one: Profile, town: Town, half: str, chance: Random) -> str:
    decoy = chance.choice(DECOYS[half].split())
    return f"{one.handle}{chance.choice(['', '_', '.'])}{plain(decoy)}"


def _decoys(one: Profile, town: Town, half: str, chance: Random) -> str:
    first, last = chance.sample(DECOYS[half].split(), 2)
    return plain(f"{first}_{one.handle}_{last}")


def _doubled(one: Profile, town: Town, half: str, chance: Random) -> str:
    text, at = _inside(one, chance)
    return text[: at + 1] + text[at:]


def _dropped(one: Profile, town: Town, half: str, chance: Random) -> str:
    text, at = _inside(one, chance)
    return text[:at] + text[at + 1 :]


def _swapped(one: Profile, town: Town, half: str, chance: Random) -> str:
    text, at = _inside(one, chance)
    while text[at] == text[at + 1]:
        text, at = _inside(one, chance)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _key(one: Profile, town: Town, half: str, chance: Random) -> str:
    text, at = _inside(one, chance)
    while text[at] not in KEYS:
        text, at = _inside(one, chance)
    place = KEYS.index(text[at])
    beside = [KEYS[p] for p in (place - 1, place + 1) if 0 <= p < len(KEYS) and KEYS[p] != " "]
    return text[:at] + chance.choice(beside) + text[at + 1 :]


def _typo_and_decoy(one: Profile, town: Town, half: str, chance: Random) -> str:
    way = chance.choice([_dropped, _swapped, _key])
    return f"{way(one, town, half, chance)}_{plain(chance.choice(DECOYS[half].split()))}"


def _order(one: Profile, town: Town, half: str, chance: Random) -> str:
    words = plain(one.name.removesuffix(" 2026")).split("_")
    return chance.choice(["_", "", "."]).join(reversed(words))


def _inflected(one: Profile, town: Town, half: str, chance: Random) -> str:
    if one.unit is None:
        return plain(f"{town.name}{chance.choice(['', '_'])}kaupunki")
    first = chance.choice([town.name, town.genitive])
    second = one.unit[1] if first == town.genitive else one.unit[0]
    return plain(f"{first}{chance.choice(['', '_'])}{second}")


def _swedish(one: Profile, town: Town, half: str, chance: Random) -> str:
    stem = (town.swedish or town.name).split()[0]
    return plain(f"{stem}{chance.choice(['', '_'])}{one.unit[2] if one.unit else 'stad'}")


def _umlauts(one: Profile, town: Town, half: str, chance: Random) -> str:
    text = one.name.lower().replace("ä", "ae").replace("ö", "oe").replace(" ", "")
    return text if text != one.handle else text + "_"


def _strange_word(one: Profile, town: Town, half: str, chance: Random) -> str:
    word = plain(chance.choice(STRANGE[half].split()))
    shown = f"{one.handle.removesuffix('2026')}{chance.choice(['_', ''])}{word}"
    return shown if chance.random() < 0.7 else f"{word}_{one.handle.removesuffix('2026')}"


def _person_role(one: Profile, town: Town, half: str, chance: Random) -> str:
    beside = [plain(town.name), *map(plain, ROLES[half].split())]
    if one.unit:
        beside.append(plain(one.unit[0]))
    return f"{plain(one.person)}{chance.choice(['_', '.'])}{chance.choice(beside)}"


def _person_order(one: Profile, town: Town, half: str, chance: Random) -> str:
    first, last = plain(one.person).split("_")
    role = plain(chance.choice(ROLES[half].split()))
    return chance.choice([f"{last}{first}", f"{last}_{first}_{role}", f"{role}.{last}.{first}"])


ANY: dict[str, Way] = {
    "letters of another script, few": _cyrillic,
    "letters of another script, most": _much_cyrillic,
    "letters of another script, Greek": _greek,
    "full-width letters": _wide,
    "a digit for a letter": _digit,
    "digits for letters": _leet,
    "letters that look alike": _sight,
    "separators": _separated,
    "years and numbers": _year,
    "a decoy before": _decoy_before,
    "a decoy behind": _decoy_behind,
    "decoys on both sides": _decoys,
    "a letter doubled": _doubled,
    "a letter dropped": _dropped,
    "letters swapped": _swapped,
    "a neighbouring key": _key,
    "a typing error and a decoy": _typo_and_decoy,
    "umlauts spelt out": _umlauts,
}
OFFICE: dict[str, Way] = {
    "another order": _order,
    "other endings": _inflected,
    "in Swedish": _swedish,
    "a word on no list": _strange_word,
}
PERSON: dict[str, Way] = {
    "a person with a role": _person_role,
    "a person, another order": _person_order,
}


def _fakes(town: Town, half: str, chance: Random) -> Iterator[Pair]:
    for one in town.profiles:
        is_event = one.handle.endswith("2026")
        ways = {**ANY, **(PERSON if one.person else OFFICE)}
        for label, way in ways.items():
            if is_event and label in ("another order", "other endings", "in Swedish"):
                continue
            yield Pair(town, label, way(one, town, half, chance), one)
    for unit in town.unlisted[:4]:
        stem = chance.choice([town.genitive, town.name])
        text = plain(f"{stem}{chance.choice(['', '_', '.'])}{unit[0]}")
        yield Pair(town, "a unit that is not listed", text, town.profiles[0])


@cache
def municipalities() -> list[tuple[str, str]]:
    """Real towns: name and genitive."""
    entries = [entry.split() for line in _lines("municipalities") for entry in line.split(",")]
    return [(entry[0], entry[1]) for entry in entries if entry]


def _others(town: Town, half: str, chance: Random) -> Iterator[Pair]:
    own = {town.name, *(t.name for t in towns(half))}
    elsewhere = [pair for pair in municipalities() if pair[0] not in own]
    ending = [pair for pair in elsewhere if pair[0][-4:] == town.name[-4:]]
    near = chance.sample(elsewhere, 24) + ending[:12]
    for _name, genitive in near:
        one = chance.choice([p for p in town.profiles if p.unit and not p.person])
        separator = chance.choice(["", "_", "."])
        what = chance.choice([one.unit[0], "kaupunki"])  # type: ignore[index]
        yield Pair(town, "another town", plain(f"{genitive}{separator}{what}"), None)
    for club in CLUBS[half].split():
        stem = chance.choice([town.genitive, town.name])
        text = plain(f"{stem}{chance.choice(['', '_'])}{club}")
        yield Pair(town, "clubs, parishes, shops", text, None)
    for word in COMMENTS[half].split():
        yield Pair(town, "the town's name, a strange word", plain(f"{town.name}_{word}"), None)
    for one in town.profiles:
        yield from _not(one, town, half, chance)


def _not(one: Profile, town: Town, half: str, chance: Random) -> Iterator[Pair]:
    if one.unit and not one.person:
        for friends in ("ystävät", "ystävät ry", "kannatusyhdistys"):
            text = plain(f"{town.genitive} {one.unit[1]} {friends}")
            text = text.replace("_", chance.choice(["", "_"]))
            yield Pair(town, "friends' associations", text, None)
    if one.person:
        first, last = one.person.split()
        listed = {p.person for p in town.profiles}
        others = [name for name in GIVEN[half].split() if f"{name} {last}" not in listed]
        families = [name for name in FAMILY[half].split() if f"{first} {name}" not in listed]
        for name in chance.sample(others, 3):
            yield Pair(town, "namesakes", plain(f"{name}.{last}"), None)
        for name in chance.sample(families, 3):
            yield Pair(town, "namesakes", plain(f"{first}.{name}"), None)
    for _ in range(3):
        first, last = chance.choice(PEOPLE).split()
        yield Pair(town, "unrelated people", plain(f"{first}{chance.choice('._')}{last}"), None)
    yield Pair(town, "unrelated", chance.choice(UNRELATED), None)


PEOPLE = (
    *("Matti Virtanen", "Maija Korhonen", "Kalle Mäkinen", "Anna Nieminen", "Jari Koskinen"),
    *("Liisa Heikkinen", "Sari Rantanen", "Mika Salonen", "Hanna Lehtonen", "Olli Laine"),
    *("Outi Savolainen", "Pekka Savola", "Eeva Kivelä", "Eero Kivinen", "Nora Lepola"),
    *("Riikka Kirkas", "Antero Muurinen", "Ville Syvänen", "Joonas Metsälä", "Sampo Vuorela"),
    *("Emma Hongisto", "Tuuli Talvitie", "Leena Särkelä", "Timo Hietanen", "Helka Honkanen"),
)
UNRELATED = (
    *("kahvihetkia", "retkeilyvinkit", "suomenluonto", "lumikuningatar", "metsanreunassa"),
    *("autot.ja.moottorit", "villasukkakerho", "karjalanpiirakka", "verkkokauppa24", "peliluola"),
    *("runoja_yosta", "kissavideot", "puutarhurinpaivat", "savonmuikku", "koskikalastus"),
    *("kirjahylly", "lukutoukka_92", "kaupunkikavely", "nuorisolehti", "museokortti"),
)


def _by_hand(half: str) -> Iterator[Pair]:
    """Lines of town, class, text and the handle that it imitates, or a dash."""
    every = {town.name: town for one in HALVES for town in hand_towns(one)}
    text = (files("benchmarks.lookalikes") / "by_hand.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            head, _bar, like = line.rpartition(" | ")
            where, name, label, typed = head.split(" | ", 3)
            town = every[name]
            if where == half:
                found = next((p for p in town.profiles if p.handle == like), None)
                yield Pair(town, f"by hand: {label}", typed, found)


@cache
def hand_towns(half: str) -> list[Town]:
    """The towns that the hand-written pairs are around, as they stand there."""
    names = {"tuning": ("Savonkoski", "Savonkosken", "Savonkoski stad")}
    names["held_out"] = ("Porvoo", "Porvoon", "Borgå stad")
    return [_hand_town(*names[half])]


def _hand_town(name: str, genitive: str, swedish: str) -> Town:
    profiles = (
        Profile(f"{genitive} kaupunki", plain(f"{genitive}_kaupunki")),
        Profile(f"{genitive} kirjasto", plain(f"{genitive}kirjasto")),
        Profile(f"{genitive} nuorisopalvelut", plain(f"{name}nuoret")),
        Profile(f"{name} TV", plain(f"{name}tv")),
        Profile("Jokijuhlat 2026", "jokijuhlat2026"),
        Profile(
            f"{genitive} kansalaisopisto Noora Lepoharjula",
            plain(f"{name}.opisto.noora"),
            "Noora Lepoharjula",
        ),
    )
    return Town(name, genitive, swedish, profiles, ())
