"""Handles typed in a form, bare handles, and account ids that last."""

import pytest

from intake.addresses import (
    Known,
    canonical_url,
    handle_problem,
    handles,
    keys_for_handle,
    lasting_id_of,
    read,
    read_handle,
    read_lasting,
)
from intake.addresses.rules import RULES


@pytest.mark.policy("S2")
@pytest.mark.parametrize(
    ("platform", "handle", "key"),
    [
        ("facebook", "savonkosken.kaupunki", "facebook:vanity:savonkoskenkaupunki"),
        ("instagram", " @Savonkosken_Kaupunki ", "instagram:handle:savonkosken_kaupunki"),
        ("threads", "savonkoski", "threads:handle:savonkoski"),
        ("x", "@savonkoski_demo", "x:handle:savonkoski_demo"),
        ("youtube", "@Pieksämäki", "youtube:handle:pieksämäki"),
        ("tiktok", "savonkoskinuoret", "tiktok:handle:savonkoskinuoret"),
        ("linkedin", "Savonkosken-kaupunki", "linkedin:company:savonkosken-kaupunki"),
        ("snapchat", "savonkoski", "snapchat:handle:savonkoski"),
        ("whatsapp", "040 000 0000", "whatsapp:phone:358400000000"),
        ("telegram", "savonkoski_tuki", "telegram:username:savonkoski_tuki"),
        ("bluesky", "@savonkoski.fi", "bluesky:handle:savonkoski.fi"),
        ("bluesky", "Savonkoski", "bluesky:handle:savonkoski.bsky.social"),
        ("mastodon", "@Savonkoski@Some.example", "mastodon:acct:savonkoski@some.example"),
        ("reddit", "savonkoski", "reddit:user:savonkoski"),
        ("discord", "SavoDemo", "discord:invite:SavoDemo"),
        ("flickr", "savonkoski", "flickr:alias:savonkoski"),
        ("pinterest", "savonkoski", "pinterest:handle:savonkoski"),
        ("web", "www.savonkoski.fi", "web:site:savonkoski.fi"),
    ],
)
def test_a_handle_meets_the_address_of_its_profile(platform, handle, key):
    reading = read_handle(platform, handle)
    assert handle_problem(platform, handle) is None
    assert reading.keys == (key,)
    assert reading.text == handle
    assert read(reading.url or "").keys == (key,)


def test_a_person_on_linkedin_is_another_profile_than_a_company():
    assert read_handle("linkedin", "riitta", kind="in").keys == ("linkedin:in:riitta",)
    assert read_handle("linkedin", "riitta").keys == ("linkedin:company:riitta",)


@pytest.mark.policy("S2")
@pytest.mark.parametrize(
    ("platform", "handle", "code"),
    [
        ("facebook", "abcd", "too_short"),
        ("facebook", "a.b.c.d", "too_short"),
        ("facebook", "events", "reserved"),
        ("facebook", "e.vents", "reserved"),
        ("facebook", "123456789", "characters"),
        ("instagram", "a" * 31, "too_long"),
        ("instagram", "savonkoski-kaupunki", "characters"),
        ("instagram", "explore", "reserved"),
        ("instagram", "", "too_short"),
        ("instagram", "@", "too_short"),
        ("instagram", "instagram.com/savonkoski", "characters"),
        ("instagram", "sаvonkoski", "characters"),
        ("x", "savonkoski_kaupunki", "too_long"),
        ("x", "Home", "reserved"),
        ("youtube", "ab", "too_short"),
        ("tiktok", "savonkoski.", "characters"),
        ("snapchat", "1savonkoski", "characters"),
        ("telegram", "abc", "too_short"),
        ("whatsapp", "040", "too_short"),
        ("whatsapp", "+358" + "4" * 20, "too_long"),
        ("whatsapp", "+999123456789", "characters"),
        ("whatsapp", "savonkoski", "characters"),
        ("whatsapp", "٠٤٠٠٠٠٠٠٠٠", "characters"),
        ("bluesky", "savonkoski..fi", "characters"),
        ("bluesky", "savon_koski.fi", "characters"),
        ("mastodon", "savonkoski", "characters"),
        ("mastodon", "savonkoski@palvelin", "characters"),
        ("mastodon", "savonkoski@a b.fi", "characters"),
        ("mastodon", "savon.@some.example", "characters"),
        ("web", "x.com@evil.example", "characters"),
    ],
)
def test_what_a_platform_would_not_allow_is_refused_with_its_reason(platform, handle, code):
    reading = read_handle(platform, handle)
    assert handle_problem(platform, handle) == code
    assert (reading.readable, reading.keys, reading.note) == (False, (), code)


def test_a_platform_without_a_rule_has_no_handles_to_judge():
    assert handle_problem("other", "x!") is None
    reading = read_handle("other", "@tuki")
    assert (reading.readable, reading.platform, reading.value) == (False, "other", "tuki")
    assert reading.note == "no_rule"


def test_an_account_on_a_host_that_is_no_mastodon_server_is_not_read():
    assert read_handle("mastodon", "savonkoski@youtube.com").note == "bad_address"


@pytest.mark.policy("P4")
@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("@savonkosken_kaupunki", "savonkosken_kaupunki"),
        ("savonkosken_kaupunki", "savonkosken_kaupunki"),
        (" “@Savonkoski” ", "Savonkoski"),
        ("savonkoski.fi", None),
        ("Savonkosken kirjasto", None),
        ("x.com/savonkoski", None),
        ("@savonkoski@some.example", None),
        ("", None),
        ("a" * 101, None),
    ],
)
def test_a_bare_handle_is_told_from_an_address_and_a_name(text, handle):
    assert handles(text) == handle


@pytest.mark.policy("P4")
def test_a_bare_handle_could_be_a_profile_on_each_platform_that_allows_it():
    keys = keys_for_handle("@Savonkoski")
    assert len(set(keys)) == len(keys)
    assert {key.split(":")[0] for key in keys} == set(RULES) - {"whatsapp", "discord", "web"}
    for key in (
        "x:handle:savonkoski",
        "linkedin:in:savonkoski",
        "bluesky:handle:savonkoski.bsky.social",
        "mastodon:acct:savonkoski@mastodon.social",
    ):
        assert key in keys
    assert {key.split(":")[0] for key in keys_for_handle("savonkoski.nuoriso.noora")} == {
        "facebook",
        "instagram",
        "threads",
        "youtube",
        "tiktok",
        "linkedin",
        "bluesky",
        "mastodon",
    }
    assert keys_for_handle("Savonkosken kirjasto") == ()


def test_a_bare_handle_could_be_on_a_server_that_the_town_knows():
    known = Known(mastodon_servers=frozenset({"some.example"}))
    assert "mastodon:acct:savonkoski@some.example" in keys_for_handle("savonkoski", known)
    assert "mastodon:acct:savonkoski@some.example" not in keys_for_handle("savonkoski")


@pytest.mark.parametrize(
    ("platform", "kind", "value", "address"),
    [
        ("facebook", "id", "61570000000001", "facebook.com/profile.php?id=61570000000001"),
        (
            "youtube",
            "channel",
            "UCdemo0000000000000000_A",
            "https://youtube.com/channel/UCdemo0000000000000000_A",
        ),
        ("bluesky", "did", "did:plc:demo0000", "https://bsky.app/profile/did:plc:demo0000"),
        ("discord", "user", "100000000000000001", "discord.com/users/100000000000000001"),
    ],
)
def test_a14_the_account_id_that_lasts_is_read_bare_and_as_an_address(
    platform, kind, value, address
):
    key = f"{platform}:{kind}:{value}"
    assert lasting_id_of(platform) == kind
    for text in (value, f" {value} ", address):
        reading = read_lasting(platform, text)
        assert (reading.keys, reading.text) == ((key,), text)
    assert read_lasting(platform, canonical_url(key) or "").keys == (key,)


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("facebook", "savonkoskenkaupunki"),
        ("facebook", "facebook.com/savonkoskenkaupunki"),
        ("youtube", "ucdemo0000000000000000_a"),
        ("youtube", "facebook.com/profile.php?id=61570000000001"),
        ("bluesky", "savonkoski.bsky.social"),
        ("bluesky", "did:x"),
        ("x", "1830000000000000001"),
        ("other", "1"),
    ],
)
def test_a14_what_can_change_hands_is_no_lasting_id(platform, text):
    reading = read_lasting(platform, text)
    assert (reading.readable, reading.note, reading.keys) == (False, "not_lasting", ())


def test_platforms_without_a_lasting_id_have_none():
    assert lasting_id_of("instagram") is None
    assert lasting_id_of("other") is None
