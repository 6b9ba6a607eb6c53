"""The text to paste (O4): the address always, then what fits, and the rest is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.profiles.profile_text import Part, Wanted, compose

words = st.text(st.sampled_from("aäöb1å–😀 "), max_size=60)
names = st.text(st.sampled_from("aäöb"), min_size=1, max_size=12)
wanted = st.builds(
    Wanted,
    link=st.text(st.sampled_from("abc/."), min_size=1, max_size=40),
    purpose=words,
    lead_in=st.sampled_from(["", "Hallinnoijat: "]),
    admins=st.lists(st.tuples(names, names), max_size=4).map(tuple),
    messages=words,
)
limits = st.none() | st.integers(min_value=0, max_value=300)


@pytest.mark.policy("O4")
@given(wanted, limits)
def test_the_text_never_exceeds_the_limit_save_for_the_address_alone(asked, limit):
    made = compose(asked, limit)
    assert made.text.startswith(asked.link)
    assert made.text == asked.link or limit is None or len(made.text) <= limit
    assert made.too_long == (limit is not None and len(asked.link) > limit)


@pytest.mark.policy("O4")
@given(wanted, limits)
def test_what_is_not_in_the_text_is_told_and_only_that(asked, limit):
    made = compose(asked, limit)
    left = dict(made.left_out)
    there = {
        Part.PURPOSE: " ".join(asked.purpose.split()),
        Part.NAMES: ", ".join(name for name, _task in asked.admins),
        Part.TASKS: ", ".join(task for _name, task in asked.admins),
        Part.MESSAGES: " ".join(asked.messages.split()),
    }
    order = [part for part in there if there[part]]
    assert [part for part in order if part in left] == list(left)
    if left:  # nothing later takes the place of what did not fit
        assert list(left) == order[order.index(next(iter(left))) :]
    for part in order:
        if part not in left and part is not Part.NAMES and part is not Part.TASKS:
            assert there[part] in made.text
    if limit is None:
        assert left == {}


@pytest.mark.policy("O4")
@given(wanted, limits)
def test_a_cut_purpose_ends_at_a_word_and_the_rest_is_told(asked, limit):
    made = compose(asked, limit)
    purpose = " ".join(asked.purpose.split())
    rest = dict(made.left_out).get(Part.PURPOSE)
    if rest is None or rest == purpose:
        return
    kept = made.text.removeprefix(asked.link + "\n").removesuffix("…")
    assert f"{kept} {rest}" == purpose


@pytest.mark.policy("O4")
def test_the_order_is_address_purpose_names_tasks_messages():
    asked = Wanted("a.fi/x", "Syy on tämä.", "Me: ", (("A", "x"), ("B", "y")), "Vastaamme.")
    assert compose(asked, None).text == "a.fi/x\nSyy on tämä.\nMe: A, x, B, y\nVastaamme."
    assert compose(asked, 30).text == "a.fi/x\nSyy on tämä.\nMe: A, B"
    assert compose(asked, 15).text == "a.fi/x\nSyy on…"
    assert compose(asked, 15).left_out[0] == (Part.PURPOSE, "tämä.")
    assert compose(asked, 8).text == "a.fi/x"
    assert compose(asked, 3).too_long
