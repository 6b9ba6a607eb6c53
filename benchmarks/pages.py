"""What is asked for: each page as a visitor or a colleague asks for it, again and again."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from urllib.parse import quote

from flask import Flask

from benchmarks.measuring import Ask
from benchmarks.servers import Client
from benchmarks.town import PASSWORD, Town
from intake import clock

TOKEN = re.compile(r'name="(csrf_token|seen|version|was)"[^>]*value="([^"]*)"')


@dataclass(frozen=True)
class Page:
    """What a measured page is called, and how it is asked for once: `ask` returns how many
    seconds count, None where all of them do."""

    name: str
    ask: Ask


def cookie_of(app: Flask, session_id: str) -> str:
    """The cookie of somebody who has just signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    seen = int(clock.now().timestamp())
    sealed = serializer.dumps({"_user_id": session_id, "_fresh": True, "seen": seen})
    return f"{app.config['SESSION_COOKIE_NAME']}={sealed}"


def reading(app: Flask, town: Town) -> list[Page]:
    """The pages that only read: as many ask for the same, or each for another."""
    chance, turn = Random(1), count()  # noqa: S311 -- the same choice at each run
    staff = town.sessions[len(town.sessions) // 2 :]

    def desk(client: Client) -> None:
        client.cookie = cookie_of(app, chance.choice(staff))
        client.get("/desk")

    def searched() -> str:
        return f"/register?q={quote(chance.choice(town.names).rpartition(' ')[0])}&n={next(turn)}"

    return [
        _same("start page", "/"),
        _other("start page, read anew", lambda: f"/?n={next(turn)}"),
        _same("register list", "/register"),
        _other("register list, read anew", lambda: f"/register?n={next(turn)}"),
        _other("register search, another each time", searched),
        _same("profile page", f"/register/{town.slugs[0]}"),
        _other("profile page, another each time", lambda: f"/register/{chance.choice(town.slugs)}"),
        _same("check", f"/check?q={quote(town.urls[0])}"),
        _other("check, another each time", lambda: f"/check?q={quote(chance.choice(town.urls))}"),
        Page("desk, another each time", desk),
    ]


def _same(name: str, path: str) -> Page:
    return _other(name, lambda: path)


def _other(name: str, path: Callable[[], str]) -> Page:
    def ask(client: Client) -> None:
        client.get(path())

    return Page(name, ask)


def sign_in(town: Town) -> Page:
    """The form, and signing in with it."""
    turn = count()

    def ask(client: Client) -> None:
        client.cookie = ""
        email = town.staff[next(turn) % len(town.staff)]
        fields = dict(TOKEN.findall(client.get("/sign-in")))
        client.post("/sign-in", {**fields, "email": email, "password": PASSWORD})

    return Page("sign-in, form and POST", ask)


def submission(app: Flask, town: Town) -> Page:
    """Sending a request for decision by its form: what was sent, who decides, trail and messages
    are durable when the answer comes. Only the POST counts."""
    turn = count()

    def ask(client: Client) -> float:
        draft, requester = town.drafts[next(turn)]
        client.cookie = cookie_of(app, town.sessions[requester])
        return _post(client, f"/establishment/{draft}/submit", {})

    return Page("request submission, POST", ask)


def small_write(app: Flask, town: Town) -> Page:
    """The smallest change there is: the language somebody works in. Only the POST counts."""
    turn = count()

    def ask(client: Client) -> float:
        number = next(turn)
        client.cookie = cookie_of(app, town.sessions[number % len(town.sessions)])
        return _post(client, "/me", {"language": ("sv", "fi")[number // len(town.sessions) % 2]})

    return Page("choice of language, POST", ask)


def _post(client: Client, path: str, fields: dict[str, str]) -> float:
    """Send the form of a page; how long the POST took."""
    form: dict[str, str] = {}
    for name, value in TOKEN.findall(client.get(path)):  # those of the first form
        form.setdefault(name, value)
    start = time.perf_counter()
    client.post(path, {**form, **fields})
    return time.perf_counter() - start
