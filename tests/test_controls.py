"""The list of controls is true of the program as it stands; whether each is noticed, a run of
tests/controls.py tells."""

import pytest

from tests.controls import CONTROLS, ROOT


@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: f"{one.case} {one.holds}")
def test_each_control_is_where_the_list_says(control):
    assert (ROOT / control.file).read_text().count(control.now) == 1
    file, *_rest = control.tests.split(" ")
    assert (ROOT / file).is_file()
