"""Each spelling gives the key it stands under, and nothing else does (A12, A13)."""

import pytest

from intake.addresses import canonical_url, read
from intake.addresses.rules import RULES
from tests.addresses.table import READ, UNREAD

READABLE = [(key, text) for key, texts in READ.items() for text in texts]
UNREADABLE = [(note, text) for note, texts in UNREAD.items() for text in texts]


def test_the_table_is_long_enough_and_says_nothing_twice():
    texts = [text for _expected, text in READABLE + UNREADABLE]
    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)


@pytest.mark.policy("P4")
@pytest.mark.parametrize(("key", "text"), READABLE)
def test_a12_every_spelling_gives_the_key_of_its_profile(key, text):
    reading = read(text)
    platform, kind, value = key.split(":", 2)
    assert reading.keys == (key,)
    assert (reading.platform, reading.kind, reading.value) == (platform, kind, value)
    assert reading.readable
    assert reading.text == text


@pytest.mark.policy("P4")
@pytest.mark.parametrize(("note", "text"), UNREADABLE)
def test_a13_what_names_no_profile_gives_no_key_and_says_why(note, text):
    reading = read(text)
    assert (reading.keys, reading.readable, reading.url) == ((), False, None)
    assert reading.note == note


@pytest.mark.policy("S2")
def test_every_platform_is_in_the_table():
    assert {key.split(":")[0] for key in READ} == set(RULES)


@pytest.mark.parametrize("key", READ)
def test_the_canonical_address_of_a_key_leads_back_to_it(key):
    reading = read(canonical_url(key) or "")
    assert reading.keys == (key,)
    assert reading.url == canonical_url(key)
    assert reading.deep_link is None
