"""Bytes into rows: encoding, separator and columns are told from the file itself.

Nothing here raises for what a file holds: what is wrong becomes a fault, as (line, column, code,
values), which `words` makes a sentence of. Lines are numbered as a spreadsheet shows them.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from intake.people.importing import layout
from intake.people.importing.layout import KINDS, Cells, folded, unguarded
from intake.web.forms.fields import CONTROL

SEPARATORS = ";,\t"
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # xlsx and ods; xls
WIDE = (b"\xff\xfe", b"\xfe\xff")
BREAKING = {"spreadsheet", "no_text", "no_heading", "no_rows", "quotes", "column_missing"}
WIDEST = 100  # columns of a heading
LONGEST = 60  # characters of a foreign heading that are kept


class Fault(NamedTuple):
    """Something wrong in a file; `column` is a key, or the heading where it is none of ours."""

    file: int
    line: int
    column: str
    code: str
    values: dict[str, Any] = {}  # noqa: RUF012 -- never changed


@dataclass(frozen=True)
class Row:
    """A line with the cells of the columns that we know."""

    line: int
    cells: Cells


@dataclass
class Sheet:
    """A file: what kind it is (nothing where it cannot be told), its columns, rows and faults."""

    number: int = 0
    kind: str = ""
    columns: dict[int, str] = field(default_factory=dict)  # ours, by place
    foreign: set[int] = field(default_factory=set)  # places with a heading that is none of ours
    rows: list[Row] = field(default_factory=list)  # the first ROWS of them
    count: int = 0
    whole: bool = True  # else rows of it may be missing, and no other row is held against them
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: str, code: str, **values: Any) -> None:
        """Note what is wrong."""
        self.whole = self.whole and code not in BREAKING
        self.faults.append(Fault(self.number, line, column, code, values))


class _Unreadable(Exception):  # noqa: N818 -- the answer to a question
    """The bytes are no text; the fault's code."""


def read(content: bytes, number: int = 0) -> Sheet:
    """The rows of a file, or what is wrong with it."""
    sheet = Sheet(number)
    try:
        text = _decoded(content)
    except _Unreadable as found:
        sheet.fault(1, "", str(found))
        return sheet
    records = _records(sheet, text)
    heading = next(records, None)
    if heading is None:
        sheet.fault(1, "", "no_rows")
        return sheet
    _read_heading(sheet, *heading)
    if sheet.kind:
        for line, cells in records:
            _read_row(sheet, line, cells)
        if not sheet.count and not sheet.faults:
            sheet.fault(heading[0], "", "no_rows")
    return sheet


def _decoded(content: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if content.startswith(PACKED):
        raise _Unreadable("spreadsheet")
    tried = ["utf-16"] if content.startswith(WIDE) else ["utf-8-sig", "cp1252"]
    for encoding in tried:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(_first_line(text)) or (encoding == "cp1252" and "\x00" in text):
            break
        return text
    raise _Unreadable("no_text")


def _first_line(text: str) -> str:
    return re.split(r"[\r\n]", text, maxsplit=1)[0]


def _records(sheet: Sheet, text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of everything that is not blank; a file whose quotes go wrong ends there."""
    text = text.removeprefix(layout.BOM)
    if re.match(r"sep=.(\r\n|\r|\n)", text, re.IGNORECASE):  # a hint for spreadsheets, no line
        text = text[len(_first_line(text)) :].removeprefix("\r").removeprefix("\n")
    separator = _separator(_first_line(text.lstrip()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, 1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
    except csv.Error:
        sheet.fault(line + 1, "", "quotes")


def _separator(heading: str) -> str:
    """The separator with which most columns are known, else the one that makes most of them."""
    known = {name for kind in KINDS for name in layout.headings(kind)}

    def worth(separator: str) -> tuple[int, int]:
        cells = [cell.strip().strip('"') for cell in heading.split(separator)]
        return sum(folded(cell) in known for cell in cells), len(cells)

    return max(SEPARATORS, key=worth)


def _read_heading(sheet: Sheet, line: int, cells: list[str]) -> None:
    names = {kind: layout.headings(kind) for kind in KINDS}
    fits = {kind: sum(folded(cell) in names[kind] for cell in cells[:WIDEST]) for kind in KINDS}
    best = max(fits, key=lambda kind: fits[kind])
    if not fits[best] or any(cells[WIDEST:]):
        sheet.fault(line, "", "no_heading")
        return
    sheet.kind = best
    for place, cell in enumerate(cells):
        if cell:
            _read_name(sheet, line, place, cell, names[best].get(folded(cell)))
    for column in KINDS[best]:
        if column.must and column.key not in sheet.columns.values():
            sheet.fault(line, column.key, "column_missing")


def _read_name(sheet: Sheet, line: int, place: int, name: str, key: str | None) -> None:
    if key is None:
        code = layout.refused_headings().get(folded(name), "unknown")
        shown = CONTROL.sub("\ufffd", " ".join(name.split()))[:LONGEST]
        sheet.fault(line, shown, f"column_{code}")
    elif key in sheet.columns.values():
        sheet.fault(line, key, "column_twice")
    else:
        sheet.columns[place] = key
        return
    sheet.foreign.add(place)


def _read_row(sheet: Sheet, line: int, cells: list[str]) -> None:
    sheet.count += 1
    if sheet.count > layout.ROWS:
        return
    for place, cell in enumerate(cells):
        if cell and place not in sheet.columns and place not in sheet.foreign:
            sheet.fault(line, _letters(place), "stray")
            break
    found = {
        key: unguarded(cells[place]) if place < len(cells) else ""
        for place, key in sheet.columns.items()
    }
    sheet.rows.append(Row(line, found))


def _letters(place: int) -> str:
    """What a spreadsheet calls a column: A, B, ... Z, AA."""
    above, last = divmod(place, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)
