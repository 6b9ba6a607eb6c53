"""A code in a test or a comment can be looked up, and a case that is told of is proved."""

from collections import Counter

import pytest

from tests import codes, documents


def test_every_code_that_is_used_is_defined():
    told = {code for code, _what, _held in codes.defined()}
    unknown = {code: sorted(files) for code, files in codes.used().items() if code not in told}
    assert unknown == {}


def test_no_code_is_defined_twice():
    times = Counter(code for code, _what, _held in codes.defined())
    assert [code for code, number in times.items() if number > 1] == []


def test_every_case_that_is_defined_has_a_test():
    proved = codes.proofs()
    assert [code for code, _what, _held in codes.defined() if not proved[code]] == []


def test_a_row_of_a_document_is_a_definition():
    """The tests above can fail: no row is passed over for its shape."""
    texts = [(documents.DOCS / name).read_text(encoding="utf-8") for name in codes.DOCUMENTS]
    rows = [line for text in texts for line in text.splitlines() if line.startswith("| ")]
    heads = [line for line in rows if line.startswith("| code ")]
    assert len(rows) - len(heads) == len(codes.defined()) > 100


def test_no_letter_means_two_things():
    """S3 is a clause of the policy, so no sweep is called so."""
    letters = {code[0] for code, _what, _held in codes.defined()}
    assert not letters & set(documents.PARTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("asked again (A15, F3)", ["A15", "F3"]),
        ("A102-A104", ["A102", "A104"]),
        ("%F0%9F and MAKELA99 and F401: a fixture", []),
    ],
)
def test_a_code_is_told_from_what_looks_like_one(text, found):
    assert codes.IN_TEXT.findall(text) == found
