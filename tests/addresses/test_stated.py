"""A keeper states, without code, how the addresses of a service name a profile (S2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.addresses import (
    Known,
    Reach,
    Stated,
    Where,
    above,
    canonical_url,
    faults,
    find,
    handle_problem,
    is_shared_host,
    keys_for_handle,
    read,
    read_handle,
    try_rule,
)
from tests.addresses.patterns import each

TWITCH = Stated(
    "twitch",
    ("twitch.tv", "m.twitch.tv"),
    marks="_",
    least=4,
    most=25,
    reserved=frozenset({"directory", "videos", "turbo"}),
    below=frozenset({"about", "videos", "clip"}),
)
FORUM = Stated(
    "foorumi",
    ("foorumi.example",),
    Where.PARAMETER,
    before=("member.php", "jasen.php"),
    parameter="username",
    fold=False,
    letters=True,
)
BLOG = Stated("blogit", ("blogit.example",), Where.SUBDOMAIN, marks="-")
USERS = Stated("koodi", ("koodi.example",), before=("fi/users", "users"), at="~")
KNOWN = Known(stated=(TWITCH, FORUM, BLOG, USERS))


@pytest.mark.policy("S2")
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("https://www.twitch.tv/Savonkoski", "twitch:name:savonkoski"),
        ("m.twitch.tv/savonkoski/?ref=a", "twitch:name:savonkoski"),
        ("twitch.tv/savonkoski/clip/abc", "twitch:name:savonkoski"),
        ("twitch.tv/login?next=/savonkoski", "twitch:name:savonkoski"),
        ("https://foorumi.example/member.php?a=1&username=Väinö", "foorumi:name:Väinö"),
        ("https://foorumi.example/jasen.php?username=V%C3%A4in%C3%B6", "foorumi:name:Väinö"),
        ("https://Savonkoski.blogit.example/2026/1", "blogit:name:savonkoski"),
        ("koodi.example/users/~savonkoski", "koodi:name:savonkoski"),
        ("koodi.example/fi/users/~savonkoski/", "koodi:name:savonkoski"),
    ],
)
def test_a_stated_rule_reads_the_profiles_of_its_service(text, key):
    reading = read(text, KNOWN)
    assert (reading.keys, reading.reach) == ((key,), Reach.PROFILE)
    assert read(reading.url, KNOWN).keys == (key,)
    assert canonical_url(key, KNOWN) == reading.url
    assert canonical_url(key) is None
    assert above(key) == (key,)
    assert read(text).keys != (key,)


@pytest.mark.parametrize(
    "text",
    each("""
    twitch.tv/ twitch.tv/directory twitch.tv/Directory/game/x twitch.tv/login twitch.tv/abc
    twitch.tv/savonkoski/x twitch.tv/savon-koski twitch.tv/index.php twitch.tv/savonkosk%C3%AF
    foorumi.example/member.php foorumi.example/x.php?username=a foorumi.example/member.php/username
    foorumi.example/member.php?username=a&username=b blogit.example/savonkoski www.blogit.example
    a.b.blogit.example/x koodi.example/users/savonkoski koodi.example/~savonkoski
    """),
)
def test_what_a_stated_rule_does_not_know_is_nobodys_profile(text):
    assert not any(
        key.startswith(("twitch:", "foorumi:", "blogit:", "koodi:"))
        for key in read(text, KNOWN).keys
    )


def test_a_stated_rule_works_for_handles_texts_and_reaches():
    assert read_handle("twitch", "@Savonkoski", KNOWN).keys == ("twitch:name:savonkoski",)
    assert handle_problem("twitch", "abc", KNOWN) == "too_short"
    assert handle_problem("twitch", "videos", KNOWN) == "reserved"
    assert handle_problem("twitch", "savon-koski", KNOWN) == "characters"
    assert read_handle("twitch", "savonkoski").note == "no_rule"
    assert "twitch:name:savonkoski" in keys_for_handle("savonkoski", KNOWN)
    assert [one.keys[0] for one in find("Katso twitch.tv/savonkoski!", KNOWN)] == [
        "twitch:name:savonkoski"
    ]
    assert is_shared_host("twitch.tv", KNOWN)
    assert is_shared_host("blogit.example", KNOWN)
    post = read("twitch.tv/savonkoski/videos?sort=time", KNOWN)
    assert post.deep_link == "https://twitch.tv/savonkoski/videos?sort=time"


def test_a_host_that_a_keeper_adds_to_a_service_with_a_stated_rule_is_read_by_it():
    known = Known(hosts={"striimi.example": "twitch"}, stated=(TWITCH,))
    assert read("striimi.example/savonkoski", known).keys == ("twitch:name:savonkoski",)


def test_no_statement_takes_a_shipped_service_over():
    known = Known(stated=(Stated("x", ("omax.example",)), Stated("oma", ("x.com",))))
    assert read("x.com/savonkoski", known).keys == ("x:handle:savonkoski",)


@pytest.mark.parametrize("good", [TWITCH, FORUM, BLOG, USERS])
def test_a_statement_that_can_be_a_rule_has_no_faults(good):
    assert faults(good) == []


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (Stated("x", ("a.example",)), "code"),
        (Stated("a", ()), "hosts"),
        (Stated("a", ("localhost",)), "hosts"),
        (Stated("a", ("A.example",)), "hosts"),
        (Stated("a", ("facebook.com",)), "hosts"),
        (Stated("a", ("mastodon.social",)), "hosts"),
        (Stated("a", ("b.example",)), "hosts"),
        (Stated("a", ("a.example",), before=()), "before"),
        (Stated("a", ("a.example",), before=("/x",)), "before"),
        (Stated("a", ("a.example",), before=("x{0}",)), "before"),
        (Stated("a", ("a.example",), at="u/"), "at"),
        (Stated("a", ("a.example",), Where.PARAMETER), "parameter"),
        (Stated("a", ("a.example",), Where.PARAMETER, parameter="a=b"), "parameter"),
        (Stated("a", ("a.example",), marks="/"), "marks"),
        (Stated("a", ("a.example",), least=5, most=4), "most"),
        (Stated("a", ("a.example",), most=101), "most"),
        (Stated("a", ("a.example",), reserved=frozenset({"a/b"})), "reserved"),
        (Stated("a", ("a.example",), below=frozenset({""})), "below"),
    ],
)
def test_what_cannot_be_a_rule_is_said_beside_its_field(stated, field):
    assert [fault.field for fault in faults(stated, frozenset({"b.example"}))] == [field]


def test_a_rule_is_tried_on_examples():
    trials = try_rule(TWITCH, ["twitch.tv/savonkoski", "twitch.tv/directory", "savonkoski.fi"])
    assert [one.is_profile for one in trials] == [True, False, False]
    assert trials[0].reading.value == "savonkoski"


@given(
    st.builds(
        Stated,
        st.just("oma"),
        st.just(("oma.example", "www2.oma.example")),
        st.sampled_from(Where),
        before=st.sampled_from([("",), ("u",), ("fi/users", "u")]),
        at=st.sampled_from(["", "@", "~"]),
        parameter=st.just("name"),
        fold=st.booleans(),
        marks=st.sampled_from(["", "_.-", "~+@!$',"]),
        letters=st.booleans(),
    ),
    st.text(min_size=1, max_size=20) | st.text("aB1ä._-~@+'", min_size=1, max_size=12),
)
def test_every_name_that_a_rule_allows_has_an_address_that_leads_back(stated, name):
    assert faults(stated) == []
    known = Known(stated=(stated,))
    reading = read_handle("oma", name, known)
    if stated.where is Where.SUBDOMAIN and not name.strip("@").isascii():
        return
    if reading.readable:
        assert read(reading.url, known).keys == reading.keys
    else:
        assert reading.note in ("too_short", "too_long", "characters", "reserved")
