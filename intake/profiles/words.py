"""The words of profiles and addresses: tags of states, buttons of steps, sentences of history."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.engine import legal_hold
from intake.engine.tracks import Tag, Vocabulary
from intake.profiles.models import Address, Profile, Right, TwoStep
from intake.profiles.states import AddressState as A
from intake.profiles.states import AlarmState as L
from intake.profiles.states import ContinuationState as C
from intake.profiles.states import PresenceState as N
from intake.profiles.states import ProfileState as P

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
        "change_part": _l("Change your task or working time"),
        "extend_setup": _l("Give more time"),
        "cancel_setup": _l("Cancel the set-up"),
        "announce_closing": _l("Announce closing"),
        "withdraw_consent": _l("Withdraw consent"),
        "leave": _l("Stop being an admin"),
        "call_off_closing": _l("Call off the closing"),
        "extend_term": _l("Make the fixed term longer"),
        "note_posted": _l("The announcement is posted"),
        "recheck": _l("Look at the old address"),
        "close": _l("Confirm as closed"),
        "redact": _l("Redact a public text"),
        **legal_hold.BUTTONS,
    },
    done={
        "prepare": _l("%(actor)s approved the request, and the set-up began."),
        "check_off": _l("%(actor)s changed the checklist."),
        "list": _l("%(actor)s confirmed the profile, and it was listed."),
        "accept_part": _l("%(actor)s agreed to be an admin."),
        "decline_part": _l("%(actor)s declined to be an admin."),
        "state_rights": _l("%(actor)s stated their rights in the service."),
        "change_part": _l("%(actor)s changed their task or working time."),
        "extend_setup": _l("%(actor)s gave more time for the set-up."),
        "cancel_setup": _l("%(actor)s cancelled the set-up."),
        "announce_closing": _l("%(actor)s announced that the profile will be closed."),
        "withdraw_consent": _l("%(actor)s withdrew their consent."),
        "employment_ends": _l("The expert leaves the town's service, so the profile will close."),
        "leave": _l("An admin left the profile."),
        "call_off_closing": _l("%(actor)s called off the closing."),
        "extend_term": _l("%(actor)s made the fixed term longer."),
        "note_posted": _l("%(actor)s posted the announcement of the closing in the profile."),
        "recheck": _l("%(actor)s looked at the address of the closed profile."),
        "close": _l("%(actor)s confirmed that the profile is closed."),
        "redact": _l("%(actor)s redacted a public text."),
        **legal_hold.DONE,
    },
    means={
        "accept_part": _l("Your name and task are published in the profile and in the register."),
        "decline_part": _l("The profile goes on without you. You need give no reason."),
        "change_part": _l("The register shows the task at once. The supervisor is told."),
        "state_rights": _l("Tell what you hold in the service. Never write a password anywhere."),
        "extend_setup": _l("The admins get more time to set the profile up."),
        "cancel_setup": _l("The profile is not taken into use. The admins are told."),
        "announce_closing": _l(
            "The register tells of the closing, its reasons and what comes instead."
        ),
        "withdraw_consent": _l("You need give no reason. The profile is then closed."),
        "leave": _l("Your name leaves the profile and the register. Your supervisor is told."),
        "call_off_closing": _l(
            "The profile stays in use, and the register no longer tells of closing."
        ),
        "extend_term": _l("The profile goes on until the new last day, and the register says so."),
        "note_posted": _l("Tell it in the profile itself. The text to paste is on its page."),
        "recheck": _l(
            "A freed user name can be taken by anybody. If somebody else uses it, a case begins."
        ),
        "close": _l("The entry stays in the register, marked as closed."),
        "redact": _l(
            "The register changes at once. Copies elsewhere do not: search engines, feeds."
        ),
        **legal_hold.MEANS,
    },
    told={
        "check_off": _l("Saved."),
        "list": _l("The profile is in the register."),
        "accept_part": _l("You are an admin of the profile."),
        "decline_part": _l("You are not an admin of the profile."),
        "state_rights": _l("Your rights are noted."),
        "change_part": _l("Your task and working time are noted."),
        "extend_setup": _l("The set-up has more time."),
        "cancel_setup": _l("The set-up is cancelled."),
        "announce_closing": _l("The closing is announced in the register."),
        "withdraw_consent": _l("Your consent is withdrawn."),
        "leave": _l("You are no longer an admin of the profile."),
        "call_off_closing": _l("The closing is called off."),
        "extend_term": _l("The fixed term is longer."),
        "note_posted": _l("Noted."),
        "recheck": _l("Noted."),
        "close": _l("The profile is closed."),
        "redact": _l("The register shows it no more."),
    },
    kinds={"decline_part": "bad", "cancel_setup": "bad", "withdraw_consent": "bad", "leave": "bad"},
)

CONTINUATION = Vocabulary(
    states={
        C.GOES_ON: Tag(_l("Goes on"), "ok", "check"),
        C.IN_QUESTION: Tag(_l("To be decided how it goes on"), "warn", "clock"),
    },
    buttons={
        "review": _l("Review the profile"),
        "ask_closing": _l("Ask to close the profile"),
        "go_on": _l("Let it go on"),
    },
    done={
        "review": _l("%(actor)s reviewed the profile."),
        "question": _l("It must be decided how the profile goes on."),
        "ask_closing": _l("%(actor)s asked that the profile be closed."),
        "go_on": _l("%(actor)s decided that the profile goes on."),
        "settle": _l("It is decided how the profile goes on."),
    },
    means={
        "review": _l(
            "Confirm that the profile is alive and yours. The register shows the day. "
            "Numbers are filled from the last review."
        ),
        "ask_closing": _l("The supervisor decides. Nothing is published yet."),
        "go_on": _l("The profile stays in use. An office profile needs two admins first."),
    },
    told={
        "review": _l("Reviewed. The register shows that the profile was confirmed today."),
        "ask_closing": _l("The supervisor has been asked."),
        "go_on": _l("The profile goes on."),
    },
)

ABSENCE = Vocabulary(
    states={
        N.PRESENT: Tag(_l("Looked after as usual"), "ok", "check"),
        N.AWAY: Tag(_l("Absence announced"), "wait", "clock"),
    },
    buttons={
        "announce_absence": _l("Announce an absence"),
        "change_absence": _l("Change the absence"),
        "end_absence": _l("End the absence"),
    },
    done={
        "announce_absence": _l("%(actor)s announced an absence."),
        "change_absence": _l("%(actor)s changed the announced absence."),
        "end_absence": _l("The absence ended."),
    },
    means={
        "announce_absence": _l(
            "The register tells the days and what you write here while the absence lasts, "
            "never why. Nobody is asked for a reason."
        ),
        "change_absence": _l("The register tells the new days from now on."),
        "end_absence": _l("The register no longer tells of it."),
    },
    told={
        "announce_absence": _l("The register tells of the absence. Paste the text in the profile."),
        "change_absence": _l("The absence is changed. Change the text in the profile too."),
        "end_absence": _l("The absence has ended. Remove the text from the profile."),
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
    means={
        "allow": _l("The profile may be listed under an address that was not decided on."),
        "drop": _l("The address is not used. An admin can type another."),
    },
    told={
        "type": _l("The address is saved. Another person confirms it."),
        "allow": _l("The address is allowed."),
        "confirm": _l("The address is in the register."),
        "drop": _l("The address is dropped."),
    },
)

ALARM = Vocabulary(
    states={
        L.CLEAR: Tag(_l("In the town's hands"), "ok", "check"),
        L.HIJACKED: Tag(_l("Taken over, do not trust"), "bad", "stop"),
        L.LOST: Tag(_l("Lost in the service"), "bad", "stop"),
    },
    buttons={
        "flag_hijacked": _l("Mark as taken over"),
        "flag_lost": _l("Mark as lost"),
        "propose_clear": _l("Propose to clear the alarm"),
        "clear": _l("Clear the alarm"),
    },
    done={
        "flag_hijacked": _l("%(actor)s marked the profile as taken over by somebody else."),
        "flag_lost": _l("%(actor)s marked the profile as lost: the town cannot get in."),
        "propose_clear": _l("%(actor)s checked the profile and proposed to clear the alarm."),
        "clear": _l("%(actor)s cleared the alarm: the profile is in the town's hands."),
    },
    means={
        "flag_hijacked": _l(
            "The register and the check warn of the profile at once. Change the passwords you "
            "still can, and start the service's own account recovery."
        ),
        "flag_lost": _l(
            "For a profile that the service locked or removed, or that the town cannot get into. "
            "The register and the check tell where to reach you meanwhile."
        ),
        "propose_clear": _l(
            "Say what you checked: passwords, admins, two-step sign-in, posts and messages. "
            "Another keeper or the supervisor then clears the alarm."
        ),
        "clear": _l("You confirm as the second person that the profile is in the town's hands."),
    },
    told={
        "flag_hijacked": _l("The register and the check now warn of the profile."),
        "flag_lost": _l("The register and the check now tell where to reach the town."),
        "propose_clear": _l("Noted. A second person clears the alarm."),
        "clear": _l("The warning is gone from the register and the check."),
    },
    kinds={"flag_hijacked": "bad", "flag_lost": "bad"},
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

ENDED = {
    "deactivated": _l("it was removed from the service"),
    "handle_kept": _l("it was locked, and the user name stays with the town"),
}
MESSAGES = {
    "answered": _l("We answer private messages."),
    "not_read": _l("We do not read private messages."),
    "closed": _l("Private messages are closed."),
}


def title(profile: Profile) -> Any:
    """The profile as people speak of it: name and service."""
    return f"{profile.name}, {profile.platform.name}"


def address_title(address: Address) -> Any:
    """The profile whose address it is."""
    return title(address.profile)


def path(profile: Profile) -> str:
    """The path of the profile's page."""
    return f"/profiles/{profile.id}"


def address_place(address: Address) -> str:
    """The path of the page where the address is shown."""
    return f"/profiles/{address.profile_id}"


HISTORY = {
    "neighbour": {
        "add": _l("%(actor)s added a name or address to the known neighbours."),
        "remove": _l("%(actor)s removed a name or address from the known neighbours."),
    },
    "likely_fake": {"look": _l("%(actor)s looked for fakes that are to be expected.")},
}
