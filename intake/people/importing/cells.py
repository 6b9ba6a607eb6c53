"""Each cell by itself: what is wrong with it, or the form in which we keep it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from email_validator import EmailNotValidError, validate_email

from intake.people import rules
from intake.people.importing import layout
from intake.people.importing.layout import COLUMNS, KEYS, OFFICES, folded
from intake.people.importing.reading import Row, Sheet
from intake.people.models import Level
from intake.web import locale
from intake.web.forms.fields import CONTROL


def shape(sheets: list[Sheet], progress: Callable[[int], None] = lambda _done: None) -> None:
    """Check every cell and bring it into the form we keep; what is wrong becomes a fault of the
    sheet and is left out of its rows, and a row without its key with it."""
    words = layout.levels()
    done = 0
    for sheet in sheets:
        kept = []
        for row in sheet.rows:
            cells = dict(_cells(sheet, row, words))
            if KEYS[sheet.kind] in cells:
                kept.append(Row(row.line, cells))
            done += 1
            progress(done)
        sheet.rows = kept


def _cells(sheet: Sheet, row: Row, words: Mapping[str, Level]) -> Iterator[tuple[str, str]]:
    for key, text in row.cells.items():
        fault = _cell_fault(key, text, words)
        if fault is None:
            yield key, _kept(key, text, words)
        else:
            code, values = fault
            sheet.fault(row.line, key, code, **values)


def _cell_fault(
    key: str, text: str, words: Mapping[str, Level]
) -> tuple[str, dict[str, Any]] | None:
    column = COLUMNS[key]
    if not text:
        return ("missing", {}) if column.filled else None
    if "\n" in text or "\r" in text or CONTROL.search(text):
        return "controls", {}
    if (over := len(text) - column.most) > 0:
        return "too_long", {"over": over, "most": column.most}
    if not FITS.get(key, _anything)(text, words):
        return f"bad_{key}", {}
    return None


def _anything(_text: str, _words: Mapping[str, Level]) -> bool:
    return True


def _is_address(text: str, _words: Mapping[str, Level]) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


FITS: dict[str, Callable[[str, Mapping[str, Level]], bool]] = {
    "code": lambda text, _words: text.isascii(),
    "level": lambda text, words: folded(text) in words,
    "email": _is_address,
    "language": lambda text, _words: text.casefold() in locale.LANGUAGES,
}


def _kept(key: str, text: str, words: Mapping[str, Level]) -> str:
    if key == "level":
        return words[folded(text)].value
    if key in ("email", *OFFICES):
        return rules.folded(text)
    return text.casefold() if key == "language" else text
