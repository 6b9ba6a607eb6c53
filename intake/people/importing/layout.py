"""What a file looks like: its two kinds, their columns, and what cells may hold."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from intake.people.models import LEVELS, Level
from intake.web import locale

Cells = dict[str, str]

MEGABYTES = 5  # of all files of an import
ROWS = 20_000
BOM = "\ufeff"
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")  # and their full-width forms


@dataclass(frozen=True)
class Column:
    """A column of a file: `also` are other names for it, with commas between; `must` be there,
    `filled` on every line; cells hold at most `most` characters."""

    key: str
    label: Any
    about: Any
    also: Any = ""
    most: int = 120
    must: bool = False
    filled: bool = False


UNITS = (
    Column(
        "code",
        _l("Code"),
        _l("What files call the unit. It stays the same from file to file."),
        _l("unit code, id"),
        most=40,
        must=True,
        filled=True,
    ),
    Column(
        "parent",
        _l("Unit above"),
        _l("The code of the unit above. Empty: the town itself."),
        _l("parent, parent unit"),
        most=40,
        must=True,
    ),
    Column(
        "level",
        _l("Level"),
        _l("Town, sector, service area, unit or working group."),
        _l("organisation level"),
        must=True,
        filled=True,
    ),
    Column(
        "name_fi",
        _l("Name in Finnish"),
        _l("At most 120 characters."),
        _l("Finnish name"),
        must=True,
        filled=True,
    ),
    Column(
        "name_sv",
        _l("Name in Swedish"),
        _l("At most 120 characters. Empty: the Finnish name is shown."),
        _l("Swedish name"),
    ),
    Column(
        "head",
        _l("Head"),
        _l("The work e-mail of the head. A working group has none."),
        _l("supervisor, manager"),
        most=254,
    ),
    Column(
        "deputy",
        _l("Standing deputy"),
        _l("The work e-mail of who stands in for the head."),
        _l("deputy"),
        most=254,
    ),
)
PEOPLE = (
    Column(
        "email",
        _l("Work e-mail"),
        _l("The person's own address, in a mail domain of the town. It tells who a line is of."),
        _l("email, email address, mail"),
        most=254,
        must=True,
        filled=True,
    ),
    Column(
        "name",
        _l("Name"),
        _l("First name and last name."),
        _l("full name"),
        must=True,
        filled=True,
    ),
    Column("title", _l("Title"), _l("At most 120 characters."), _l("job title")),
    Column(
        "unit",
        _l("Unit"),
        _l("The code of the person's unit."),
        _l("unit code"),
        most=40,
        must=True,
    ),
    Column(
        "language",
        _l("Language"),
        _l("fi, sv or en: the language the person is written to. Empty: the town's first."),
    ),
)
KINDS: dict[str, tuple[Column, ...]] = {"units": UNITS, "people": PEOPLE}
KEYS = {"units": "code", "people": "email"}
OFFICES = ("head", "deputy")
COLUMNS = {column.key: column for columns in KINDS.values() for column in columns}
REFUSED = {  # columns that no file may have, and the fault that says why
    "roles": (_l("Roles"), _l("role, user rights")),
    "consent": (_l("Consent"), _l("consents, consent given")),
    "password": (_l("Password"), _l("passwords")),
}


def folded(text: str) -> str:
    """The letters and digits of a heading, in small letters: how headings are compared."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def names_of(key: str, *texts: Any) -> set[str]:
    """What something may be called: its English key, and each text in every language."""
    found = {key}
    for code in locale.LANGUAGES:
        with force_locale(code):
            found |= {name for text in texts for name in str(text).split(",")}
    return {name.strip() for name in found if name.strip()}


def headings(kind: str) -> dict[str, str]:
    """The column of every heading that a kind of file may have, folded."""
    return {
        folded(name): column.key
        for column in KINDS[kind]
        for name in names_of(column.key, column.label, column.also)
    }


def refused_headings() -> dict[str, str]:
    """The fault of every heading that no file may have, folded."""
    return {folded(name): key for key, texts in REFUSED.items() for name in names_of(key, *texts)}


def levels() -> dict[str, Level]:
    """Every level by what it may be called, folded."""
    return {
        folded(name): level
        for level, word in LEVELS.items()
        for name in names_of(level.value, word)
    }


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula (A99); `unguarded` undoes it."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def drawn(heads: Iterable[Any], rows: Iterable[Iterable[Any]]) -> bytes:
    """A file of headings and rows as spreadsheets open it: semicolons, all quoted, with a BOM."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (heads, *rows):
        writer.writerow([guarded(str(cell)) for cell in row])
    return (BOM + out.getvalue()).encode()


def table(kind: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """A file of a kind, its headings and levels in the reader's language."""
    columns = KINDS[kind]
    shown: dict[str, Callable[[str], Any]] = {"level": lambda code: LEVELS[Level(code)]}
    lines = [[shown.get(column.key, str)(row[column.key]) for column in columns] for row in rows]
    return drawn([column.label for column in columns], lines)
