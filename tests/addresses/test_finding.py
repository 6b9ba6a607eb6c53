"""Addresses in running text and in what apps hand over when something is shared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.addresses import Known, find, identity, link_of, read
from tests.addresses.shared import SHARED
from tests.addresses.table import READ, UNREAD

PLANTED = [text for texts in READ.values() for text in texts if " " not in text.strip()] + [
    text for text in UNREAD["share_link"] if "/" in text
]
ANYTHING = st.text(max_size=200) | st.text(alphabet='ab.:/@?#+[]()",; \n\u200b\u202e\u0430🤡')


@pytest.mark.parametrize("text", SHARED)
def test_what_is_shared_holds_these_addresses_and_no_others(text):
    assert [identity(reading) for reading in find(text)] == SHARED[text]


def test_a_handle_counts_only_where_its_service_is_known():
    assert find("tili @savonkoski_a") == []
    (found,) = find("tili @savonkoski_a", platform="x")
    assert found.keys == ("x:handle:savonkoski_a",)
    (named,) = find("Instagram-tili @savonkoski_a", platform="x")
    assert named.platform == "instagram"
    assert find("@savonkoski_a", platform="web") == []


def test_a_number_counts_only_where_whatsapp_is_spoken_of():
    assert find("soita 040 000 0000") == []
    assert [one.keys for one in find("040 000 0000", platform="whatsapp")] == [
        ("whatsapp:phone:358400000000",)
    ]


def test_hosts_that_the_town_has_added_are_known_here_too():
    known = Known(hosts={"insta.example": "instagram"})
    (found,) = find("ks. insta.example/savonkoski_a", known)
    assert found.keys == ("instagram:handle:savonkoski_a",)


def test_one_link_is_one_link_whoever_shared_it_and_its_code_keeps_its_case():
    links = [
        "https://www.facebook.com/share/1AbC/?mibextid=wwXIfr",
        "m.facebook.com/share/1AbC",
        "https://facebook.com/share/1abc",
        "https://fb.me/1AbC",
        "https://fb.watch/1AbC",
    ]
    assert [link_of(read(link)) for link in links] == [
        "facebook.com/share/1AbC",
        "facebook.com/share/1AbC",
        "facebook.com/share/1abc",
        "fb.me/1AbC",
        "fb.watch/1AbC",
    ]
    assert link_of(read("tg://join?invite=AAAA")) == "t.me/+AAAA"
    assert link_of(read("https://www.instagram.com/?hl=fi")) is None


@given(ANYTHING)
def test_a13_nothing_that_is_typed_raises(text):
    for reading in find(text):
        assert reading.readable or link_of(reading)


@given(ANYTHING)
def test_what_was_found_is_found_again_in_what_it_was_found_in(text):
    for reading in find(text):
        assert identity(reading) in [identity(one) for one in find(reading.text, platform="x")] or (
            reading.note == "phone" or reading.text.startswith("@")
        )


@given(
    st.lists(st.sampled_from(PLANTED), min_size=1, max_size=4),
    st.sampled_from([" ja ", "\n", ", ", " – ", "! 😡 ", " (ks. "]),
    st.sampled_from(["", ".", "!", " 🤡", ")"]),
)
def test_each_address_that_was_planted_is_found(planted, between, end):
    text = between.join(["Katso", *planted]) + end
    found = {identity(reading) for reading in find(text)}
    wanted = {identity(read(address)) for address in planted if _is_plain(address)}
    assert wanted <= found


def _is_plain(address: str) -> bool:
    """Is it no bare word or number, which running text cannot tell from others?"""
    reading = read(address)
    return bool(reading.readable or link_of(reading)) and reading.note != "phone"


@pytest.mark.parametrize("text", [text for text in UNREAD["bad_address"] if len(text) < 200])
def test_a13_what_cannot_be_read_alone_gives_nobody_elses_key_in_a_text(text):
    imitated = {"savonkoski_demo", "savonkoskenkaupunki", "savonkoski"}
    found = find(f"Katso {text} heti")
    assert not any(key.split(":")[-1] in imitated for one in found for key in one.keys)
