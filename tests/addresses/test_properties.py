"""What holds for every text: never raises, twice is once, different profiles never meet."""

import string

import pytest
from homoglyph.data import load_prototypes
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from intake.addresses import (
    canonical_url,
    code_points,
    defang,
    handle_problem,
    handles,
    keys_for_handle,
    like,
    read,
    read_handle,
    read_lasting,
)
from intake.addresses.rules import HOSTS, RULES
from tests.addresses.table import READ
from tests.costs import assert_grows_with

HEADS = [
    "@",
    "in/",
    "company/",
    "c/",
    "user/",
    "channel/UC",
    "people/x/",
    "groups/",
    "profile/",
    "profile/did:plc:",
    "u/",
    "r/",
    "pages/a/",
    "photos/",
    "users/",
    "web/@",
    "s/",
    "+",
    "share/",
    "send?phone=",
    "profile.php?id=",
    "i/user/",
    "_u/",
    "p/a-",
    "stories/",
]
PASTED = st.one_of(
    st.text(max_size=80),
    st.builds("{}:{}".format, st.sampled_from(["did", "tg", "whatsapp", "x.com"]), st.text()),
    st.text(alphabet="abx1.-_@:/?#%[]\\+ \u0430\u200b", max_size=60),
    st.builds(
        "{}{}/{}{}".format,
        st.sampled_from(["", "https://", "http://www."]),
        st.sampled_from([*HOSTS, "some.example", "mastodon.social", "savonkoski.fi"]),
        st.sampled_from(["", *HEADS]),
        st.text(max_size=40),
    ),
)
LISTED = [key for key in READ if "koski" in key]
WORD = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=5, max_size=12).map(
    lambda word: "a" + word
)

# How people spell one profile on a platform; each must come out as the word that went in.
SPELLINGS = {
    "facebook:vanity": ["facebook.com/{}", "m.facebook.com/pg/{}/", "https://fb.com/{}?ref=a"],
    "facebook:group": ["facebook.com/groups/{}", "https://m.facebook.com/groups/{}/posts/1"],
    "instagram:handle": ["instagram.com/{}", "ig.me/m/{}", "https://instagram.com/stories/{}/1"],
    "threads:handle": ["threads.net/@{}", "https://www.threads.com/@{}/post/1"],
    "x:handle": ["x.com/{}", "twitter.com/{}/status/1", "x.com/intent/user?screen_name={}"],
    "youtube:handle": ["youtube.com/@{}", "https://m.youtube.com/@{}/videos"],
    "youtube:custom": ["youtube.com/c/{}"],
    "youtube:user": ["youtube.com/user/{}"],
    "tiktok:handle": ["tiktok.com/@{}", "https://m.tiktok.com/@{}/video/1?is_from_webapp=1"],
    "linkedin:in": ["linkedin.com/in/{}", "https://fi.linkedin.com/in/{}/en"],
    "linkedin:company": ["linkedin.com/company/{}/about"],
    "telegram:username": ["t.me/{}", "t.me/s/{}", "tg://resolve?domain={}"],
    "reddit:user": ["reddit.com/u/{}", "https://old.reddit.com/user/{}/"],
    "reddit:subreddit": ["reddit.com/r/{}"],
    "discord:invite": ["discord.gg/{}", "https://discord.com/invite/{}"],
    "pinterest:handle": ["pinterest.com/{}", "https://fi.pinterest.com/{}/board"],
}


@given(PASTED)
@example("https://www.youtube.com/@İİİ")
@example("https://www.linkedin.com/in/ẞẞ")
@example("https://youtube.com/c/.")
def test_a13_no_text_raises_and_only_what_is_readable_has_a_key(text):
    reading = read(text)
    assert reading.text == text
    assert reading.readable == bool(reading.keys) == (reading.url is not None)
    assert reading.readable or reading.note


@settings(max_examples=500)
@given(PASTED)
@example("https://www.facebook.com/a.b.c.d.e-1.23456789")
def test_a12_reading_twice_changes_nothing(text):
    reading = read(text)
    if not reading.readable:
        return
    again = read(reading.url or "")
    assert (again.keys, again.url, again.deep_link) == (reading.keys, reading.url, None)
    assert canonical_url(reading.keys[0]) == reading.url
    assert read(defang(reading.url or "")).keys == reading.keys
    if reading.deep_link:
        deeper = read(reading.deep_link)
        assert deeper.keys == reading.keys
        # Pasted again it loses no more than the punctuation at its end.
        assert reading.deep_link.startswith(deeper.deep_link or "")


@given(st.text(max_size=40))
@example(".")
@example("0.")
def test_every_key_of_a_bare_handle_is_the_key_of_its_own_address(handle):
    for key in keys_for_handle(handle):
        assert read(canonical_url(key) or "").keys == (key,)


@given(st.sampled_from([*RULES, "other"]), st.text(max_size=40))
def test_a_handle_in_a_form_never_raises_and_has_a_key_or_a_reason(platform, handle):
    problem, reading = handle_problem(platform, handle), read_handle(platform, handle)
    assert problem in (None, reading.note)
    assert bool(reading.keys) != bool(reading.note)
    assert read_lasting(platform, handle).text == handle
    handles(handle)


@pytest.mark.policy("P4")
@settings(max_examples=300)
@given(st.data())
def test_a12_spellings_meet_exactly_when_the_profiles_are_one(data):
    kinds, words = (
        st.sampled_from(sorted(SPELLINGS)),
        st.sampled_from([data.draw(WORD), data.draw(WORD)]),
    )
    profiles = [(data.draw(kinds), data.draw(words)) for _ in range(2)]
    keys = [
        read(data.draw(st.sampled_from(SPELLINGS[kind])).format(word)).keys
        for kind, word in profiles
    ]
    for (kind, word), key in zip(profiles, keys, strict=True):
        assert key == (f"{kind}:{word}",)
    assert (keys[0] == keys[1]) == (profiles[0] == profiles[1])


def confusables():
    """For each character the ones that look like it."""
    found = {}
    for point, prototype in load_prototypes().items():
        if len(prototype) == 1:
            found.setdefault(prototype.lower(), []).append(chr(point))
    return found


CONFUSABLE = confusables()


@pytest.mark.policy("P4")
@settings(max_examples=500)
@given(st.data())
def test_a12_one_confusable_in_a_listed_address_never_gives_its_key(data):
    key = data.draw(st.sampled_from(LISTED))
    url = canonical_url(key) or ""
    places = [
        n for n, char in enumerate(url) if n > len("https://www.") and char.lower() in CONFUSABLE
    ]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(CONFUSABLE[url[place].lower()]))
    assume(other.lower() != url[place].lower())
    changed = url[:place] + other + url[place + 1 :]
    host_end = url.index("/", 8)
    # What browsers make of a host is the host: a full-width letter there is the plain one.
    assume(
        place >= host_end or read(changed[: host_end + 1]).keys != read(url[: host_end + 1]).keys
    )
    assert key not in read(changed).keys


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000 + "!",
        "-" * 100_000,
        "@" * 100_000,
        "." * 100_000,
        "a\u0301" * 50_000,
        "https://x.com/" + "%41" * 30_000,
        "https://facebook.com/" + "-1" * 50_000,
        "+" + "0" * 100_000,
    ],
)
def test_a107_ten_times_as_many_characters_cost_no_hundred_times_as_much(text):
    assert_grows_with(lambda: _read_all(text), lambda: _read_all(text[: len(text) // 10]))


def _read_all(text: str) -> None:
    """Whatever reads a text of ours."""
    read(text)
    read(text[:4096])
    handles(text)
    for platform in RULES:
        handle_problem(platform, text)
        read_lasting(platform, text)
    keys_for_handle(text)
    code_points(text)
    defang(text)
    like(text[:4096], text[1:4097])


@pytest.mark.parametrize("host", [*HOSTS, "a.example", "mastodon.social", "l.facebook.com"])
def test_a13_bytes_that_are_no_text_are_borne_in_each_part_of_an_address(host):
    for rest in ("%ff", "?u=%ff&next=%fe", "?%ff=1&utm_%ff=2", "#%ff=%fe", "login?next=%ff"):
        assert read(f"https://{host}/{rest}").text
