"""What a report can say in set words: codes, and their labels."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class TargetKind(StrEnum):
    """Whom or what a reported profile pretends to be."""

    OFFICIAL = "official"
    UNIT = "unit"
    PERSON = "person"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """What a reported profile does."""

    PHISHING = "phishing"
    SCAM = "scam"
    DEFAMATION = "defamation"
    MISLEADING = "misleading"
    DRAW = "draw"
    MESSAGES = "messages"
    PRETENDS = "pretends"
    OTHER = "other"


class Harm(StrEnum):
    """What the reporter has given to a reported profile."""

    NO = "no"
    DATA = "data"
    MONEY = "money"
    UNSAID = "unsaid"


class Elsewhere(StrEnum):
    """Where else a profile has been reported."""

    SERVICE = "service"
    POLICE = "police"


class Role(StrEnum):
    """How the reporter stands to the matter."""

    BYSTANDER = "bystander"
    IMPERSONATED = "impersonated"
    UNIT = "unit"
    CHEATED = "cheated"


TARGET_KINDS = {
    TargetKind.OFFICIAL: _l("An official profile of the town"),
    TargetKind.UNIT: _l("The town or a unit"),
    TargetKind.PERSON: _l("An employee, official or elected person"),
    TargetKind.UNKNOWN: _l("I do not know"),
}
ACTS = {
    Act.PHISHING: _l("Phishing"),
    Act.SCAM: _l("Scam, asks for money"),
    Act.DEFAMATION: _l("Defamation"),
    Act.MISLEADING: _l("Misleading information"),
    Act.DRAW: _l("Fake draw or competition"),
    Act.MESSAGES: _l("Friend requests, messages"),
    Act.PRETENDS: _l("Only pretends"),
    Act.OTHER: _l("Other"),
}
HARMS = {
    Harm.NO: _l("No, nothing"),
    Harm.DATA: _l("Yes, data"),
    Harm.MONEY: _l("Yes, money"),
    Harm.UNSAID: _l("I would rather not say"),
}
ELSEWHERE = {
    Elsewhere.SERVICE: _l("To the service itself"),
    Elsewhere.POLICE: _l("To the police"),
}
ROLES = {
    Role.BYSTANDER: _l("Bystander"),
    Role.IMPERSONATED: _l("It is me who is impersonated"),
    Role.UNIT: _l("I represent the unit"),
    Role.CHEATED: _l("I was cheated"),
}
WITHOUT_RULES = {"web": _l("A web site"), "other": _l("Other service")}


def pairs(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    """Choices as a form offers them."""
    return [(str(code), label) for code, label in labels.items()]
