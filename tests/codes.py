"""The codes of abuse cases (A), sweeps (W) and faults (F): where they are defined, used and proved.

A definition is a row of a table in one of the two documents. A test proves the codes that stand in
its name, or in that of its file: `test_a07_...`, `test_w3_a22_...`, `test_f03_f04_writers.py`.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("abuse-cases.md", "faults.md")
ROW = re.compile(r"^\| ([AWF]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*)\|$", re.M)
IN_TEXT = re.compile(r"(?<![%\w])[AWF]\d{1,3}\b(?!:)")
IN_NAME = re.compile(r"(?<=_)[awf]\d{1,3}(?=_|$)")
READ = ("intake", "tests", "benchmarks", "templates")


def defined() -> list[tuple[str, str, str]]:
    """(code, what somebody tries or what breaks, what holds it) of every row, as they stand."""
    texts = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    return [(code, what, held) for text in texts for code, what, held, _tests in ROW.findall(text)]


def used() -> dict[str, set[str]]:
    """The files that name each code, in their text or in the name of a test."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in READ:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".html"):
                path = file.relative_to(ROOT).as_posix()
                text = re.sub(r"# noqa: [A-Z0-9, ]+", "", file.read_text(encoding="utf-8"))
                for code in IN_TEXT.findall(text):
                    found[code].add(path)
    for code, files in proofs().items():
        found[code] |= files
    return found


def proofs() -> dict[str, set[str]]:
    """The test files that prove each code."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for code in _codes(file):
            found[code].add(file.relative_to(ROOT).as_posix())
    return found


def _codes(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    tests = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for name in [file.stem, *(name for name in tests if name.startswith("test_"))]:
        for code in IN_NAME.findall(name):
            yield f"{code[0].upper()}{int(code[1:])}"


def document(name: str) -> str:
    """A document of codes as it stands, its last column made from the names of the tests."""
    proved = proofs()

    def row(found: re.Match[str]) -> str:
        code, what, held, _tests = found.groups()
        links = ", ".join(_link(path) for path in sorted(proved[code])) or "none"
        return f"| {code} | {what} | {held} | {links} |"

    return ROW.sub(row, (ROOT / "docs" / name).read_text(encoding="utf-8"))


def _link(path: str) -> str:
    return f"[{path.removeprefix('tests/').removesuffix('.py')}](../{path})"
