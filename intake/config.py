"""The operator's settings: each with its default and meaning.

Read from the environment (`INTAKE_NAME`, or `INTAKE_NAME_FILE` for a secret kept in a file), then
`instance/settings.toml`, then the default. `INTAKE_INSTANCE` names another instance folder. The
town's own settings are rows: `people.town`.
"""

import difflib
import os
import re
import secrets
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import click
from flask.helpers import get_debug_flag
from limits.storage import storage_from_string
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PREFIX = "INTAKE_"
KEY_BYTES = 32
KEYS = "keys.toml"


@dataclass(frozen=True)
class Option:
    """One setting: its name without the prefix, its default as text, its meaning, and the values
    it may have where they can be counted. A `secret` is never shown."""

    name: str
    default: str
    meaning: str
    choices: tuple[str, ...] = ()
    secret: bool = False


HERE = "http://127.0.0.1:8000"
OPTIONS = (
    Option(
        "BASE_URL",
        HERE,
        "The address people use; links in messages are built from it. Anything but a loopback "
        "address is production and must begin with `https://`. Where it is not set, links lead to "
        "the `--port` the server listens at.",
    ),
    Option(
        "DATABASE_URL",
        "",
        "`postgresql+psycopg://user:password@host/name`; empty means SQLite in the instance "
        "folder.",
        secret=True,
    ),
    Option(
        "JOBS",
        "on",
        "Whether the server's own thread delivers messages and runs deadlines.",
        ("on", "off"),
    ),
    Option(
        "LIMITS",
        "on",
        "Whether sign-in is throttled; `off` only for measuring at a loopback address.",
        ("on", "off"),
    ),
    Option(
        "LIMITS_STORAGE",
        "memory://",
        "Where the counters of the limits lie; `redis://host:port` shares them among processes.",
        secret=True,
    ),
    Option(
        "LOGS",
        "auto",
        "How the log is written to standard error: `json` lines or `plain` text; `auto` is plain "
        "at a loopback address and JSON in production.",
        ("auto", "json", "plain"),
    ),
    Option(
        "LOG_LEVEL",
        "info",
        "What is logged: from this level on. `info` has a line for each request.",
        ("debug", "info", "warning", "error"),
    ),
    Option(
        "MAIL_URL",
        "",
        "`smtp://user:password@host:port`, `smtps://` or `smtp+starttls://`; empty keeps messages "
        "here.",
        secret=True,
    ),
    Option(
        "EVIDENCE_GB",
        "20",
        "How many gigabytes of evidence are kept at most; beyond them reports are taken without "
        "files.",
    ),
    Option(
        "EVIDENCE_FREE",
        "15",
        "How many hundredths of the disk must stay free for a file of evidence to be taken.",
    ),
    Option("MAIL_FROM", "profiilivahti@localhost", "The sender of messages."),
    Option("PROXY_HOPS", "0", "How many reverse proxies stand before the server."),
    Option(
        "TLS_ELSEWHERE",
        "no",
        "`yes` lets the server listen at another than a loopback address without an https base "
        "URL: only where something before it encrypts.",
        ("no", "yes"),
    ),
    Option(
        "ARGON2_COST",
        "default",
        "`default`, or `test`: cheap hashes for tests, refused in production.",
        ("default", "test"),
    ),
)
NAMES = [option.name for option in OPTIONS]


class NotStarted(click.ClickException):
    """Why nothing is served or done: says what is wrong and how to mend it; exit code 2."""

    exit_code = 2


class BadSettings(NotStarted):
    """Settings that cannot be served with; each sentence names one."""


def load(instance: Path, given: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every option's value as text, from `given`, the environment, the file or the default.

    Raises BadSettings for what is no setting and for files that cannot be read.
    """
    with _usable(instance):
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = _stored(instance / "settings.toml")
    _refuse([*_unknown(os.environ), *_unknown_lines(stored)])
    return {
        option.name: (given or {}).get(option.name)
        or _environment(option.name)
        or str(stored.get(option.name.lower(), option.default))
        for option in OPTIONS
    }


def _stored(file: Path) -> dict[str, Any]:
    with _usable(file):
        return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _environment(name: str) -> str | None:
    if path := os.environ.get(f"{PREFIX}{name}_FILE"):
        with _usable(Path(path)):
            return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(f"{PREFIX}{name}")


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Say in a sentence which file cannot be used; what it holds is never shown."""
    try:
        yield
    except OSError as error:
        raise BadSettings(f"{path} cannot be used: {error.strerror}.") from None
    except tomllib.TOMLDecodeError:
        raise BadSettings(f"{path} is not valid TOML.") from None
    except UnicodeDecodeError:
        raise BadSettings(f"{path} is not written in UTF-8.") from None


def _unknown(names: Iterable[str]) -> Iterator[str]:
    known = [f"{PREFIX}{name}{end}" for name in NAMES for end in ("", "_FILE")]
    known.append(f"{PREFIX}INSTANCE")
    for name in sorted(names):
        if name.startswith(PREFIX) and name not in known:
            yield f"{name} is no setting.{_perhaps(name, known)}"


def _unknown_lines(stored: Mapping[str, Any]) -> Iterator[str]:
    known = [name.lower() for name in NAMES]
    for name in stored:
        if name not in known:
            yield f"settings.toml: {name} is no setting.{_perhaps(name, known)}"


def _perhaps(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f" Perhaps {near[0]} was meant." if near else ""


def _refuse(faults: Iterable[str]) -> None:
    if found := list(faults):
        raise BadSettings("\n".join(found))


def is_production(base_url: str) -> bool:
    """Production is every base URL that is not a loopback address."""
    return (urlsplit(base_url).hostname or "") not in LOOPBACK


def refuse_unsafe(values: Mapping[str, str]) -> None:
    """Raise BadSettings for what cannot work or must not meet the public (A48)."""
    _refuse([*_malformed(values), *_unsafe(values)])


def _malformed(values: Mapping[str, str]) -> Iterator[str]:
    for option in OPTIONS:
        if option.choices and values[option.name] not in option.choices:
            yield f"{PREFIX}{option.name} must be one of: {', '.join(option.choices)}."
    if not values["PROXY_HOPS"].isdecimal():
        yield "INTAKE_PROXY_HOPS must be a whole number: 0 without a reverse proxy, else mostly 1."
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", values["EVIDENCE_GB"]):
        yield "INTAKE_EVIDENCE_GB must be a number of gigabytes, such as 20."
    if not re.fullmatch(r"[0-9]{1,2}", values["EVIDENCE_FREE"]):
        yield "INTAKE_EVIDENCE_FREE must be a whole number from 0 to 99."
    if "@" not in parseaddr(values["MAIL_FROM"])[1]:
        yield "INTAKE_MAIL_FROM is not an e-mail address."
    if values["MAIL_URL"] and not _is_mail_server(values["MAIL_URL"]):
        yield "INTAKE_MAIL_URL must be smtp://, smtps:// or smtp+starttls:// with a host."
    yield from _storage_faults(values)


def _is_mail_server(text: str) -> bool:
    url = _split(text)
    return bool(url and url.hostname and url.scheme in ("smtp", "smtps", "smtp+starttls"))


def _storage_faults(values: Mapping[str, str]) -> Iterator[str]:
    try:
        driver = make_url(values["DATABASE_URL"] or "sqlite://").drivername
    except ArgumentError:
        driver = ""
    if driver not in ("sqlite", "postgresql+psycopg"):
        yield "INTAKE_DATABASE_URL must be empty, or begin with postgresql+psycopg:// or sqlite://."
    elif driver != "sqlite" and find_spec("psycopg") is None:
        yield "INTAKE_DATABASE_URL needs the driver of PostgreSQL: pip install -e '.[postgres]'."
    try:
        storage_from_string(values["LIMITS_STORAGE"])
    except Exception as error:  # each kind of storage has errors of its own
        yield f"INTAKE_LIMITS_STORAGE cannot be used ({type(error).__name__})."


def _unsafe(values: Mapping[str, str]) -> Iterator[str]:
    base_url = values["BASE_URL"]
    url = _split(base_url)
    if url is None or not url.hostname or url.scheme not in ("http", "https"):
        yield "INTAKE_BASE_URL is not an address: https://host, without a path."
        return
    if url.path.strip("/") or url.query or url.username:
        yield "INTAKE_BASE_URL must be a host of its own: https://host, without a path."
    if not is_production(base_url):
        return
    if url.scheme != "https":
        yield "INTAKE_BASE_URL must begin with https:// unless it is a loopback address."
    if get_debug_flag():
        yield "FLASK_DEBUG is only for a loopback address."
    for name, unsafe in (("LIMITS", "off"), ("ARGON2_COST", "test")):
        if values[name] == unsafe:
            yield f"INTAKE_{name}={unsafe} is only for a loopback address."


def _split(text: str) -> SplitResult | None:
    """The parts of an address, None where it cannot be read."""
    try:
        url = urlsplit(text)
        url.port  # noqa: B018 -- read to be checked
    except ValueError:
        return None
    return url


def at_port(base_url: str, port: int) -> str:
    """The address people use; where nobody named one, this machine at the port it listens at."""
    return base_url if base_url != HERE else f"http://127.0.0.1:{port}"


def refuse_open_door(host: str, values: Mapping[str, str]) -> None:
    """Raise BadSettings where passwords would cross a network that nothing encrypts."""
    encrypted = values["BASE_URL"].startswith("https://") or values["TLS_ELSEWHERE"] == "yes"
    if host not in LOOPBACK and not encrypted:
        raise BadSettings(
            f"--host {host} can be reached from elsewhere without TLS: set an https "
            "INTAKE_BASE_URL, or INTAKE_TLS_ELSEWHERE=yes where something before it encrypts."
        )


def root_key(instance: Path) -> bytes:
    """The root of all keys: `instance/keys.toml`, made at the first start, mode 0600. Of two that
    start at once one makes it, whole, and the other reads it."""
    file = instance / KEYS
    with _usable(file):
        if not file.exists():
            _make_root_key(file)
        return read_key(file)


def _make_root_key(file: Path) -> None:
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(
                "# The root of all keys. Back it up apart from the database.\n"
                f'root = "{secrets.token_bytes(KEY_BYTES).hex()}"\n'
            )
        with suppress(FileExistsError):
            os.link(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)


def read_key(file: Path) -> bytes:
    """The root key of a file; raises BadSettings for one that is short or guessable (A163)."""
    try:
        key = bytes.fromhex(str(_stored(file)["root"]))
    except (KeyError, ValueError):
        raise BadSettings(f'{file} must hold root = "…": {KEY_BYTES} bytes in hex.') from None
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    if len(key) < KEY_BYTES:
        raise BadSettings(f"{file}: the root key is shorter than {KEY_BYTES} bytes.")
    if len(steps) < KEY_BYTES // 4 or key.isascii():  # a pattern, or words: chance makes neither
        raise BadSettings(f"{file}: the root key is guessable. Only a random one keeps secrets.")
    return key


def field_keys(file: Path) -> tuple[bytes, ...]:
    """The keys that single fields are sealed with, newest first: `fields` of the key file, none
    before they are rotated for the first time. Raises BadSettings for what is no such list."""
    stored = _stored(file).get("fields", [])
    try:
        found = tuple(bytes.fromhex(key) for key in stored)
    except (TypeError, ValueError):
        found = (b"",)
    if any(len(key) != KEY_BYTES for key in found):
        raise BadSettings(f"{file}: fields must be a list of keys, each {KEY_BYTES} bytes in hex.")
    return found


def add_field_key(file: Path) -> None:
    """Put a new key before those that fields are sealed with; the file is replaced whole."""
    found = (secrets.token_bytes(KEY_BYTES), *field_keys(file))
    listed = "".join(f'    "{key.hex()}",\n' for key in found)
    part = file.with_name(f".{file.name}.part")
    with _usable(file):
        kept = file.read_text(encoding="utf-8").partition("# Fields")[0].rstrip()
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(f"{kept}\n# Fields are sealed with the first; the others only open.\n")
            out.write(f"fields = [\n{listed}]\n")
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)


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
