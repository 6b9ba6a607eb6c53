"""A key names one profile, page or site, and speaks for no other (A12)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.addresses import Reach, above, canonical_url, covers, link_of, read
from intake.addresses.web import LONGEST_KEY
from tests.addresses.patterns import SERVICES, WEB

NAMES = [("savonkoski1", "pietarinkunta"), ("savon.koski", "savon-koski"), ("Vesi_laitos", "Vesi")]


def address(pattern, name):
    return pattern.replace("{{", "\0").replace("{}", name).replace("\0", "{").replace("}}", "}")


def named(text):
    """What tells a link from others: its keys, or else where it leads."""
    reading = read(text)
    return set(reading.keys) or {link_of(reading)} - {None}


def joins(pattern, first, second):
    """Do two names in one pattern come to one key, or speak for each other?"""
    one, other = address(pattern, first), address(pattern, second)
    spoken = [covers(key, asked) for key in read(one).keys for asked in read(other).keys]
    return bool(named(one) & named(other)) or any(spoken)


@pytest.mark.policy("P4")
@pytest.mark.parametrize(("first", "second"), NAMES)
def test_a12_two_users_of_one_service_never_share_a_key(first, second):
    patterns = WEB + SERVICES
    assert len(set(patterns)) == len(patterns) > 500
    assert [one for one in patterns if joins(one, first, second)] == []


def test_a_page_of_any_service_leads_back_to_its_own_key():
    for pattern in WEB:
        reading = read(address(pattern, "savonkoski1"))
        again = read(reading.url or reading.deep_link)
        assert again.keys == reading.keys
        assert (reading.note == "share_link") == (reading.reach is None)


@pytest.mark.parametrize(
    "section",
    [
        "docs.google.com/forms",
        "docs.google.com/forms/d/e/",
        "sites.google.com/view",
        "tumblr.com/blog",
    ],
)
def test_where_a_service_keeps_everybodys_pages_is_nobodys_page(section):
    reading = read(f"https://{section}")
    assert (reading.readable, reading.keys) == (False, ())
    assert read(f"https://{section.strip('/')}/savonkoski1").keys


PAGE = "web:page:palvelu.example/Käyttäjät/savonkoski?a=1&b=2".replace("ä", "%C3%A4")
SPELLINGS = """
https://palvelu.example/Käyttäjät/savonkoski?a=1&b=2
http://www.palvelu.example/Käyttäjät/savonkoski/?b=2&a=1
HTTPS://PALVELU.EXAMPLE:443/K%c3%a4ytt%C3%A4j%c3%a4t/savonkoski?a=1;b=2
http://palvelu.example:80//Käyttäjät///savonkoski//?a=1&b=2#top
palvelu.example/Ka\u0308ytta\u0308ja\u0308t/savonkoski?a=1&b=2&utm_source=x&fbclid=abc
palvelu.example./Käyttäjät/x/../savonkoski?&a=1&&b=2&
palvelu.example/./Käyttäjät/%2e/savonkoski/index.html?a=1&b=2&igsh=1&mc_cid=2&gclid=3&si=4&ref=5
palvelu.example/Käyttäjät/%73avonkoski;jsessionid=A1?a=%31&amp;b=2&lang=fi#:~:text=a
hxxps://palvelu[.]example/Käyttäjät/savonkoski?a=1&b=2&sid=0123456789abcdef0123456789abcdef
(https://palvelu.example/Käyttäjät/savonkoski?a=1&b=2).
""".strip().splitlines()


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings_of_one_page_meet(text):
    reading = read(text)
    assert reading.keys == (PAGE,)
    assert reading.reach is Reach.PAGE
    assert read(reading.url).keys == (PAGE,)


APART = """
palvelu.example/a palvelu.example/A
palvelu.example/a palvelu.example/a%2Fb
palvelu.example/a/b palvelu.example/a%2Fb
palvelu.example/a%3Bb palvelu.example/a;b
palvelu.example/a?b palvelu.example/a%3Fb
palvelu.example/a?x=1 palvelu.example/a?x=2
palvelu.example/a?x=1 palvelu.example/a?x=1&x=2
palvelu.example/a?x=1&x=2 palvelu.example/a?x=2&x=1
palvelu.example/a?x=%ff palvelu.example/a?x=%fe
palvelu.example/%ff palvelu.example/%fe
palvelu.example/a?x=b%26y=1 palvelu.example/a?x=b&y=1
palvelu.example/a?x=a%2Bb palvelu.example/a?x=a+b
palvelu.example/a palvelu.example:8080/a
palvelu.example/a m.palvelu.example/a
palvelu.example/ﬁ palvelu.example/fi
palvelu.example/\u212aoski palvelu.example/Koski
palvelu.example/s\u0430von palvelu.example/savon
palvelu.example/#!/~a palvelu.example/#!/~b
palvelu.example/#/u/a palvelu.example/
palvelu.example/a..b palvelu.example/a.b
palvelu.example/Nimi_(a) palvelu.example/Nimi_(b)
"""


@pytest.mark.parametrize("pair", [line.split(" ") for line in APART.strip().splitlines()])
def test_what_differs_in_more_than_its_spelling_stays_apart(pair):
    first, second = (read(text).keys for text in pair)
    assert first
    assert second
    assert first != second


def test_a_bracket_that_an_address_opened_belongs_to_it():
    assert (
        read("(https://wiki.example/Koski_(kunta)).").url == "https://wiki.example/Koski_(kunta%29"
    )
    assert read("https://wiki.example/Koski_(kunta%29").value == "wiki.example/Koski_(kunta)"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("palvelu.example", ["site:palvelu.example"]),
        ("palvelu.example/a", ["page:palvelu.example/a", "site:palvelu.example"]),
        (
            "palvelu.example/a/b/c?x=1",
            [
                "page:palvelu.example/a/b/c?x=1",
                "page:palvelu.example/a/b",
                "page:palvelu.example/a",
                "site:palvelu.example",
            ],
        ),
        ("palvelu.example/?u=a", ["page:palvelu.example/?u=a", "site:palvelu.example"]),
        ("palvelu.example/#!", ["site:palvelu.example"]),
        ("palvelu.example/#Sis%C3%A4lt%C3%B6", ["site:palvelu.example"]),
        ("palvelu.example/#/u/a", ["page:palvelu.example/#/u/a", "site:palvelu.example"]),
    ],
)
def test_the_keys_that_speak_for_an_asking_come_most_exact_first(text, keys):
    (key,) = read(text).keys
    assert above(key) == tuple(f"web:{one}" for one in keys)


def test_a_profile_speaks_for_itself_alone_and_a_site_for_the_accounts_on_it():
    assert above("x:handle:savonkoski") == ("x:handle:savonkoski",)
    assert above("link:bit.ly/a") == ("link:bit.ly/a",)
    (guess,) = read("https://savonkoski.example/@tiedotus").keys
    assert covers("web:site:savonkoski.example", guess)
    assert not covers("web:site:other.example", guess)


@pytest.mark.parametrize(
    ("listed", "asked", "holds"),
    [
        ("sites.google.com/view/savonkoski", "https://sites.google.com/view/savonkoski/uutiset", 1),
        ("sites.google.com/view/savonkoski", "sites.google.com/view/savonkoski/a?b=1", 1),
        ("sites.google.com/view/savonkoski", "sites.google.com/view/savonkoski-arvonta", 0),
        ("sites.google.com/view/savonkoski", "sites.google.com/view/savonkoski%2Farvonta", 0),
        ("sites.google.com/view/savonkoski", "sites.google.com/view/savonkoski/../arvonta", 0),
        ("sites.google.com/view/savonkoski", "sites.google.com/view/savonkoski?u=arvonta", 0),
        ("forum.example/member.php?u=a", "forum.example/member.php?u=a&x=1", 0),
        ("forum.example/member.php?u=a", "forum.example/member.php", 0),
        ("forum.example/member.php?u=a", "forum.example/member.php/x?u=a", 0),
        ("savonkoski.fi", "https://www.savonkoski.fi/palvelut?x=1#y", 1),
        ("savonkoski.fi", "kirjasto.savonkoski.fi", 0),
        ("savonkoski.fi", "savonkoski.fi.example", 0),
    ],
)
def test_what_is_listed_speaks_for_what_lies_below_it_and_for_no_sibling(listed, asked, holds):
    assert covers(read(listed).keys[0], read(asked).keys[0]) == bool(holds)


def test_a_long_key_is_cut_and_still_one_pages_own():
    long = "https://palvelu.example/kansio/" + "a" * 400
    first, second = read(long), read(long + "b")
    assert len(first.keys[0]) == LONGEST_KEY
    assert first.keys != second.keys
    assert first.url == long
    assert canonical_url(first.keys[0]) is None
    assert above(first.keys[0])[1:] == (
        "web:page:palvelu.example/kansio",
        "web:site:palvelu.example",
    )
    # No address can be made whose whole key is the cut key of another.
    assert read(f"https://{first.keys[0].removeprefix('web:page:')}").keys != first.keys
    deep = "palvelu.example/" + "/".join("abcdefghijklmnopqrstuvwxyz")
    assert above(read(deep).keys[0])[-2:] == (
        "web:page:palvelu.example/a",
        "web:site:palvelu.example",
    )


# Each lists one thing, and says which part of its address is the name that must not change.
LISTED = [
    ("https://sites.google.com/view/{}", "savonkoski"),
    ("https://linktr.ee/{}", "savonkoski"),
    ("https://forum.example/member.php?username={}", "savonkoski"),
    ("https://palvelu.example/#!/~{}", "savonkoski"),
    ("https://{}.wordpress.com/", "savonkoski"),
    ("https://www.{}.fi/", "savonkoski"),
    ("https://www.facebook.com/{}", "savonkoskenkaupunki"),
    ("https://www.instagram.com/{}/", "savonkoski"),
    ("https://x.com/{}", "savonkoski"),
    ("https://www.youtube.com/@{}", "savonkoski"),
    ("https://t.me/{}", "savonkoski"),
    ("https://www.linkedin.com/company/{}/", "savonkoski"),
    ("https://mastodon.social/@{}", "savonkoski"),
    ("https://bsky.app/profile/{}.bsky.social", "savonkoski"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_аеорсіɑ"
ELSEWHERE = [
    "https://evil.example/{}",
    "https://evil.example/?u={}",
    "https://evil.example/#{}",
    "https://evil.example/login?next={}",
    "https://evil.example/l.php?u={}",
    "https://facebook.com.evil.example/l.php?u={}",
    "https://sites.google.com/view/evil?continue={}",
    "https://linktr.ee/evil/{}",
    "https://www.facebook.com/evilevil?next={}",
    "https://x.com/evil/{}",
]


def changed(chance, name):
    """A name with one letter put in, taken out or put for another."""
    place, letter = chance.randrange(len(name)), chance.choice(LETTERS)
    head, tail = name[:place], name[place:]
    return chance.choice(
        [head + letter + tail, head + letter + tail[1:], head + tail[1:], name + letter]
    )


def mutation(chance, pattern, name):
    """An address that is certainly not the one of the pattern and the name."""
    genuine, kind = pattern.format(name), chance.randrange(3)
    if kind == 0:
        return chance.choice(ELSEWHERE).format(genuine)
    other = changed(chance, name)
    if other == name:
        other = name + "arvonta"
    end = chance.choice(["", "/", "/about", "?a=1", "#x", "/../" + other, "/%2e%2e/" + other])
    return (
        pattern.format(other) + end
        if kind == 1
        else pattern.format(other.replace("a", "%61")) + end
    )


@pytest.mark.policy("P4")
@pytest.mark.parametrize("seed", range(len(LISTED)))
def test_a12_no_mutation_of_a_listed_address_is_spoken_for_by_it(seed):
    chance = Random(seed)  # noqa: S311 -- the same each time
    pattern, name = LISTED[seed]
    (listed,) = read(pattern.format(name)).keys
    for _ in range(1500):
        text = mutation(chance, pattern, name)
        assert not any(covers(listed, asked) for asked in read(text).keys), text


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_every_web_address_comes_back_to_its_key_from_its_own_address(path, query, fragment):
    reading = read(f"https://palvelu.example/{path}?{query}#{fragment}")
    if reading.reach not in (Reach.PAGE, Reach.SITE):
        return
    again = read(reading.url)
    assert (again.keys, again.url, again.reach) == (reading.keys, reading.url, reading.reach)
    assert above(reading.keys[0])[-1] == "web:site:palvelu.example"
    assert canonical_url(reading.keys[0]) in (reading.url, None)
