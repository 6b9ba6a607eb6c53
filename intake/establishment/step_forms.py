"""The forms of the steps of a request."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake import clock
from intake.engine import legal_hold, tracks
from intake.engine.step_form import Occasion, StepForm
from intake.establishment import consents, deciding, rules
from intake.establishment.forms import PAGES
from intake.people.models import Person
from intake.profiles.models import ProfileKind
from intake.web.forms import Choice, Day, Line, Lines, Tick

LONGEST_WAIT = timedelta(days=366)


class RequestStepForm(StepForm):
    """What every step of a request carries: the revision and the version that the person saw."""

    version = HiddenField()

    def settle(self, occasion: Occasion) -> None:
        """Say which version is shown."""
        if not self.is_submitted():
            self.version.data = str(occasion.subject.version)


def _reasons() -> Lines:
    return Lines(_l("Reasons"), missing=_l("Write the reasons."), least=10, clause="O3", trail=True)


class ReasonForm(RequestStepForm):
    """A step that must be explained."""

    reason = _reasons()

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        return {"reason": self.reason.data}


class ApproveForm(RequestStepForm):
    """Approval, with or without conditions (O3, E1, P11)."""

    training_reason = Lines(
        _l("Why may they begin without training or acknowledgement?"),
        hint=_l("Somebody lacks training or has not acknowledged the guidelines."),
        missing=_l("Say why it is fine to begin without training or acknowledgement."),
        least=10,
        rows=3,
        clause="P11",
        trail=True,
    )
    role_confirmed = Tick(
        _l("I confirm that the town has given the expert this task or role"),
        missing=_l("Confirm the task or role: the town defines it."),
        clause="E1",
        trail=True,
    )
    conditions = Lines(
        _l("Conditions"),
        hint=_l("One on each line. Each becomes an item of the set-up checklist."),
        optional=True,
        rows=3,
        clause="O3",
        trail=True,
    )
    reason = Lines(_l("Reasons"), optional=True, rows=3, clause="O3", trail=True)

    def settle(self, occasion: Occasion) -> None:
        super().settle(occasion)
        if occasion.subject.kind != ProfileKind.EXPERT:
            del self.role_confirmed
        if not rules.unready_admins(occasion.subject, occasion.now):
            del self.training_reason

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        asked = self.training_reason.data if "training_reason" in self else ""
        lines = (self.conditions.data or "").split("\n")
        return {
            "reason": self.reason.data or "",
            "conditions": [line.strip() for line in lines if line.strip()],
            "training_reason": asked or "",
            "role_confirmed": "role_confirmed" in self,
        }


class ReturnForm(RequestStepForm):
    """What to complete and by when (O3): in general, or on a page of the form."""

    complete_by = Day(
        _l("To be completed by"),
        missing=_l("Give the day by which it should be completed."),
        clause="O3",
        trail=True,
    )
    remarks = Lines(
        _l("What should be completed"),
        hint=_l("In general. You can also write on a single part below."),
        optional=True,
        rows=3,
        clause="O3",
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        super().settle(occasion)
        for page in PAGES:
            if occasion.subject.kind not in page.kinds:
                del self[f"remark_{page.slug}"]
        if self.complete_by.raw_data is None:
            self.complete_by.data = clock.next_working_day(
                clock.today(occasion.now) + timedelta(days=tracks.setting("completion_days"))
            )

    def written(self) -> dict[str, str]:
        """The remarks by page of the form; the general one under no page."""
        found = {"": self.remarks.data or ""}
        found |= {
            name.removeprefix("remark_"): self[name].data or ""
            for name in self._fields
            if name.startswith("remark_")
        }
        return {page: text for page, text in found.items() if text}

    def validate(self, extra_validators: Any = None) -> bool:
        held = bool(super().validate(extra_validators))
        if not self.written():
            self.remarks.errors = [_("Write what should be completed, here or on a part below.")]
            return False
        day = self.complete_by.data
        if day is not None and not clock.today() < day <= clock.today() + LONGEST_WAIT:
            self.complete_by.errors = [_("Give a day after today, within a year.")]
            return False
        return held

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        return {"complete_by": self.complete_by.data, "remarks": self.written()}


for _page in PAGES:
    setattr(
        ReturnForm, f"remark_{_page.slug}", Lines(_page.title, optional=True, rows=2, clause="O3")
    )


class RejectForm(ReasonForm):
    """Rejection, with reasons and who tells more."""

    contact_person = Line(
        _l("Who gives more information"),
        hint=_l("Name and e-mail or phone."),
        missing=_l("Write who gives more information."),
        least=5,
        clause="O3",
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        super().settle(occasion)
        if self.contact_person.raw_data is None:
            self.contact_person.data = f"{occasion.person.name}, {occasion.person.email}"

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        return {"reason": self.reason.data, "contact_person": self.contact_person.data}


class HandOnForm(RequestStepForm):
    """Passing the decision to somebody else who decides somewhere (A4)."""

    new_decider = Choice(
        _l("Who should decide"),
        hint=_l("Somebody who heads a unit or stands in, and takes no part in the matter."),
        missing=_l("Choose who should decide."),
        clause="O3",
        trail=True,
    )
    reason = _reasons()

    def settle(self, occasion: Occasion) -> None:
        super().settle(occasion)
        offered = deciding.may_be_handed_to(occasion.subject, occasion.now)
        self.new_decider.choices = [
            ("", _l("Choose")),
            *((one.id, _titled(one)) for one in offered),
        ]

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        return {"new_decider": self.new_decider.data, "reason": self.reason.data}


def _titled(person: Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


class WithdrawForm(RequestStepForm):
    """Withdrawing a request; reasons are welcome, not needed."""

    reason_if_any = Lines(
        _l("Reasons"),
        optional=True,
        rows=3,
        trail=True,
    )

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        return {"reason_if_any": self.reason_if_any.data or ""}


class ConsentForm(RequestStepForm):
    """The expert's consent, given in their own sign-in (E2)."""

    derived = ("consent_text",)
    template = "establishment/consent.html"

    agreed = Tick(
        _l("I have read this and give my consent"),
        missing=_l("Tick this if you give your consent."),
        clause="E2",
    )

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        return {"consent_text": consents.text_of(occasion.subject)}


class HoldForm(RequestStepForm, legal_hold.HoldForm):
    """Why nothing of a request may be erased."""


class LiftForm(RequestStepForm, legal_hold.LiftForm):
    """Why a request may be erased again."""
