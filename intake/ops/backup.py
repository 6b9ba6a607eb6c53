"""Backup and restore of the embedded installation: database, evidence and keys, apart.

A backup is a folder of plain files with a manifest, which is sealed with the root key: so a
changed manifest is found, and one that belongs to other keys. It is taken while servers write;
it is restored into an empty instance, whole or not at all.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app
from flask_babel import lazy_gettext as _l

from intake import config
from intake.data import file_store
from intake.data.base import db, embedded
from intake.data.engine import snapshot
from intake.data.write import write
from intake.engine import audit_trail, replay, tracks
from intake.engine.table import CLOCK
from intake.ops import migrate, server
from intake.security import keys

FORMAT = 1
SHOWN = 20  # differences between a trail and its tables
DATABASE = "database.db"
MANIFEST = "manifest.json"
PRIVATE = ("keys.toml", "settings.toml")
POSTGRESQL = (
    "This installation uses PostgreSQL: back it up with pg_dump and restore it with pg_restore, "
    "as docs/operations.md says."
)


class BackupRefused(config.NotStarted):
    """Why nothing was backed up or restored; nothing was changed."""


@dataclass(frozen=True)
class Installation:
    """What the trail names where something was done to the installation as a whole."""

    subject_type: str = "installation"
    id: str = "installation"


def tell_history() -> None:
    """Give the trail the sentence for a restore."""
    restored = _l("The database was restored from a backup. What was done after it is lost.")
    rotated = _l("The keys of sealed fields were rotated.")
    done = {"restore": restored, "rotate_fields": rotated}
    tracks.tell_history("installation", done)


def back_up(folder: Path, keys_apart: Path | None, keep: int | None, now: datetime) -> Path:
    """Write a backup into a new folder below `folder`; where it lies.

    The keys lie in its folder `keys`, or apart where a place is given. Of the backups in
    `folder` only the newest `keep` are left.
    """
    database = embedded()
    if database is None:
        raise BackupRefused(POSTGRESQL)
    if not database.exists():
        raise BackupRefused("There is no database yet: it is made at the first start.")
    made = folder / f"profiilivahti-{now:%Y%m%dT%H%M%SZ}"
    with _whole_or_nothing(made) as part:
        snapshot(part / DATABASE)  # before the evidence: files are only added, so no row lacks one
        for name in file_store.names():
            _copy(file_store.folder() / name, part / file_store.FOLDER / name)
        manifest = {"format": FORMAT, "made_at": now.isoformat(), **_read(part / DATABASE)}
        manifest["files"] = {name: _digest(part / name) for name in _names(part)}
        root = current_app.config["ROOT_KEY"]
        manifest["settings"] = _fingerprint(_instance() / PRIVATE[1], root)
        manifest["seal"] = _signature(manifest, root)
        _write(part / MANIFEST, BytesIO(json.dumps(manifest, indent=1).encode()))
        _copy_keys(keys_apart or part / "keys")
    _forget_old(folder, keep)
    return made


@contextmanager
def _whole_or_nothing(made: Path) -> Iterator[Path]:
    """A folder that gets its name when all is in it."""
    part = made.with_name(f".{made.name}.part")
    with _told(made):
        part.mkdir(mode=0o700, parents=True)
        try:
            yield part
            _sync(part)
            part.replace(made)
            _sync(made.parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Say in a sentence what cannot be copied or written."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupRefused(f"The database cannot be copied ({type(error).__name__}).") from error
    except OSError as error:
        raise BackupRefused(f"{target} cannot be written: {error.strerror}.") from error


def _instance() -> Path:
    return Path(current_app.instance_path)


def _names(folder: Path) -> list[str]:
    """The files of a backup that its manifest lists."""
    return sorted(
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    )


def _copy_keys(target: Path) -> None:
    """Keys and settings; never over the keys of another installation."""
    kept = target / PRIVATE[0]
    if kept.exists() and config.read_key(kept) != current_app.config["ROOT_KEY"]:
        raise BackupRefused(f"{kept} holds other keys: name another folder.")
    for name in PRIVATE:
        if (_instance() / name).exists():
            _copy(_instance() / name, target / name)


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as content:
        _write(target, content)


def _write(target: Path, content: BinaryIO) -> None:
    """A file that only its owner reads, whole and on the disk before it has its name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(content, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(target)
    _sync(target.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(file: Path) -> dict[str, Any]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"size": file.stat().st_size, "sha256": digest}


def _fingerprint(file: Path, root: bytes) -> str | None:
    """A keyed digest: settings may hold a password that a plain one would let guess."""
    return keys.keyed_hash("settings", file.read_bytes().hex(), root) if file.exists() else None


def _signature(manifest: dict[str, Any], root: bytes) -> str:
    told = {name: value for name, value in manifest.items() if name != "seal"}
    return keys.keyed_hash("backup", json.dumps(told, sort_keys=True), root)


def _read(database: Path) -> dict[str, Any]:
    """What a copy of the database holds: revision, end of the trail, rows of each table."""
    with closing(sqlite3.connect(database)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise BackupRefused("The database is damaged: flask --app app doctor says more.")
        tables = [
            name
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        count = 'SELECT count(*) FROM "{}"'
        return {
            "revision": copy.execute("SELECT version_num FROM alembic_version").fetchone()[0],
            "trail": copy.execute("SELECT seq, hash FROM trail_head").fetchone()
            or [0, audit_trail.GENESIS],
            "rows": {name: copy.execute(count.format(name)).fetchone()[0] for name in tables},
        }


def _forget_old(folder: Path, keep: int | None) -> None:
    for cut_short in folder.glob(".profiilivahti-*.part"):
        shutil.rmtree(cut_short)
    if keep:
        made = sorted(file.parent for file in folder.glob(f"profiilivahti-*/{MANIFEST}"))
        for old in made[:-keep]:
            shutil.rmtree(old)


def restore(
    backup: Path, keys_apart: Path | None, anchor: tuple[int, str] | None, now: datetime
) -> Iterator[str]:
    """Put a backup into an empty instance and bring it up to date; a sentence for each thing
    the operator should know.

    Nobody stays signed in, no link that was sent opens anything any more, and no message is sent
    a second time: those that waited are for a person to judge. `anchor` is a newer head of the
    trail (seq, hash) kept elsewhere. Raises BackupRefused, and leaves the
    instance without a database.
    """
    with server.present(_instance(), alone=True):
        database = embedded()
        if database is None:
            raise BackupRefused(POSTGRESQL)
        _refuse_used(database)
        source = (keys_apart or backup / "keys") / PRIVATE[0]
        key = config.read_key(source if source.exists() else _instance() / PRIVATE[0])
        manifest = _checked(backup, key)
        _refuse_other_settings(source.parent, manifest, key)
        yield from _lost(manifest, anchor, backup / DATABASE)
        with _told(_instance()):
            for name in manifest["files"]:
                if name != DATABASE:
                    _copy(backup / name, _instance() / name)
            said = _place_keys(source.parent)
            current_app.config["ROOT_KEY"] = key
            _place(backup / DATABASE, database, manifest)
        yield from said
        migrate.run()
        with write():
            audit_trail.record(
                CLOCK, now, Installation(), "installation", "restore", facts=_facts(manifest)
            )
    yield f"Restored as of {manifest['made_at']}: {manifest['trail'][0]} entries in the trail."
    faults = replay.verify()
    yield from faults[:SHOWN]
    if faults:
        yield (
            f"What was restored is not what its trail says ({len(faults)} differences): look at "
            "each before you start the server. flask --app app trail verify names them all."
        )


def _facts(manifest: dict[str, Any]) -> dict[str, Any]:
    return {name: manifest[name] for name in ("made_at", "revision", "trail")}


def _refuse_used(database: Path) -> None:
    """An instance is empty while its database has no table."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database)) as found:
            tables = found.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:  # damaged, perhaps the very reason for the restore
        tables = None
    if tables != (0,):
        raise BackupRefused(f"{database} is in use: move it away, with its -wal and -shm, first.")


def _checked(backup: Path, key: bytes) -> dict[str, Any]:
    """The manifest of a backup in which every file is as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_bytes())
        if manifest["seal"] != _signature(manifest, key):
            raise BackupRefused(
                f"{backup / MANIFEST} was changed, or these are not the keys of this backup: give "
                "them with --keys."
            )
        known, files = manifest["format"] == FORMAT, manifest["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupRefused(f"{backup} is no backup, or its manifest is damaged.") from None
    if not known or not migrate.knows(manifest["revision"]):
        raise BackupRefused(f"{backup} was made by a newer program: install that first.")
    for name, expected in files.items():
        if not (backup / name).is_file() or _digest(backup / name) != expected:
            raise BackupRefused(f"{backup / name} is missing or damaged.")
    return manifest


def _refuse_other_settings(folder: Path, manifest: dict[str, Any], key: bytes) -> None:
    found = _fingerprint(folder / PRIVATE[1], key)
    if found not in (None, manifest["settings"]):
        raise BackupRefused(
            f"{folder / PRIVATE[1]} is not that of this backup: move it away first."
        )


def _lost(manifest: dict[str, Any], anchor: tuple[int, str] | None, copy: Path) -> Iterator[str]:
    """What a head kept elsewhere tells of a backup (A129)."""
    if anchor is None:
        return
    seq, digest = anchor
    if seq > manifest["trail"][0]:
        lost = seq - manifest["trail"][0]
        yield f"The backup ends {lost} entries before the head kept elsewhere: they are lost."
        return
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as found:
        row = found.execute("SELECT hash FROM trail WHERE seq = ?", (seq,)).fetchone()
    if row != (digest,):
        raise BackupRefused(f"Entry {seq} of the backup differs from the head kept elsewhere.")
    yield "The backup holds the head kept elsewhere: nothing before it is lost."


def _place(copy: Path, database: Path, manifest: dict[str, Any]) -> None:
    """The database comes last: until it has its name, nothing was restored."""
    db.engine.dispose()
    ready = database.with_name(f".{database.name}.restored")
    try:
        _copy(copy, ready)
        with closing(sqlite3.connect(ready)) as found, found:
            _calm(found, list(manifest["rows"]))
        for stale in ("-wal", "-shm"):
            Path(f"{database}{stale}").unlink(missing_ok=True)
        ready.replace(database)
    finally:
        ready.unlink(missing_ok=True)
    _sync(database.parent)


def _calm(copy: sqlite3.Connection, tables: list[str]) -> None:
    """End what went on when the backup was made: sessions, links, messages under way."""
    for table in ("session", "link_token"):
        if table in tables:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 -- one of two names just above
    copy.execute(
        "UPDATE outbox SET fate = 'uncertain', lease_until = NULL"
        " WHERE fate IN ('waiting', 'under_way')"
    )


def _place_keys(source: Path) -> list[str]:
    if (source / PRIVATE[0]).exists():
        _copy(source / PRIVATE[0], _instance() / PRIVATE[0])
    settings = source / PRIVATE[1]
    ours = _instance() / PRIVATE[1]
    if settings.exists() and not ours.exists():
        _copy(settings, ours)
        return ["settings.toml came from the backup: see that it fits this machine."]
    if settings.exists():
        return ["settings.toml was there already and stays as it is."]
    return []
