"""Which listed name a text resembles, by which rule, and where the two part."""

import pytest

from intake.addresses.lookalike import (
    Bearers,
    Book,
    Judge,
    Rule,
    Vocabulary,
    letters,
    likely,
    listed,
    named,
    shaped,
)

TOWN = ["Savonkoski", "Savonkoski stad", "Town of Savonkoski"], ["Savonkosken"]
UNITS = [("Kirjasto", "Biblioteket"), ("Palvelupiste Portti", "Servicepunkten Porten")]
PROFILES = (
    (("Savonkosken kaupunki", "savonkosken_kaupunki"), ""),
    (("Savonkosken kirjasto", "savonkoskenkirjasto"), ""),
    (("Koskijuhlat 2026", "koskijuhlat2026"), ""),
    (("Portti", "ptti"), ""),
    (("Savonkosken nuoriso Noora Lepoharjula", "noora.lepoharjula"), "Noora Lepoharjula"),
)


def book(bearers=None, neighbours=()):
    words = Vocabulary.of(*TOWN, UNITS)
    names = [
        listed(text, words, beside=texts, person=person, holder=texts[1])
        for texts, person in PROFILES
        for text in {*texts, person} - {""}
    ]
    own = {word for name in names for word in name.own}
    judge = Judge(Vocabulary.of(*TOWN, UNITS, own), bearers or Bearers(), neighbours)
    return Book(names, judge)


@pytest.mark.parametrize(
    ("text", "rule", "holder"),
    [
        ("sаvonkosken_kaupunki", Rule.SHAPE, "savonkosken_kaupunki"),
        ("s4v0nk05k3n_k1rj4st0", Rule.SHAPE, "savonkoskenkirjasto"),
        ("Koskijuhlat 2027", Rule.SHAPE, "koskijuhlat2026"),
        ("virallinen.savonkoskenkirjasto.tuki", Rule.CORE, "savonkoskenkirjasto"),
        ("biblioteket_savonkoski", Rule.BAG, "savonkoskenkirjasto"),
        ("savonkosken_uimahalli", Rule.PLACE, "savonkosken_kaupunki"),
        ("lepoharjula.noora.johtaja", Rule.PERSON, "noora.lepoharjula"),
        ("savonkoskenkirjasto_hopeanuoli", Rule.APART, "savonkoskenkirjasto"),
        ("savonkoskenkirjatso", Rule.EDITS, "savonkoskenkirjasto"),
        ("savonkosken_kaupynki_info", Rule.EDITS, "savonkosken_kaupunki"),
    ],
)
def test_a12_the_first_rule_that_holds_says_why(text, rule, holder):
    found = book().resemblance(text)
    assert (found.rule, found.name.holder) == (rule, holder)


@pytest.mark.parametrize(
    "text",
    [
        "savukosken_kirjasto",
        "Savonlinnan kirjasto",
        "savonkosken seurakunta",
        "savonkoskenkirjastonystavat",
        "savonkoski_kuopat",
        "savonkoskelaiset",
        "nora.lepola",
        "Maija Lepoharjula",
        "kirjasto",
        "",
        "...",
    ],
)
def test_others_are_no_lookalikes(text):
    assert book().resemblance(text) is None


def test_of_fewer_than_five_letters_only_the_shape_counts():
    assert book().resemblance("PTTl").rule is Rule.SHAPE
    assert book().resemblance("ptti_").rule is Rule.SHAPE
    assert book().resemblance("pttii") is None


def test_among_hundreds_of_people_a_plain_name_needs_a_role_beside_it():
    many = book(Bearers(people=301))
    assert book().resemblance("Noora Lepoharjula").rule is Rule.SHAPE
    assert many.resemblance("Noora Lepoharjula") is None
    assert many.resemblance("noora.lepoharjul") is None
    for text in ("noora.lepoharjula.virallinen", "Noora Lepoharjula kirjasto", "nооra.lepoharjula"):
        assert many.resemblance(text) is not None


def test_a_name_that_two_people_bear_needs_a_role_too():
    two = book(Bearers.among(["Noora Lepoharjula", "Noora Maria Lepoharjula", "Antti Aho"]))
    assert two.resemblance("noora_lepoharjula") is None
    assert two.resemblance("noora_lepoharjula_savonkoski").rule is Rule.PERSON


def test_a_known_neighbour_is_spared_whatever_the_rule():
    text = "savonkosken_kirjasto_kissat"
    assert book().resemblance(text).rule is Rule.APART
    assert book(neighbours={shaped(text)}).resemblance(text) is None
    assert book(neighbours={shaped(text)}).resemblance(text + "_1") is not None


def test_where_two_names_part_is_told_letter_by_letter():
    found = letters("savonkosken_kaupunkl", "savonkosken_kaupunki")
    assert (found.typed_marks, found.genuine_marks) == ((19,), (19,))
    (spot,) = found.spots
    assert (spot.typed, spot.genuine, spot.number, spot.is_last) == ("l", "i", 20, True)
    assert found.is_shown
    assert letters("SavonkoskI", "savonkoski").spots[0].typed == "I"
    assert not letters("savonkoski", "SAVONKOSKI").typed_marks
    assert not letters("täysin muuta", "savonkoski").is_shown


def test_what_the_eye_cannot_see_has_a_name():
    assert named("а\u200bä") == [
        ("а", "CYRILLIC SMALL LETTER A, U+0430"),
        ("\u200b", "ZERO WIDTH SPACE, U+200B"),
    ]


@pytest.mark.parametrize("handle", ["savonkosken_kaupunki", "koskijuhlat2026", "ab"])
def test_the_fakes_to_be_expected_are_fifty_and_the_rules_know_them(handle):
    found = likely(handle)
    assert len(found) == len(set(found)) <= 50
    assert handle not in found
    if len(handle) > 5:
        assert len(found) == 50
        known = [text for text in found if book().resemblance(text)]
        assert len(known) == 50
