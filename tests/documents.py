"""The documents that are made from the program: `python -m tests.documents` writes them anew.

docs/policy.md from the marks of the tests, docs/workflows.md from the tables of the tracks,
docs/access.md from what every view declares, in docs/operations.md the table of settings, and in
docs/abuse-cases.md and docs/faults.md the tests that prove each.
"""

import ast
import subprocess
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask

from intake import config, create_app
from intake.engine import tracks
from intake.web import access
from tests import codes

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PARTS = {
    "S": "What social media is",
    "P": "Representing the town",
    "G": "Annex, for everybody",
    "O": "Annex, office profile",
    "E": "Annex, expert profile",
}


def tracked() -> list[Path]:
    """Every file of the repository, or of an archive of it that was unpacked."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name]
    outside = {".venv", "instance", ".git"}  # an unpacked archive
    return [file for file in ROOT.rglob("*") if not outside & set(file.relative_to(ROOT).parts)]


def clauses() -> dict[str, dict[str, str]]:
    """Weight and meaning of every clause of the policy by its id."""
    return tomllib.loads((DOCS / "clauses.toml").read_text(encoding="utf-8"))


def marks() -> dict[str, list[tuple[str, str]]]:
    """(file, test) for every clause that a test names in `@pytest.mark.policy(...)`."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        path = file.relative_to(ROOT).as_posix()
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            for clause, test in _marked(node):
                if (path, test) not in found[clause]:
                    found[clause].append((path, test))
    return found


def _marked(node: ast.AST) -> Iterator[tuple[str, str]]:
    """(clause, name) for the marks in one statement of a test file: a test, or all of them."""
    if isinstance(node, ast.ClassDef):
        for inner in [*node.body, *node.decorator_list]:
            yield from _marked(inner)
        return
    name = node.name if isinstance(node, ast.FunctionDef) else "all its tests"
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.policy":
            for clause in call.args:
                yield ast.literal_eval(clause), name


def policy(_app: Flask) -> str:
    """Each clause with the tests that prove what the software does for it."""
    proved = marks()
    lines = [
        "# The policy and its proofs",
        "",
        "Each point of the town's policy on social media, what it means in our own words, and the",
        "tests that prove what the software does for it. A guide is conduct: software can only",
        "teach and record it.",
    ]
    for letter, heading in PARTS.items():
        lines += ["", f"## {letter}: {heading}", "", "| id | weight | meaning | tests |"]
        lines.append("|---|---|---|---|")
        for clause, told in clauses().items():
            if clause.startswith(letter):
                tests = "<br>".join(_link(*test) for test in proved[clause]) or "not yet"
                lines.append(f"| {clause} | {told['weight']} | {told['meaning']} | {tests} |")
    return "\n".join([*lines, ""])


def _link(path: str, test: str) -> str:
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../{path})"


def workflows(_app: Flask) -> str:
    """The table and the deadlines of every track."""
    lines = [
        "# Workflows",
        "",
        "Made from the tables that the program obeys. `-` is nothing: before the beginning and",
        "after the end; `stay` leaves the state as it is.",
    ]
    for name, track in sorted(tracks.tracks().items()):
        lines += ["", f"## {name}", "", tracks.as_markdown(track)]
    return "\n".join([*lines, ""])


def doors(app: Flask) -> str:
    """Every address, who may open it, and how long its answer is kept."""
    lines = [
        "# Access",
        "",
        "Every address of the application. A workflow's parties and each room's `visible_to`",
        "decide further what a person may do and see.",
        "",
        "| methods | path | endpoint | who | cache |",
        "|---|---|---|---|---|",
    ]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        declared = access.of(rule.endpoint)
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        who, cache = (str(declared), declared.cache) if declared else ("nobody", "")
        path = rule.rule.replace("|", "\\|")
        lines.append(f"| {methods} | `{path}` | {rule.endpoint} | {who} | {cache} |")
    return "\n".join([*lines, ""])


def operations(_app: Flask) -> str:
    """The manual of the operator, with the table of settings as they are declared."""
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    begin, end = "<!-- settings -->\n", "<!-- end of settings -->"
    before, rest = text.split(begin)
    lines = ["", "| setting | default | meaning |", "|---|---|---|"]
    for option in config.OPTIONS:
        choices = f" One of: {', '.join(map(_code, option.choices))}." if option.choices else ""
        default = _code(option.default) if option.default else "empty"
        secret = " A secret: never shown." if option.secret else ""
        meaning = option.meaning + choices + secret
        lines.append(f"| {_code(config.PREFIX + option.name)} | {default} | {meaning} |")
    return before + begin + "\n".join([*lines, "", end]) + rest.split(end)[1]


def _code(text: str) -> str:
    return f"`{text}`"


MADE: dict[str, Callable[[Flask], str]] = {
    "policy.md": policy,
    "workflows.md": workflows,
    "access.md": doors,
    "operations.md": operations,
    "abuse-cases.md": lambda _app: codes.document("abuse-cases.md"),
    "faults.md": lambda _app: codes.document("faults.md"),
}


def write(app: Flask) -> None:
    """Write every document."""
    with app.app_context():
        for name, make in MADE.items():
            (DOCS / name).write_text(make(app), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as instance:
        write(create_app({"JOBS": "off"}, Path(instance)))
