"""The words of a proposed role: tags of its states, buttons of its steps, sentences of history."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.engine.tracks import Tag, Vocabulary
from intake.people.models import Proposal
from intake.people.states import GrantState as G

GRANT = Vocabulary(
    states={
        G.PROPOSED: Tag(_l("waits for a second person"), "wait", "clock"),
        G.GRANTED: Tag(_l("granted"), "ok", "check"),
        G.REFUSED: Tag(_l("refused"), "bad", "stop"),
        G.WITHDRAWN: Tag(_l("taken back"), "calm", "stop"),
        G.LAPSED: Tag(_l("lapsed"), "calm", "stop"),
    },
    buttons={
        "grant": _l("Agree to the role"),
        "refuse": _l("Refuse the role"),
        "withdraw": _l("Take the proposal back"),
        "lapse": _l("Let it lapse"),
    },
    done={
        "propose": _l("%(actor)s proposed a role for a person."),
        "grant": _l("%(actor)s agreed to a role as the second person."),
        "refuse": _l("%(actor)s refused a proposed role."),
        "withdraw": _l("%(actor)s took the proposal of a role back."),
        "lapse": _l("The proposal of a role lapsed: no second person agreed in time."),
    },
    means={
        "grant": _l(
            "Make sure that this person exists and works for the town, by another way than this "
            "service. From now on the role is theirs."
        ),
        "refuse": _l("Who proposed it and everybody with the role get a message of this."),
        "withdraw": _l("Nobody needs to agree to it any more."),
    },
    kinds={"refuse": "bad", "withdraw": "bad"},
    told={
        "grant": _l("The role was granted."),
        "refuse": _l("The role was refused."),
        "withdraw": _l("The proposal was taken back."),
    },
)


def title(proposal: Proposal) -> Any:
    """Which role for whom."""
    return _l("%(role)s for %(person)s", role=proposal.label, person=proposal.person.name)


def path(proposal: Proposal) -> str:
    """The path of its page."""
    return f"/people/grants/{proposal.id}"
