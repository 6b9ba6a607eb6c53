"""Why a text resembles a listed name, and where the two part, in sentences (A12)."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intake.addresses.lookalike import Letters, Rule, Spot, named
from intake.profiles.alike.likeness import Near

WHY = {
    Rule.SHAPE: _l("It looks the same."),
    Rule.CORE: _l("Words were added to the name."),
    Rule.BAG: _l("The same words in another order or form."),
    Rule.PLACE: _l("The town's name with the name of a service or office."),
    Rule.PERSON: _l("The name of a person who has an official profile, with a role beside it."),
    Rule.APART: _l("The whole name with another word beside it."),
    Rule.EDITS: _l("A letter or two apart."),
}


def said(near: Near) -> str:
    """Which profile, in which service, and why."""
    why = str(WHY[near.likeness.rule]).rstrip(".")
    return f"{near.profile.name}, {near.profile.platform.name} ({why[:1].lower()}{why[1:]})"


TOLD = 3  # differences that are told in words
SIGNS = {
    "l": _l("small L"),
    "I": _l("capital i"),
    "1": _l("the digit one"),
    "0": _l("the digit zero"),
    "O": _l("capital o"),
    "_": _l("underscore"),
    ".": _l("full stop"),
    "-": _l("hyphen"),
    " ": _l("space"),
    "|": _l("vertical line"),
}


def heading(found: Letters) -> str:
    """How many letters differ."""
    number = max(len(found.typed_marks), len(found.genuine_marks))
    return str(ngettext("One character differs", "%(num)s characters differ", number))


def differences(found: Letters) -> list[str]:
    """The first places where the names part, each as a sentence."""
    return [_sentence(spot) for spot in found.spots[:TOLD]]


def _sentence(spot: Spot) -> str:
    said: dict[str, Any] = {
        "number": spot.number,
        "typed": spelt(spot.typed),
        "genuine": spelt(spot.genuine),
    }
    if not spot.typed:
        return str(_("Before character %(number)d, the official name has %(genuine)s.", **said))
    if not spot.genuine:
        return str(_("From character %(number)d on, %(typed)s has been added.", **said))
    if spot.is_last and len(spot.typed) == 1:
        return str(
            _("The last character is %(typed)s. In the official name it is %(genuine)s.", **said)
        )
    return str(_("Character %(number)d on: %(typed)s. In the official name: %(genuine)s.", **said))


def spelt(part: str) -> str:
    """A part of a name; signs that an eye takes for others, or does not see, with their names."""
    marked = list(_named(part))
    return f"{part} ({', '.join(marked)})" if marked else part


def _named(part: str) -> Iterator[str]:
    hidden = dict(named(part))
    for sign in dict.fromkeys(part):
        if sign in hidden:
            yield hidden[sign]
        elif sign in SIGNS and len(part) == 1:
            yield str(SIGNS[sign])
