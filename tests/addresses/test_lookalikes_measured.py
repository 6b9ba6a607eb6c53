"""The five rules against labelled pairs: nothing about them counts that is not measured."""

import pytest

from benchmarks.lookalikes.figures import WAYS, figures, precision, recall
from benchmarks.lookalikes.pairs import HALVES, pairs

LEAST = 0.98  # of each class that imitates
LEAST_OF_STRANGE = 0.95  # where a word stands on no list


@pytest.fixture(scope="module")
def measured():
    return {half: figures(half, WAYS["ours"]) for half in HALVES}


def test_the_pairs_are_many_and_no_pair_is_in_both_halves():
    halves = {half: {(p.town.name, p.text) for p in pairs(half)} for half in HALVES}
    assert sum(map(len, halves.values())) >= 1500
    assert not halves["tuning"] & halves["held_out"]
    labels = {half: {p.label for p in pairs(half) if p.like is None} for half in HALVES}
    assert len(labels["held_out"]) >= 8  # hard negatives of many sorts


@pytest.mark.parametrize("half", HALVES)
def test_every_class_of_fakes_is_found(measured, half):
    missed = {}
    for label, figure in measured[half].items():
        if label.startswith("not: "):
            continue
        least = LEAST_OF_STRANGE if label == "a word on no list" else LEAST
        if figure.found / figure.all < least:
            missed[label] = [pair.text for pair in figure.wrong]
    assert not missed


@pytest.mark.parametrize("half", HALVES)
def test_hardly_anybody_else_is_called_a_lookalike(measured, half):
    assert precision(measured[half]) >= 0.97
    assert recall(measured[half]) >= LEAST


@pytest.mark.parametrize("half", HALVES)
def test_the_profile_that_is_named_is_the_one_that_is_imitated(measured, half):
    of = [one for label, one in measured[half].items() if not label.startswith("not: ")]
    assert sum(one.right for one in of) / sum(one.found for one in of) >= 0.9


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("way", ["former", "RapidFuzz"])
def test_the_bar_is_one_that_the_former_ways_do_not_reach(half, way):
    assert recall(figures(half, WAYS[way])) < 0.75
