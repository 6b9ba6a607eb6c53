"""`flask doctor`: what is wrong with an installation and how to mend it, in plain words.

Settings that cannot be served with never get here: they stop every command with a sentence.
"""

import os
import smtplib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from flask import current_app
from limits.storage import storage_from_string
from sqlalchemy import func, select

from intake import clock, config
from intake.data import full_text
from intake.data.base import db, embedded
from intake.engine import audit_trail, jobs, mail, replay
from intake.fakes import reporter
from intake.ops import health, migrate
from intake.people import queries as people
from intake.people import town
from intake.people.models import Role
from intake.text import mail_address, mail_sent
from intake.web import client_address

OTHERS = 0o007
GROUP_AND_OTHERS = 0o077
SILENCE = timedelta(hours=2)  # an hourly job that did not run for so long
DRIFT = timedelta(minutes=1)
TRAIL_SECONDS = 60.0  # for reading the trail


@dataclass(frozen=True)
class Finding:
    """What one check found: `ok`, `warn` (works, but look at it) or `BAD` (mend it)."""

    level: str
    subject: str
    said: str

    def __str__(self) -> str:
        return f"{self.level:<5}{self.subject:<15}{self.said}"


def examine(now: datetime) -> Iterator[Finding]:
    """Every finding, one at least for each check."""
    yield from _run(MACHINE, now)
    file = embedded()
    if file is not None and not file.exists():
        yield _warn("database", "there is none yet: it is made at the first start")
        return
    if said := health.database():
        yield _bad("database", f"{said}: start the server once, which brings it up to date")
        return
    yield _ok("database", f"answers, at revision {migrate.newest()}")
    yield from _run(STORED, now)


def _run(checks: "tuple[Check, ...]", now: datetime) -> Iterator[Finding]:
    for check in checks:
        try:
            yield from check(now)
        except Exception as error:  # one check that fails must not hide the others
            name = check.__name__.strip("_").replace("_", " ")
            yield _bad(name, f"could not be looked at ({type(error).__name__})")


Check = Callable[[datetime], Iterator[Finding]]


def _ok(subject: str, said: str) -> Finding:
    return Finding("ok", subject, said)


def _warn(subject: str, said: str) -> Finding:
    return Finding("warn", subject, said)


def _bad(subject: str, said: str) -> Finding:
    return Finding("BAD", subject, said)


def _is_production() -> bool:
    return config.is_production(current_app.config["BASE_URL"])


def _instance() -> Path:
    return Path(current_app.instance_path)


def _address(_now: datetime) -> Iterator[Finding]:
    base_url, hops = current_app.config["BASE_URL"], int(current_app.config["PROXY_HOPS"])
    if not _is_production():
        yield _ok("address", f"{base_url}: this machine only; set INTAKE_BASE_URL for production")
    elif hops == 0:
        yield _warn(
            "address",
            f"{base_url}, but INTAKE_PROXY_HOPS=0: behind a proxy all people count as one network",
        )
    else:
        yield _ok("address", f"{base_url}, behind {hops} reverse proxy" + "s" * (hops > 1))
    hosts = ", ".join(current_app.config["TRUSTED_HOSTS"])
    yield _ok("hosts", f"{hosts}: every other Host header is refused")


def _proxy(_now: datetime) -> Iterator[Finding]:
    """What arrives of a reader's address through the proxy, seen from this machine."""
    base_url = current_app.config["BASE_URL"]
    if not _is_production() or not int(current_app.config["PROXY_HOPS"]):
        return
    try:
        with build_opener(ProxyHandler({})).open(
            f"{base_url}/healthz?address=1", timeout=5
        ) as told:
            seen = told.read(100).decode("ascii", "replace").removeprefix("ok").strip()
    except OSError as error:
        yield _warn("proxy", f"{base_url} does not answer from here ({type(error).__name__})")
        return
    if seen == client_address.UNREADABLE:
        yield _bad("proxy", "it sends no address that can be read: see X-Forwarded-For in its file")
    elif seen.startswith("loopback"):
        yield _warn("proxy", "it sends its own address as the reader's, or runs beside the doctor")
    else:
        yield _ok("proxy", f"a reader here is seen at a {seen} address")


def _folder(_now: datetime) -> Iterator[Finding]:
    if said := health.folders():
        yield _bad("folder", f"{said}: give it to the user of the server with chown")
    mode = _instance().stat().st_mode & 0o777
    if mode & OTHERS:
        found = _bad if _is_production() else _warn
        yield found("folder", f"others can look into it ({mode:03o}): chmod 700 {_instance()}")
    elif not said:
        yield _ok("folder", f"{_instance()} can be written, others stay out")


def _private_files(_now: datetime) -> Iterator[Finding]:
    yield _kept(_instance() / "keys.toml", "keys")
    settings = _instance() / "settings.toml"
    if settings.exists():
        yield _kept(settings, "settings")


def _kept(file: Path, subject: str) -> Finding:
    mode = file.stat().st_mode & 0o777
    if mode & GROUP_AND_OTHERS:
        return _bad(subject, f"others can read {file.name} ({mode:03o}): chmod 600 {file}")
    if file.stat().st_uid != os.geteuid():
        return _warn(subject, f"{file.name} is another user's: run this as the server's user")
    return _ok(subject, f"{file.name} is read by its owner only")


def _fts5(_now: datetime) -> Iterator[Finding]:
    if embedded() is None:
        return
    with closing(sqlite3.connect(":memory:")) as trial:
        try:
            trial.execute("CREATE VIRTUAL TABLE trial USING fts5(tokens, detail=none)")
        except sqlite3.Error:
            yield _bad("sqlite", f"{sqlite3.sqlite_version} lacks FTS5: use a Python that has it")
        else:
            yield _ok("sqlite", f"{sqlite3.sqlite_version} with full text")


def _disk(_now: datetime) -> Iterator[Finding]:
    said = health.disk()
    yield _bad("disk", f"{said}: free some") if said else _ok("disk", "there is room")


def _limits(_now: datetime) -> Iterator[Finding]:
    storage = current_app.config["LIMITS_STORAGE"]
    if not storage_from_string(storage).check():
        yield _bad("limits", "the store of INTAKE_LIMITS_STORAGE does not answer")
    elif storage.startswith("memory") and embedded() is None:
        yield _warn("limits", "each process counts by itself: several processes need redis://")
    else:
        yield _ok("limits", "the counters can be kept")


def _mail_server(_now: datetime) -> Iterator[Finding]:
    server = current_app.config["MAIL_URL"]
    if not server:
        found = _warn if _is_production() else _ok
        yield found("mail", "INTAKE_MAIL_URL is empty: messages are kept here and never sent")
        return
    try:
        with mail.connect(server) as smtp:
            code, _answer = smtp.ehlo()
    except (OSError, smtplib.SMTPException) as error:
        yield _bad("mail", f"the server of INTAKE_MAIL_URL does not answer ({_reason(error)})")
        return
    yield _ok("mail", f"the server answers ({code})")


def _reason(error: Exception) -> str:
    return str(getattr(error, "smtp_code", "")) or type(error).__name__


def _sender(_now: datetime) -> Iterator[Finding]:
    domain = parseaddr(current_app.config["MAIL_FROM"])[1].rpartition("@")[2]
    host = urlsplit(current_app.config["BASE_URL"]).hostname or ""
    if not _is_production() or not current_app.config["MAIL_URL"]:
        return
    if "." not in domain:
        yield _bad("sender", f"INTAKE_MAIL_FROM is at {domain}: no mail server takes that")
    elif host == domain or host.endswith(f".{domain}"):
        yield _ok("sender", f"{domain}: see that its SPF record names your mail server")
    else:
        yield _warn("sender", f"{domain} is not the domain of {host}: messages may look false")


def _journal(_now: datetime) -> Iterator[Finding]:
    if embedded() is None:
        return
    mode = db.session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()
    if mode != "wal":
        yield _bad("journal", f"SQLite is in mode {mode}, not wal: is the folder on a network?")
    faults = db.session.connection().exec_driver_sql("PRAGMA quick_check").scalars().all()
    if list(faults) == ["ok"]:
        yield _ok("file", "SQLite finds the database whole")
    else:
        yield _bad("file", f"SQLite finds {len(faults)} faults: stop, and restore a backup")


def _search(_now: datetime) -> Iterator[Finding]:
    """Is everything found that can be searched, in today's tokens?"""
    found = full_text.examine()
    mend = "flask --app app search rebuild"
    if found.waiting:
        yield _warn("search", f"is made anew in the background: {', '.join(found.waiting)}")
    elif found.differing:
        yield _bad(
            "search", f"documents and subjects differ ({', '.join(found.differing)}): {mend}"
        )
    elif found.lost:
        yield _bad("search", f"{found.lost} of {found.tried} documents are not found: {mend}")
    else:
        yield _ok(
            "search", f"{found.documents} documents, {found.tried} of them asked for and found"
        )


def _trail(now: datetime) -> Iterator[Finding]:
    seq, digest = audit_trail.head()
    last = db.session.get(audit_trail.Entry, seq)
    if seq and (last is None or last.hash != digest or last.chained() != digest):
        yield _bad("trail", "its end was changed: flask --app app trail verify says what")
    else:
        yield _replayed()
    if last is not None and last.at > now + DRIFT:
        yield _bad("clock", f"the last entry is of {last.at:%d.%m.%Y %H:%M}: the clock is behind")
    elif abs(_database_clock(now) - now) > DRIFT:
        yield _bad("clock", "it differs from that of the database: let both be set by NTP")
    else:
        yield _ok("clock", f"{now.astimezone(clock.HELSINKI):%d.%m.%Y %H:%M} in Helsinki")


def _replayed() -> Finding:
    """Is the register what the trail says?"""
    found = replay.examine(seconds=TRAIL_SECONDS)
    took = f"{found.entries} entries and {found.rows} rows in {found.seconds:.1f} s"
    if found.faults:
        said = f"{len(found.faults)} differences, the first: {found.faults[0]}"
        return _bad("trail", f"{said}: flask --app app trail verify names all")
    if not found.is_whole:
        return _warn("trail", f"not read to its end, {took}: flask --app app trail verify does")
    return _ok("trail", f"the register is what it says: {took}")


def _database_clock(now: datetime) -> datetime:
    if embedded() is not None:
        return now
    found: datetime = db.session.scalars(select(func.clock_timestamp())).one()
    return found


def _jobs(now: datetime) -> Iterator[Finding]:
    last = db.session.scalar(select(func.max(jobs.JobRun.created_at)))
    mend = "start the server, or run flask tick hourly where INTAKE_JOBS=off"
    if last is None:
        yield _warn("jobs", f"never ran yet: {mend}")
    elif now - last > SILENCE:
        yield _bad("jobs", f"last ran {last.astimezone(clock.HELSINKI):%d.%m.%Y %H:%M}: {mend}")
    else:
        yield _ok("jobs", "they run")


def _people(_now: datetime) -> Iterator[Finding]:
    count = len(people.holders(Role.ADMINISTRATOR))
    if town.current().is_demo:
        found = _bad if _is_production() else _warn
        yield found("people", "this is the demo town: everybody knows its password")
    elif count == 0:
        yield _warn("people", "nobody administers it: the next start prints a link for the first")
    elif count == 1:
        yield _warn("people", "there is one administrator: a second can help when one is away")
    else:
        yield _ok("people", f"{count} administrators")


def _sealed(_now: datetime) -> Iterator[Finding]:
    if count := reporter.unopened():
        yield _bad("fields", f"{count} sealed rows cannot be opened: is keys.toml the right one?")
    else:
        yield _ok("fields", "what is sealed in the database can be opened")


MACHINE: tuple[Check, ...] = (
    _address,
    _proxy,
    _folder,
    _private_files,
    _fts5,
    _disk,
    _limits,
    _mail_server,
    _sender,
)
STORED: tuple[Check, ...] = (_journal, _search, _trail, _sealed, _jobs, _people)


def send_to(address: str, now: datetime) -> Finding:
    """Send one test message to an address and say what came of it."""
    if not current_app.config["MAIL_URL"]:
        return _bad("test message", "INTAKE_MAIL_URL is empty")
    letter = EmailMessage()
    letter["Subject"] = "Profiilivahti: test message"
    letter["From"] = mail.sender()
    letter["To"] = mail_sent(mail_address(address))
    letter.set_content(
        f"flask doctor sent this at {now.astimezone(clock.HELSINKI):%H:%M}: mail works.\n"
    )
    outcome = mail.send(current_app.config["MAIL_URL"], letter)
    if outcome.sent:
        return _ok("test message", "the mail server took it: see that it arrives")
    return _bad("test message", outcome.problem or "the mail server refused it")
