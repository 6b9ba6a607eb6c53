"""What a text asks about: each thing once, and nothing that nobody asks about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.addresses import Asking, Kind, asked_name, askings, find, identity, only
from tests.addresses.asked import ASKED
from tests.costs import assert_grows_with

ANYTHING = st.text(max_size=200) | st.text(alphabet='ab1.:/@?#+[]()", -_;\n\u200b\u202e\u0430🤡')
KEYED = [text for text, found in ASKED.items() if found[0].startswith(("address f", "handle i"))]
NOISE = [
    "Hei!",
    "onko tämä aito?",
    "🤡🤡",
    "t. Äiti",
    "viesti tuli 1.12.2026 klo 18.00",
    "»",
    "\u200b",
]


def told(asking: Asking) -> str:
    reading = asking.reading
    if asking.kind is Kind.NAME:
        return f"name {asked_name(asking.text)}"
    if asking.kind is Kind.REFERENCE:
        return f"reference {reading.value}"
    unread = reading.note if asking.kind is Kind.ADDRESS else asking.text
    return f"{asking.kind} {reading.keys[0] if reading.keys else unread}"


@pytest.mark.parametrize("text", ASKED)
def test_a_text_asks_about_these_and_nothing_else(text):
    assert [told(one) for one in askings(text) if one.is_certain] == ASKED[text]


@given(ANYTHING)
def test_a13_nothing_raises_and_every_text_asks_about_something(text):
    assert any(one.is_certain for one in askings(text))
    asked_name(text)
    only(text)


@given(
    st.lists(st.sampled_from(KEYED), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(NOISE), max_size=3),
    st.sampled_from(["\n", " \n ", "\r\n"]),
)
def test_what_is_asked_about_is_found_in_whatever_order_and_noise(texts, noise, between):
    alone = {told(one) for text in texts for one in askings(text) if one.is_certain}
    around = {told(one) for one in askings(between.join([*noise, *texts, *noise]))}
    assert alone <= around


@given(ANYTHING)
def test_what_is_found_as_an_address_is_what_is_asked_about(text):
    asked = {identity(one.reading) for one in askings(text)}
    assert {identity(one) for one in find(text)} <= asked


def test_the_one_address_of_a_text_is_its_reading_and_several_are_none():
    text = "Sivu on https://www.instagram.com/savonkosken_kirjasto?igsh=1 !"
    assert only(text).keys == ("instagram:handle:savonkosken_kirjasto",)
    assert only(text).text == text
    assert not only("x.com/savonkoski_a ja x.com/savonkoski_b").readable


def test_a_long_text_costs_as_much_as_it_is_long():
    line = "Instagram @savonkoski_a 040 123 4567 x.com/a kirjasto, hxxp "
    assert_grows_with(lambda: askings(line * 400), lambda: askings(line * 40))
