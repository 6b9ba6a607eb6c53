"""Towns with their listed profiles, for which look-alikes are made: half of them held out."""

from dataclasses import dataclass
from random import Random

from intake.addresses.lookalike import Bearers, Book, Judge, Name, Vocabulary, listed

# name, genitive, Swedish name: real ones, and invented ones that lie a few letters from real ones
TOWNS = {
    "tuning": (
        ("Savonkoski", "Savonkosken", "Savonkoski stad"),
        ("Hirvijoki", "Hirvijoen", ""),
        ("Pieksämäki", "Pieksämäen", ""),
        ("Kuusilahti", "Kuusilahden", "Granviks kommun"),
        ("Lohja", "Lohjan", "Lojo stad"),
        ("Mäntsälä", "Mäntsälän", ""),
        ("Kemi", "Kemin", ""),
        ("Haapavirta", "Haapavirran", ""),
        ("Vaasa", "Vaasan", "Vasa stad"),
        ("Tuulisaari", "Tuulisaaren", "Vindö kommun"),
    ),
    "held_out": (
        ("Koivurinne", "Koivurinteen", ""),
        ("Porvoo", "Porvoon", "Borgå stad"),
        ("Hakojärvi", "Hakojärven", ""),
        ("Siuntio", "Siuntion", "Sjundeå kommun"),
        ("Rauma", "Rauman", ""),
        ("Merikylä", "Merikylän", "Havsby kommun"),
        ("Äänekoski", "Äänekosken", ""),
        ("Lumivaara", "Lumivaaran", ""),
        ("Jyväskylä", "Jyväskylän", ""),
        ("Kivisalmi", "Kivisalmen", "Stensunds kommun"),
    ),
}
# a unit's name in Finnish, how it is inflected, its name in Swedish
UNITS = (
    ("kirjasto", "kirjaston", "bibliotek"),
    ("museo", "museon", "museum"),
    ("nuorisopalvelut", "nuorisopalvelujen", "ungdomstjänster"),
    ("liikuntapalvelut", "liikuntapalvelujen", "idrottstjänster"),
    ("vesihuolto", "vesihuollon", "vattenverk"),
    ("lukio", "lukion", "gymnasium"),
    ("uimahalli", "uimahallin", "simhall"),
    ("kansalaisopisto", "kansalaisopiston", "medborgarinstitut"),
    ("matkailu", "matkailun", "turism"),
    ("varhaiskasvatus", "varhaiskasvatuksen", "småbarnspedagogik"),
    ("rakennusvalvonta", "rakennusvalvonnan", "byggnadstillsyn"),
    ("työllisyyspalvelut", "työllisyyspalvelujen", "sysselsättningstjänster"),
)
EVENTS = {
    "tuning": ("Koskijuhlat", "Sillifestarit", "Puikkarikisa", "Talvirieha", "Tervasoutu"),
    "held_out": ("Ruskaviikot", "Jokivarsiyö", "Omenakarkelot", "Hylkyregatta", "Kaamosvalot"),
}
GIVEN = {
    "tuning": "Noora Eero Riitta Antti Kaisa Ville Annika Petri Oona Jarmo",
    "held_out": "Tuulikki Sampo Helka Joonas Leena Ilkka Sanna Timo Pirkko Emma",
}
FAMILY = {
    "tuning": "Lepoharjula Kivihalla Kirkasojala Muurainvaara Ruskotuulela Syvärantala Strömkulla",
    "held_out": "Honkasiltala Vuoripelto Talvilehtola Metsäpurola Särkijoutsela Hietakorvela",
}


@dataclass(frozen=True)
class Profile:
    """A listed profile: its name and handle, whom it is about, and the unit it is of."""

    name: str
    handle: str
    person: str = ""
    unit: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Town:
    """A town with its profiles; the units of `UNITS` without a profile are `unlisted`."""

    name: str
    genitive: str
    swedish: str
    profiles: tuple[Profile, ...]
    unlisted: tuple[tuple[str, str, str], ...]

    def book(self) -> Book:
        """Its names as they are compared with."""
        units = [(unit[0].capitalize(), unit[2]) for unit in UNITS]
        given = [self.name, self.swedish], [self.genitive], units
        names = self._names(Vocabulary.of(*given))
        own = {word for name in names for word in name.own}
        people = Bearers.among(one.person for one in self.profiles if one.person)
        return Book(names, Judge(Vocabulary.of(*given, own), people))

    def _names(self, words: Vocabulary) -> list[Name]:
        found = []
        for one in self.profiles:
            texts = {one.name, one.handle, one.person} - {""}
            found += [
                listed(text, words, beside=texts, person=one.person, holder=one.handle)
                for text in sorted(texts)
            ]
        return found


def towns(half: str) -> list[Town]:
    """The towns of a half, each with eight profiles: the same at every run."""
    chance = Random(half)  # noqa: S311 -- the same choice at each run
    return [_town(names, half, at, chance) for at, names in enumerate(TOWNS[half])]


def _town(names: tuple[str, str, str], half: str, at: int, chance: Random) -> Town:
    name, genitive, swedish = names
    units = chance.sample(UNITS, 6)
    separator = chance.choice(["", "_", "."])
    event = EVENTS[half][at % 5]
    profiles = [
        Profile(f"{genitive} kaupunki", plain(f"{genitive}{separator}kaupunki")),
        Profile(f"{event} 2026", plain(f"{event}2026")),
    ]
    for unit in units[:4]:
        handle = plain(f"{genitive}{separator}{unit[0]}")
        profiles.append(Profile(f"{genitive} {unit[0]}", handle, unit=unit))
    for unit in units[4:]:
        given = chance.choice(GIVEN[half].split())
        person = f"{given} {chance.choice(FAMILY[half].split())}"
        handle = plain(person.replace(" ", chance.choice([".", "_", ""])))
        profiles.append(Profile(f"{genitive} {unit[0]} {person}", handle, person, unit))
    unlisted = tuple(unit for unit in UNITS if unit not in units)
    return Town(name, genitive, swedish, tuple(profiles), unlisted)


def plain(text: str) -> str:
    """A text as services allow it in a handle."""
    return text.lower().translate(str.maketrans("åäö ", "aao_"))
