"""The words of cases: tags of states, buttons of steps, sentences of history."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from intake import addresses
from intake.engine import legal_hold
from intake.engine.tracks import Tag, Vocabulary
from intake.fakes.models import Case
from intake.fakes.states import CaseState as C
from intake.fakes.states import Ground, Held, Outcome, Priority, UnitAnswer, Way
from intake.fakes.states import PoliceState as P

CASE = Vocabulary(
    states={
        C.RECEIVED: Tag(_l("Received"), "wait", "dot"),
        C.UNDER_REVIEW: Tag(_l("Under review"), "wait", "half"),
        C.NEEDS_INFO: Tag(_l("More information asked"), "wait", "clock"),
        C.DUPLICATE: Tag(_l("Merged with another case"), "calm", "stop"),
        C.SPAM: Tag(_l("Found improper"), "calm", "stop"),
        C.NOT_FAKE: Tag(_l("Not a fake"), "calm", "check"),
        C.CONFIRMED: Tag(_l("Confirmed as a fake"), "bad", "stop"),
        C.PLATFORM_NOTIFIED: Tag(_l("Service notified"), "wait", "clock"),
        C.NO_ANSWER: Tag(_l("No answer"), "warn", "clock"),
        C.PLATFORM_REFUSED: Tag(_l("Service did not remove it"), "warn", "stop"),
        C.ESCALATED: Tag(_l("Taken further"), "warn", "half"),
        C.TAKEN_DOWN: Tag(_l("Removed"), "ok", "check"),
        C.CLOSED_UNRESOLVED: Tag(_l("Ended, not removed"), "calm", "stop"),
        C.REOPENED: Tag(_l("Opened again"), "wait", "dot"),
        C.RECOVERING: Tag(_l("Own profile being got back"), "bad", "half"),
        C.RECOVERED: Tag(_l("Own profile got back"), "ok", "check"),
    },
    buttons={
        "join": _l("Send report"),
        "add": _l("Add information"),
        "answer": _l("Send answer"),
        "assign": _l("Assign"),
        "take": _l("Take this case"),
        "exclude": _l("Exclude a person"),
        "reveal": _l("Show the reporter's data"),
        "ask_reporter": _l("Ask for more information"),
        "go_on": _l("Go on without an answer"),
        "merge": _l("Merge"),
        "unmerge": _l("Undo the merge"),
        "add_key": _l("Add an address"),
        "widen": _l("Call the whole site a fake"),
        "split": _l("Part"),
        "set_aside": _l("Set aside as improper"),
        "restore": _l("Restore"),
        "dismiss": _l("Not a fake profile"),
        "ask_second": _l("Ask for a second opinion"),
        "second": _l("Give a second opinion"),
        "confirm": _l("Confirm as a fake profile"),
        "notify": _l("Check and send notice"),
        "note_receipt": _l("Note the acknowledgement"),
        "note_no_answer": _l("Note that no answer came"),
        "note_refusal": _l("Note the refusal"),
        "escalate": _l("Take it further"),
        "note_takedown": _l("Note as removed"),
        "recheck": _l("Note a new look"),
        "close_unresolved": _l("End it although not removed"),
        "warn_public": _l("Warn the public"),
        "end_warning": _l("End the public warning"),
        "retract": _l("Retract the confirmation"),
        "reopen": _l("Open again"),
        "recover": _l("It is our own: get it back"),
        "file_recovery": _l("Note a request to get it back"),
        "open_recovery": _l("Get the profile back"),
        "end_recovery": _l("It is in our hands again"),
        "give_up_recovery": _l("Give the profile up"),
        "note": _l("Write a note"),
        "look": _l("Note your own look"),
        "prioritise": _l("Change the priority"),
        "aim": _l("Say whom it imitates"),
        "end_exclusion": _l("End an exclusion"),
        **legal_hold.BUTTONS,
    },
    done={
        "open": _l("A report came, and the case was opened."),
        "join": _l("Another report came."),
        "add": _l("The reporter added something."),
        "answer": _l("The reporter answered."),
        "assign": _l("%(actor)s assigned the case."),
        "take": _l("%(actor)s took the case."),
        "exclude": _l("%(actor)s excluded a person from the case."),
        "reveal": _l("%(actor)s opened protected data."),
        "ask_reporter": _l("%(actor)s asked the reporter for more information."),
        "go_on": _l("%(actor)s went on without an answer."),
        "merge": _l("%(actor)s merged the case with another."),
        "unmerge": _l("%(actor)s undid the merge."),
        "add_key": _l("%(actor)s added an address."),
        "widen": _l("%(actor)s called a whole site a fake."),
        "split": _l("%(actor)s parted the case."),
        "set_aside": _l("%(actor)s set the case aside as improper."),
        "restore": _l("%(actor)s restored the case."),
        "dismiss": _l("%(actor)s found that it is no fake profile."),
        "ask_second": _l("%(actor)s asked for a second opinion."),
        "second": _l("%(actor)s gave a second opinion."),
        "confirm": _l("%(actor)s confirmed that it is a fake profile."),
        "notify": _l("%(actor)s sent a notice to the service."),
        "note_receipt": _l("%(actor)s noted that the service acknowledged a notice."),
        "note_no_answer": _l("%(actor)s noted that the service has not answered."),
        "note_refusal": _l("%(actor)s noted that the service refused."),
        "escalate": _l("%(actor)s took the case further."),
        "note_takedown": _l("%(actor)s noted that the profile is gone."),
        "recheck": _l("%(actor)s looked at it again."),
        "close_unresolved": _l("%(actor)s ended the case although it was not removed."),
        "warn_public": _l("%(actor)s warned the public."),
        "end_warning": _l("The public warning ended."),
        "retract": _l("%(actor)s retracted the confirmation."),
        "reopen": _l("%(actor)s opened the case again."),
        "recover": _l("%(actor)s found that it is a profile of the town's own."),
        "file_recovery": _l("%(actor)s noted a request to get the profile back."),
        "open_recovery": _l("%(actor)s began to get the profile back."),
        "end_recovery": _l("%(actor)s noted that the town holds its profile again."),
        "give_up_recovery": _l("%(actor)s gave the profile up."),
        "note": _l("%(actor)s wrote a note."),
        "look": _l("%(actor)s looked at the profile."),
        "prioritise": _l("%(actor)s changed the priority."),
        "aim": _l("%(actor)s said whom the profile imitates."),
        "end_exclusion": _l("%(actor)s let an excluded person see the case again."),
        **legal_hold.DONE,
    },
    means={
        "widen": _l(
            "From now on the check says of every page of the site that it is not the town's. Do "
            "this only where the whole site belongs to whoever made the fake."
        ),
        "exclude": _l("The person finds the case nowhere, and gets no message of it."),
        "merge": _l("Nothing is lost, and the merge can be undone."),
        "split": _l(
            "The chosen reports and addresses become a case of their own, with its own time."
        ),
        "set_aside": _l("The case leaves the queue. Nothing is thrown away: it can be restored."),
        "dismiss": _l("Reporters learn the reason group. The address can be listed again."),
        "confirm": _l("From now on the check says that this is not the town's profile."),
        "ask_second": _l(
            "The account looks like a private person's. Another handler gives an opinion before it "
            "is decided on; it is on their desk now."
        ),
        "retract": _l("The check, the follow pages and a public warning change at once."),
        "end_exclusion": _l("Another handler than the excluded person decides on this."),
        "reopen": _l("The case is on the queue again, with its history."),
        "note_receipt": _l("The service has said that it received the notice."),
        "note_no_answer": _l("The service has not answered in time. The lead handler is told."),
        "note_refusal": _l(
            "The refusal of a notice of illegal content starts six months in which the town can "
            "complain to the service. A refused report of breached rules gives no such right: send "
            "a notice of illegal content."
        ),
        "escalate": _l("The case goes beyond the ordinary notice."),
        "warn_public": _l(
            "Shown at once on the start page, the register and the profile's entry. Never name the "
            "fake profile, its address or who is behind it."
        ),
        "end_warning": _l("The warning disappears from the public pages at once."),
        "recover": _l(
            "The address is the town's own. The register and the check warn at once, and everybody "
            "who looks after the profile is told."
        ),
        "open_recovery": _l(
            "The register and the check warn at once, and everybody who looks after the profile is "
            "told."
        ),
        "file_recovery": _l("The town has asked the service to give the profile back."),
        "end_recovery": _l(
            "The alarm was cleared by two people: the town holds its profile again."
        ),
        "give_up_recovery": _l(
            "The profile is closed. Whoever uses its address now is not the town, and the case "
            "goes on as that of a fake profile."
        ),
        **legal_hold.MEANS,
    },
    told={
        "take": _l("The case is yours."),
        "assign": _l("The case is assigned."),
        "exclude": _l("The person sees nothing of the case any more."),
        "reveal": _l("The data are open to you for ten minutes."),
        "ask_reporter": _l("The question waits on the reporter's follow page."),
        "go_on": _l("The case goes on without an answer."),
        "merge": _l("The cases are merged."),
        "unmerge": _l("The merge is undone."),
        "add_key": _l("The address is added."),
        "split": _l("The parts have a case of their own now."),
        "set_aside": _l("The case is set aside. It can be restored."),
        "restore": _l("The case waits to be looked at again."),
        "dismiss": _l("The case ends: it is no fake profile."),
        "ask_second": _l("The other handlers are asked for an opinion."),
        "second": _l("Your opinion is recorded."),
        "confirm": _l("The profile is confirmed as a fake. The check tells it from now on."),
        "note_takedown": _l("It is recorded. Somebody looks again after 7, 30 and 90 days."),
        "recheck": _l("Your look is recorded."),
        "close_unresolved": _l("The case ends. Somebody looks at it again in a year."),
        "retract": _l("The confirmation is retracted. The check says nothing of it any more."),
        "reopen": _l("The case is open again."),
        "note": _l("The note is kept."),
        "look": _l("Your look is recorded."),
        "prioritise": _l("The priority is changed."),
        "aim": _l("It is recorded whom the profile imitates."),
        "end_exclusion": _l("The person sees the case again."),
    },
    kinds={
        "set_aside": "bad",
        "close_unresolved": "bad",
        "retract": "bad",
        "exclude": "bad",
        "warn_public": "bad",
        "recover": "bad",
        "open_recovery": "bad",
        "give_up_recovery": "bad",
    },
)

POLICE = Vocabulary(
    states={
        P.NOT_CONSIDERED: Tag(_l("Not considered yet"), "wait", "dot"),
        P.NOT_NEEDED: Tag(_l("Not needed"), "calm", "check"),
        P.VICTIM_ADVISED: Tag(_l("The injured party was advised"), "calm", "half"),
        P.FILED_BY_VICTIM: Tag(_l("The injured party reported it"), "ok", "check"),
        P.FILED_BY_TOWN: Tag(_l("The town reported it"), "ok", "check"),
        P.INVESTIGATION_ENDED: Tag(_l("Investigation ended"), "calm", "stop"),
    },
    buttons={
        "decide_not_needed": _l("The police are not needed"),
        "advise_victim": _l("Note that the injured party was advised"),
        "note_victims_report": _l("Note the injured party's report"),
        "file": _l("Note the town's report to the police"),
        "end_investigation": _l("Note the end of the investigation"),
        "reconsider": _l("Consider the police again"),
    },
    done={
        "decide_not_needed": _l("%(actor)s decided that the police are not needed."),
        "advise_victim": _l("%(actor)s advised the injured party."),
        "note_victims_report": _l("%(actor)s noted the injured party's report to the police."),
        "file": _l("%(actor)s reported it to the police."),
        "end_investigation": _l("%(actor)s noted the end of the investigation."),
        "reconsider": _l("The police are considered again."),
    },
    means={
        "advise_victim": _l(
            "Identity theft is investigated only if the injured party demands punishment. Tell "
            "them so, and how to report it."
        ),
        "file": _l("Make the packet for the police first, and note here what was reported."),
    },
)

DUE = {  # what is expected next, on the timeline
    C.RECEIVED: _l("Somebody takes the case"),
    C.REOPENED: _l("Somebody takes the case"),
    C.UNDER_REVIEW: _l("It is decided what it is"),
    C.NEEDS_INFO: _l("The reporter's answer"),
    C.CONFIRMED: _l("Notice to the service"),
    C.PLATFORM_NOTIFIED: _l("The service's answer"),
    C.NO_ANSWER: _l("It is taken further"),
    C.PLATFORM_REFUSED: _l("The next step is chosen"),
    C.ESCALATED: _l("Next check"),
    C.RECOVERING: _l("The profile is in the town's hands"),
    C.TAKEN_DOWN: _l("Next look"),
    C.CLOSED_UNRESOLVED: _l("Next look"),
}

PRIORITIES = {Priority.NORMAL: _l("ordinary"), Priority.URGENT: _l("urgent")}
OUTCOMES = {
    Outcome.REMOVED: _l("removed"),
    Outcome.RESTRICTED: _l("restricted"),
    Outcome.LABELLED: _l("labelled as fake"),
    Outcome.RENAMED: _l("renamed: it no longer pretends"),
    Outcome.HIDDEN_IN_EU: _l("hidden in the EU"),
    Outcome.GONE: _l("gone without an answer"),
}
GROUNDS = {
    Ground.OFFICIAL: _l("an official profile of the town"),
    Ground.WAS_OFFICIAL: _l("was an official profile, now closed"),
    Ground.NAMESAKE: _l("a namesake or a private person"),
    Ground.PARODY: _l("parody or criticism"),
    Ground.OTHER_BODY: _l("another body's service"),
    Ground.NOT_FOUND: _l("not found"),
    Ground.NO_HARM: _l("no harm to the town"),
}
UNIT_ANSWERS = {
    UnitAnswer.NOT_OURS: _l("the account is not ours"),
    UnitAnswer.NO_LONGER_OURS: _l("it was ours, we do not hold it any more"),
    UnitAnswer.NOT_REACHED: _l("not reached within one working day"),
}
HELD = {
    Held.TRAP: _l("a hidden field was filled in"),
    Held.FAST: _l("sent very fast"),
    Held.FLOOD: _l("sent in a flood without proof of work"),
}
WAYS = {
    Way.RULES: _l("breach of the service's rules"),
    Way.ART16: _l("illegal content"),
    Way.COMPLAINT: _l("complaint about a decision"),
    Way.BODY: _l("certified out-of-court body"),
    Way.DSC: _l("complaint to Traficom"),
    Way.POLICE: _l("report to the police"),
    Way.RECOVERY: _l("request to get the account back"),
}
HISTORY = {  # of what is no step of the case
    "watch": {
        "there": _l("%(actor)s looked: the genuine profile is there."),
        "gone": _l("%(actor)s looked: the genuine profile is gone."),
    },
    "case": {"packet": _l("%(actor)s made the packet for the police.")},
}


def title(case: Case) -> Any:
    """What a case is called among staff."""
    return f"{case.reference} {name(case)}"


def name(case: Case) -> str:
    """Handle or name of the reported profile, in such a way that no program makes a link of what
    is an address (G6)."""
    is_address = case.platform_code == "web" or "/" in case.name
    return defanged(case.name) if is_address else case.name


def defanged(text: str) -> str:
    """Whatever was typed as an address, in lines and words, so that no click follows it (G6)."""
    return re.sub(r"\S+", lambda word: addresses.defang(word[0]), text)


def path(case: Case) -> str:
    """The path of its page."""
    return f"/cases/{case.id}"
