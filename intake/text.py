"""The one normal form of what people type: pure functions, used by forms, sign-in and imports.

None of them raises: what cannot be read is given back as it came, or as None, and the field says
what is wrong with it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import unquote

import idna
import phonenumbers
from email_validator import EmailNotValidError, validate_email

NAMED = re.compile(r"[^<>]*<\s*([^<>]+?)\s*>[\s;,.]*")  # Matti Meikäläinen <matti@savonkoski.fi>
AROUND_MAIL = " \t\"'\u201c\u201d\u2018\u2019<>()[],;."
JOINERS = "\u200c\u200d"  # part of names in scripts that join their letters
DASHES = re.compile(r"\s*[\u2010-\u2015\u2212\ufe58\ufe63-]\s*")
YEARS = range(2000, 2100)
MONTHS = (
    *("tam jan", "hel feb", "maa mar", "huh apr", "tou maj may", "kes jun"),
    *("hei jul", "elo aug", "syy sep", "lok okt oct", "marr nov", "jou dec"),
)  # how their names begin in Finnish, Swedish and English
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>\d{4})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\s*[-./]\s*(?P<m>\d{1,2})\s*[-./]\s*(?P<y>\d{4}|\d{2})",
        r"(?P<d>\d{1,2})\s*\.?\s*(?P<name>[^\W\d_]+)\.?,?\s*(?P<y>\d{4})",
        r"(?P<name>[^\W\d_]+)\.?\s+(?P<d>\d{1,2}),?\s+(?P<y>\d{4})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})",
    )
)
WEEKDAY = re.compile(r"[^\W\d_]+\.?,?\s+(?=\d{1,4}\s*[./-])")
TIME = re.compile(
    r"(?:(?:klo|kello|kl|at)\.?\s*)?"
    r"(?P<h>\d{1,2})(?:(?:\s*[.:h]\s*)?(?P<m>\d{2})(?:[.:]\d{2})?)?"
    r"\s*(?:(?P<half>[ap])\.?m\.?|h)?"
)


def clean(text: str) -> str:
    """LF line ends, no NUL, no half characters: what every typed text goes through."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode() if not _encodable(text) else text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def visible(text: str, kept: str = "") -> str:
    """The text without signs that nobody sees, and without blanks around it."""
    return "".join(
        sign for sign in text if sign in kept or unicodedata.category(sign) != "Cf"
    ).strip()


def plain(text: str) -> str:
    """One form of what only looks different: full-width letters, unseen signs, odd blanks."""
    return visible(unicodedata.normalize("NFKC", text))


def password(text: str) -> str:
    """A password as it is hashed: composed letters, and one kind of blank (RFC 8265, 4.2)."""
    blanks = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in text)
    return unicodedata.normalize("NFC", blanks)


def password_forms(text: str) -> list[str]:
    """What a password may have been hashed as, its normal form first: others are of the time
    before there was one."""
    every = (password(text), text, *(unicodedata.normalize(form, text) for form in ("NFC", "NFD")))
    return list(dict.fromkeys(every))


def name(text: str) -> str:
    """A name of a person, unit or town: composed letters, single blanks, no unseen signs."""
    seen = visible(unicodedata.normalize("NFC", text), JOINERS)
    return "\n".join(" ".join(line.split()) for line in seen.split("\n"))


# mail

LONGEST_MAIL = 1000  # characters of an address with a name beside it; a longer text is none


def mail_address(text: str) -> str:
    """The address in what was typed or pasted: out of `Name <a@b>` and `mailto:`, the domain in
    small letters of its own script. What holds no address stays as it came."""
    if len(text) > LONGEST_MAIL:
        return text.strip()
    typed = plain(text)
    if found := NAMED.fullmatch(typed):
        typed = found[1]
    if typed[:7].casefold() == "mailto:":
        typed = visible(unquote(typed[7:].partition("?")[0]))
    typed = typed.strip(AROUND_MAIL)
    local, _at, domain = typed.rpartition("@")
    address = f"{local}@{mail_domain(domain)}"
    return text.strip() if mail_fault(address) == "form" else address


def mail_domain(text: str) -> str:
    """A domain of mail addresses in small letters of its own script, without @ before it."""
    domain = plain(text).lower().removeprefix("@").strip(".")
    if domain.isascii() and "xn--" not in domain:
        return domain
    try:
        return idna.decode(domain, uts46=True)
    except UnicodeError:
        return domain


def mail_key(text: str) -> str:
    """The address by which a person is known: whatever its case."""
    return mail_address(text).lower()


def mail_sent(address: str) -> str:
    """The address as mail servers take it: its domain in ASCII (RFC 5891)."""
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode()}"
    except UnicodeError:
        return address


def mail_fault(address: str) -> str:
    """What is wrong with an address in its normal form: "form", "letters" where mail servers of
    today take none such before the @, or nothing."""
    if len(address) > LONGEST_MAIL:
        return "form"
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return "form"
    return "" if found.ascii_email else "letters"


def in_domains(address: str, domains: Iterable[str]) -> bool:
    """Is the address in one of these mail domains, or in a subdomain of one?"""
    domain = mail_domain(address.rpartition("@")[2])
    known = [mail_domain(one) for one in domains]
    return any(domain == one or domain.endswith(f".{one}") for one in known)


# codes, numbers, dates

LONGEST_SHORT = 200  # characters of a code, number, date or time that are looked at


def code(text: str) -> str:
    """A code or reference as it is compared: capitals, without the word and colon before it."""
    typed = plain(plain(text[:LONGEST_SHORT]).rpartition(":")[2])
    return DASHES.sub("-", typed.upper())


def phone(text: str) -> str | None:
    """A telephone number in international form, whichever way it is typed; national ones are
    Finnish, short ones stay as they are. None for what is no number."""
    typed = plain(text[:LONGEST_SHORT]).casefold().removeprefix("tel:").strip()
    if not re.fullmatch(r"\+?[0-9\s()./\u2010-\u2015-]+", typed):
        return None
    digits = re.sub(r"\D", "", typed)
    if 3 <= len(digits) <= 6:
        return digits
    try:
        number = phonenumbers.parse(typed, "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def day(text: str) -> date | None:
    """A date: 24.11.2026, 24.11.26, 24/11/2026, 2026-11-24, 24. marraskuuta 2026, ti 24.11.2026.
    Years of other centuries are slips: browsers make 0026 of a year typed as 26."""
    typed = DASHES.sub("-", plain(text[:LONGEST_SHORT]).casefold())
    typed = WEEKDAY.sub("", typed, count=1)
    for pattern in DATES:
        found = pattern.fullmatch(typed)
        made = _date(found.groupdict()) if found else None
        if made is not None:
            return made
    return None


def _date(parts: dict[str, str]) -> date | None:
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    month = _month(parts["name"]) if "name" in parts else int(parts["m"])
    try:
        made = date(year, month, int(parts["d"]))
    except ValueError:
        return None
    return made if made.year in YEARS else None


def _month(word: str) -> int:
    """The number of a month by its name, 0 where it is none."""
    begins = {start: number for number, starts in enumerate(MONTHS, 1) for start in starts.split()}
    return begins.get(word[:4]) or begins.get(word[:3], 0)


def time_of_day(text: str) -> str | None:
    """A time as 14:30: typed as 14.30, 14:30, klo 14.30, 1430, 14, 2:30 pm."""
    found = TIME.fullmatch(plain(text[:LONGEST_SHORT]).casefold())
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
