import re
from fnmatch import fnmatch

import pytest
from flask import Flask

from intake import ports
from tests.look import sheets

TEXT, EDGE = 4.5, 3.0
GROUNDS = ("paper", "tint", "tint-2", "brand-tint")
STATES = ("ok", "warn", "bad", "wait", "calm")
PAIRS = [
    *(("ink", ground, TEXT) for ground in GROUNDS),
    *(("ink-2", ground, TEXT) for ground in GROUNDS),
    *(("link", ground, TEXT) for ground in (*GROUNDS, *(f"{state}-bg" for state in STATES))),
    *(("link-strong", ground, TEXT) for ground in GROUNDS),
    *(("edge", ground, EDGE) for ground in ("paper", "tint")),
    *(("focus", ground, EDGE) for ground in GROUNDS),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    *((state, f"{state}-bg", TEXT) for state in STATES),
    *(("ink", f"{state}-bg", TEXT) for state in STATES),
    *((state, "paper", TEXT) for state in STATES),
    *((f"{state}-edge", "paper", EDGE) for state in STATES),
    *((f"{state}-edge", f"{state}-bg", EDGE) for state in STATES),
    ("brand", "paper", EDGE),
    ("brand", "tint-2", EDGE),
]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|hwb|color-mix)\(", re.I)
NAMED = re.compile(
    r":[^;{]*\b(?:white|black|red|green|blue|gr[ae]y|yellow|orange|silver|navy|teal)\b"
)
ICON_USES = re.compile(r"""(?:icon|draw)\("([a-z]+)"\)|icon="([a-z]+)"|Tag\(.*"([a-z]+)"\)""")


def test_the_stylesheet_weighs_at_most_12_kilobytes_packed(hall: Flask):
    assert len(ports.of(hall).assets["site.css"].packed) <= 12 * 1024


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_colours_stand_out_from_their_ground(front: str, ground: str, least: float, night: bool):
    tokens = sheets.tokens()[night]
    assert sheets.contrast(tokens[front], tokens[ground]) >= least


def test_day_and_night_have_the_same_colours():
    day, night = sheets.tokens()
    assert day.keys() == night.keys()


def test_colours_are_named_in_the_tokens_only():
    for sheet in sheets.SHEETS:
        if sheet.name != "tokens.css":
            assert not COLOUR.search(sheets.css(sheet)), sheet.name
            assert not NAMED.search(sheets.css(sheet)), sheet.name


def test_letters_have_the_colours_of_the_tokens():
    known = {colour for theme in sheets.tokens() for colour in theme.values()}
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", sheets.LETTER.read_text())) <= known


def test_every_class_in_the_stylesheet_is_used():
    used = sheets.used()
    unused = {name for name in sheets.styled() if not any(fnmatch(name, one) for one in used)}
    assert not unused, sorted(unused)


def test_every_class_used_is_in_the_stylesheet():
    styled = sheets.styled()
    unknown = {one for one in sheets.used() if not any(fnmatch(name, one) for name in styled)}
    assert not unknown, sorted(unknown)


def test_every_icon_used_is_drawn():
    files = [*sheets.TEMPLATES, *(sheets.HOUSE / "intake").rglob("*.py")]
    wanted = {
        name
        for file in files
        for found in ICON_USES.findall(file.read_text())
        for name in found
        if name
    }
    assert {"check", "clock", "stop"} <= wanted
    assert wanted <= sheets.icon_names(), sorted(wanted - sheets.icon_names())


def test_sheets_use_no_ids_and_force_nothing_outside_print():
    for sheet in sheets.SHEETS:
        text = sheets.css(sheet)
        assert not re.findall(r"#[a-z][\w-]*[^;]*\{", re.sub(r"#[0-9a-f]{3,6}", "", text))
        assert sheet.name == "print.css" or "!important" not in text
        assert len(sheet.read_text().splitlines()) <= 400, sheet.name
