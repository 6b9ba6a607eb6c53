"""What a handle, an id or a code may look like on a platform, and how it is written in a key."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from intake.addresses.hosts import host_of, is_domain

TOO_SHORT, TOO_LONG, CHARACTERS, RESERVED = "too_short", "too_long", "characters", "reserved"

POSSIBLE = phonenumbers.ValidationResult
LENGTHS = {
    POSSIBLE.TOO_SHORT: TOO_SHORT,
    POSSIBLE.IS_POSSIBLE_LOCAL_ONLY: TOO_SHORT,
    POSSIBLE.TOO_LONG: TOO_LONG,
}
PARSED = {
    phonenumbers.NumberParseException.TOO_SHORT_NSN: TOO_SHORT,
    phonenumbers.NumberParseException.TOO_LONG: TOO_LONG,
}


class HandleError(ValueError):
    """The platform would not allow this value; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Value:
    """The rule for one kind of value. `shape` is a regular expression for the whole, lengths are
    in code points. `fold` says that the platform takes A for a, `dropped` what it overlooks,
    `letters` that it takes letters of any script, `kept` which values keep their case anyway,
    `barred` what is a file of the service and no name."""

    shape: str
    least: int
    most: int
    fold: bool = True
    dropped: str = ""
    letters: bool = False
    kept: str = ""
    barred: str = ""
    reserved: frozenset[str] = frozenset()

    def read(self, raw: str) -> str:
        """The value as it stands in a key; HandleError with a code where the rule forbids it.

        A value that compatibility normalisation would change stays as typed, so that it never
        equals a key written in plain letters.
        """
        if raw.lower() in self.reserved or self._is_barred(raw):
            raise HandleError(RESERVED)
        value = self._canonical(raw)
        if len(value) < self.least:
            raise HandleError(TOO_SHORT)
        if len(value) > self.most:
            raise HandleError(TOO_LONG)
        if re.fullmatch(self.shape, self._without_marks(value)) is None:
            raise HandleError(CHARACTERS)
        if value in self.reserved:
            raise HandleError(RESERVED)
        return value

    def _is_barred(self, raw: str) -> bool:
        return bool(self.barred) and re.fullmatch(self.barred, raw, re.IGNORECASE) is not None

    def _canonical(self, raw: str) -> str:
        if not is_plain(raw):
            return raw
        value = unicodedata.normalize("NFC", raw)
        if self.dropped:
            value = value.replace(self.dropped, "")
        if self.fold and not (self.kept and value.startswith(self.kept)):
            # Not casefold: it would make ss of ß and so join two accounts.
            value = unicodedata.normalize("NFC", value.lower())
        return value

    def _without_marks(self, value: str) -> str:
        """Combining marks are part of the letters of many scripts, yet no `\\w`."""
        if not self.letters or value.isascii():
            return value
        return "".join(char for char in value if not unicodedata.category(char).startswith("M"))


class Phone(Value):
    """A telephone number, kept as digits with the country code; national ones are Finnish."""

    def read(self, raw: str) -> str:
        digits = re.sub(r"[ ()./-]", "", raw)
        if re.fullmatch(r"\+?[0-9]{1,30}", digits) is None:
            raise HandleError(CHARACTERS)
        if digits.startswith("00"):
            digits = "+" + digits[2:]
        elif not digits.startswith(("0", "+")):
            digits = "+" + digits
        try:
            # A default country would let it look for Finnish exit codes behind the plus.
            number = phonenumbers.parse(digits, None if digits.startswith("+") else "FI")
        except phonenumbers.NumberParseException as fault:
            raise HandleError(PARSED.get(fault.error_type, CHARACTERS)) from None
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason != POSSIBLE.IS_POSSIBLE:
            raise HandleError(LENGTHS.get(reason, CHARACTERS))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))[1:]


class Domain(Value):
    """A domain name as a handle; a single word stands for the service's own domain."""

    def read(self, raw: str) -> str:
        value = super().read(raw)
        name = value if "." in value else f"{value}.bsky.social"
        if not is_domain(name):
            raise HandleError(CHARACTERS)
        return name


class Account(Value):
    """`user@server`, as accounts of federated services are written."""

    def read(self, raw: str) -> str:
        user, _, server = raw.partition("@")
        local = super().read(user)
        host = host_of(server)
        if host is None or not is_domain(host):
            raise HandleError(CHARACTERS)
        return f"{local}@{host}"


class Site(Value):
    """The host of a web site."""

    def read(self, raw: str) -> str:
        host = host_of(raw)
        if host is None:
            raise HandleError(CHARACTERS)
        return host


def is_plain(text: str) -> bool:
    """Nothing in the text is another way to write some other character."""
    if text.isascii():
        return True
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFKC", composed) == composed and all(
        unicodedata.normalize("NFC", char) == char for char in text
    )
