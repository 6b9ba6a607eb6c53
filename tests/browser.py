"""A person at a browser: opens pages, fills only what the page holds, presses what it shows.

Every page met is inspected: valid HTML, one h1, a title that begins with it, the language, unique
ids, a label for each control, a token in each form that posts, nothing inline.
"""

import io
from collections.abc import Iterator
from contextvars import Context
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from intake.data.base import db
from intake.people.models import Person
from tests.factories import PASSWORD
from tests.form_tokens import token_of

VOID_TITLES = ("Virhe: ", "Fel: ", "Error: ")
UNTOLD = {"/follow/status"}  # whose headings are not for the history of a browser (A61)


class Page:
    """An answer, read as a person reads it."""

    def __init__(self, browser: "Browser", response: TestResponse) -> None:
        self.browser = browser
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.html = response.get_data().decode("utf-8", "replace")  # a file too
        response.close()
        self.is_html = response.mimetype == "text/html"
        self.tree = None
        if self.is_html:
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            self.tree = parser.parse(self.html)
            inspect(self, parser.errors)

    @property
    def text(self) -> str:
        """All words of the page on one line."""
        return " ".join("".join(self.tree.itertext()).split()).replace("\u00a0", " ")

    @property
    def main(self) -> str:
        """The words of the page's main part."""
        main = next(iter(self.tree.iter("main")))
        return " ".join("".join(main.itertext()).split()).replace("\u00a0", " ")

    @property
    def heading(self) -> str:
        """The h1."""
        return words(next(self.tree.iter("h1")))

    @property
    def errors(self) -> list[str]:
        """The messages of the error summary."""
        boxes = [box for box in self.tree.iter() if box.get("role") == "alert"]
        return [words(link) for box in boxes for link in box.iter("li")]

    def link(self, label: str) -> str:
        """The address of the first link with this text."""
        for link in self.tree.iter("a"):
            if words(link) == label or words(link).startswith(label):
                return link.get("href")
        raise AssertionError(
            f"no link {label!r}; there are {[words(a) for a in self.tree.iter('a')]}"
        )

    def follows(self, label: str) -> "Page":
        """Click a link."""
        return self.browser.opens(self.link(label))

    def buttons(self) -> list[str]:
        """The texts of every button."""
        return [words(button) for button in self.tree.iter("button")]

    def fills(self, **values: Any) -> "Filled":
        """Type into controls by name; a name with dashes is written with double underscores. A
        file is (name, bytes)."""
        return Filled(self).fills(**values)

    def presses(self, label: str) -> "Page":
        """Press a button without typing anything."""
        return Filled(self).presses(label)


class Filled:
    """A page whose forms somebody is filling."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.values: dict[str, Any] = {}

    def fills(self, **values: Any) -> "Filled":
        for name, value in values.items():
            self.values[name.replace("__", "-")] = value
        return self

    def presses(self, label: str) -> Page:
        """Send the form that has this button, with what it holds and what was typed."""
        form, button = self._button(label)
        data = self._data(form)
        if button.get("name"):
            data.add(button.get("name"), button.get("value") or "")
        action = button.get("formaction") or form.get("action") or self.page.path
        address = urljoin(self.page.path, action)
        if (form.get("method") or "get").lower() == "get":
            return self.page.browser.opens(address, query=data)
        return self.page.browser.posts(address, data)

    def _button(self, label: str) -> tuple[Any, Any]:
        for form in self.page.tree.iter("form"):
            for button in form.iter("button"):
                if words(button) == label or words(button).startswith(label):
                    return form, button
        raise AssertionError(f"no button {label!r}; there are {self.page.buttons()}")

    def _data(self, form: Any) -> MultiDict:
        data: MultiDict = MultiDict()
        names = set()
        for control in controls(form):
            name = control.get("name")
            if not name or control.tag == "button":
                continue
            names.add(name)
            for value in self._sent(control, name):
                if value not in data.getlist(name) or control.get("type") not in (
                    "radio",
                    "checkbox",
                ):
                    data.add(name, value)
        if unknown := set(self.values) - names:
            raise AssertionError(f"the form has no {sorted(unknown)}; it has {sorted(names)}")
        return data

    def _sent(self, control: Any, name: str) -> list[Any]:
        kind = control.get("type")
        if name in self.values:
            return self._typed(control, kind, self.values[name])
        if kind == "file":
            return []
        if kind in ("radio", "checkbox"):
            return [control.get("value") or "on"] if control.get("checked") is not None else []
        if control.tag == "select":
            options = list(control.iter("option"))
            chosen = [
                option for option in options if option.get("selected") is not None
            ] or options[:1]
            return [
                option.get("value") if option.get("value") is not None else words(option)
                for option in chosen
            ]
        if control.tag == "textarea":
            return ["".join(control.itertext()).removeprefix("\n")]
        return [control.get("value") or ""]

    @staticmethod
    def _typed(control: Any, kind: str | None, value: Any) -> list[Any]:
        if kind == "file":
            name, content = value
            return [(io.BytesIO(content), name)]
        if kind in ("radio", "checkbox"):
            wanted = value if isinstance(value, (list, tuple, set)) else [value]
            offered = control.get("value") or "on"
            return [offered] if value is True or offered in [str(one) for one in wanted] else []
        if control.tag == "select":
            offered = [option.get("value") for option in control.iter("option")]
            assert str(value) in offered, f"{value!r} is not among {offered}"
        return [str(value)]


class FreshClient(FlaskClient):
    """A client whose requests share nothing with the test but the database, as in real life."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.rollback()  # what the test reads next is what the request left
        return Context().run(super().open, *args, **kwargs)


class Browser:
    """A browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.language = "fi"

    def opens(self, path: str, query: Any = None, status: int | None = None) -> Page:
        """Open an address, following redirects."""
        parts = urlsplit(path)
        kept = query if query is not None else parts.query
        return self._page(
            self.client.get(
                parts.path, query_string=kept, headers=self._headers(), follow_redirects=True
            ),
            status,
        )

    def posts(self, path: str, data: Any = None, status: int | None = None, **kwargs: Any) -> Page:
        """Send a form, following redirects."""
        headers = {**self._headers(), "Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        answer = self.client.post(path, data=data, headers=headers, follow_redirects=True, **kwargs)
        for step in (*answer.history, answer):
            step.request.environ["wsgi.input"].close()  # the client's own, a file if it is large
        return self._page(answer, status)

    def signs_in(self, person: Person) -> "Browser":
        """Sign in with nothing but the form that the page, which has its own tests, would send."""
        token = token_of(self.app, "", "people.sign_in", "/sign-in")
        form = {"csrf_token": token, "email": person.email, "password": PASSWORD}
        answer = self.client.post("/sign-in", data=form, headers=self._headers())
        assert answer.location == "/desk", answer.text
        return self

    def signs_in_by_page(self, person: Person, password: str = PASSWORD) -> "Browser":
        """Sign in through the page."""
        email = person.email
        page = self.opens("/sign-in").fills(email=email, password=password).presses("Kirjaudu")
        assert page.path == "/desk", page.main
        return self

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}

    def _page(self, response: TestResponse, status: int | None) -> Page:
        page = Page(self, response)
        if status is not None:
            assert page.status == status, f"{page.status} instead of {status}: {page.html[:3000]}"
        return page


def words(element: Any) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split()).replace("\u00a0", " ")


def controls(form: Any) -> Iterator[Any]:
    """Inputs, selects, textareas and buttons of a form."""
    return (
        element
        for element in form.iter()
        if element.tag in ("input", "select", "textarea", "button")
    )


def inspect(page: Page, faults: list[Any]) -> None:
    """What holds for every page; `faults` are those its parser met."""
    assert not faults, f"{page.path}: {[(place, error) for place, error, _ in faults][:5]}"
    root = page.tree
    headings = [words(h1) for h1 in root.iter("h1")]
    assert len(headings) == 1, f"{page.path} has the headings {headings}"
    title = words(next(root.iter("title")))
    for prefix in VOID_TITLES:
        title = title.removeprefix(prefix)
    own = title.split(" – ")[0][:30] in headings[0] or headings[0][:30] in title
    assert own or page.path in UNTOLD, f"{page.path}: {title!r} is not of {headings[0]!r}"
    assert root.get("lang") in ("fi", "sv", "en"), page.path
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), (
        f"{page.path}: {sorted(one for one in ids if ids.count(one) > 1)} twice"
    )
    _inspect_forms(page, set(ids))
    for element in root.iter():
        inline = [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118
        assert not inline, f"{page.path}: {element.tag} has {inline}"
        described = (element.get("aria-describedby") or "").split()
        assert set(described) <= set(ids), f"{page.path}: {described} describes nothing"


def _inspect_forms(page: Page, ids: set[str]) -> None:
    labelled = {label.get("for") for label in page.tree.iter("label")}
    wrapped = {id(control) for label in page.tree.iter("label") for control in controls(label)}
    assert {one for one in labelled if one} <= ids, f"{page.path}: a label for nothing"
    for form in page.tree.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            names = [control.get("name") for control in controls(form)]
            assert "csrf_token" in names, f"{page.path}: a form without token"
            assert form.get("action"), f"{page.path}: a form without action"
            files = any(control.get("type") == "file" for control in controls(form))
            assert (form.get("enctype") == "multipart/form-data") == files, page.path
        for control in controls(form):
            if control.get("type") == "hidden" or control.tag == "button":
                continue
            named = (
                control.get("id") in labelled or id(control) in wrapped or control.get("aria-label")
            )
            assert named, f"{page.path}: {control.get('name')} has no label"
