"""Forms of the steps of a profile and of its addresses."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.engine.step_form import Occasion, StepForm
from intake.profiles.models import ProfileKind
from intake.profiles.words import ENDED, RIGHTS, TWO_STEP
from intake.web.forms import BaseForm, Choice, Day, Line, Lines, Radio, Tick

YES_NO = (("yes", _l("Yes")), ("no", _l("No")))


def reasons() -> Lines:
    """The field of a step that asks why."""
    return Lines(_l("Reasons"), least=10, most=1000, missing=_l("Say why."), trail=True)


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = reasons()


class ExtendForm(StepForm):
    """More time for a set-up."""

    until = Day(_l("The new last day"), trail=True)
    reason = reasons()


class AnnounceForm(StepForm):
    """Telling of a closing well ahead, with reasons and where to go instead (O8)."""

    reason = Lines(
        _l("Why is the profile closed?"),
        least=10,
        most=1000,
        hint=_l("This is published in the register."),
        missing=_l("Say why."),
        public=True,
        clause="O8",
        trail=True,
    )
    closes_on = Day(_l("Closing day"), public=True, clause="O8", trail=True)
    successor = Lines(
        _l("Where do people turn instead?"),
        least=2,
        most=300,
        rows=2,
        hint=_l(
            "For example another profile or a web page. If nothing takes its place, say so and why."
        ),
        missing=_l("Say where people turn, or that nothing takes its place and why."),
        public=True,
        clause="O8",
        trail=True,
    )
    short_notice_reason = Lines(
        _l("Why so soon?"),
        optional=True,
        most=500,
        rows=2,
        hint=_l("Needed only if the closing day is nearer than the notice time."),
        clause="O8",
        trail=True,
    )


class CloseForm(StepForm):
    """What has been done when a profile is closed (O8)."""

    ended_how = Radio(
        _l("How was the profile ended?"), choices=list(ENDED.items()), clause="O8", trail=True
    )
    final_post = Tick(
        _l("The last post tells that the profile is closed and where to go"), trail=True
    )
    access_removed = Tick(_l("Nobody has access to the profile any more"), trail=True)
    copied_on = Day(
        _l("Date of the town's own copy"),
        hint=_l("When what the archive needs of posts and messages was copied."),
        clause="O8",
        trail=True,
    )


class RightsForm(StepForm):
    """What an admin holds in the service (G9); never a password."""

    rights = Radio(
        _l("Your right in the service"), choices=list(RIGHTS.items()), clause="G9", trail=True
    )
    two_step = Radio(
        _l("Two-step sign-in"), choices=list(TWO_STEP.items()), clause="G9", trail=True
    )
    recovery_shared = Radio(_l("Recovery"), choices=YES_NO, clause="G9", trail=True)

    def settle(self, occasion: Occasion) -> None:
        """Put the question about recovery as the kind of profile needs it."""
        self.recovery_shared.label.text = (
            _("Does recovery of your access go through the shared mailbox?")
            if occasion.subject.kind is ProfileKind.OFFICE
            else _("Does recovery of your access go through your work e-mail?")
        )

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        return {**super().answers(occasion), "recovery_shared": self.recovery_shared.data == "yes"}


def _what_happened() -> Lines:
    return Lines(
        _l("What has happened?"),
        least=5,
        most=1000,
        hint=_l("Facts only, no passwords. Staff who look after the profile see this."),
        missing=_l("Say what has happened."),
        clause="G8",
        trail=True,
    )


class HijackedForm(StepForm):
    """Somebody else holds the profile (G8)."""

    what_happened = _what_happened()
    since = Day(_l("Since when?"), hint=_l("An estimate will do."), clause="G8", trail=True)


class LostForm(StepForm):
    """The town cannot get into the profile, or the service took it away."""

    what_happened = _what_happened()
    interim_channel = Line(
        _l("Where do people reach you meanwhile?"),
        least=5,
        hint=_l("Published. For example a web page, telephone number or mailbox."),
        missing=_l("Say where people reach you meanwhile."),
        public=True,
        clause="P4",
        trail=True,
    )


class CheckedForm(StepForm):
    """What was checked before the alarm is cleared (G9)."""

    what_was_checked = Lines(
        _l("What was checked?"),
        least=10,
        most=1000,
        missing=_l("Say what was checked."),
        clause="G9",
        trail=True,
    )


class ClearForm(StepForm):
    """The second person has looked today (A54)."""

    seen_today = Tick(
        _l("I opened the profile today and it is the town's own"),
        missing=_l("Open the profile today before you confirm it."),
        trail=True,
    )


class ConfirmForm(StepForm):
    """Confirming an address: what was seen goes with it (A10, A15)."""

    template = "profiles/confirm.html"

    shown = HiddenField()
    seen_today = Tick(
        _l("I opened the profile today and it is the town's own"),
        missing=_l("Open the profile today before you confirm it."),
        trail=True,
    )

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """What the person saw decides with it."""
        return {**super().answers(occasion), "shown": self.shown.data}


class TypeForm(StepForm):
    """The address of a profile, and its lasting account id where the service has one."""

    address = Line(
        _l("Address of the profile"),
        most=2048,
        hint=_l("Copy it from the profile's own page."),
        missing=_l("Give the address."),
        public=True,
        clause="P4",
        trail=True,
    )
    lasting_id = Line(
        _l("Lasting account id"),
        most=2048,
        optional=True,
        hint=_l("The number or code that stays the same when the user name changes."),
        clause="P4",
        trail=True,
    )


class CheckForm(StepForm):
    """One item of the checklist: done, open again, or left out with a reason."""

    derived = ("item",)

    item = HiddenField()
    done = Radio(
        _l("How does it stand?"),
        choices=(
            ("done", _l("Done")),
            ("left_out", _l("Left out, for the reason below")),
            ("open", _l("Not done yet")),
        ),
    )
    note = Lines(_l("Why is it left out?"), optional=True, most=300, rows=2, trail=True)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is left out has its reason (E5, O9)."""
        valid = bool(super().validate(extra_validators))
        if self.done.data == "left_out" and not self.note.data:
            self.note.errors = [_("Say why it is left out.")]
            return False
        return valid

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        """What the step asks, as its service takes it."""
        left_out = self.done.data == "left_out"
        return {
            "item": self.item.data,
            "done": self.done.data != "open",
            "note": self.note.data if left_out else "",
        }


class FilterForm(BaseForm):
    """What narrows the list of profiles; lies in the address and changes nothing."""

    class Meta:
        csrf = False

    state = Choice(_l("State"), optional=True, width="22")
    unit = Choice(_l("Unit"), optional=True, width="22")
