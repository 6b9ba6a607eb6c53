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

from intake import addresses
from intake.addresses import Known, Reading
from intake.database import db
from intake.fakes import queries
from intake.fakes.models import Case
from intake.handbook import queries as handbook

LONGEST = 300  # characters of a key
GRAVE = {"data", "money"}
BY_NUMBER = ("whatsapp",)  # services where a number is the address
SHARE = ("share_link", "not_a_profile")


@dataclass(frozen=True)
class Line:
    """One address of a report, or the profile's name where there was none: as typed, with the
    keys it has. The first key is the one it joins by."""

    typed: str
    keys: tuple[str, ...]
    platform: str
    deep_link: str | None = None
    note: str | None = None


def read(typed: str, platform: str = "") -> Line:
    """What was typed as an address, on the platform that was chosen: always with a key."""
    reading = addresses.read(typed, handbook.known())
    if reading.note == "bare_handle":
        reading = _of_handle(reading, platform, handbook.known())
    if reading.readable and reading.keys:
        keys = tuple(_short(key) for key in reading.keys)
        return Line(typed, keys, reading.platform or "", reading.deep_link, reading.note)
    return Line(
        typed, (_other_key(typed, reading),), reading.platform or platform, None, reading.note
    )


def read_name(name: str, platform: str) -> Line:
    """A profile without an address: a number where the platform goes by numbers, else its name."""
    reading = addresses.read_handle(platform, name)
    if platform in BY_NUMBER and reading.readable:
        return Line(name, reading.keys, platform)
    return Line(name, (_short(f"name:{platform}:{_plain(name)}"),), platform)


def _of_handle(reading: Reading, platform: str, known: Known) -> Reading:
    """A bare handle, read on the platform that was chosen; unread where that has no rule."""
    found = addresses.read_handle(platform, reading.value or reading.text, known)
    return found if found.readable else reading


def _other_key(typed: str, reading: Reading) -> str:
    """A share link meets only the same link, unreadable text only the same text."""
    kind = "link" if reading.note in SHARE else "text"
    return _short(f"{kind}:{_plain(re.sub(r'^https?://(www[.])?|[?#].*$', '', typed.strip()))}")


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())


def _short(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    return f"{key[: LONGEST - 33]}~{sha256(key.encode()).hexdigest()[:32]}"


def key_of(typed: str) -> str:
    """The key of an address that a handler types; empty where it cannot be read."""
    line = read(typed) if typed.strip() else None
    return "" if line is None or line.keys[0].startswith("text:") else line.keys[0]


def by_reference(reference: str) -> Case | None:
    """The case of a reference or an id, however it was typed."""
    plain = reference.strip()
    query = select(Case).where((Case.reference == plain.upper()) | (Case.id == plain.lower()))
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
    """Has money or data been given, or are bank codes asked for?"""
    return answers.get("harm") in GRAVE or "phishing" in (answers.get("acts") or ())


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
    known = {act for one in queries.reports_of(case) for act in one.answers.get("acts", ())}
    new = set(answers.get("acts") or ()) - known
    first = has_evidence and not queries.evidence_of(case)
    return answers.get("harm") in GRAVE or bool(new) or first
