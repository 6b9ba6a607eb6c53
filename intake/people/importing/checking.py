"""All rows together against the town as it is: what is wrong, or what would change. Nothing here
writes, and nothing raises for what a file says."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake import text
from intake.people import rules
from intake.people.importing.layout import KEYS, KINDS, OFFICES, Cells
from intake.people.importing.present import Present, unit_key
from intake.people.importing.reading import Fault, Row, Sheet
from intake.people.models import Level

DEEPEST = 2 * len(Level)  # how far up is looked: further only where levels are wrong already


@dataclass
class ImportLine:
    """A line that was understood: what it makes of a unit or person, and what there is now."""

    file: int
    line: int
    given: frozenset[str]
    old: Cells
    new: Cells

    def changes(self, *columns: str) -> bool:
        """Would it change one of these?"""
        return any(self.new[name] != self.old.get(name, "") for name in columns)


@dataclass
class Outcome:
    """What came of checking: faults, or the changes to be made (the lines that change something,
    in the order of the file), how many lines change nothing, and what no line speaks of."""

    faults: list[Fault] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    absent: dict[str, list[str]] = field(default_factory=dict)


def compare(sheets: list[Sheet], present: Present) -> Outcome:
    """What is wrong with these rows in this town, or what they would change."""
    found = _Comparison(present)
    for sheet in sheets:
        found.outcome.faults += sheet.faults
    if not all(sheet.whole for sheet in sheets):
        return found.outcome
    for kind in KINDS:  # units first: people name them
        for sheet in sheets:
            if sheet.kind == kind:
                found.take(sheet)
    found.check()
    if not found.outcome.faults:
        found.end_offices()
        found.note_changes()
    found.outcome.faults.sort(key=lambda fault: (fault.file, fault.line))
    return found.outcome


class _Comparison:
    """The town as it would be after an import."""

    def __init__(self, present: Present) -> None:
        self.present = present
        self.lines: dict[str, dict[str, ImportLine]] = {"units": {}, "people": {}}
        self.outcome = Outcome()
        self.root = present.root
        self.roots: set[str] = set()  # what files call the town
        self.units: dict[str, Cells] = {}
        self.people: dict[str, Cells] = {}
        self.named: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.zeros = {  # codes as spreadsheets shorten them
            key.lstrip("0"): unit["code"]
            for key, unit in present.units.items()
            if key.isdecimal() and key.startswith("0")
        }

    def fault(self, line: ImportLine, column: str, code: str, **values: Any) -> None:
        """Note what is wrong with a line."""
        self.outcome.faults.append(Fault(line.file, line.line, column, code, values))

    # taking rows

    def take(self, sheet: Sheet) -> None:
        """Take the rows of a sheet, each once."""
        if any(self.lines[sheet.kind].values()):
            self.outcome.faults.append(Fault(sheet.number, 1, "", "same_kind"))
            return
        if sheet.kind == "units":
            self._find_root(sheet)
        for row in sheet.rows:
            key = self.key(sheet.kind, row.cells)
            line = self._line(sheet, row, key)
            other = self.lines[sheet.kind].setdefault(key, line)
            if other is not line:
                self.fault(line, KEYS[sheet.kind], "twice", other=other.line)
        self.outcome.absent[sheet.kind] = sorted(
            set(self.present.of(sheet.kind)) - set(self.lines[sheet.kind]) - {self.root}
        )

    def _find_root(self, sheet: Sheet) -> None:
        """A file may call the town what it likes: there is only one."""
        for row in sheet.rows:
            if row.cells.get("level") == Level.ROOT:
                key = unit_key(row.cells["code"])
                self.root = self.root or key
                if key not in self.present.ids["units"]:
                    self.roots.add(key)

    def key(self, kind: str, cells: Cells) -> str:
        """Which unit or person a row is of."""
        return self.unit(cells["code"]) if kind == "units" else cells["email"]

    def unit(self, code: str) -> str:
        """The key of the unit that a cell names."""
        key = unit_key(code)
        return self.root if key in self.roots else key

    def _line(self, sheet: Sheet, row: Row, key: str) -> ImportLine:
        columns = [column.key for column in KINDS[sheet.kind]]
        old = self.present.of(sheet.kind).get(key, {})
        new = dict.fromkeys(columns, "") | old | row.cells
        if sheet.kind == "units":
            new["parent"] = self._parent(new, "parent" in row.cells)
            new["code"] = old["code"] if old and key != self.root else new["code"]
        else:
            new["unit"] = self.unit(new["unit"])
            new["language"] = new["language"] or old.get("language") or self.present.language
        return ImportLine(sheet.number, row.line, frozenset(row.cells), old, new)

    def _parent(self, new: Cells, given: bool) -> str:
        if new["parent"]:
            return self.unit(new["parent"]) if given else new["parent"]
        return "" if new["level"] == Level.ROOT else self.root

    # checking

    def check(self) -> None:
        """Hold every line against the whole."""
        for kind, target in (("units", self.units), ("people", self.people)):
            target.update(self.present.of(kind))
            target.update((key, line.new) for key, line in self.lines[kind].items())
        for key, unit in self.units.items():
            self.named[_called(unit)].append(key)
        circles = _circles({key: unit["parent"] for key, unit in self.units.items()})
        for key, line in self.lines["units"].items():
            self._check_unit(key, line, circles)
        self._check_levels_below()
        for key, line in self.lines["people"].items():
            self._check_person(key, line)

    def _check_unit(self, key: str, line: ImportLine, circles: set[str]) -> None:
        if key in self.present.gone["units"]:
            self.fault(line, "code", "ended_unit", unit=line.new["code"])
            return
        if not line.old and self._is_double(key, line):
            return
        if line.new["level"]:
            self._check_place(key, line, circles)
        if line.changes("level", *OFFICES):
            self._check_offices(line)
        if line.old and line.changes("parent") and self._gains(key, line):
            self.fault(line, "parent", "own_lead")

    def _is_double(self, key: str, line: ImportLine) -> bool:
        """Is a new unit one that there is, by a code that lost its zeros or by its name?"""
        twins = [one for one in self.named[_called(line.new)] if one != key]
        if whole := self._whole(key):
            self.fault(line, "code", "zeros", unit=whole)
        elif twins:
            self.fault(line, "name_fi", "twin", unit=self.units[twins[0]]["code"])
        return bool(whole or twins)

    def _whole(self, key: str) -> str:
        """The code of the unit that there is, where a key is that code without its zeros."""
        return self.zeros.get(key, "") if key not in self.present.units else ""

    def _check_place(self, key: str, line: ImportLine, circles: set[str]) -> None:
        level, parent = Level(line.new["level"]), line.new["parent"]
        if (key == self.root) != (level is Level.ROOT):
            self.fault(line, "level", "town_level")
        elif level is Level.ROOT:
            if parent:
                self.fault(line, "parent", "town_has_parent")
        elif not parent:
            self.fault(line, "parent", "no_town")
        elif parent not in self.units:
            self._fault_no_unit(line, "parent", parent)
        elif key in circles:
            self.fault(line, "parent", "circle")
        elif line.changes("parent", "level") and not self._fits(level, parent):
            self.fault(line, "level", "level_order", unit=self.units[parent]["code"])

    def _fits(self, level: Level, parent: str) -> bool:
        above = self.units[parent]["level"]
        return not above or rules.fits_below(level, Level(above))

    def _fault_no_unit(self, line: ImportLine, column: str, key: str) -> None:
        code = "ended_unit" if key in self.present.gone["units"] else "unknown_unit"
        whole = self._whole(key)
        self.fault(line, column, "zeros" if whole else code, unit=whole or key)

    def _check_levels_below(self) -> None:
        """A unit whose level changes must still stand above those that stay where they are."""
        lines = self.lines["units"]
        for key, unit in self.present.units.items():
            own, above = lines.get(key), lines.get(unit["parent"])
            if above is None or unit["parent"] == self.root or not above.changes("level"):
                continue
            if own is not None and own.changes("parent", "level"):
                continue
            if above.new["level"] and not self._fits(Level(unit["level"]), unit["parent"]):
                self.fault(above, "level", "levels_below", unit=unit["code"])

    def _check_offices(self, line: ImportLine) -> None:
        new, old, by = line.new, line.old, self.present.by
        if new["level"] == Level.WORKING_GROUP and (new["head"] or new["deputy"]):
            self.fault(line, "head" if new["head"] else "deputy", "group_head")
        for office in OFFICES:
            address = new[office]
            if not line.changes(office):
                continue
            if address and address not in self.people:
                left = address in self.present.gone["people"]
                self.fault(line, office, "left_person" if left else "unknown_person", who=address)
            if by in (address, old.get(office)):
                self.fault(line, office, "own_office")
        if new["deputy"] and new["deputy"] == new["head"]:
            self.fault(line, "deputy", "same_person")

    def _gains(self, key: str, line: ImportLine) -> bool:
        """Would whoever imports come to lead a unit that they do not lead now (A6)?"""
        before = set(_above(self.present.units, key))
        return any(
            self.present.by in (self.units[one]["head"], self.units[one]["deputy"])
            for one in _above(self.units, line.new["parent"])
            if one not in before
        )

    def _check_person(self, key: str, line: ImportLine) -> None:
        if key in self.present.gone["people"]:
            self.fault(line, "email", "left", who=key)
            return
        if not line.old and not text.in_domains(key, self.present.domains):
            self.fault(line, "email", "domain", domains=", ".join(self.present.domains))
        unit = line.new["unit"]
        if unit and unit not in self.units:
            self._fault_no_unit(line, "unit", unit)
        elif not unit and "unit" in line.given and (not line.old or line.old["unit"]):
            self.fault(line, "unit", "missing")
        if key == self.present.by and line.changes("unit") and not self._may_settle(line):
            self.fault(line, "unit", "own_unit")

    def _may_settle(self, line: ImportLine) -> bool:
        """The only administrator of a new town says once where they work (A6)."""
        return self.present.alone and line.old["unit"] in ("", self.present.root)

    # what follows

    def end_offices(self) -> None:
        """Whoever moves loses the offices of units that are neither above nor below their new one,
        but for those that a line of this import gives them."""
        held: dict[str, list[tuple[str, str]]] = {}
        for key, unit in self.units.items():
            for office in OFFICES:
                held.setdefault(unit[office], []).append((key, office))
        for email, line in self.lines["people"].items():
            if line.old and line.changes("unit"):
                for key, office in held.get(email, ()):
                    self._end_office(key, office, line)

    def _end_office(self, key: str, office: str, moved: ImportLine) -> None:
        unit = moved.new["unit"]
        line = self.lines["units"].get(key)
        said = line is not None and office in line.given
        if said or key in _above(self.units, unit) or unit in _above(self.units, key):
            return
        if line is None:
            old = self.present.units[key]
            line = ImportLine(moved.file, moved.line, frozenset(), old, dict(old))
            self.lines["units"][key] = line
            self.units[key] = line.new
        line.new[office] = ""

    def note_changes(self) -> None:
        """Every line that changes something, as the page shows it and the writer takes it."""
        for kind, lines in self.lines.items():
            for key, line in lines.items():
                if line.changes(*line.new):
                    self.outcome.changes.append(_change(kind, key, line))
                else:
                    self.outcome.unchanged += 1


def _called(unit: Cells) -> tuple[str, str]:
    """What must not be twice: a name under a unit."""
    return unit["parent"], text.name(unit["name_fi"]).casefold()


def _change(kind: str, key: str, line: ImportLine) -> dict[str, Any]:
    return {
        "kind": kind,
        "file": line.file,
        "line": line.line,
        "key": key,
        "name": line.new["name_fi" if kind == "units" else "name"],
        "new": not line.old,
        "values": {
            column: [line.old.get(column, ""), value]
            for column, value in line.new.items()
            if value != line.old.get(column, "")
        },
    }


def _above(units: Mapping[str, Cells], key: str) -> list[str]:
    """The unit and those above it, up to the town."""
    found: list[str] = []
    while key in units and len(found) < DEEPEST:
        found.append(key)
        key = units[key]["parent"]
    return found


def _circles(parents: Mapping[str, str]) -> set[str]:
    """The units that are above themselves; each is looked at once."""
    seen: set[str] = set()
    found: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        key = start
        while key in parents and key not in seen:
            seen.add(key)
            path[key] = None
            key = parents[key]
        if key in path:
            walked = list(path)
            found.update(walked[walked.index(key) :])
    return found
