"""What a request may choose from: English codes, each with its label."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.people.models import Level


class YesNo(StrEnum):
    """An answer to a plain question."""

    YES = "yes"
    NO = "no"


YES_NO = {YesNo.YES: _l("Yes"), YesNo.NO: _l("No")}

ORG_LEVELS = {
    Level.SECTOR: _l("Sector"),
    Level.SERVICE_AREA: _l("Service area"),
    Level.UNIT: _l("Unit"),
    Level.WORKING_GROUP: _l("Working group"),
}


class Represents(StrEnum):
    """What an office profile stands for (P1)."""

    MATTER = "matter"
    SERVICE = "service"
    UNIT = "unit"
    GROUP = "group"
    EVENT = "event"
    PLACE = "place"
    OTHER = "other"


REPRESENTS = {
    Represents.MATTER: _l("Matter"),
    Represents.SERVICE: _l("Service"),
    Represents.UNIT: _l("Unit"),
    Represents.GROUP: _l("Group"),
    Represents.EVENT: _l("Event"),
    Represents.PLACE: _l("Place"),
    Represents.OTHER: _l("Something else"),
}


class Rhythm(StrEnum):
    """How often a profile is updated; the review interval is counted from it (O7)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    SEASONAL = "seasonal"


RHYTHMS = {
    Rhythm.DAILY: _l("Daily"),
    Rhythm.WEEKLY: _l("Weekly"),
    Rhythm.MONTHLY: _l("Monthly"),
    Rhythm.SEASONAL: _l("In certain months"),
}

MONTHS = {
    "1": _l("January"),
    "2": _l("February"),
    "3": _l("March"),
    "4": _l("April"),
    "5": _l("May"),
    "6": _l("June"),
    "7": _l("July"),
    "8": _l("August"),
    "9": _l("September"),
    "10": _l("October"),
    "11": _l("November"),
    "12": _l("December"),
}

CONTENT_LANGUAGES = {
    "fi": _l("Finnish"),
    "sv": _l("Swedish"),
    "en": _l("English"),
    "se": _l("Sámi"),
    "other": _l("Another language"),
}


class Messages(StrEnum):
    """What becomes of private messages (O9)."""

    ANSWERED = "answered"
    NOT_READ = "not_read"
    CLOSED = "closed"


MESSAGES = {
    Messages.ANSWERED: _l("We answer them"),
    Messages.NOT_READ: _l("We do not read them; we tell where to write instead"),
    Messages.CLOSED: _l("We keep them closed"),
}


class Cover(StrEnum):
    """How an expert's absences are handled (E4)."""

    NOTICE = "notice"
    ELSEWHERE = "elsewhere"
    COLLEAGUE = "colleague"


COVERS = {
    Cover.NOTICE: _l("A notice in the profile"),
    Cover.ELSEWHERE: _l("Questions go to a mailbox or a unit"),
    Cover.COLLEAGUE: _l("Another expert profile covers"),
}


def pairs(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    """Choices of a field from codes and labels."""
    return [(str(code), label) for code, label in labels.items()]
