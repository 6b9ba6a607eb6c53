"""The stylesheets and templates, read as text."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
STATIC = HOUSE / "intake" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))


def css(sheet: Path) -> str:
    """A stylesheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.S)


def icon_names() -> set[str]:
    """The names of the drawings in icons.svg."""
    return set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text()))
