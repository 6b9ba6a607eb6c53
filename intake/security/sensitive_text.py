"""What should not stand in a text that becomes public (P7): identity codes, accounts, phones."""

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from phonenumbers import PhoneNumberMatcher
from stdnum import iban
from stdnum.fi import hetu

MOST = 10_000  # characters looked at: enough for every field, and quick for any text
IDENTITY_CODE = re.compile(r"(?<![0-9A-Z])[0-3][0-9]{5}[-+A-FU-Y][0-9]{3}[0-9A-Z](?![0-9A-Z])")
ACCOUNT = re.compile(
    r"(?<![0-9A-Z])(?:FI[0-9]{2}(?: ?[0-9]){14}|[A-Z]{2}[0-9]{2}(?:[0-9A-Z]{11,30}|"
    r"(?: [0-9A-Z]{4}){2,7}(?: [0-9A-Z]{1,3})?))(?![0-9A-Z])"
)


def warnings(text: str) -> list[str]:
    """A sentence for each kind of secret found in a text; they warn, they never block."""
    sentences: dict[str, Any] = {
        "identity_code": _("The text seems to hold a personal identity code. Remove it."),
        "account": _("The text seems to hold a bank account number. Is it meant to be public?"),
        "phone": _("The text seems to hold a phone number. Is it meant to be public?"),
    }
    return [str(sentences[kind]) for kind in kinds(text)]


def kinds(text: str) -> list[str]:
    """What is found: identity_code (temporary ones too), account, phone."""
    return list(dict.fromkeys(_found(text[:MOST])))


def _found(text: str) -> Iterator[str]:
    upper = text.upper()
    if any(hetu.is_valid(code, allow_temporary=True) for code in IDENTITY_CODE.findall(upper)):
        yield "identity_code"
    if any(iban.is_valid(code) for code in ACCOUNT.findall(upper)):
        yield "account"
    if any(True for _match in PhoneNumberMatcher(text, "FI")):
        yield "phone"
