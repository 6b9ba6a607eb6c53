"""Sealing of single fields: what a database reader must not be able to read (A72)."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet

from intake import keys


def sealed(text: str) -> str:
    """The text, encrypted under the newest key."""
    return _keys().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    """The text that was sealed, under whichever key; raises InvalidToken for any other."""
    return _keys().decrypt(token.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(keys.derive("fields")))])
