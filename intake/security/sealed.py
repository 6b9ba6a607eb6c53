"""What identifies somebody who must stay unknown: a type that prints a placeholder.

The text itself is kept encrypted inside; whatever prints, joins, formats, escapes or stores the
value gets the placeholder. Where it is opened is a short list, held by `tests/test_house.py`.
"""

from typing import Any, Self

from sqlalchemy import Dialect, Text, TypeDecorator

from intake.security import field_encryption
from intake.security.outgoing import PLACEHOLDER


class Sealed(str):
    """A text that nobody reads by printing it: as a string it is the placeholder."""

    __slots__ = ("token",)
    token: str

    def __new__(cls, token: str) -> Self:
        made = super().__new__(cls, PLACEHOLDER)
        made.token = token
        return made

    @classmethod
    def of(cls, text: str) -> "Sealed":
        """A text, sealed under the newest key; what is sealed already stays as it is."""
        return text if isinstance(text, Sealed) else cls(field_encryption.encrypted(text))

    def opened(self) -> str:
        """The text itself; raises InvalidToken where no key opens it. To be called only where a
        line is left of who reads it, or where nobody does."""
        return field_encryption.decrypted(self.token)

    def __repr__(self) -> str:
        return f"<sealed {PLACEHOLDER}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.token == other.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __reduce__(self) -> tuple[Any, ...]:
        return Sealed, (self.token,)


class SealedText(TypeDecorator[Sealed]):
    """A column of sealed texts: encrypted in the database, sealed in the program."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """What is stored: the token."""
        return None if value is None else Sealed.of(value).token

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Sealed | None:
        """What the program gets."""
        return None if value is None else Sealed(value)
