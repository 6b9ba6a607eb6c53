"""The stylesheets, drawings and templates, read as text."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
STATIC = HOUSE / "intake" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))
LETTER = HOUSE / "templates" / "mail" / "letter.html"
CLASS = re.compile(r'class="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"')


def css(sheet: Path) -> str:
    """A stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)


def styled() -> set[str]:
    """Every class that a stylesheet speaks of."""
    selectors = (re.findall(r"[^{};]+(?=\{)", css(sheet)) for sheet in SHEETS)
    return {
        name for found in selectors for s in found for name in re.findall(r"\.([a-z][\w-]*)", s)
    }


def used() -> set[str]:
    """Every class that templates and script give, `tag-*` where the end is worked out."""
    found: set[str] = set()
    for template in TEMPLATES:
        if template != LETTER:
            for text in CLASS.findall(template.read_text()):
                plain = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "*", text))
                found |= set(plain.split())
            found |= set(re.findall(r"\{% block kind %\}(\w+)", template.read_text()))
    script = (STATIC / "site.js").read_text()
    return found | set(re.findall(r'(?:className = |toggle\()"([\w-]+)"', script)) - {"*"}


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The colours by day and by night."""
    text = css(STATIC / "css" / "tokens.css")
    day, night = text.split("@media screen and (prefers-color-scheme: dark)")
    pair = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});")
    return dict(pair.findall(day)), dict(pair.findall(night))


def icon_names() -> set[str]:
    """The names of the drawings in icons.svg."""
    return set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours written #rgb or #rrggbb."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
