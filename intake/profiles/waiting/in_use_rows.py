"""The rows of the desk for profiles in use, and once they close: what waits for whom."""

from flask_babel import lazy_gettext as _l

from intake.engine.duties import Rank, Task
from intake.profiles import parties, queries, words
from intake.profiles.in_use import closing
from intake.profiles.models import Profile
from intake.profiles.states import ContinuationState as C
from intake.profiles.states import PresenceState as N
from intake.profiles.states import ProfileState as P
from intake.profiles.waiting import open_points, rows


def _routine(_profile: Profile) -> Rank:
    return Rank.ROUTINE


PROFILE = (
    Task(
        _l("Post the announcement of the closing of %(title)s"),
        _l("Post the announcement"),
        _l("You are an admin, and the profile does not tell yet that it closes."),
        (P.CLOSING_ANNOUNCED,),
        (parties.admins,),
        ("note_posted",),
        when=(open_points.announcement_is_to_be_posted,),
        due=open_points.posted_until,
    ),
    Task(
        _l("Look at the old address of %(title)s"),
        _l("Look at the old address"),
        _l("You are a register keeper. Somebody else may have taken the user name."),
        (P.CLOSED,),
        (parties.keepers,),
        ("recheck",),
        when=(closing.address_is_watched, open_points.look_is_due),
        rank=_routine,
    ),
)

EVERY = (C.GOES_ON, C.IN_QUESTION)
REVIEW = (open_points.review_is_near,)
LATE = _l("Its review is late. Remind the admins, or decide that it closes.")
CONTINUATION = (
    Task(
        _l("Review %(title)s"),
        _l("Review the profile"),
        _l("You are an admin, and nobody has confirmed the profile for a while."),
        EVERY,
        (parties.admins,),
        ("review",),
        when=REVIEW,
        told=(-7, 0),
        due=open_points.reviewed_until,
    ),
    Task(
        _l("Decide how %(title)s goes on"),
        _l("Decide how it goes on"),
        _l("You decide on the profile, and it is asked whether it should close."),
        (C.IN_QUESTION,),
        (parties.supervisor,),
        ("go_on",),
        when=(open_points.is_to_be_settled,),
        told=(-7, 0),
        page="",
    ),
    Task(
        _l("Decide how %(title)s goes on"),
        _l("Decide how it goes on"),
        rows.ABOVE,
        (C.IN_QUESTION,),
        (parties.overseer,),
        ("go_on",),
        when=(open_points.is_to_be_settled,),
        after=queries.OVERSEEN,
        page="",
    ),
    Task(
        _l("See to the review of %(title)s"),
        _l("See to the review"),
        LATE,
        EVERY,
        (parties.supervisor,),
        when=REVIEW,
        after=14,
        due=open_points.reviewed_until,
        path=words.path,
    ),
    Task(
        _l("See to the review of %(title)s"),
        _l("See to the review"),
        LATE,
        EVERY,
        (parties.keepers,),
        when=REVIEW,
        after=28,
        due=open_points.reviewed_until,
        path=words.path,
    ),
)

ABSENCE = (
    Task(
        _l("See whether the absence of %(title)s ends as it was told"),
        _l("Look at the absence"),
        _l("You are an admin, and the absence ends by itself."),
        (N.AWAY,),
        (parties.admins,),
        ("change_absence",),
        ("end_absence",),
        when=(open_points.absence_ends_soon,),
        told=(-3, 0),
        page="",
        rank=_routine,
    ),
)
