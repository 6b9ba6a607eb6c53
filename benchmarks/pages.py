"""What is asked for: each page as a visitor or a colleague asks for it, again and again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from urllib.parse import quote

from flask import Flask

from benchmarks.servers import Client
from benchmarks.town import PASSWORD, Town
from intake import clock

TOKEN = re.compile(r'name="(csrf_token|seen|version)"[^>]*value="([^"]*)"')
Ask = Callable[[Client], None]


@dataclass(frozen=True)
class Page:
    """What a measured page is called, and how it is asked for once."""

    name: str
    ask: Ask


def cookie_of(app: Flask, session_id: str) -> str:
    """The cookie of somebody who has just signed in."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    seen = int(clock.now().timestamp())
    sealed = serializer.dumps({"_user_id": session_id, "_fresh": True, "seen": seen})
    return f"{app.config['SESSION_COOKIE_NAME']}={sealed}"


def reading(app: Flask, town: Town) -> list[Page]:
    """The pages that only read."""
    chance = Random(1)  # noqa: S311 -- the same choice at each run
    staff = town.sessions[len(town.sessions) // 2 :]

    def search(client: Client) -> None:
        word = chance.choice(town.names).rpartition(" ")[0]
        client.get(f"/register?q={quote(word)}")

    def desk(client: Client) -> None:
        client.cookie = cookie_of(app, chance.choice(staff))
        client.get("/desk")

    return [
        Page("start page", lambda client: _get(client, "/")),
        Page("register list", lambda client: _get(client, "/register")),
        Page("register search", search),
        Page("profile page", lambda client: _get(client, f"/register/{chance.choice(town.slugs)}")),
        Page("check", lambda client: _get(client, f"/check?q={quote(chance.choice(town.urls))}")),
        Page("desk", desk),
    ]


def _get(client: Client, path: str) -> None:
    client.get(path)


def sign_in(town: Town) -> Page:
    """The form, and signing in with it."""
    turn = count()

    def ask(client: Client) -> None:
        client.cookie = ""
        email = town.staff[next(turn) % len(town.staff)]
        fields = dict(TOKEN.findall(client.get("/sign-in")))
        client.post("/sign-in", {**fields, "email": email, "password": PASSWORD})

    return Page("sign-in (form and POST)", ask)


def submission(app: Flask, town: Town) -> Page:
    """The form that sends a request for decision, and sending it: its row is durable."""
    turn = count()

    def ask(client: Client) -> None:
        draft, requester = town.drafts[next(turn)]
        client.cookie = cookie_of(app, town.sessions[requester])
        path = f"/establishment/{draft}/submit"
        client.post(path, dict(TOKEN.findall(client.get(path))))

    return Page("request submission (form and POST)", ask)
