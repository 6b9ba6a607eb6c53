"""Short links never join, and no site that serves many speaks for all of it."""

import pytest

from intake.addresses import Known, is_shared_host, is_shortener, link_of, read
from intake.addresses.shipped import entries, lines, tracks
from tests.addresses.patterns import each

SHORT = sorted(host for host in entries("shorteners") if not host.startswith("*"))


@pytest.mark.policy("P4")
def test_every_shipped_host_of_short_links_says_nothing_and_joins_nothing():
    assert len(SHORT) > 1000
    for host in SHORT:
        first, second = (read(f"https://{host}/{code}") for code in ("aB3dE", "ab3dE"))
        assert (first.keys, first.note) == ((), "share_link"), host
        assert link_of(first) != link_of(second), host


def test_copies_of_one_short_link_meet_and_its_code_keeps_what_it_needs():
    assert link_of(read("cutt.ly/aB3?utm_source=a#top")) == "cutt.ly/aB3"
    assert link_of(read("http://www.cutt.ly/aB3/")) == "cutt.ly/aB3"
    assert link_of(read("https://cutt.ly/?a")) != link_of(read("https://cutt.ly/?b"))
    assert link_of(read("https://cutt.ly/")) is None


@pytest.mark.policy("P4")
def test_short_links_of_unknown_hosts_never_join_either():
    codes = ["aB3dE", "xY9zQ", "a?b", "a?c", "?a", "?b", "-a", "a/b", "#/a", "a;b"]
    keys = [read(f"https://lyhyt-osoite.example/{code}").keys for code in codes]
    assert len(set(keys)) == len(codes)


def test_a_keeper_adds_hosts_of_short_links():
    known = Known(shorteners=frozenset({"ly.savonkoski.example"}))
    assert read("https://ly.savonkoski.example/a", known).note == "share_link"
    assert is_shortener("ly.savonkoski.example", known)
    assert not is_shortener("ly.savonkoski.example")
    assert is_shortener("anybody.page.link")


@pytest.mark.policy("P4")
@pytest.mark.parametrize(
    "host",
    each(
        "sites.google.com docs.google.com linktr.ee twitch.tv clips.twitch.tv medium.com"
        " wordpress.com"
        " tumblr.com github.io netlify.app blogspot.com pages.dev co.uk fi facebook.com"
        " m.facebook.com"
        " developers.facebook.com fi-fi.facebook.com x.com t.me savonkoski.t.me bit.ly t.co"
        " mastodon.social google.com google.com:8080 web.archive.org fi.wikipedia.org"
    ),
)
def test_a_host_that_serves_many_is_known(host):
    assert is_shared_host(host)


@pytest.mark.parametrize(
    "host",
    each(
        "savonkoski.fi kirjasto.savonkoski.fi savonkoski.wordpress.com savonkoski.github.io"
        " savonkoski.netlify.app savonkoski.tumblr.com savonkoski-asiointi.example"
        " evil.example:8080"
        " facebook.com.evil.example nottwitch.tv"
    ),
)
def test_a_host_of_one_owner_is_none_of_them(host):
    assert not is_shared_host(host)


def test_a_keeper_adds_hosts_that_serve_many():
    known = Known(
        hosts={"vertais.example": "peertube"},
        mastodon_servers=frozenset({"yhteiso.example"}),
        shared_hosts=frozenset({"kylat.example"}),
    )
    for host in ("vertais.example", "yhteiso.example", "kylat.example", "a.kylat.example"):
        assert is_shared_host(host, known)
        assert not is_shared_host(host)


@pytest.mark.parametrize("name", ["shorteners", "shared", "tracking", "reserved"])
def test_a_shipped_list_says_nothing_twice(name):
    words = [word for line in lines(name) for word in line.split()]
    assert len(set(words)) == len(words)
    assert all(word == word.lower() and word.isascii() for word in words)


def test_a_parameter_that_follows_people_is_told_from_one_that_names_something():
    assert all(map(tracks, ["utm_source", "UTM_x", "fbclid", "igsh", "si", "ref", "lang"]))
    assert not any(map(tracks, ["u", "id", "user", "q", "v", "t", "tab", "page", "sid", "author"]))
