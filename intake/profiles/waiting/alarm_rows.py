"""The rows of the desk for a profile that is taken over or lost: what waits for whom."""

from flask_babel import lazy_gettext as _l

from intake.engine.duties import Rank, Task
from intake.profiles import parties, rules
from intake.profiles.models import Profile
from intake.profiles.states import AlarmState as L
from intake.profiles.waiting import open_points, rows


def _urgent(_profile: Profile) -> Rank:
    return Rank.URGENT


RAISED = (L.HIJACKED, L.LOST)
ALARM = (
    Task(
        _l("Get %(title)s back, and check it"),
        _l("Get the profile back"),
        _l("You are a register keeper, and a profile is not in the town's hands."),
        RAISED,
        (parties.keepers,),
        ("propose_clear",),
        when=(open_points.is_not_proposed,),
        daily=True,
        rank=_urgent,
    ),
    Task(
        _l("Clear the alarm of %(title)s"),
        _l("Clear the alarm"),
        _l("A keeper has checked the profile. A second person clears the alarm."),
        RAISED,
        (parties.second_clearer,),
        ("clear",),
        when=(rules.clearing_is_proposed,),
        daily=True,
        rank=_urgent,
    ),
    Task(
        *rows.NAME_KEEPER,
        _l("The profile is not in the town's hands, and nobody can take the next step."),
        RAISED,
        (parties.administrators,),
        when=(open_points.nobody_clears,),
        daily=True,
        path=rows.to_people,
        rank=_urgent,
    ),
    Task(
        *rows.NAME_KEEPER,
        _l("The profile is not in the town's hands, and nobody has seen to it for three days."),
        RAISED,
        (parties.administrators,),
        after=3,
        daily=True,
        path=rows.to_people,
        rank=_urgent,
    ),
)
