"""A person at a real browser: every page they meet is inspected before they go on."""

import re
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from intake.demo.organisation import DOMAIN, PASSWORD
from tests.server import Server
from tests.wcag import assert_accessible

WIDTHS = (320, 1280)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOCALES = {"fi": "fi-FI", "sv": "sv-SE", "en": "en-GB"}
ID = re.compile(r"/[0-9a-z]{16}(?=/|$)")
_inspected: set[tuple[str, str, bool]] = set()
REFUSED = "Failed to load resource: the server responded with a status of"


class Person:
    """One browser with its own cookies, at the server of the demo town."""

    def __init__(
        self,
        chromium: Browser,
        server: Server,
        *,
        language: str = "fi",
        script: bool = True,
        window: Any = DESKTOP,
    ) -> None:
        self.server, self.language, self.script, self.window = server, language, script, window
        self.context = chromium.new_context(
            viewport=window,
            locale=LOCALES[language],
            java_script_enabled=script,
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.trouble: list[str] = []
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda asked: self.trouble.append(asked.url))

    def signs_in(self, name: str) -> "Person":
        """Sign in through the page, by the name before the @."""
        self.opens("/sign-in")
        self.fills(email=f"{name}@{DOMAIN}", password=PASSWORD).presses("Kirjaudu")
        assert self.path == "/desk", self.main
        return self

    def opens(self, path: str, status: int = 200) -> "Person":
        """Go to an address."""
        return self._met(self.page.goto(f"{self.server.base}{path}"), status)

    def follows(self, name: str, status: int = 200) -> "Person":
        """Click the first link of the page's main part whose name begins so."""
        return self._clicks(self._named("link", name), status)

    def works_on(self, matter: str) -> "Person":
        """Go from the desk to the first thing whose sentence holds these words."""
        named = re.compile(rf"^\s*\S+ .*{re.escape(matter)}")
        return self._clicks(self.page.locator("main").get_by_role("link", name=named).first, 200)

    def presses(self, name: str, status: int = 200) -> "Person":
        """Press the first button of the page's main part whose name begins so."""
        return self._clicks(self._named("button", name), status)

    def shows(self, name: str) -> bool:
        """Has the main part a button or a link whose name begins so?"""
        return self._named("button", name).or_(self._named("link", name)).count() > 0

    def waits_for(self, heading: str) -> "Person":
        """Do nothing until the page, which is read anew by itself, has this heading."""
        self.page.get_by_role("heading", level=1, name=heading).wait_for(timeout=60_000)
        return self

    def presses_all(self, name: str) -> "Person":
        """Press the buttons whose names begin so, until the page has none of them."""
        while self.shows(name):
            self.presses(name)
        return self

    def fills(self, **values: Any) -> "Person":
        """Answer questions by the names of their controls; `__` stands for a dash, and a file is
        (name, bytes)."""
        for name, value in values.items():
            controls = self.page.locator(f'main [name="{name.replace("__", "-")}"]')
            kind = controls.first.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self._ticks(controls, value)
            elif controls.first.evaluate("one => one.tagName") == "SELECT":
                choice = controls.locator("option", has_text=re.compile(f"^\\s*{re.escape(value)}"))
                controls.select_option(choice.first.get_attribute("value"))
            elif kind == "file":
                name_of, content = value
                file = {"name": name_of, "mimeType": "text/csv", "buffer": content}
                controls.set_input_files(file)
            else:
                controls.fill(value)
        return self

    def brings(self, **files: bytes) -> "Person":
        """Choose files by the names of their controls."""
        for name, content in files.items():
            file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content}
            self.page.locator(f'main [name="{name}"]').set_input_files(file)
        return self

    def sees(self, *sentences: str) -> "Person":
        """The main part says all of these."""
        for sentence in sentences:
            assert sentence in self.main, f"no {sentence!r} in: {self.main}"
        return self

    def misses(self, *sentences: str) -> "Person":
        """The main part says none of these."""
        for sentence in sentences:
            assert sentence not in self.main, f"{sentence!r} in: {self.main}"
        return self

    @property
    def main(self) -> str:
        """The words of the page's main part on one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        return self.page.locator("[role=alert] li").all_inner_texts()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.server.base).split("?")[0]

    def tabs_to(self, name: str) -> "Person":
        """Tab until the control, link or button of this name has the focus."""
        wanted = self.page.get_by_label(name, exact=True).or_(self._named("link", name))
        wanted = wanted.or_(self._named("button", name)).first
        for _ in range(80):
            if wanted.evaluate("one => one === document.activeElement"):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {name!r}")

    def types(self, text: str) -> "Person":
        """Type where the focus is, over what is there."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def strikes(self, key: str, status: int = 200) -> "Person":
        """Strike a key that leads to another page."""
        with self.page.expect_navigation() as arrived:
            self.page.keyboard.press(key)
        return self._met(arrived.value, status)

    def _named(self, role: Any, name: str) -> Locator:
        begins = re.compile(f"^\\s*{re.escape(name)}")
        return self.page.locator("main").get_by_role(role, name=begins).first

    def _clicks(self, target: Locator, status: int) -> "Person":
        with self.page.expect_navigation() as arrived:
            target.click()
        return self._met(arrived.value, status)

    @staticmethod
    def _ticks(controls: Locator, value: Any) -> None:
        if isinstance(value, bool):
            controls.first.set_checked(value, force=True)  # its label lies over it
            return
        for one in value if isinstance(value, (list, tuple)) else [value]:
            controls.and_(controls.page.locator(f'[value="{one}"]')).check(force=True)

    def _said(self, message: ConsoleMessage) -> None:
        # a page that refuses is no fault of the page; its status is asserted where it is met
        own = message.location.get("url") == self.page.url and message.text.startswith(REFUSED)
        if message.type in ("error", "warning") and not own:
            self.trouble.append(message.text)

    def _asked(self, asked: Request) -> None:
        if not asked.url.startswith(f"{self.server.base}/"):
            self.trouble.append(asked.url)

    def _met(self, response: Response | None, status: int) -> "Person":
        assert response is not None
        assert response.status == status, f"{response.status} at {response.url}: {self.main}"
        visit(self.page, self.language, axe=self.script)
        if self.page.viewport_size != self.window:
            self.page.set_viewport_size(self.window)
        assert self.trouble == [], self.path
        return self


def visit(page: Page, language: str, *, axe: bool = True) -> None:
    """What holds for every page: its language; for the first of its kind its width and WCAG 2.2
    A and AA too."""
    assert page.locator("html").get_attribute("lang") == language, page.url
    if not _is_new(page, axe):
        return
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} px wide at {width}"
    if axe:
        assert_accessible(page)


def _is_new(page: Page, axe: bool) -> bool:
    """Is it the first of its kind: the same page with the same heading costs half a second each
    time, and tells nothing new?"""
    kind = (ID.sub("/*", page.url.split("/", 3)[3].split("?")[0]), page.title(), axe)
    known = kind in _inspected
    _inspected.add(kind)
    return not known
