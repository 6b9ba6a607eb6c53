"""The operator's settings: each with its default and meaning.

Read from the environment (`INTAKE_NAME`, or `INTAKE_NAME_FILE` for a secret kept in a file), then
`instance/settings.toml`, then the default. `INTAKE_INSTANCE` names another instance folder. The
town's own settings are rows: `people.town`.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}
ON = {"1", "on", "true", "yes"}


@dataclass(frozen=True)
class Option:
    """One setting: its name without the prefix, its default as text, its meaning."""

    name: str
    default: str
    meaning: str


OPTIONS = (
    Option(
        "BASE_URL",
        "http://127.0.0.1:8000",
        "The address people use; links in messages are built from it.",
    ),
    Option(
        "DATABASE_URL",
        "",
        "SQLAlchemy address of the database; empty means SQLite in the instance folder.",
    ),
    Option("JOBS", "on", "Whether the server's own thread delivers messages and runs deadlines."),
    Option(
        "LIMITS",
        "on",
        "Whether sign-in is throttled; `off` only for measuring on a loopback address.",
    ),
    Option("LIMITS_STORAGE", "memory://", "Where the counters of the limits lie."),
    Option(
        "MAIL_URL",
        "",
        "smtp://user:password@host:port, smtps:// or smtp+starttls://; empty keeps messages here.",
    ),
    Option("MAIL_FROM", "profiilivahti@localhost", "The sender of messages."),
    Option("PROXY_HOPS", "0", "How many reverse proxies stand before the server."),
    Option(
        "ARGON2_COST",
        "default",
        "`default`, or `test`: cheap hashes for tests, refused in production.",
    ),
)


class BadSettings(Exception):  # noqa: N818 -- read as a sentence: raise BadSettings(...)
    """A setting that cannot be served with; the sentence names it."""


def load(instance: Path, given: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every option's value as text, from `given`, the environment, the file or the default."""
    instance.mkdir(parents=True, exist_ok=True)
    file = instance / "settings.toml"
    stored = tomllib.loads(file.read_text()) if file.exists() else {}
    return {
        option.name: (given or {}).get(option.name)
        or _environment(option.name)
        or str(stored.get(option.name.lower(), option.default))
        for option in OPTIONS
    }


def _environment(name: str) -> str | None:
    if path := os.environ.get(f"INTAKE_{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(f"INTAKE_{name}")


def is_production(base_url: str) -> bool:
    """Production is every base URL that is not a loopback address."""
    return (urlsplit(base_url).hostname or "") not in LOOPBACK


def refuse_unsafe(values: Mapping[str, str]) -> None:
    """Raise BadSettings for what must not meet the public."""
    if not urlsplit(values["BASE_URL"]).hostname:
        raise BadSettings("INTAKE_BASE_URL is not an address.")
    if not is_production(values["BASE_URL"]):
        return
    if not values["BASE_URL"].startswith("https://"):
        raise BadSettings(
            "INTAKE_BASE_URL must begin with https:// unless it is a loopback address."
        )
    for name, unsafe in (("LIMITS", "off"), ("ARGON2_COST", "test")):
        if values[name] == unsafe:
            raise BadSettings(f"INTAKE_{name}={unsafe} is only for a loopback address.")


def root_key(instance: Path) -> bytes:
    """The root of all keys: `instance/keys.toml`, made at the first start, mode 0600."""
    file = instance / "keys.toml"
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return bytes.fromhex(tomllib.loads(file.read_text())["root"])
    key = secrets.token_bytes(32)
    with os.fdopen(handle, "w") as out:
        out.write(
            f'# The root of all keys. Back it up apart from the database.\nroot = "{key.hex()}"\n'
        )
    return key


def flask_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """What Flask itself is told, made from the operator's settings."""
    url = urlsplit(values["BASE_URL"])
    secure = url.scheme == "https"
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if secure else "session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "TRUSTED_HOSTS": sorted(
            {url.hostname or ""}
            | ({"localhost", "127.0.0.1"} if not is_production(values["BASE_URL"]) else set())
        ),
        "MAX_CONTENT_LENGTH": 256 * 1024,
        "MAX_FORM_MEMORY_SIZE": 256 * 1024,
        "MAX_FORM_PARTS": 250,
        "SEND_FILE_MAX_AGE_DEFAULT": 60,
        "SQLALCHEMY_TRACK_MODIFICATIONS": False,
    }
