"""The guidelines that are shipped: every clause, in every language, each paragraph tagged."""

import re

import pytest

from intake.handbook import queries
from intake.web.locale import LANGUAGES
from tests.documents import clauses

pytestmark = pytest.mark.usefixtures("app")
TAG = re.compile(r"\((?:[SPGOE]\d+)(?:, [SPGOE]\d+)*\)$")
CLAUSE = re.compile(r"[SPGOE]\d+")


def paragraphs(language):
    text = queries.current_guidelines().text(language)
    return [block for block in re.split(r"\n\n+", text.strip()) if not block.startswith("#")]


@pytest.mark.policy("S1", "S3", "S4", "P3", "P6", "P8", "P9", "P10", "P12")
@pytest.mark.policy("G2", "G3", "G4", "G5", "G6", "O10", "O11")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_is_said_in_every_language_and_every_paragraph_names_its_clause(language):
    said = set()
    for paragraph in paragraphs(language):
        tag = TAG.search(paragraph)
        assert tag, paragraph
        said |= set(CLAUSE.findall(tag.group()))
    assert said == set(clauses())


def test_the_languages_say_the_same_clauses_in_the_same_order():
    orders = [
        [TAG.search(paragraph).group() for paragraph in paragraphs(language)]
        for language in LANGUAGES
    ]
    assert orders[0] == orders[1] == orders[2]
    assert len(orders[0]) > 50


def test_no_line_is_left_in_another_language():
    finnish, swedish, english = (set(paragraphs(language)) for language in LANGUAGES)
    assert not finnish & swedish
    assert not swedish & english
    assert not finnish & english


@pytest.mark.parametrize(
    ("language", "laws"),
    [
        ("fi", ["tietosuoja-asetus", "1050/2018", "759/2004", "621/1999", "hyvinvointialue"]),
        ("sv", ["dataskyddsförordning", "1050/2018", "759/2004", "621/1999", "välfärdsområde"]),
        ("en", ["General Data Protection Regulation", "1050/2018", "759/2004", "wellbeing"]),
    ],
)
@pytest.mark.policy("P7")
def test_the_law_of_today_stands_beside_what_the_policy_says(language, laws):
    text = queries.current_guidelines().text(language)
    assert [law for law in laws if law not in text] == []
