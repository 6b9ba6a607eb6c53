"""Documents made from the program are fresh, and what they are made from is whole."""

import ast

import pytest

from tests import documents

MAKE = "make them anew: python -m tests.documents"


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
