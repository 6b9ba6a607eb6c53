"""Invented towns as files: of any size, always the same for the same size."""

import csv
import io
from itertools import product

DOMAIN = "savonkoski.example"
FIRST = ("Aino", "Eero", "Helmi", "Ilmari", "Lyyli", "Oskari", "Saima", "Urho", "Åke", "Brita")
LAST = ("Aaltolampi", "Järviketo", "Koskisuvanto", "Lehtoranta", "Mäkisalo", "Niittykangas")
UNITS = ("code", "parent", "level", "name_fi", "name_sv", "head", "deputy")
PEOPLE = ("email", "name", "title", "unit", "language")
FINNISH = {
    "code": "Tunnus",
    "parent": "Yläyksikkö",
    "level": "Taso",
    "name_fi": "Nimi suomeksi",
    "name_sv": "Nimi ruotsiksi",
    "head": "Esimies",
    "deputy": "Sijainen",
    "email": "Työsähköposti",
    "name": "Nimi",
    "title": "Tehtävänimike",
    "unit": "Yksikkö",
    "language": "Kieli",
}
LEVELS = ("toimiala", "palvelualue", "yksikkö")

Rows = list[dict[str, str]]


def units(number: int = 40) -> Rows:
    """So many units below the town, on three levels, each with a head and some with a deputy."""
    made: Rows = []
    for place in range(number):
        level = 0 if place < 4 else 1 if place < 4 + (number - 4) // 3 else 2
        above = "" if level == 0 else made[place % 4 if level == 1 else 4 + place % 4]["code"]
        made.append(
            {
                "code": f"y{place:04}",
                "parent": above,
                "level": LEVELS[level],
                "name_fi": f"Keksitty palvelu {place}",
                "name_sv": f"Påhittad tjänst {place}" if place % 3 else "",
                "head": address(place),
                "deputy": address(place + number) if place % 5 == 0 else "",
            }
        )
    return made


def people(number: int = 300, of: int = 40) -> Rows:
    """So many people in so many units."""
    return [
        {
            "email": address(place),
            "name": name(place),
            "title": "päällikkö" if place < of else "asiantuntija",
            "unit": f"y{place % of:04}",
            "language": "sv" if place % 10 > 7 else "fi",
        }
        for place in range(number)
    ]


def name(place: int) -> str:
    """The name of a person: each first name with each last, then with a second one."""
    first, last = list(product(FIRST, LAST))[place % 60]
    return f"{first} {last}" if place < 60 else f"{first} {last}-{LAST[place // 60 % 6]}"


def address(place: int) -> str:
    """The work address of a person."""
    return f"henkilo{place}@{DOMAIN}"


def text(rows: Rows, columns: tuple[str, ...] | None = None, separator: str = ";") -> str:
    """Rows as the text of a file with Finnish headings."""
    kind = UNITS if rows and "level" in rows[0] else PEOPLE
    out = io.StringIO()
    writer = csv.DictWriter(out, columns or kind, delimiter=separator, extrasaction="ignore")
    writer.writerow(FINNISH)
    writer.writerows(rows)
    return out.getvalue()


def file(rows: Rows, **how) -> bytes:
    """Rows as the bytes of a file."""
    return ("\ufeff" + text(rows, **how)).encode()


def broken() -> tuple[Rows, Rows, list[tuple[int, int, str, str]]]:
    """A copy of the usual town with a mistake of each common kind, and what is wrong with it:
    (file, line, column, fault)."""
    organisation, folk = units(), people()
    faults = []
    for place, column, value, fault in (
        (4, "parent", "ei-ole", "unknown_unit"),
        (18, "level", "osasto", "bad_level"),
        (19, "name_fi", "", "missing"),
        (20, "head", f"kukaan@{DOMAIN}", "unknown_person"),
        (21, "deputy", address(21), "same_person"),
        (22, "level", "toimiala", "level_order"),
        (23, "name_sv", "x" * 121, "too_long"),
    ):
        organisation[place][column] = value
        faults.append((0, place + 2, column, fault))
    organisation.append(dict(organisation[3]))
    faults.append((0, 42, "code", "twice"))
    for place, column, value, fault in (
        (100, "email", "aino.aaltolampi", "bad_email"),
        (110, "unit", "ei-ole", "unknown_unit"),
        (120, "name", "", "missing"),
        (130, "email", "aino@gmail.example", "domain"),
        (140, "language", "de", "bad_language"),
        (150, "name", "Aino\x07", "controls"),
        (160, "unit", "", "missing"),
        (171, "email", address(170).upper(), "twice"),
    ):
        folk[place][column] = value
        faults.append((1, place + 2, column, fault))
    return organisation, folk, faults
