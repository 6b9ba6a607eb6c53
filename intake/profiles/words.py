"""The words of profiles and addresses: tags of states, buttons of steps, sentences of history."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.profiles.models import Address, Profile, Right, TwoStep
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.subjects import Tag, Vocabulary

PROFILE = Vocabulary(
    states={
        P.SETUP: Tag(_l("Being set up"), "wait", "half"),
        P.ACTIVE: Tag(_l("Official"), "ok", "genuine"),
        P.CLOSING_ANNOUNCED: Tag(_l("Closing announced"), "warn", "clock"),
        P.CLOSED: Tag(_l("Closed"), "calm", "stop"),
        P.NEVER_OPENED: Tag(_l("Never opened"), "calm", "stop"),
    },
    buttons={
        "check_off": _l("Tick off"),
        "list": _l("Confirm and list"),
        "accept_part": _l("I accept being an admin"),
        "decline_part": _l("I decline being an admin"),
        "state_rights": _l("State your rights"),
        "extend_setup": _l("Give more time"),
        "cancel_setup": _l("Cancel the set-up"),
        "announce_closing": _l("Announce closing"),
        "withdraw_consent": _l("Withdraw consent"),
        "leave": _l("Stop being an admin"),
        "call_off_closing": _l("Call off the closing"),
        "close": _l("Confirm as closed"),
    },
    done={
        "prepare": _l("%(actor)s approved the request, and the set-up began."),
        "check_off": _l("%(actor)s changed the checklist."),
        "list": _l("%(actor)s confirmed the profile, and it was listed."),
        "accept_part": _l("%(actor)s agreed to be an admin."),
        "decline_part": _l("%(actor)s declined to be an admin."),
        "state_rights": _l("%(actor)s stated their rights in the service."),
        "extend_setup": _l("%(actor)s gave more time for the set-up."),
        "cancel_setup": _l("%(actor)s cancelled the set-up."),
        "announce_closing": _l("%(actor)s announced that the profile will be closed."),
        "withdraw_consent": _l("%(actor)s withdrew their consent."),
        "employment_ends": _l("The expert leaves the town's service, so the profile will close."),
        "leave": _l("An admin left the profile."),
        "call_off_closing": _l("%(actor)s called off the closing."),
        "close": _l("%(actor)s confirmed that the profile is closed."),
    },
)

ADDRESS = Vocabulary(
    states={
        A.TYPED: Tag(_l("Awaiting confirmation"), "wait", "clock"),
        A.CURRENT: Tag(_l("In force"), "ok", "check"),
        A.DROPPED: Tag(_l("Dropped"), "calm", "stop"),
        A.FORMER: Tag(_l("Former"), "calm", "stop"),
    },
    buttons={
        "type": _l("Type the address"),
        "allow": _l("Allow this address"),
        "confirm": _l("Confirm the address"),
        "drop": _l("Drop the address"),
    },
    done={
        "type": _l("%(actor)s typed the address."),
        "allow": _l("%(actor)s allowed an address that is not the decided one."),
        "confirm": _l("%(actor)s confirmed the address."),
        "drop": _l("The address was dropped."),
        "retire": _l("The address is no longer the profile's."),
    },
)

RIGHTS = {
    Right.OWNER: _l("owner: may do everything, also remove others"),
    Right.EDITOR: _l("editor: may change the profile and publish"),
    Right.POSTER: _l("poster: may publish and answer"),
}
TWO_STEP = {
    TwoStep.ON: _l("on"),
    TwoStep.NOT_OFFERED: _l("the service does not offer it"),
    TwoStep.OFF: _l("off"),
}


def title(profile: Profile) -> Any:
    """The profile as people speak of it: name and service."""
    return f"{profile.name}, {profile.platform.name}"


def address_title(address: Address) -> Any:
    """The profile whose address it is."""
    return title(address.profile)


def place(profile: Profile) -> str:
    """The path of the profile's page."""
    return f"/profiles/{profile.id}"


def address_place(address: Address) -> str:
    """The path of the page where the address is shown."""
    return f"/profiles/{address.profile_id}"
