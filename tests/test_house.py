"""The rules of the house, each named after the mistake it prevents."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path

from intake.engine import tracks
from intake.engine.table import EFFECT, NOTHING
from intake.web import access

ROOT = Path(__file__).parent.parent
INTAKE = ROOT / "intake"
SOURCES = sorted(path for path in INTAKE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
ORDER = ["people", "handbook", "profiles", "establishment", "fakes", "register"]  # the rooms
BELOW = ["data", "security", "addresses", "web", "engine"]  # mechanism: knows no room
ABOVE = ["ops", "site", "demo", "retention"]
FLAT = {"__init__", "config", "clock", "refusals", "logs", "text", "ports"}


def name_of(path: Path) -> str:
    return path.relative_to(INTAKE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Dotted names of ours that a file imports."""
    return imports_of(ast.parse(path.read_text()))


def imports_of(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "intake":
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("intake.")}
    return found


def rooms_in(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path)} & set(ORDER)


def test_every_file_has_a_room():
    """A file beside the packages is one that nobody finds."""
    assert {path.stem for path in INTAKE.glob("*.py")} == FLAT
    packages = {path.parent.name for path in INTAKE.glob("*/__init__.py")}
    assert packages == {*ORDER, *BELOW, *ABOVE}


def test_rooms_import_downwards_only():
    """What a lower room took from a higher one could not be changed without it."""
    for path in SOURCES:
        name = name_of(path)
        if name in (*ABOVE, "__init__"):
            continue
        allowed = ORDER[: ORDER.index(name) + 1] if name in ORDER else []
        if name in ("fakes", "register"):
            allowed.remove("establishment")
        assert rooms_in(path) <= set(allowed)


def test_no_file_is_in_a_circle_of_imports():
    """Of two files that need each other neither can be read, tested or moved alone."""
    known = {module_of(path): path for path in SOURCES}
    needs = {
        module: {name for name in modules_of(path, known) if name != module}
        for module, path in known.items()
    }
    while free := [module for module, needed in needs.items() if not needed & needs.keys()]:
        for module in free:
            del needs[module]
    assert not needs


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules_of(path: Path, known: Mapping[str, Path]) -> set[str]:
    """The modules of ours that a file needs when it is loaded: not those a function asks for
    later, nor those that only types need."""
    tree = ast.parse(path.read_text())
    tree.body = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    found = set()
    for name in imports_of(tree):
        parent = name.rpartition(".")[0]
        found |= {name if name in known else parent} & known.keys()
    return found


def test_the_insides_of_another_room_stay_its_own():
    doors = {"models", "queries", "service", "states", "routing", "town", "decided", "markdown"}
    doors |= {"uses"}  # where a room above says how it uses one below
    doors |= {"alike"}  # what resembles a profile, asked of by all rooms above
    doors |= {"seeing"}  # whom a list of people shows, and finds by what is typed
    doors |= {"names"}  # what a profile is known by, in the lists of staff and the public one
    for path in SOURCES:
        name = name_of(path)
        for line in imports(path):
            parts = line.split(".")
            foreign = parts[1] in ORDER and parts[1] != name and len(parts) > 2
            if foreign and name not in (*ABOVE, "__init__"):
                assert parts[2] in doors, line


def test_addresses_are_pure():
    for path in (INTAKE / "addresses").rglob("*.py"):
        tree = ast.parse(path.read_text())
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert not {
            module
            for module in modules
            if module.split(".")[0] in ("flask", "sqlalchemy", "requests")
        }, path
        assert {module for module in modules if module.startswith("intake")} <= {
            module
            for module in modules
            if module.startswith("intake.addresses") or module == "intake"
        }


def test_the_grammar_needs_only_the_standard_library():
    names = imports(INTAKE / "engine" / "table.py")
    assert {name.rsplit(".", 1)[0] for name in names} == {"intake.refusals"}


def test_nothing_but_the_workflow_sets_a_state():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                assert not (isinstance(target, ast.Attribute) and target.attr == "state"), (
                    f"line {node.lineno}"
                )


def test_only_write_commits():
    for path in SOURCES:
        calls = [
            node.lineno
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "commit"
        ]
        assert not calls or path.name == "write.py"


def test_each_kind_of_text_that_leaves_is_made_in_one_place_that_asks_the_guard():
    """A second way to publish would be one that nobody guards."""
    doors = {
        "Filing": "fakes/effects/filings.py",
        "PublicWarning": "fakes/effects/warnings.py",
        "Letter": "engine/mail.py",
        "ZipFile": "fakes/desk/police_packet.py",
    }
    for path in SOURCES:
        text = path.read_text()
        place = str(path.relative_to(INTAKE))
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        for made in {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls}:
            if made in doors and place.startswith(("fakes", "engine", "register", "site")):
                assert place in (doors[made], doors["ZipFile"]), (made, place)
                assert "guard" in text, place


def test_files_and_functions_stay_small():
    for path in SOURCES:
        text = path.read_text()
        assert len(text.splitlines()) <= 400
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 50, node.name


def test_templates_stay_small():
    for path in TEMPLATES:
        assert len(path.read_text().splitlines()) <= 150


def test_finnish_lives_in_catalogues_and_data():
    for path in SOURCES:
        if name_of(path) in ("addresses", "demo") or path.name in (
            "shipped.py",
            "locale.py",
            "error_pages.py",
            "index.py",  # the words people search by
        ):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"[a-zåäö]{3}[åäö]|[åäö][a-zåäö]{3}", node.value), (
                    f"line {node.lineno}"
                )


def test_templates_hold_no_inline_code():
    for path in TEMPLATES:
        text = path.read_text()
        if path.parts[-2] != "mail":
            assert "style=" not in text, path
        assert not re.search(r"<script(?! src)|\son[a-z]+=", text), path
        assert "|safe" not in text.replace(" ", "") or path.parent.name == "handbook", path


def test_every_view_declares_who_may_open_it(app):
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if access.of(rule.endpoint) is None
    ]
    assert silent == []


def test_a_view_that_declares_nothing_is_refused(app, monkeypatch):
    monkeypatch.delattr(app.view_functions["site.healthz"], "access")
    assert app.test_client().get("/healthz").status_code == 403


def test_every_track_has_words_for_its_states_and_steps(app):
    for track in tracks.tracks().values():
        assert set(track.words.states) == set(track.workflow.states), track.name
        for step in track.workflow.steps:
            assert step.name in track.words.done, f"{track.name}.{step.name}"
            if step.by != (EFFECT,) and step.start != (NOTHING,):
                assert step.name in track.words.buttons, f"{track.name}.{step.name}"


def test_every_setting_of_a_deadline_exists(app):
    for track in tracks.tracks().values():
        for deadline in track.workflow.deadlines:
            if deadline.setting:
                assert isinstance(tracks.setting(deadline.setting), int), deadline
