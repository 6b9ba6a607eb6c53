"""The words of people and the organisation: what was done, and what letters are about."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake import ports
from intake.engine import tracks
from intake.people.importing import running
from intake.people.importing import words as importing
from intake.people.models import ROLES, Absence, Import, Person, Role, RoleGrant, Unit

DONE = {
    "unit": {
        "add": _l("%(actor)s added a unit."),
        "change": _l("%(actor)s changed a unit."),
        "name_head": _l("%(actor)s named the head of a unit."),
        "end": _l("%(actor)s ended a unit."),
    },
    "person": {
        "add": _l("%(actor)s added a person."),
        "change": _l("%(actor)s changed a person's details."),
        "move": _l("%(actor)s moved a person to another unit."),
        "leave": _l("%(actor)s noted that a person has left."),
        "come_back": _l("%(actor)s noted that a person has come back."),
        "choose_language": _l("%(actor)s chose a language."),
    },
    "role_grant": {
        "grant": _l("%(actor)s granted a role."),
        "withdraw": _l("%(actor)s withdrew a role."),
    },
    "absence": {
        "enter": _l("%(actor)s entered an absence."),
        "change": _l("%(actor)s changed the end of an absence."),
        "cancel": _l("%(actor)s cancelled an absence."),
    },
    "import": importing.DONE,
}

NOTICES = (
    tracks.Notice(
        "role", RoleGrant, lambda grant: grant.label, lambda grant: f"/people/{grant.person_id}"
    ),
    tracks.Notice(
        "office",
        Unit,
        lambda unit: unit.name(ports.here().town().languages[0]),
        lambda unit: f"/people/units/{unit.id}",
    ),
    tracks.Notice(
        "work_address", Person, lambda person: person.name, lambda person: f"/people/{person.id}"
    ),
    tracks.Notice(
        "absence",
        Absence,
        lambda absence: absence.person.name,
        lambda absence: f"/people/absences/{absence.id}",
    ),
    tracks.Notice("import", Import, running.title, lambda made: f"/people/import/{made.id}"),
)


def tell() -> None:
    """Give trail and outbox the words of this room."""
    for name, sentences in DONE.items():
        tracks.tell_history(name, sentences)
    for notice in NOTICES:
        tracks.register_notice(notice)


def about(facts: dict[str, Any]) -> Any:
    """What a line of the history was about, beyond its sentence: the role."""
    return ROLES[Role(facts["role"])] if "role" in facts else ""
