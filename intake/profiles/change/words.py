"""The words of changes and of the checking off of an admin who went."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.engine.tracks import Tag, Vocabulary
from intake.profiles import redaction
from intake.profiles.change.models import Change, ChangeKind, Handover
from intake.profiles.states import ChangeState as S
from intake.profiles.states import HandoverState as H
from intake.profiles.words import title

PROPOSE = {
    ChangeKind.ADMIN: _l("Name a new admin"),
    ChangeKind.UNIT: _l("Hand it to another unit"),
    ChangeKind.TEXT: _l("Change a public text"),
    ChangeKind.NAME: _l("Change the name"),
    ChangeKind.OFFICE: _l("Turn it into an office profile"),
}
MEANS = {
    ChangeKind.ADMIN: _l("They agree in their own sign-in, and the supervisor decides."),
    ChangeKind.UNIT: _l("Who decides in the other unit agrees to take it over."),
    ChangeKind.TEXT: _l(
        "A second person looks at it. The purpose and the task are the supervisor's to decide on."
    ),
    ChangeKind.NAME: _l(
        "Change it in the service first. A second person compares the two and confirms."
    ),
    ChangeKind.OFFICE: _l(
        "The expert stays as one admin; another agrees to be the second. The supervisor decides."
    ),
}
CHANGE = Vocabulary(
    states={
        S.PROPOSED: Tag(_l("Proposed"), "wait", "clock"),
        S.ACCEPTED: Tag(_l("Waits for the supervisor"), "wait", "clock"),
        S.IN_FORCE: Tag(_l("In force"), "ok", "check"),
        S.REFUSED: Tag(_l("Refused"), "calm", "stop"),
        S.WITHDRAWN: Tag(_l("Withdrawn"), "calm", "stop"),
    },
    buttons={
        "propose": _l("Propose a change"),
        "accept_part": _l("I accept being an admin"),
        "allow": _l("Allow the change"),
        "confirm": _l("Confirm the change"),
        "refuse": _l("Refuse the change"),
        "withdraw": _l("Withdraw the change"),
    },
    done={
        "propose": _l("%(actor)s proposed a change."),
        "accept_part": _l("%(actor)s agreed to be an admin."),
        "allow": _l("%(actor)s allowed the change, and it is in force."),
        "confirm": _l("%(actor)s confirmed the change, and it is in force."),
        "refuse": _l("%(actor)s refused the change."),
        "withdraw": _l("%(actor)s withdrew the change."),
        "lapse": _l("The change fell away."),
    },
    means={
        "accept_part": _l("Your name and task are published once the supervisor has decided."),
        "allow": _l("The profile and the register change at once."),
        "confirm": _l("The profile and the register change at once."),
        "refuse": _l("Everything stays as it is. Who proposed it reads your reasons."),
        "withdraw": _l("Everything stays as it is."),
    },
    told={
        "propose": _l("Proposed. Nothing is changed yet."),
        "accept_part": _l("Noted. The supervisor decides."),
        "allow": _l("The change is in force."),
        "confirm": _l("The change is in force."),
        "refuse": _l("The change is refused."),
        "withdraw": _l("The change is withdrawn."),
    },
    kinds={"refuse": "bad", "withdraw": "bad"},
)
HANDOVER = Vocabulary(
    states={
        H.OPEN: Tag(_l("To be checked off"), "warn", "clock"),
        H.SAID: Tag(_l("Waits for a second person"), "wait", "half"),
        H.DONE: Tag(_l("Checked off by two"), "ok", "check"),
    },
    buttons={
        "say": _l("Check off who left"),
        "confirm": _l("Confirm as the second person"),
    },
    done={
        "begin": _l("It must be checked that an admin who left gets in no more."),
        "say": _l("%(actor)s checked off an admin who left."),
        "confirm": _l("%(actor)s confirmed that an admin who left gets in no more."),
        "fall_away": _l("The check of an admin who left fell away: the profile is closed."),
    },
    means={
        "say": _l("Do each line first, then tick it. Never write a password here."),
        "confirm": _l("Look at each line yourself. Then it is done."),
    },
    told={
        "say": _l("Noted. A second person confirms it."),
        "confirm": _l("The leaver is checked off."),
    },
)


def change_title(change: Change) -> Any:
    """The profile, and what changes of it."""
    return f"{title(change.profile)}: {PROPOSE[change.what]}"


def handover_title(row: Handover) -> Any:
    """The profile, and who left it."""
    return f"{title(row.profile)}: {row.person.name}"


def path(subject: Change | Handover) -> str:
    """The path of the profile's page, where both are shown."""
    return f"/profiles/{subject.profile_id}"


def told(change: Change, language: str) -> list[tuple[Any, str, str]]:
    """What a change would make of the profile: (what, as it is, as it would be)."""
    profile, found = change.profile, []
    if change.unit is not None:
        found.append((_("Unit"), profile.unit.name(language), change.unit.name(language)))
    if change.what is ChangeKind.TEXT:
        name = change.field or ""
        before = str(profile.texts.get(name) or "")
        found.append((redaction.TEXTS[name], before, change.text or ""))
    elif change.text:
        found.append((_("Name"), profile.name, change.text))
    if change.mailbox:
        found.append((_("Shared e-mail address"), "", change.mailbox))
    if change.person is not None:
        found.append((_("New admin"), "", f"{change.person.name}, {change.task}"))
    return found
