"""The rows of the desk for changes of profiles, and for admins who went: what waits for whom."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l

from intake.engine.duties import Task
from intake.profiles import parties, queries
from intake.profiles.change import proposals
from intake.profiles.change.models import Change, Handover
from intake.profiles.states import ChangeState as G
from intake.profiles.states import HandoverState as H


def _on_row(step: str) -> Callable[[Change | Handover], str]:
    """The page of a step on a change, or on an admin who went."""

    def path(row: Change | Handover) -> str:
        kind = "changes" if isinstance(row, Change) else "handovers"
        return f"/profiles/{row.profile_id}/{kind}/{row.id}/{step}"

    return path


OPEN = (G.PROPOSED, G.ACCEPTED)
ALLOW = (
    _l("Decide on a change: %(title)s"),
    _l("Allow the change"),
    _l("You decide on the profile, and a change of it waits for you."),
)
GONE = _l("An admin left the profile. Two people see that they get in no more.")
CHANGE = (
    Task(
        _l("Answer whether you will be an admin: %(title)s"),
        _l("Answer as an admin"),
        _l("You were named as an admin."),
        (G.PROPOSED,),
        (parties.incoming_admin,),
        ("accept_part",),
        ("withdraw",),
        when=(proposals.change_brings_an_admin,),
        told=(-7, 0),
        path=_on_row("accept_part"),
    ),
    Task(
        *ALLOW,
        (G.PROPOSED,),
        (parties.change_decider,),
        ("allow",),
        ("refuse",),
        when=(proposals.supervisor_decides_alone,),
        told=(-7, 0),
        path=_on_row("allow"),
    ),
    Task(
        *ALLOW,
        (G.ACCEPTED,),
        (parties.change_decider,),
        ("allow",),
        ("refuse",),
        told=(-5, 0),
        path=_on_row("allow"),
    ),
    Task(
        _l("Look at a change: %(title)s"),
        _l("Confirm the change"),
        _l("A second person looks at a change before it is in force."),
        (G.PROPOSED,),
        (parties.second_person,),
        ("confirm",),
        when=(proposals.second_person_looks,),
        told=(-7, 0),
        path=_on_row("confirm"),
    ),
    Task(
        _l("Withdraw a change, or remind of it: %(title)s"),
        _l("Withdraw the change"),
        _l("You proposed the change, and who was asked has not answered."),
        (G.PROPOSED,),
        (parties.proposer,),
        ("withdraw",),
        after=0,
        path=_on_row("withdraw"),
    ),
    Task(
        _l("Refuse a change, or remind of it: %(title)s"),
        _l("Refuse the change"),
        _l("You decide on the profile, and a change of it has waited for too long."),
        OPEN,
        (parties.supervisor,),
        ("refuse",),
        after=7,
        path=_on_row("refuse"),
    ),
    Task(
        _l("Refuse a change, or remind of it: %(title)s"),
        _l("Refuse the change"),
        _l("It is late, and you decide above who should have decided."),
        OPEN,
        (parties.overseer,),
        ("refuse",),
        after=queries.OVERSEEN,
        path=_on_row("refuse"),
    ),
)
HANDOVER = (
    Task(
        _l("Say that an admin who went gets in no more: %(title)s"),
        _l("Check off who left"),
        GONE,
        (H.OPEN,),
        (parties.asked_to_check,),
        ("say",),
        path=_on_row("say"),
    ),
    Task(
        _l("Confirm that an admin who went gets in no more: %(title)s"),
        _l("Confirm as the second person"),
        GONE,
        (H.SAID,),
        (parties.asked_to_check,),
        ("confirm",),
        path=_on_row("confirm"),
    ),
    Task(
        _l("Say that an admin who went gets in no more: %(title)s"),
        _l("Check off who left"),
        GONE,
        (H.OPEN,),
        (parties.keepers,),
        ("say",),
        after=7,
        path=_on_row("say"),
    ),
    Task(
        _l("Confirm that an admin who went gets in no more: %(title)s"),
        _l("Confirm as the second person"),
        GONE,
        (H.SAID,),
        (parties.keepers,),
        ("confirm",),
        after=7,
        path=_on_row("confirm"),
    ),
)
