"""What is promised to who comes later: the first change works as CONTRIBUTING.md tells it, its
commands are there, and no pipeline does anything but `.ci/run`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOLD = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCK = r":\n\n```\w+\n(?P<text>.*?)```"
CHANGE = re.compile(
    r"(?:In|New,) `(?P<path>[^`]+)`(?:, (?P<where>above|below|at the end)(?: `(?P<line>.+?)`)?)?"
    + BLOCK,
    re.S,
)
PIPELINES = [".github/workflows/ci.yml", ".github/workflows/nightly.yml", ".gitlab-ci.yml"]

pytestmark = pytest.mark.embedded


def changed(text: str, change: re.Match[str]) -> str:
    """The text of a file after one change; its place is told by how one line of it begins."""
    if change["where"] == "at the end":
        return f"{text}\n{change['text']}"
    lines = text.splitlines(keepends=True)
    (place,) = (n for n, line in enumerate(lines) if line.lstrip().startswith(change["line"]))
    lines.insert(place + (change["where"] == "below"), change["text"])
    return "".join(lines)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_first_change_works_as_it_is_told(tmp_path):
    leave_out = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in ("intake", "templates", "tests"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave_out)
    for name in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    changes = list(CHANGE.finditer(TOLD))
    assert len(changes) == len(re.findall(r"```(?:python|html|po)\n", TOLD)) > 5
    new, *others = changes
    (tmp_path / new["path"]).write_text(new["text"], encoding="utf-8")
    test = ("pytest", "-q", "-p", "no:xdist", new["path"])
    before = run(tmp_path, *test)
    assert before.returncode == 1, before.stdout
    for change in others:
        file = tmp_path / change["path"]
        file.write_text(changed(file.read_text(encoding="utf-8"), change), encoding="utf-8")
    after = run(tmp_path, *test, *re.findall(r"pytest -q (tests/\S+\.py)", TOLD))
    assert after.returncode == 0, after.stdout
    for rule in (("ruff", "format", "--check"), ("ruff", "check"), ("djlint", "--quiet", "--lint")):
        wanted = ".html" if rule[0] == "djlint" else ".py"
        files = sorted({change["path"] for change in changes if change["path"].endswith(wanted)})
        held = run(tmp_path, *rule, *files)
        assert held.returncode == 0, held.stdout + held.stderr


def test_every_command_that_is_told_is_a_recipe():
    recipes = re.findall(r"^(\w+)[\w *]*:", (ROOT / "justfile").read_text(), re.M)
    told = set(re.findall(r"\bjust (\w+)", "\n".join(re.findall(r"`+[^`]+`+", TOLD))))
    assert told <= set(recipes)
    assert len(told) > 5


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_does_what_everybody_can_do(name):
    """Nothing of a service we do not run beside its own two steps, and no host but its own."""
    text = (ROOT / name).read_text()
    steps = re.findall(r"(?:run:|- )\s*(?:- )?(bash .+)", text)
    assert set(steps) <= {"bash .ci/run", "bash .ci/nightly"}
    assert steps[0] == "bash .ci/run"
    used = {action.partition("@")[0] for action in re.findall(r"uses: (.+)", text)}
    assert used <= {"actions/checkout", "actions/setup-python"}
    assert "://" not in text


def test_before_a_commit_the_same_is_asked_as_in_the_pipeline():
    asked = re.findall(r"entry: (.+)", (ROOT / ".pre-commit-config.yaml").read_text())
    lint = (ROOT / ".ci" / "lint").read_text()
    assert asked == [line for line in lint.splitlines() if line.startswith(".venv/")]
    assert "bash .ci/lint" in (ROOT / ".ci" / "run").read_text()


def test_a_version_has_its_release_note():
    versions = re.findall(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    for version in versions:
        note = subprocess.run(
            ["bash", ".ci/note", version], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert note.startswith("- ")
        assert "## " not in note
    none = subprocess.run(["bash", ".ci/note", "0.0.0"], cwd=ROOT, check=False, capture_output=True)
    assert none.returncode == 1
    assert versions
