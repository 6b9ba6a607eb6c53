"""An admin goes: line by line, that they get in no more and that others do (G9). Open until two
people have said so."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.engine.step_form import StepForm
from intake.engine.table import Outcome, Then
from intake.profiles.change.models import Handover
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState
from intake.web.forms import Tick


class HandoverForm(StepForm):
    """What has been done; each line is said by two people."""

    removed = Tick(_l("They are removed from the profile in the service"), clause="G9", trail=True)
    passwords = Tick(
        _l("The passwords of the shared mailbox and of publishing tools are changed"),
        clause="G9",
        trail=True,
    )
    recovery = Tick(
        _l("Recovery of the profile goes to the shared mailbox, not to them"),
        clause="G9",
        trail=True,
    )
    second_factor = Tick(
        _l("The second factor of the sign-in is with somebody who stays"), clause="G9", trail=True
    )


def begin(row: Handover, _actor: Any, _now: datetime) -> Outcome:
    """Somebody went."""
    return Outcome({"profile": row.profile_id, "person": row.person_id})


def of_leaver(profile: Profile, person_id: str) -> tuple[Then, ...]:
    """What begins when an admin of a profile that exists in its service goes."""
    if profile.state is ProfileState.SETUP and not profile.typed:
        return ()
    row = Handover(profile_id=profile.id, person_id=person_id)
    return (Then("handover", row, "begin"),)
