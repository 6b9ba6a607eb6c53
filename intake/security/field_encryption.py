"""Encryption of single fields: what a database reader must not be able to read (A72).

The newest key of `keys.toml` encrypts, the older ones only decrypt, the last of them the one that
comes from the root key; a file that has changed is read again, so that keys rotate under a
running server (A164).
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, MultiFernet
from flask import current_app

from intake import config, ports
from intake.security import keys


@dataclass(frozen=True)
class Cipher:
    """The keys as the file had them, told by its inode, time and size."""

    file: tuple[int, int, int]
    keys: MultiFernet


def encrypted(text: str) -> str:
    """The text, encrypted under the newest key."""
    return _keys().encrypt(text.encode()).decode()


def decrypted(token: str) -> str:
    """The text that was encrypted, under whichever key; raises InvalidToken for any other."""
    return _keys().decrypt(token.encode()).decode()


def encrypted_again(token: str) -> str:
    """What was encrypted under whichever key, under the newest one."""
    return _keys().rotate(token.encode()).decode()


def add_key() -> None:
    """From now on another key encrypts; those before it still decrypt."""
    config.add_field_key(_file())


def _file() -> Path:
    return Path(current_app.instance_path) / config.KEYS


def _keys() -> MultiFernet:
    seen = _file().stat()
    mark = (seen.st_ino, seen.st_mtime_ns, seen.st_size)
    kept = ports.here().cipher
    if kept is None or kept.file != mark:
        found = [*config.field_keys(_file()), keys.derive("fields")]
        kept = Cipher(mark, MultiFernet([Fernet(urlsafe_b64encode(key)) for key in found]))
        ports.here().cipher = kept
    return kept.keys
