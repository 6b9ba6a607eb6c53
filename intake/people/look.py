"""The town's own colour: what may be one, the shades made from it, and the stylesheet of them.

Contrast is counted as WCAG does; shades are made in OKLCH, where a step of lightness looks the
same in every hue. The other colours are read from the stylesheet they stand in.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from coloraide import Color
from flask import request

HEX = re.compile(r"#[0-9a-f]{6}")
TOKENS = Path(__file__).parents[1] / "static" / "css" / "tokens.css"
NIGHT_BEGINS = "@media screen and (prefers-color-scheme: dark)"
TEXT = 4.5  # least contrast of text, and of the white text on the town's colour
HAIR = 0.005  # what is added to it: counters of contrast do not agree in the fourth digit
EDGE = 3.0  # least contrast of lines and shapes that mean something
WHITE = "#ffffff"


class Palette(NamedTuple):
    """The four colours that are the town's, of the day or of the night."""

    brand: str
    on_brand: str
    brand_strong: str
    brand_tint: str


def contrast(one: str, other: str) -> float:
    """The ratio of two colours by WCAG, 1 to 21."""
    return float(Color(one).contrast(other, method="wcag21"))


def on_white(colour: str) -> float:
    """How well the colour stands out from white, and white from it."""
    return contrast(colour, WHITE)


def may_be(colour: str) -> bool:
    """May this be the town's colour: #rrggbb that white text can be read on?"""
    return bool(HEX.fullmatch(colour)) and on_white(colour) >= TEXT + HAIR


def darker(colour: str) -> str:
    """The nearest darker shade on which white text can be read: the lightest that will do."""
    lightness, chroma, hue = _parts(colour)
    enough, too_light = 0.0, lightness
    for _ in range(12):
        middle = (enough + too_light) / 2
        if may_be(_hex(middle, chroma, hue)):
            enough = middle
        else:
            too_light = middle
    return _hex(enough, chroma, hue)


@lru_cache(maxsize=64)
def palettes(colour: str) -> tuple[Palette, Palette]:
    """The town's colours by day and by night; those of the product where the colour is empty."""
    if not colour:
        day, night = tokens()
        return _shipped(day), _shipped(night)
    lightness, chroma, hue = _parts(colour)
    strong = lightness + (-0.08 if lightness > 0.3 else 0.12)  # what is nearly black gets lighter
    return (
        Palette(
            brand=colour,
            on_brand=WHITE,
            brand_strong=_hex(strong, chroma, hue),
            brand_tint=_hex(0.95, min(chroma, 0.015), hue),
        ),
        Palette(
            brand=_hex(0.81, min(chroma, 0.1), hue),
            on_brand=_hex(0.24, min(chroma, 0.05), hue),
            brand_strong=_hex(0.88, min(chroma, 0.06), hue),
            brand_tint=_hex(0.3, min(chroma, 0.04), hue),
        ),
    )


def _parts(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue in OKLCH; the hue of grey is 0."""
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return lightness, chroma, hue


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """The colour as #rrggbb, with less chroma where a screen cannot show as much."""
    colour = Color("oklch", [lightness, chroma, hue]).convert("srgb")
    return str(colour.fit(method="oklch-chroma").to_string(hex=True))


@lru_cache(maxsize=1)
def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """Every colour of the stylesheet by day and by night, by name."""
    day, night = TOKENS.read_text().split(NIGHT_BEGINS)
    pair = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});")
    return dict(pair.findall(day)), dict(pair.findall(night))


def _shipped(found: dict[str, str]) -> Palette:
    return Palette(*(found[name.replace("_", "-")] for name in Palette._fields))


@lru_cache(maxsize=64)
def sheet(colour: str) -> str:
    """The stylesheet that puts the town's colours in the place of the product's."""
    day, night = (_lines(_named(palette)) for palette in palettes(colour))
    dark = ':root:not([data-theme="light"])'
    return f"@layer tokens {{\n:root {{\n{day}}}\n{NIGHT_BEGINS} {{\n{dark} {{\n{night}}}\n}}\n}}\n"


@lru_cache(maxsize=64)
def sample(colour: str) -> str:
    """The stylesheet of a preview: every colour, by day and by night, whatever the device asks."""
    rules = []
    for theme, found, palette in zip(("day", "night"), tokens(), palettes(colour), strict=True):
        lines = _lines({**found, **_named(palette)})
        rules.append(f'[data-sample="{theme}"] {{\n{lines}}}\n')
    return "".join(rules)


def _named(palette: Palette) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in palette._asdict().items()}


def _lines(colours: dict[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in colours.items())


SHEETS = {"town.css": sheet, "sample.css": sample}


def version(name: str, colour: str) -> str:
    """What changes in the address with every change of the sheet."""
    return hashlib.sha256(SHEETS[name](colour).encode()).hexdigest()[:16]


def address(name: str, colour: str) -> str:
    """Where a sheet is served in a colour: it depends on the address and nothing else, so it may
    be kept for ever."""
    shown = colour.removeprefix("#")
    return f"{request.script_root}/{name}?colour={shown}&v={version(name, colour)}"
