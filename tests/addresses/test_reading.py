"""What a reading holds beside its key, and what the town's own knowledge changes."""

import pytest

from intake.addresses import SHIPPED, Known, Reading, canonical_url, read, registrable


@pytest.mark.policy("P4")
def test_a_reading_as_json_has_its_fields_in_order():
    assert list(read("x.com/savonkoski_demo/").as_json().items()) == [
        ("text", "x.com/savonkoski_demo/"),
        ("keys", ["x:handle:savonkoski_demo"]),
        ("platform", "x"),
        ("kind", "handle"),
        ("value", "savonkoski_demo"),
        ("url", "https://x.com/savonkoski_demo"),
        ("deep_link", None),
        ("readable", True),
        ("note", None),
        ("reach", "profile"),
    ]


@pytest.mark.parametrize(
    ("text", "deep_link"),
    [
        (
            "https://x.com/SavonkoskiCity/status/1830000000000000001?s=46&t=abc",
            "https://x.com/SavonkoskiCity/status/1830000000000000001",
        ),
        ("https://x.com/SavonkoskiCity?s=21", None),
        (
            "https://www.facebook.com/profile.php?id=61579990000001&story_fbid=5&fbclid=Iw",
            "https://www.facebook.com/profile.php?id=61579990000001&story_fbid=5",
        ),
        ("https://m.facebook.com/profile.php?id=61579990000001&mibextid=Zb", None),
        ("http://savonkoski.fi/Sivu?a=B&a=c#d", None),
        ("savonkoski.fi", None),
        ("https://youtu.be/dQabc?t=5&si=abc", "https://youtu.be/dQabc?t=5"),
        ("some.example/@savonkoski/1090", "https://some.example/@savonkoski/1090"),
        ("https://savonkoski.bsky.social/", None),
        ("https://t.me/savonkoski_tuki/42?comment=7", "https://t.me/savonkoski_tuki/42?comment=7"),
        ("https://www.instagram.com/explore/x/", "https://www.instagram.com/explore/x/"),
    ],
)
def test_the_exact_place_is_kept_without_what_follows_people(text, deep_link):
    assert read(text).deep_link == deep_link


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("https://some.example/@savonkoski", "maybe_mastodon"),
        ("https://mastodon.social/@savonkoski", None),
        ("+358 40 000 0000", "phone"),
        ("https://wa.me/358400000000", None),
        ("facebok.com/savonkoskenkaupunkl", "lookalike_host"),
        ("https://faceb00k.com/", "lookalike_host"),
        ("https://fаcebook.com/", "lookalike_host"),
        ("https://facebook.com.savonkoski-asiointi.example/", "lookalike_host"),
        ("https://savonkoski.fi/", None),
        ("https://reads.com/", None),
        ("https://help.facebook.com/", None),
    ],
)
def test_a_guess_and_a_host_that_imitates_are_said(text, note):
    reading = read(text)
    assert reading.readable
    assert reading.note == note


@pytest.mark.policy("S2")
def test_a_host_that_the_town_adds_is_read_by_its_platforms_rule():
    known = Known(hosts={"pinterest.at": "pinterest", "savonkoski.fi": "web", "koski.tv": "other"})
    assert read("www.pinterest.at/savonkoski", known).keys == ("pinterest:handle:savonkoski",)
    assert read("pinterest.at/savonkoski").keys == ("web:page:pinterest.at/savonkoski",)
    assert read("savonkoski.fi/x", known).keys == ("web:page:savonkoski.fi/x",)
    assert read("koski.tv/savonkoski", known).keys == ("web:page:koski.tv/savonkoski",)


@pytest.mark.policy("S2")
def test_a_town_cannot_make_a_shipped_host_another_platform():
    known = Known(hosts={"facebook.com": "x"})
    assert read("facebook.com/savonkoski", known).platform == "facebook"


def test_a_server_that_the_town_knows_is_no_guess_and_speaks_for_others():
    known = Known(mastodon_servers=frozenset({"some.example", "yhteiso.savonkoski"}))
    assert read("https://some.example/@savonkoski", known).note is None
    assert read("https://some.example/@tuki@other.example", known).keys == (
        "mastodon:acct:tuki@other.example",
    )
    assert read("https://some.example/@tuki@other.example").keys == (
        "web:page:some.example/@tuki@other.example",
    )
    assert read("tuki@other.example", known).note == "email"
    assert read("savonkoski@some.example", known).keys == ("mastodon:acct:savonkoski@some.example",)
    assert read("yhteiso.savonkoski/@tuki", known).keys == (
        "mastodon:acct:tuki@yhteiso.savonkoski",
    )


def test_a_threads_account_seen_from_a_mastodon_server_is_the_threads_profile():
    for text in ("@Oona@threads.net", "https://mastodon.social/@oona@threads.net"):
        assert read(text).keys == ("threads:handle:oona",)


def test_links_within_links_end():
    url = "https://x.com/savonkoski_demo"
    for _ in range(3):
        assert read(url).keys == ("x:handle:savonkoski_demo",)
        url = "https://l.facebook.com/l.php?u=" + url.replace("%", "%25").replace("&", "%26")
    deep = "https://l.facebook.com/l.php?u=" * 5 + "https://x.com/savonkoski_demo"
    assert read(deep).note == "bad_address"


@pytest.mark.parametrize(
    "key",
    ["", "x", "x:handle", "x:handle:", "x:wrong:a", "nowhere:handle:a", "mastodon", ":::"],
)
def test_what_is_no_key_has_no_address(key):
    assert canonical_url(key) is None


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.savonkoski.fi", "savonkoski.fi"),
        ("a.b.co.uk", "b.co.uk"),
        ("x.y.savonkoski.example", "savonkoski.example"),
        ("example", None),
        ("fi", None),
        ("savonkoski.kaupunki", None),
        ("github.io", None),
    ],
)
def test_the_registrable_domain_comes_from_the_public_suffix_list(host, domain):
    assert registrable(host) == domain


def test_the_shipped_knowledge_is_empty_beside_the_rules():
    assert Known() == SHIPPED
    assert Reading("x").as_json()["keys"] == []
