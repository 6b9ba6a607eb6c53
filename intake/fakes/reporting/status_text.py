"""What the follow page says: fixed sentences for each stage, with nothing of the case but dates,
the ground and the outcome (P5, A60)."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.fakes import words
from intake.fakes.reporting.report_status import Point, Stage, Status
from intake.fakes.states import Ground, Outcome
from intake.web import templating

TITLES = {  # in the list of stages
    Stage.RECEIVED: _l("Received"),
    Stage.HANDLED: _l("Being handled"),
    Stage.AGAIN: _l("Being handled again"),
    Stage.ASKED: _l("More information asked"),
    Stage.NOT_FAKE: _l("Found not to be a fake profile"),
    Stage.IMPROPER: _l("Ended, no action is taken"),
    Stage.CONFIRMED: _l("Found to be a fake profile"),
    Stage.NOTIFIED: _l("Reported to the service provider"),
    Stage.NO_ANSWER: _l("No answer from the service provider"),
    Stage.REFUSED: _l("The service provider did not remove it"),
    Stage.ESCALATED: _l("Taken further"),
    Stage.GONE: _l("Removed"),
    Stage.UNRESOLVED: _l("Ended, not removed"),
    Stage.RECOVERING: _l("The town's own profile, being taken back"),
    Stage.RECOVERED: _l("The town controls the profile again"),
}
HEADINGS = {
    Stage.RECEIVED: _l("We have received your report"),
    Stage.HANDLED: _l("We are handling your report"),
    Stage.AGAIN: _l("We are handling the matter again"),
    Stage.ASKED: _l("We need more information"),
    Stage.NOT_FAKE: _l("This is not a fake profile"),
    Stage.IMPROPER: _l("The matter has ended, and no action is taken"),
    Stage.CONFIRMED: _l("We have found that the profile is fake"),
    Stage.NOTIFIED: _l("We have reported the profile to its service provider"),
    Stage.NO_ANSWER: _l("The service provider has not answered"),
    Stage.REFUSED: _l("The service provider did not remove the profile"),
    Stage.ESCALATED: _l("We have taken the matter further"),
    Stage.GONE: _l("The profile has been removed"),
    Stage.UNRESOLVED: _l("The matter has ended, and the profile was not removed"),
    Stage.RECOVERING: _l("The profile is the town's own, and we are taking it back"),
    Stage.RECOVERED: _l("The town controls the profile again"),
}
OUTCOMES = {  # a takedown of another kind, as a heading
    Outcome.RESTRICTED: _l("The service provider has restricted the profile"),
    Outcome.LABELLED: _l("The service provider has labelled the profile as fake"),
    Outcome.RENAMED: _l("The profile no longer pretends to be another"),
    Outcome.HIDDEN_IN_EU: _l("The profile can no longer be seen in the EU"),
    Outcome.GONE: _l("The profile is gone"),
}
NEXT = {  # what comes, without a day
    Stage.RECEIVED: _l("A case handler will read it as soon as possible."),
    Stage.HANDLED: _l("We are finding out whether the profile is fake."),
    Stage.AGAIN: _l("We are finding out how things are now."),
    Stage.ASKED: _l("Answer the case handler's question below."),
    Stage.IMPROPER: _l("You can still add information."),
    Stage.CONFIRMED: _l("Next we report it to its service provider."),
    Stage.NOTIFIED: _l("We are waiting for an answer."),
    Stage.NO_ANSWER: _l("We are pursuing the matter."),
    Stage.REFUSED: _l("We go on and choose the next step."),
    Stage.ESCALATED: _l("We go on with the matter."),
    Stage.GONE: _l("If you see the profile again, tell us here."),
    Stage.UNRESOLVED: _l(
        "We have tried all the means we have. Do not trust the profile, and give it no information."
    ),
    Stage.RECOVERING: _l("Do not trust its messages now."),
    Stage.RECOVERED: _l("The matter has ended. You can still add information."),
}
BY = {  # the same with the day by which it comes
    Stage.RECEIVED: _l("A case handler will read it by %(day)s."),
    Stage.HANDLED: _l("We are finding out whether the profile is fake, by %(day)s."),
    Stage.ASKED: _l("Answer the case handler's question below by %(day)s."),
    Stage.NOTIFIED: _l("We are waiting for an answer. We check the situation by %(day)s."),
    Stage.ESCALATED: _l("We go on with the matter. We check the situation by %(day)s."),
    Stage.GONE: _l(
        "We check by %(day)s that it has not come back. If you see it again, tell us here."
    ),
}


def title(point: Point) -> str:
    """A stage in the list of stages; of a takedown its outcome."""
    if point.stage is Stage.GONE and point.code:
        outcome: str = templating.capital(str(words.OUTCOMES[Outcome(point.code)]))
        return outcome
    return str(TITLES[point.stage])


def heading(status: Status) -> str:
    """How it stands, as a sentence."""
    special: Any = None
    if status.now.stage is Stage.GONE and status.now.code:
        special = OUTCOMES.get(Outcome(status.now.code))
    return str(special or HEADINGS[status.now.stage])


def following(status: Status) -> str:
    """What comes next, with its day where there is one."""
    stage = status.now.stage
    if stage is Stage.NOT_FAKE:
        ground = str(words.GROUNDS[Ground(status.now.code)])
        return str(_("Our ground: %(ground)s. You can still add information.", ground=ground))
    if status.due is not None and stage in BY:
        day = templating.short_date(status.due)
        return f"{BY[stage]}" % {"day": day}
    return str(NEXT[stage])


def coming(status: Status) -> list[str]:
    """The stages that are still to come."""
    if status.is_over:
        return []
    early = status.now.stage is Stage.RECEIVED
    return [*([_("Being handled")] if early else []), _("Profile removed or another outcome")]
