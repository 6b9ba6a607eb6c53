"""Likeness is asked apart from identity, and shown to the person who confirms (A9, A12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.addresses import code_points, defang, fold, like, read, skeleton


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sаvonkoski", "savonkoski"),
        ("savonkosken_kaupunkl", "savonkosken_kaupunki"),
        ("Savonkosken kirjasto", "savonkosken_kirjasto"),
        ("Pieksämäki", "pieksamaki"),
        ("savonkoski.arnold", "savonkoski_amold"),
        ("faceb00k", "facebook"),
        ("ｓavonkoski", "Savonkoski"),
        ("savonkoskenkaupunkii", "savonkoskenkaupunki"),
    ],
)
def test_a12_names_that_can_be_taken_for_each_other_are_alike(first, second):
    assert like(first, second)
    assert like(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Savonkosken kirjasto", "Savonkosken nuorisopalvelut"),
        ("savonkoski", "pieksämäki"),
        ("", "savonkoski"),
        ("...", "___"),
        ("-", ""),
    ],
)
def test_names_that_differ_are_not_alike(first, second):
    assert not like(first, second)


def test_a12_what_looks_alike_never_has_the_same_key():
    genuine = read("https://www.youtube.com/@Savonkoski")
    other = read("https://www.youtube.com/@Sаvonkoski")
    assert skeleton(genuine.value or "") == skeleton(other.value or "")
    assert not set(genuine.keys) & set(other.keys)


def test_folding_leaves_letters_and_digits():
    assert fold("Äänekosken_Kaupunki – 2026!") == "aanekoskenkaupunki2026"


@given(st.text(max_size=60))
def test_everything_is_like_itself(text):
    assert like(text, text)


def test_code_points_name_what_is_beyond_ascii():
    assert code_points("Sаvonkаski ä\u200b\ue000") == [
        ("а", "CYRILLIC SMALL LETTER A, U+0430"),
        ("ä", "LATIN SMALL LETTER A WITH DIAERESIS, U+00E4"),
        ("\u200b", "ZERO WIDTH SPACE, U+200B"),
        ("\ue000", "CHARACTER WITHOUT A NAME, U+E000"),
    ]
    assert code_points("savonkoski") == []


@pytest.mark.policy("G6")
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://instagram.com/savon.koski", "hxxps://instagram[.]com/savon.koski"),
        ("HTTP://www.x.com?a=b.c", "hxxp://www[.]x[.]com?a=b.c"),
        ("x.com/a", "x[.]com/a"),
        ("", ""),
    ],
)
def test_a_defanged_address_makes_no_link(url, shown):
    assert defang(url) == shown
