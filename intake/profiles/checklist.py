"""The checklist of a set-up: which items a profile has, and what each asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.handbook.models import Platform
from intake.profiles.models import ChecklistItem, ProfileKind

CONDITION = "condition"
TEXT = "text_in_profile"


@dataclass(frozen=True)
class Item:
    """An item: what is so when it is done, a hint, and whether it may be left out with a reason
    (what the policy only advises)."""

    label: Any
    hint: Any = ""
    optional: bool = False


ITEMS = {
    TEXT: Item(
        _l("The purpose, the admins' names and their tasks are in the profile"),
        _l("Copy the text from this page. It fits the service."),
    ),
    "own_name": Item(_l("The profile is used under the expert's own name")),
    "own_picture": Item(_l("The profile has the expert's own picture")),
    "work_address_shown": Item(_l("The work e-mail address shows in the profile"), optional=True),
    "work_data_shown": Item(_l("Professional data shows in the profile"), optional=True),
    "town_shown": Item(_l("The profile shows that the expert works for the town"), optional=True),
    "separate": Item(
        _l("The profile is professional and kept apart from private profiles"),
        _l("Own user name, own password, no private content."),
    ),
    "terms_current": Item(
        _l("The terms of use are still those that were checked"),
        _l("If they have changed, read them again first."),
    ),
    "messages_stated": Item(_l("The profile says how private messages are handled"), optional=True),
    "copyright": Item(
        _l("We have the right to every picture, sound and video, and name our sources"),
        _l("What is once on the net never quite leaves it."),
    ),
    "own_password_two_step": Item(
        _l("The profile has a password of its own and two-step sign-in"),
        _l("The password is used nowhere else. Never write it here."),
    ),
    "privacy_settings": Item(_l("The privacy settings are checked")),
    "link_back": Item(
        _l("The profile links to its page in the register"),
        _l("The address is the first line of the text to paste."),
    ),
    "shared_mailbox": Item(
        _l("The profile uses the shared mailbox"),
        _l("Recovery goes through it too, never through a private phone."),
    ),
    CONDITION: Item(_l("A condition of the decision")),
}

_FIRST = {
    ProfileKind.OFFICE: (TEXT,),
    ProfileKind.EXPERT: (
        "own_name",
        "own_picture",
        "work_address_shown",
        "work_data_shown",
        "town_shown",
        "separate",
        TEXT,
    ),
}
_COMMON = ("copyright", "own_password_two_step", "privacy_settings", "link_back")


def codes(kind: ProfileKind, platform: Platform) -> Iterator[str]:
    """The items of a kind of profile on a platform, in the order of the page."""
    yield from _FIRST[kind]
    yield "terms_current"
    if platform.has_messages:
        yield "messages_stated"
    yield from _COMMON
    if kind is ProfileKind.OFFICE:
        yield "shared_mailbox"


def label(row: ChecklistItem) -> Any:
    """What an item says, a condition in the supervisor's own words."""
    return row.text if row.item == CONDITION else ITEMS[row.item].label
