"""A25: thirty payloads in every text of the database; every page in a real browser that fails on
anything that runs, is refused by the content policy, or leaves the house; and parsed in the two
other languages, where no element and no attribute may have come of them."""

import json
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from shutil import copy2, copytree
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from intake import config
from intake.data import file_store
from intake.data.base import Base, db
from intake.people.models import Person
from tests.browser import PASSWORD
from tests.conftest import SQLiteStore
from tests.every_page import pages
from tests.scene import prepared
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("planted")]

PAYLOADS = (
    '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(2)>",
    "</script><script>alert(3)</script>", "</title><script>alert(4)</script>",
    "</textarea><script>alert(5)</script>",
    "--><script>alert(6)</script>", "]]><script>alert(7)</script>", "<iframe src=//evil.example>",
    "<img src=//evil.example/a.png>", "<link rel=stylesheet href=//evil.example/a.css>",
    "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><button>x</button></form>", "<body onload=alert(8)>",
    "<details open ontoggle=alert(9)>", "<math href=javascript:alert(10)>x</math>",
    "<style>@import '//evil.example/b.css';</style>", "<a href=javascript:alert(11)>x</a>",
    "<object data=//evil.example></object>", "<embed src=//evil.example>",
    "<video><source onerror=alert(12)></video>", "<input autofocus onfocus=alert(13)>",
    "javascript:alert(14)", "data:text/html,<script>alert(15)</script>", "{{7*7}}", "{% raw %}",
    "${7*7}", "%(actor)s %s", "{0.__class__}", "&lt;script&gt;alert(16)&lt;/script&gt;",
)  # fmt: skip
ALL = " ".join(PAYLOADS)
MADE = "iframe, object, embed, math, base, details[ontoggle], [onerror], [onload], [onfocus], style"
TAGS = {"iframe", "object", "embed", "math", "base", "style"}
# codes, keys, hashes and addresses, which no person writes freely
OURS = {
    "email", "hash", "key", "entry", "previous", "digest", "salt", "facts", "slug", "leads_to",
    "code", "password_hash", "skeleton", "folded", "stem", "word", "index", "template", "url",
    "matter", "decided_key", "sha256", "staged_for", "staged_from", "witness", "salts",
    "encrypted", "mark", "tokens", "term", "back", "sort_key", "shape", "core", "bag", "own",
    "trait", "stamp", "words",
}  # fmt: skip


@pytest.fixture(scope="module")
def planted(house: Flask, store) -> Iterator[SimpleNamespace]:
    """The prepared town with the payloads planted, served by a process of its own."""
    assert isinstance(store, SQLiteStore)
    with prepared(house, store) as scene, TemporaryDirectory() as folder:
        seen = {path: who for who, path in reversed(pages(scene))}
        emails = {who: db.session.get(Person, one).email for who, one in scene.people.items()}
        db.session.remove()
        db.engine.dispose()
        instance = Path(folder)
        with sqlite3.connect(store.file) as source:
            source.execute("VACUUM INTO ?", (str(instance / "profiilivahti.db"),))
        copytree(file_store.folder(), instance / file_store.FOLDER)
        copy2(Path(house.instance_path) / config.KEYS, instance)  # the database belongs to them
        number = plant(instance / "profiilivahti.db")
        server = Server(instance, JOBS="off").start()
        yield SimpleNamespace(server=server, seen=seen, emails=emails, number=number)
        server.stop()


def plant(file: Path) -> int:
    """Write the payloads into every text a person may have typed; how many columns that were."""
    planted = 0
    with sqlite3.connect(file) as database:
        database.execute("DROP TRIGGER trail_words_no_update")
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if how := _how(column):
                    sql = f'SELECT "{column.name}", rowid FROM "{table.name}"'
                    changed = [(how(old), row) for old, row in database.execute(sql) if old]
                    sql = f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE rowid = ?'
                    database.executemany(sql, changed)
                    planted += bool(changed)
    return planted


def _how(column: sa.Column):
    """How to plant in a column, None where no person writes it."""
    kind, place = column.type, f"{column.table.name}.{column.name}"
    if isinstance(kind, sa.JSON) or place in ("setting.value", "trail_words.text", "import.report"):
        return lambda old: json.dumps(_within(json.loads(old)))
    wordy = isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)
    bound = column.primary_key or column.foreign_keys or column.unique or column.name in OURS
    return (
        (lambda old: f"{old} {ALL}") if wordy and not bound and (kind.length or 99) > 50 else None
    )


def _within(value):
    """Plant in what is text within JSON: sentences, not codes."""
    if isinstance(value, dict):
        return {name: _within(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_within(one) for one in value]
    return f"{value} {ALL}" if isinstance(value, str) and " " in value else value


class Parsed(HTMLParser):
    """The texts of a page, and what no page of ours has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.made: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.made += [tag] if tag in TAGS else []
        self.made += [name for name, _value in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


class Watched:
    """A browser of somebody, and everything it should not have done."""

    def __init__(self, chromium: Browser, server: Server, language: str) -> None:
        self.server, self.trouble = server, []
        self.context: BrowserContext = chromium.new_context(locale=language)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("request", self._asked)

    def _dialog(self, dialog) -> None:
        self.trouble.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _said(self, message) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.trouble.append(message.text)

    def _asked(self, asked) -> None:
        if not asked.url.startswith(f"{self.server.base}/") or "csp-report" in asked.url:
            self.trouble.append(asked.url)

    def signs_in(self, email: str) -> None:
        self.page.goto(f"{self.server.base}/sign-in")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main button").first.click()

    def reads(self, path: str) -> str:
        """The text of a page that is parsed and not run."""
        answer = self.context.request.get(f"{self.server.base}{path}")
        assert answer.status < 500, path
        if "text/html" not in answer.headers.get("content-type", ""):
            return ""
        parsed = Parsed(answer.text())
        assert parsed.made == [], path
        return "".join(parsed.texts)

    def opens(self, path: str) -> str:
        answer = self.page.goto(f"{self.server.base}{path}", wait_until="load")
        assert answer is not None
        assert answer.status < 500, path
        if "text/html" not in answer.headers.get("content-type", ""):
            return ""
        assert self.page.locator(MADE).count() == 0, path
        assert self.trouble == [], path
        return self.page.locator("body").inner_text()


def test_a25_nothing_that_was_planted_runs_on_any_page_in_any_language(chromium, planted):
    assert planted.number > 15
    browsers: dict[str, Watched] = {}
    shown = 0
    pages = {path: who for path, who in planted.seen.items() if ".csv" not in path}  # no downloads
    for path, who in pages.items():
        if who not in browsers:
            browsers[who] = Watched(chromium, planted.server, "fi")
            if who != "nobody":
                browsers[who].signs_in(planted.emails[who])
        mark = "&" if "?" in path else "?"
        for language in ("fi", "sv", "en"):  # run once; then the same elements in other words
            meet = browsers[who].opens if language == "fi" else browsers[who].reads
            shown += PAYLOADS[0] in meet(f"{path}{mark}lang={language}")
    assert shown > len(pages)  # there as text, on most pages in each language
    for browser in browsers.values():
        browser.context.close()
