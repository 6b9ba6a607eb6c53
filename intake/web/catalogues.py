"""Catalogues: one .po for each room, joined and compiled at start, completed by a command."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from flask import Flask
from flask_babel import Babel

from intake.web import locale

PACKAGE = Path(__file__).parent.parent
CATALOGUES = PACKAGE / "translations"
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "marked": None,
}
TRANSLATED = ("fi", "sv")


def init_app(app: Flask, instance: Path) -> Babel:
    """Compile what is newer than its compiled form, and translate from there."""
    target = instance / "locale"
    for code in TRANSLATED:
        _compile(code, target / code / "LC_MESSAGES" / "messages.mo")
    return Babel(
        app,
        default_translation_directories=str(target),
        locale_selector=locale.current,
        timezone_selector=lambda: "Europe/Helsinki",
        default_locale="fi",
    )


def _compile(code: str, compiled: Path) -> None:
    sources = sorted((CATALOGUES / code).glob("*.po"))
    newest = max((source.stat().st_mtime for source in sources), default=0)
    if compiled.exists() and compiled.stat().st_mtime > newest:
        return
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=compiled.parent, delete=False) as out:
        write_mo(out, joined(code))
    os.replace(out.name, compiled)


def joined(code: str) -> Catalog:
    """All rooms' catalogues of a language as one; the first to translate a sentence wins."""
    whole = Catalog(locale=code)
    for source in sorted((CATALOGUES / code).glob("*.po")):
        for message in _read(source, code):
            if message.id and message.id not in whole:
                whole[message.id] = message
    return whole


def _read(source: Path, code: str) -> Catalog:
    if not source.exists():
        return Catalog(locale=code)
    with source.open("rb") as file:
        return read_po(file, locale=code)


def used(root: Path, templates: Path) -> dict[str | tuple[str, ...], str]:
    """Every sentence of program and templates, with the room whose catalogue it belongs to."""
    found: dict[str | tuple[str, ...], str] = {}
    for folder, method in ((root, [("**.py", "python")]), (templates, [("**", "jinja2")])):
        options = {"**": {"trimmed": "true", "silent": "false"}}
        for name, _line, sentence, _notes, _context in extract_from_dir(
            str(folder), method, options, KEYWORDS, directory_filter=lambda _: True
        ):
            key = tuple(sentence) if isinstance(sentence, (list, tuple)) else sentence
            if key:
                found.setdefault(key, _room(name))
    return found


def _room(name: str) -> str:
    parts = Path(name).parts
    room = parts[1] if parts[0] == "mail" and len(parts) > 2 else parts[0]
    return room if len(parts) > 1 and (PACKAGE / room / "__init__.py").exists() else "base"


def missing(code: str, templates: Path) -> list[str]:
    """The sentences that a language lacks."""
    whole = joined(code)
    return sorted(
        str(key) for key in used(PACKAGE, templates) if not _translated(whole.get(_id(key)))
    )


def _id(key: str | tuple[str, ...]) -> str:
    return key if isinstance(key, str) else key[0]


def _translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    return (
        all(message.string) if isinstance(message.string, (list, tuple)) else bool(message.string)
    )


def update(templates: Path) -> Iterator[str]:
    """Write every room's .po anew, in the order of the sentences; yields what lacks a translation.

    Translations are kept wherever the sentence now belongs; sentences used no more are dropped.
    """
    sentences = used(PACKAGE, templates)
    for code in TRANSLATED:
        whole = joined(code)
        for room in sorted(set(sentences.values())):
            catalogue = Catalog(locale=code, fuzzy=False)
            for key in sorted((key for key, owner in sentences.items() if owner == room), key=str):
                known = whole.get(_id(key))
                catalogue.add(
                    key, known.string if known else "", flags=known.flags if known else ()
                )
                if not _translated(known):
                    yield f"{code}/{room}: {key}"
            with (CATALOGUES / code / f"{room}.po").open("wb") as out:
                write_po(
                    out,
                    catalogue,
                    omit_header=True,
                    include_lineno=False,
                    sort_output=True,
                    width=100,
                )
