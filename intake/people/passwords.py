"""Passwords: argon2 hashes, and equal work whether or not there is an account."""

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

MOST = 256  # characters; longer is refused before hashing


def _hasher() -> PasswordHasher:
    if current_app.config["ARGON2_COST"] == "test":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(type=Type.ID)


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Does the password fit? The same work is done where nothing is stored."""
    hasher = _hasher()
    if len(password) > MOST:
        return False
    try:
        hasher.verify(stored or _nobody(hasher), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _nobody(hasher: PasswordHasher) -> str:
    kept: dict[str, str] = current_app.extensions.setdefault("nobody", {})
    return kept.setdefault("hash", hasher.hash("nobody has this password"))
