"""What should not stand in a text that becomes public (P7): identity codes never; telephone
numbers, accounts and addresses only where they are meant to."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from phonenumbers import PhoneNumberFormat, PhoneNumberMatch, PhoneNumberMatcher, format_number
from stdnum import iban
from stdnum.fi import hetu, ytunnus

from intake import text as normal

MOST = 10_000  # characters looked at in one piece: quick for any text
OVERLAP = 60  # characters in which two pieces share what lies between them
IDENTITY_CODE = re.compile(r"(?<![0-9])[0-3][0-9]{5}\s?[-+A-FU-Y]\s?[0-9]{3}[0-9A-Z](?![0-9])")
ACCOUNT = re.compile(
    r"(?<![0-9A-Z])(?:FI ?[0-9]{2}(?:[ -]?[0-9]){14}|[A-Z]{2}[0-9]{2}(?:[0-9A-Z]{11,30}|"
    r"(?:[ -][0-9A-Z]{4}){2,7}(?:[ -][0-9A-Z]{1,3})?))(?![0-9A-Z])"
)
MAIL = re.compile(
    r"(?<![\w@/.+-])[\w.+-]+(?:@|\s?[\[(](?:at|ät|a)[\])]\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)

BESIDE = re.compile(r"(?<=[0-9])[\s/]+(?=0[0-9]|\+)")  # between two telephone numbers


def identity_codes(text: str) -> list[str]:
    """The personal identity codes in a text, invented ones (900-) and temporary ones too."""
    return list(dict.fromkeys(code for piece in _pieces(text) for code in _codes(piece)))


def remarks(text: str, phones: Iterable[str] = (), domains: Iterable[str] = ()) -> list[str]:
    """What in a text is somebody's own until it is said to be meant for everybody: account
    numbers, telephone numbers but the town's `phones`, addresses outside its mail `domains`."""
    known = {normal.phone(one) for one in phones}
    found: list[str] = []
    for piece in _pieces(text):
        found += _accounts(piece)
        found += (shown for shown, number in _phones(piece) if number not in known)
        found += (one for one in MAIL.findall(piece) if not _is_own(one, domains))
    return list(dict.fromkeys(" ".join(one.split()) for one in found))


def kinds(text: str) -> list[str]:
    """What is found: identity_code, account, phone."""
    pieces = list(_pieces(text))
    found = {
        "identity_code": any(True for piece in pieces for _code in _codes(piece)),
        "account": any(True for piece in pieces for _account in _accounts(piece)),
        "phone": any(True for piece in pieces for _phone in _phones(piece)),
    }
    return [kind for kind, is_there in found.items() if is_there]


def _pieces(text: str) -> Iterator[str]:
    """The text as it reads, in pieces: no unseen signs, one kind of dash, plain digits."""
    plain = unicodedata.normalize("NFKC", normal.visible(text))
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    for start in range(0, len(plain), MOST):
        yield plain[max(0, start - OVERLAP) : start + MOST]


def _codes(text: str) -> Iterator[str]:
    for code in IDENTITY_CODE.findall(text.upper()):
        if hetu.is_valid(re.sub(r"\s", "", code), allow_temporary=True):
            yield code


def _accounts(text: str) -> Iterator[str]:
    for account in ACCOUNT.findall(text.upper()):
        if iban.is_valid(account):
            yield account


def _phones(text: str) -> Iterator[tuple[str, str]]:
    """(as it stands, in its normal form); a business id is no telephone number. Numbers with
    nothing but a blank between them are found too."""
    rest = text
    for match in _matches(text):
        rest = rest[: match.start] + "\n" * len(match.raw_string) + rest[match.end :]
        yield match.raw_string, format_number(match.number, PhoneNumberFormat.INTERNATIONAL)
    for match in _matches(BESIDE.sub("\n\n", rest)):
        yield match.raw_string, format_number(match.number, PhoneNumberFormat.INTERNATIONAL)


def _matches(text: str) -> list[PhoneNumberMatch]:
    found = PhoneNumberMatcher(text, "FI")
    return [match for match in found if not ytunnus.is_valid(match.raw_string)]


def _is_own(address: str, domains: Iterable[str]) -> bool:
    return normal.in_domains(re.sub(r"\s?[\[(]\w+[\])]\s?", "@", address), domains)
