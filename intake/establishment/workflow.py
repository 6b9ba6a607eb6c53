"""The steps of an establishment request (domain: from draft to decided), stated once."""

from intake.engine import legal_hold
from intake.engine.earlier_steps import earlier
from intake.engine.table import CLOCK, EFFECT, NOTHING, STAY, Deadline, Nudge, Step, Workflow
from intake.establishment import effects, sending
from intake.establishment.parties import (
    admins,
    asked_admin,
    decider,
    decider_desk,
    former_decider,
    free_keeper,
    keepers,
    keepers_of_sent,
    next_up,
    other_heads,
    passed_over,
    requester,
    staff,
    stood_in_for,
    subject,
)
from intake.establishment.rules import (
    completion_time_is_over,
    consent_is_given,
    consent_is_missing,
    consent_is_settled,
    consent_is_valid,
    decider_has_changed,
    platform_is_approved_or_explained,
    request_is_complete,
    target_may_decide,
    terms_are_checked,
    training_is_known_or_explained,
)
from intake.establishment.states import RequestState as S
from intake.establishment.step_forms import (
    ApproveForm,
    ConsentForm,
    HandOnForm,
    HoldForm,
    LiftForm,
    ReasonForm,
    RejectForm,
    ReturnForm,
    WithdrawForm,
)

OWN_MATTER = ("start", "submit", "ask_consent", "consent", "accept_part")

# fmt: off
STEPS = (
    Step("start", (NOTHING,), S.DRAFT, by=(staff,), page="establishment.start",
         clauses=("O1", "P1", "P2", "E0")),
    Step("save", (S.DRAFT, S.RETURNED), STAY, by=(requester,), page="establishment.page",
         effect=effects.save, clauses=("O1",)),
    Step("discard", (S.DRAFT,), NOTHING, by=(requester, CLOCK, EFFECT),
         when=(legal_hold.is_not_held,), effect=effects.discard, tells=(requester,)),
    Step("submit", (S.DRAFT, S.RETURNED), S.SUBMITTED, by=(requester,), when=(consent_is_settled,),
         needs=(request_is_complete,), effect=sending.freeze,
         tells=(decider_desk, requester, passed_over, asked_admin, other_heads),
         clauses=("O1", "O2", "O3", "P1")),
    Step("ask_consent", (S.DRAFT, S.RETURNED), S.AWAITING_CONSENT, by=(requester,),
         when=(consent_is_missing,), needs=(request_is_complete,), effect=sending.freeze,
         tells=(subject,), clauses=("E2", "P2")),
    Step("consent", (S.AWAITING_CONSENT,), S.SUBMITTED, by=(subject,), needs=(request_is_complete,),
         form=ConsentForm, effect=effects.consent, tells=(decider_desk, requester, passed_over),
         clauses=("E2",)),
    Step("decline_consent", (S.AWAITING_CONSENT,), S.DRAFT, by=(subject,), tells=(requester,),
         clauses=("E2",)),
    Step("take_back", (S.AWAITING_CONSENT,), S.DRAFT, by=(requester,), tells=(subject,),
         clauses=("E2",)),
    Step("consent_lapses", (S.AWAITING_CONSENT,), S.DRAFT, by=(CLOCK,), tells=(requester, subject),
         clauses=("E2",)),
    Step("accept_part", (S.SUBMITTED, S.RETURNED), STAY, by=(asked_admin,),
         effect=effects.accept_part, clauses=("P1", "O4")),
    Step("decline_part", (S.SUBMITTED, S.RETURNED), STAY, by=(asked_admin,),
         effect=effects.decline_part, tells=(requester, decider), clauses=("P1", "O4")),
    Step("hand_on", (S.SUBMITTED,), STAY, by=(decider, free_keeper), needs=(target_may_decide,),
         form=HandOnForm, effect=effects.hand_on, tells=(decider_desk, former_decider, requester),
         clauses=("O3",)),
    Step("disqualify", (S.SUBMITTED,), STAY, by=(decider,), effect=effects.disqualify,
         tells=(decider_desk, requester, keepers), clauses=("O3",)),
    Step("reroute", (S.SUBMITTED, S.RETURNED), STAY, by=(CLOCK, EFFECT),
         when=(decider_has_changed,), effect=effects.reroute,
         tells=(decider_desk, former_decider, requester), clauses=("O3",)),
    Step("return", (S.SUBMITTED,), S.RETURNED, by=(decider,), form=ReturnForm,
         effect=effects.give_back, tells=(requester, subject, stood_in_for), clauses=("O3",)),
    Step("approve", (S.SUBMITTED,), S.APPROVED, by=(decider,),
         needs=(consent_is_valid, terms_are_checked, training_is_known_or_explained,
                platform_is_approved_or_explained), form=ApproveForm, effect=effects.approve,
         tells=(requester, admins, subject, keepers, stood_in_for),
         clauses=("O3", "O5", "E1", "E2", "P11", "G1", "G7"), apart_from=OWN_MATTER),
    Step("reject", (S.SUBMITTED,), S.REJECTED, by=(decider,), form=RejectForm,
         effect=effects.reject, tells=(requester, subject, stood_in_for), clauses=("O3",),
         apart_from=OWN_MATTER),
    Step("withdraw", (S.SUBMITTED, S.RETURNED, S.AWAITING_CONSENT), S.WITHDRAWN, by=(requester,),
         form=WithdrawForm, tells=(decider, subject), clauses=("O3",)),
    Step("withdraw_consent", (S.SUBMITTED, S.RETURNED), S.WITHDRAWN, by=(subject,),
         when=(consent_is_given,), effect=effects.withdraw_consent, tells=(requester, decider),
         clauses=("E2",)),
    Step("employment_ends", (S.SUBMITTED, S.RETURNED, S.AWAITING_CONSENT), S.WITHDRAWN,
         by=(EFFECT,), tells=(requester, admins, subject, decider), clauses=("E0",)),
    Step("admin_leaves", (S.SUBMITTED, S.RETURNED), STAY, by=(EFFECT,), effect=effects.admin_leaves,
         tells=(requester, decider), clauses=("P1", "O4")),
    Step("lapse", (S.RETURNED,), S.LAPSED, by=(decider,), when=(completion_time_is_over,),
         form=ReasonForm, effect=effects.lapse, tells=(requester, subject, stood_in_for),
         clauses=("O3",)),
    Step("hold", tuple(S), STAY, by=(keepers_of_sent,), when=(legal_hold.is_not_held,),
         form=HoldForm, effect=legal_hold.hold, tells=(keepers_of_sent,), clauses=("P7",)),
    Step("lift_hold", tuple(S), STAY, by=(keepers_of_sent,), when=(legal_hold.is_held,),
         form=LiftForm, effect=legal_hold.lift, tells=(keepers_of_sent,), clauses=("P7",)),
)

DEADLINES = (
    Deadline(S.DRAFT, "edited_at", "draft_days", (Nudge(-90, (requester,)),), step="discard"),
    Deadline(S.AWAITING_CONSENT, "state_since", "consent_days", (Nudge(-23, (subject,)),),
             step="consent_lapses"),
    Deadline(S.SUBMITTED, "state_since", "decision_working_days",
             (Nudge(-5, (decider,)), Nudge(0, (decider,)), Nudge(5, (next_up,))), working=True),
    Deadline(S.RETURNED, "complete_by", None, (Nudge(-3, (requester,)), Nudge(0, (decider,)))),
)
# fmt: on

WORKFLOW = Workflow(
    name="request",
    states=S,
    steps=STEPS,
    earlier=earlier,
    ends=frozenset({S.APPROVED, S.LAPSED, S.REJECTED, S.WITHDRAWN}),
    deadlines=DEADLINES,
)
