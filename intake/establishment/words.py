"""The words of a request: tags of its states, buttons of its steps, sentences of its history."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intake import clock
from intake.engine import legal_hold
from intake.engine.tracks import Tag, Vocabulary
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.web import templating

SOON = 3  # days

WORDS = Vocabulary(
    states={
        S.DRAFT: Tag(_l("Draft"), "calm", "dot"),
        S.AWAITING_CONSENT: Tag(_l("Awaiting consent"), "wait", "clock"),
        S.SUBMITTED: Tag(_l("Awaiting decision"), "wait", "clock"),
        S.RETURNED: Tag(_l("Returned for completion"), "warn", "return"),
        S.APPROVED: Tag(_l("Approved"), "ok", "check"),
        S.REJECTED: Tag(_l("Rejected"), "calm", "stop"),
        S.WITHDRAWN: Tag(_l("Withdrawn"), "calm", "stop"),
        S.LAPSED: Tag(_l("Lapsed"), "calm", "stop"),
    },
    buttons={
        "start": _l("Request a new profile"),
        "save": _l("Save and continue"),
        "discard": _l("Delete the draft"),
        "submit": _l("Send for decision"),
        "ask_consent": _l("Ask for consent"),
        "consent": _l("I give my consent"),
        "decline_consent": _l("I do not give my consent"),
        "take_back": _l("Take back for editing"),
        "consent_lapses": _l("The time for consent is over"),
        "accept_part": _l("I accept being an admin"),
        "decline_part": _l("I decline being an admin"),
        "hand_on": _l("Pass to someone else"),
        "disqualify": _l("I have a conflict of interest"),
        "reroute": _l("The decision moves"),
        "return": _l("Return for completion"),
        "approve": _l("Approve"),
        "reject": _l("Reject"),
        "withdraw": _l("Withdraw request"),
        "withdraw_consent": _l("Withdraw consent"),
        "lapse": _l("Declare lapsed"),
        **legal_hold.BUTTONS,
    },
    done={
        "start": _l("%(actor)s began the request."),
        "save": _l("%(actor)s changed the request."),
        "discard": _l("%(actor)s deleted the draft."),
        "submit": _l("%(actor)s sent the request for decision."),
        "ask_consent": _l("%(actor)s asked the expert for consent."),
        "consent": _l("%(actor)s gave consent."),
        "decline_consent": _l("%(actor)s did not give consent."),
        "take_back": _l("%(actor)s took the request back for editing."),
        "consent_lapses": _l("No consent came in time. The request is a draft again."),
        "accept_part": _l("%(actor)s agreed to be an admin."),
        "decline_part": _l("%(actor)s declined to be an admin."),
        "hand_on": _l("%(actor)s passed the decision to someone else."),
        "disqualify": _l("%(actor)s declared a conflict of interest."),
        "reroute": _l("The decision moved to another supervisor."),
        "return": _l("%(actor)s returned the request for completion."),
        "approve": _l("%(actor)s approved the request."),
        "reject": _l("%(actor)s rejected the request."),
        "withdraw": _l("%(actor)s withdrew the request."),
        "withdraw_consent": _l("%(actor)s withdrew their consent."),
        "employment_ends": _l("Somebody without whom it cannot go on has left: it is withdrawn."),
        "admin_leaves": _l("An admin has left the town's service."),
        "lapse": _l("%(actor)s declared the request lapsed."),
        **legal_hold.DONE,
    },
    headings={
        "submit": _l("Send the request for decision?"),
        "ask_consent": _l("Ask the expert for consent?"),
        "discard": _l("Delete the draft?"),
        "consent": _l("Do you give your consent to this profile?"),
        "decline_consent": _l("Do you decline?"),
        "take_back": _l("Take the request back for editing?"),
        "accept_part": _l("Do you agree to be an admin of this profile?"),
        "decline_part": _l("Do you decline to be an admin?"),
        "hand_on": _l("Who should decide instead?"),
        "disqualify": _l("Do you have a conflict of interest?"),
        "return": _l("What should be completed?"),
        "approve": _l("Approve the request"),
        "reject": _l("Why do you reject the request?"),
        "withdraw": _l("Withdraw the request?"),
        "withdraw_consent": _l("Withdraw your consent?"),
        "lapse": _l("Why does the request lapse?"),
    },
    means={
        "submit": _l(
            "The supervisor is told at once. You can withdraw the request until it is decided."
        ),
        "ask_consent": _l(
            "The expert gives consent in their own sign-in. Then it goes to the supervisor."
        ),
        "discard": _l("Everything you have written in it is removed. This cannot be undone."),
        "consent": _l("Only you can give it. You need no reason to decline."),
        "decline_consent": _l(
            "You need no reason. The request becomes a draft again and the requester is told."
        ),
        "take_back": _l("It becomes a draft again. Consent is asked anew when you send it."),
        "accept_part": _l(
            "Your name and work task are published in the register of official profiles."
        ),
        "decline_part": _l("The requester and the supervisor are told. You need no reason."),
        "hand_on": _l("The requester sees your reasons. You cannot get the request back."),
        "disqualify": _l(
            "The decision moves to the next supervisor. You cannot get the request back."
        ),
        "return": _l("The requester sees your remarks beside the parts they concern."),
        "approve": _l("The profile is set up next. It gets into the register when set-up is done."),
        "reject": _l("The requester sees your reasons and who gives more information."),
        "withdraw": _l("It is not decided any more. You can make a new request later."),
        "withdraw_consent": _l("The request ends. You need no reason."),
        "lapse": _l("It was not completed in time. The requester sees your reasons."),
        **legal_hold.MEANS,
    },
    kinds={
        "discard": "bad",
        "decline_consent": "second",
        "decline_part": "second",
        "reject": "bad",
        "withdraw": "bad",
        "withdraw_consent": "bad",
        "lapse": "bad",
    },
)


def title(request: Request) -> str:
    """The request as people speak of it: name and service."""
    if not request.name:
        return str(_("A request without a name"))
    return f"{request.name}, {request.platform.name}" if request.platform else request.name


def thing(request: Request) -> str:
    """The request with its number, as a sentence names it."""
    return f"{request.reference}, {title(request)}" if request.reference else title(request)


def tag(request: Request) -> Tag:
    """The request's state as people see it."""
    return WORDS.states[request.state or S.DRAFT]


def address(request: Request) -> str:
    """The path of the request's page."""
    return f"/establishment/{request.id}"


def due(until: datetime | None) -> Tag | None:
    """A deadline as a tag: late, soon or later."""
    if until is None:
        return None
    days = (clock.today(until) - clock.today()).days
    if days < 0:
        return Tag(_("Was due on %(day)s", day=templating.short_date(until)), "bad", "clock")
    kind = "warn" if days <= SOON else "wait"
    return Tag(_("By %(day)s", day=templating.short_date(until)), kind, "clock")


def left(until: datetime | None, now: datetime) -> str:
    """How far off a day is, in words."""
    days = (clock.today(until) - clock.today(now)).days if until else None
    if days is None:
        return ""
    if days == 0:
        return str(_("today"))
    if days < 0:
        return str(ngettext("%(num)s day late", "%(num)s days late", -days))
    return str(ngettext("in %(num)s day", "in %(num)s days", days))
