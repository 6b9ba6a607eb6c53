"""Files under their SHA-256, each written once and never changed: a folder of the instance.

A file has its name only when all of it is on the disk, so a row that names it is written after.
What has lost its row, or never got one, is swept by whoever keeps the rows.
"""

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from flask import current_app

from intake import clock

FOLDER = "evidence"
COUNTED = 60.0  # seconds for which a count of all files is believed
NAME = re.compile(r"[0-9a-f]{64}")


_counts: dict[Path, tuple[float, int]] = {}  # when a folder was counted, and its bytes


class Damaged(Exception):  # noqa: N818 -- it is the file that errs
    """A file does not hold what its name says; the name is all that is told."""


def folder() -> Path:
    """Where the files lie."""
    return Path(current_app.instance_path) / FOLDER


def ready() -> Path:
    """The folder, made where there is none yet; raises OSError."""
    held_in = folder()
    held_in.mkdir(mode=0o700, exist_ok=True)
    return held_in


def put(content: bytes) -> str:
    """Keep bytes; their SHA-256. What is there already stays as it is, and young for whoever
    sweeps. Raises OSError where it cannot be written, Damaged where what is read back differs."""
    digest = hashlib.sha256(content).hexdigest()
    target = ready() / digest
    if target.exists():
        os.utime(target, (clock.now().timestamp(),) * 2)
    else:
        _write(target, content)
    verify(digest)
    return digest


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name[:16]}.{secrets.token_hex(8)}.part")
    try:
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.utime(part, (clock.now().timestamp(),) * 2)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync(target.parent)
    if target.parent in _counts:
        at, size = _counts[target.parent]
        _counts[target.parent] = at, size + len(content)


def _sync(held_in: Path) -> None:
    handle = os.open(held_in, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open(digest: str) -> BufferedReader:
    """The file of a SHA-256, for reading; raises FileNotFoundError."""
    return _place(digest).open("rb")


def read(digest: str) -> bytes:
    """All of a file, seen to be what its name says; raises OSError or Damaged."""
    content = _place(digest).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise Damaged(digest)
    return content


def verify(digest: str) -> None:
    """See that a file is what its name says; raises OSError or Damaged."""
    with open(digest) as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != digest:
            raise Damaged(digest)


def exists(digest: str) -> bool:
    """Is there a file of this SHA-256?"""
    return _place(digest).is_file()


def free() -> float:
    """How much of the disk is free, from 0 to 1; raises OSError where there is none."""
    usage = shutil.disk_usage(ready())
    return usage.free / usage.total


def used() -> int:
    """Bytes of all files; what another process has put or anybody removed, a minute late. Raises
    OSError."""
    held_in, now = folder(), time.monotonic()
    at, size = _counts.get(held_in, (now - COUNTED, 0))
    if now - at >= COUNTED:
        with os.scandir(ready()) as files:
            size = sum(file.stat().st_size for file in files)
        _counts[held_in] = now, size
    return size


def names() -> list[str]:
    """The SHA-256 of every file; none of those that are being written."""
    return [file.name for file in _files() if NAME.fullmatch(file.name)]


def old(before: datetime) -> list[str]:
    """The names of all files put before a moment, with what a writer that died left behind."""
    return [file.name for file in _files() if file.stat().st_mtime < before.timestamp()]


def remove(name: str, before: datetime) -> None:
    """Remove one of those, unless it was put again since."""
    file = folder() / name
    if file.stat().st_mtime < before.timestamp():
        file.unlink()


def _files() -> Iterator[Path]:
    held_in = folder()
    return iter(sorted(held_in.iterdir())) if held_in.exists() else iter(())


def _place(digest: str) -> Path:
    if not NAME.fullmatch(digest):
        raise FileNotFoundError(digest)
    return folder() / digest
