"""Documents made from the program are fresh, and what they are made from is whole."""

import ast
import re
from pathlib import Path

import pytest

from tests import documents

MAKE = "make them anew: python -m tests.documents"
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")
DOCUMENT = re.compile(r"[\w./-]*\b[\w-]+\.md\b")
# a word for a document, with the number of a part of it
PART = re.compile(
    r"\b(?:design|domain|spec|brief|plan|section|chapter|part)\s+(?:§\s*)?\d+\.\d+", re.I
)


@pytest.mark.parametrize("name", documents.MADE)
def test_a_document_says_what_the_program_does(app, name):
    assert (documents.DOCS / name).read_text() == documents.MADE[name](app), MAKE


def test_the_policy_has_its_45_clauses_each_with_weight_and_meaning():
    found = documents.clauses()
    assert len(found) == 45
    counts = {letter: sum(name[0] == letter for name in found) for letter in "SPGOE"}
    assert counts == {"S": 4, "P": 13, "G": 10, "O": 11, "E": 7}
    for name, told in found.items():
        assert told["weight"] in ("must", "should", "guide"), name
        assert told["meaning"], name


def test_no_test_names_a_clause_that_the_policy_does_not_have():
    assert set(documents.marks()) <= set(documents.clauses())


def test_marks_are_found_on_functions_classes_parameters_and_whole_files():
    tree = ast.parse(
        "pytestmark = pytest.mark.policy('S1')\n"
        "@pytest.mark.policy('O1', 'O2')\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.policy('O3'))])\n"
        "def test_a(x): ...\n"
        "@pytest.mark.policy('E0')\n"
        "class TestB:\n"
        "    @pytest.mark.policy('E1')\n"
        "    def test_c(self): ...\n"
    )
    found = sorted(mark for node in tree.body for mark in documents._marked(node))
    assert found == [
        ("E0", "all its tests"),
        ("E1", "test_c"),
        ("O1", "test_a"),
        ("O2", "test_a"),
        ("O3", "test_a"),
        ("S1", "all its tests"),
    ]


def texts() -> dict[Path, str]:
    """Every text of ours that may point to another."""
    kinds = (".py", ".md", ".html", ".txt", ".css", ".js", ".toml", ".yml", ".service", "")
    files = [file for file in documents.tracked() if file.suffix in kinds and file.is_file()]
    return {file: file.read_text(encoding="utf-8") for file in files}


def test_every_link_of_a_document_leads_to_a_file():
    for file, text in texts().items():
        if file.suffix == ".md":
            for target in LINK.findall(text):
                assert (file.parent / target).exists(), f"{file.name}: {target}"


def test_every_document_that_is_named_is_here():
    """By its whole path, or by its name where it stands in the same folder, the root or docs."""
    roots = (documents.ROOT, documents.DOCS)
    named = 0
    for file, text in texts().items():
        if file.parent.name == "data":
            continue  # lists of hosts, some of which end in .md
        for name in DOCUMENT.findall(text):
            wanted = name.rpartition("/opt/profiilivahti/")[2].lstrip("/!")
            found = any((root / wanted).exists() for root in (file.parent, *roots))
            assert found, f"{file.relative_to(documents.ROOT)}: {name}"
            named += 1
    assert named > 20


def test_nothing_points_to_a_part_of_a_document_that_nobody_has():
    assert PART.search('"""What anybody tells (domain 2.4)."""')
    for file, text in texts().items():
        if file != Path(__file__):
            found = PART.search(text)
            assert not found, f"{file.relative_to(documents.ROOT)}: {found}"
