"""How reports meet: the key of what was typed, and what makes a case grave or urgent.

An equal key joins a report to a case by itself; anything less is only proposed to a handler.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from sqlalchemy import select

from intake import addresses, text
from intake.addresses import Reading
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.matching.related_cases import Related, related
from intake.fakes.models import Case, Report
from intake.handbook import queries as handbook

__all__ = [
    "Related",
    "TypedAddress",
    "by_reference",
    "is_grave",
    "is_urgent",
    "is_weightier",
    "key_of",
    "lines",
    "names_of",
    "offered",
    "read",
    "read_name",
    "related",
]
LONGEST = 300  # characters of a key
MOST = 10  # addresses of a report
GRAVE = {"data", "money"}
CHILDREN = re.compile(
    r"alaik\wi|\blaps(i|en|et|ia|ien|elta|elle|ilta|ille)\b|\blasten\b"
    r"|minder\wrig|\bbarn(en|ens|s)?\b|\bunder-?\s?age|\bminors?\b|\bchild(ren)?\b"
)  # as people of the town's languages write of minors; once too often costs a look, no more
BY_NUMBER = ("whatsapp",)  # services where a number is the address
NO_ADDRESS = ("name", "bare_handle", "email", "bad_address", "too_long")  # by itself, at least


@dataclass(frozen=True)
class TypedAddress:
    """One address of a report, or the profile's name where there was none: as typed, with the
    keys it has. The first key is the one it joins by; one without any, such as the front page of a
    service, says of no profile which it is and so meets no other."""

    typed: str
    keys: tuple[str, ...]
    platform: str
    deep_link: str | None = None
    note: str | None = None


def lines(urls_text: str, platform: str, no_url: bool, visible_name: str) -> list[TypedAddress]:
    """What a report says of where the fake is, address by address: a line that holds several, or
    words around one, counts as the addresses in it; one that holds none is kept as typed."""
    found: dict[str, TypedAddress] = {}
    for typed in urls_text.splitlines():
        for line in _in_line(typed, platform) if typed.strip() else ():
            found.setdefault(line.typed.strip(), line)
    if visible_name.strip() and (no_url or not found):
        found.setdefault(visible_name.strip(), read_name(visible_name, platform))
    return list(found.values())[:MOST]


def _in_line(typed: str, platform: str) -> list[TypedAddress]:
    known = handbook.known()
    inside = addresses.find(typed, known, platform)
    alone = addresses.read(typed, known)
    if len(inside) < 2 and alone.note not in NO_ADDRESS:
        return [read(typed, platform)]
    return [_line(one.text, one, platform) for one in inside] or [read(typed, platform)]


def offered(report: Report) -> list[TypedAddress]:
    """The addresses in what a report tells that its cases do not have: a handler may add them.
    None of the town's own, which reporters name beside the fake."""
    told = [str(report.answers.get(name) or "") for name in ("urls", "description")]
    platform = str(report.answers.get("platform") or "")
    found = [
        _line(one.text, one, platform)
        for one in addresses.find("\n".join(told), handbook.known(), platform)
    ]
    keys = [key for line in found for key in line.keys]
    there = queries.keys_there(report, keys)
    return [line for line in found if line.keys and not there & set(line.keys)]


def read(typed: str, platform: str = "") -> TypedAddress:
    """What was typed as an address, on the platform that was chosen."""
    known = handbook.known()
    reading = addresses.read(typed, known)
    if reading.note == "bare_handle" and platform != "web":
        found = addresses.read_handle(platform, reading.value or reading.text, known)
        reading = found if found.readable else reading
    return _line(typed, reading, platform)


def read_name(name: str, platform: str) -> TypedAddress:
    """A profile without an address: a number where the platform goes by numbers, else its name."""
    if platform in BY_NUMBER:
        known = handbook.known()
        alone = addresses.read_handle(platform, name, known)
        for reading in [alone, *addresses.find(name, known, platform)]:
            if reading.readable and reading.platform == platform:
                return TypedAddress(name, reading.keys, platform)
    return TypedAddress(name, (_name_key(name, platform),), platform)


def _line(typed: str, reading: Reading, platform: str) -> TypedAddress:
    """A reading as a line. A number that is no WhatsApp's by its writer's word is another key."""
    code, link = reading.platform or platform, addresses.link_of(reading)
    if reading.note == "phone" and platform not in ("", *BY_NUMBER):
        keys: tuple[str, ...] = (f"phone:{platform}:{reading.value}",)
        code = platform
    elif reading.readable:
        keys = reading.keys
    elif link:
        keys = (f"link:{link}",)
    elif reading.note in ("not_a_profile", "empty"):
        keys = ()
    elif reading.note == "name":
        keys = (_name_key(typed, platform),)
    else:
        keys = (f"text:{_plain(typed)}",)
    return TypedAddress(typed, tuple(map(_short, keys)), code, reading.deep_link, reading.note)


def _name_key(name: str, platform: str) -> str:
    return _short(f"name:{platform}:{_plain(name)}")


def _plain(typed: str) -> str:
    return " ".join(normalize("NFC", typed).casefold().split())


def _short(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 33]}~{sha256(key.encode()).hexdigest()[:32]}"


def key_of(typed: str) -> str:
    """The key of an address that a handler types; empty where it is none."""
    keys = read(typed).keys
    return "" if not keys or keys[0].startswith(("text:", "name:")) else keys[0]


def by_reference(reference: str) -> Case | None:
    """The case of a reference or an id, however it was typed."""
    plain = text.code(reference)
    query = select(Case).where((Case.reference == plain) | (Case.id == plain.lower()))
    return db.session.scalars(query).first()


def names_of(case: Case) -> list[str]:
    """Whatever names the fake: its handle, its addresses as typed, its name."""
    found = [case.name, *(key.shown for key in queries.keys_of(case))]
    found += [key.key.split(":", 2)[-1] for key in queries.keys_of(case)]
    for report in queries.reports_of(case):
        found += [line.typed for line in report.addresses]
        found.append(str(report.answers.get("visible_name") or ""))
    genuine = (
        {line.key.split(":", 2)[-1] for line in case.profile.current} if case.profile else set()
    )
    own = {case.profile.name} if case.profile else set()
    return [name for name in dict.fromkeys(found) if len(name) > 3 and name not in genuine | own]


def is_urgent(answers: Mapping[str, Any]) -> bool:
    """Has money or data been given, are bank codes asked for, or may children be in danger?"""
    asked = "phishing" in (answers.get("acts") or ())
    return answers.get("harm") in GRAVE or asked or names_children(answers)


def names_children(answers: Mapping[str, Any]) -> bool:
    """Does a report tell of minors: perhaps an offence against children, for the police at once?"""
    return bool(CHILDREN.search(str(answers.get("description") or "").casefold()))


def is_grave(case: Case) -> bool:
    """Does a case touch money, data or a named person (P5)?"""
    if case.profile is not None and case.profile.subject_id is not None:
        return True
    return any(
        is_urgent(report.answers) or report.answers.get("reporter_role") == "impersonated"
        for report in queries.reports_of(case)
    )


def is_weightier(case: Case, answers: Mapping[str, Any], has_evidence: bool) -> bool:
    """Does a further report bring money or data, a new act, or the first evidence?"""
    new = set(answers.get("acts") or ()) - set(case.acts)
    first = has_evidence and not queries.evidence_of(case)
    return answers.get("harm") in GRAVE or bool(new) or first
