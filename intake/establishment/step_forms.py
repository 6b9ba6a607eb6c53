"""The forms of the steps: what each asks, and with which words its page begins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake import clock
from intake.engine import tracks
from intake.establishment import consents, deciding, rules
from intake.establishment.forms import pages
from intake.establishment.models import Request
from intake.people.models import Person
from intake.profiles.models import ProfileKind
from intake.web.forms import BaseForm, Choice, Day, Line, Lines, Seen, Tick

LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True)
class Occasion:
    """Who takes a step on which request, and when."""

    request: Request
    person: Person
    now: datetime


class StepForm(BaseForm):
    """What every step carries: the revision and the version that the person saw."""

    seen = Seen()
    version = HiddenField()

    def settle(self, occasion: Occasion) -> None:
        """Give the fields their choices and defaults; drop what is not asked today."""

    def given(self, _request: Request) -> dict[str, Any]:
        """What the step takes."""
        return {}


def _reasons() -> Lines:
    return Lines(_l("Reasons"), missing=_l("Write the reasons."), least=10, clause="O3")


class ReasonForm(StepForm):
    """A step that must be explained."""

    reason = _reasons()

    def given(self, _request: Request) -> dict[str, Any]:
        return {"reason": self.reason.data}


class ApproveForm(StepForm):
    """Approval, with or without conditions (O3, E1, P11)."""

    training_reason = Lines(
        _l("Why may they begin without training or acknowledgement?"),
        hint=_l("Somebody lacks training or has not acknowledged the guidelines."),
        missing=_l("Say why it is fine to begin without training or acknowledgement."),
        least=10,
        rows=3,
        clause="P11",
    )
    role_confirmed = Tick(
        _l("I confirm that the town has given the expert this task or role"),
        missing=_l("Confirm the task or role: the town defines it."),
        clause="E1",
    )
    conditions = Lines(
        _l("Conditions"),
        hint=_l("One on each line. Each becomes an item of the set-up checklist."),
        optional=True,
        rows=3,
        clause="O3",
    )
    reason = Lines(_l("Reasons"), optional=True, rows=3, clause="O3")

    def settle(self, occasion: Occasion) -> None:
        if occasion.request.kind != ProfileKind.EXPERT:
            del self.role_confirmed
        if not rules.unready_admins(occasion.request, occasion.now):
            del self.training_reason

    def given(self, _request: Request) -> dict[str, Any]:
        asked = self.training_reason.data if "training_reason" in self else ""
        lines = (self.conditions.data or "").split("\n")
        return {
            "reason": self.reason.data or "",
            "conditions": [line.strip() for line in lines if line.strip()],
            "training_reason": asked or "",
            "role_confirmed": "role_confirmed" in self,
        }


class ReturnForm(StepForm):
    """What to complete and by when (O3): in general, or on a page of the form."""

    complete_by = Day(
        _l("To be completed by"),
        missing=_l("Give the day by which it should be completed."),
        clause="O3",
    )
    remarks = Lines(
        _l("What should be completed"),
        hint=_l("In general. You can also write on a single part below."),
        optional=True,
        rows=3,
        clause="O3",
    )

    def settle(self, occasion: Occasion) -> None:
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

    def given(self, _request: Request) -> dict[str, Any]:
        day = self.complete_by.data
        return {"complete_by": day.isoformat() if day else "", "remarks": self.written()}


def return_form(request: Request) -> type[ReturnForm]:
    """The form of a return with a remark for each page that this kind of request has."""
    remarks = {
        f"remark_{page.slug}": Lines(page.title, optional=True, rows=2, clause="O3")
        for page in pages(request.kind)
    }
    return type("ReturnForm", (ReturnForm,), remarks)


class RejectForm(ReasonForm):
    """Rejection, with reasons and who tells more."""

    contact_person = Line(
        _l("Who gives more information"),
        hint=_l("Name and e-mail or phone."),
        missing=_l("Write who gives more information."),
        least=5,
        clause="O3",
    )

    def settle(self, occasion: Occasion) -> None:
        if self.contact_person.raw_data is None:
            self.contact_person.data = f"{occasion.person.name}, {occasion.person.email}"

    def given(self, _request: Request) -> dict[str, Any]:
        return {"reason": self.reason.data, "contact_person": self.contact_person.data}


class HandOnForm(StepForm):
    """Passing the decision to somebody else who decides somewhere (A4)."""

    new_decider = Choice(
        _l("Who should decide"),
        hint=_l("Somebody who heads a unit or stands in, and takes no part in the matter."),
        missing=_l("Choose who should decide."),
        clause="O3",
    )
    reason = _reasons()

    def settle(self, occasion: Occasion) -> None:
        offered = deciding.may_be_handed_to(occasion.request, occasion.now)
        self.new_decider.choices = [
            ("", _l("Choose")),
            *((one.id, _titled(one)) for one in offered),
        ]

    def given(self, _request: Request) -> dict[str, Any]:
        return {"new_decider": self.new_decider.data, "reason": self.reason.data}


def _titled(person: Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name


class WithdrawForm(StepForm):
    """Withdrawing a request; reasons are welcome, not needed."""

    reason_if_any = Lines(_l("Reasons"), optional=True, rows=3)

    def given(self, _request: Request) -> dict[str, Any]:
        return {"reason_if_any": self.reason_if_any.data or ""}


class ConsentForm(StepForm):
    """The expert's consent, given in their own sign-in (E2)."""

    agreed = Tick(
        _l("I have read this and give my consent"),
        missing=_l("Tick this if you give your consent."),
        clause="E2",
    )

    def given(self, request: Request) -> dict[str, Any]:
        return {"consent_text": consents.text_of(request)}


@dataclass(frozen=True)
class StepPage:
    """The page of a step: its heading, what it means, its form, and how grave its button is."""

    heading: Any
    lead: Any
    form: type[StepForm] | Callable[[Request], type[StepForm]] = StepForm
    button: str = "filled"

    def form_of(self, request: Request) -> type[StepForm]:
        """The form for a request."""
        if isinstance(self.form, type):
            return self.form
        return self.form(request)


PAGES = {
    "submit": StepPage(
        _l("Send the request for decision?"),
        _l("The supervisor is told at once. You can withdraw the request until it is decided."),
    ),
    "ask_consent": StepPage(
        _l("Ask the expert for consent?"),
        _l("The expert gives consent in their own sign-in. Then it goes to the supervisor."),
    ),
    "discard": StepPage(
        _l("Delete the draft?"),
        _l("Everything you have written in it is removed. This cannot be undone."),
        button="bad",
    ),
    "consent": StepPage(
        _l("Do you give your consent to this profile?"),
        _l("Only you can give it. You need no reason to decline."),
        ConsentForm,
    ),
    "decline_consent": StepPage(
        _l("Do you decline?"),
        _l("You need no reason. The request becomes a draft again and the requester is told."),
        button="second",
    ),
    "take_back": StepPage(
        _l("Take the request back for editing?"),
        _l("It becomes a draft again. Consent is asked anew when you send it."),
    ),
    "accept_part": StepPage(
        _l("Do you agree to be an admin of this profile?"),
        _l("Your name and work task are published in the register of official profiles."),
    ),
    "decline_part": StepPage(
        _l("Do you decline to be an admin?"),
        _l("The requester and the supervisor are told. You need no reason."),
        button="second",
    ),
    "hand_on": StepPage(
        _l("Who should decide instead?"),
        _l("The requester sees your reasons. You cannot get the request back."),
        HandOnForm,
    ),
    "disqualify": StepPage(
        _l("Do you have a conflict of interest?"),
        _l("The decision moves to the next supervisor. You cannot get the request back."),
    ),
    "return": StepPage(
        _l("What should be completed?"),
        _l("The requester sees your remarks beside the parts they concern."),
        return_form,
    ),
    "approve": StepPage(
        _l("Approve the request"),
        _l("The profile is set up next. It gets into the register when set-up is done."),
        ApproveForm,
    ),
    "reject": StepPage(
        _l("Why do you reject the request?"),
        _l("The requester sees your reasons and who gives more information."),
        RejectForm,
        button="bad",
    ),
    "withdraw": StepPage(
        _l("Withdraw the request?"),
        _l("It is not decided any more. You can make a new request later."),
        WithdrawForm,
        button="bad",
    ),
    "withdraw_consent": StepPage(
        _l("Withdraw your consent?"),
        _l("The request ends. You need no reason."),
        button="bad",
    ),
    "lapse": StepPage(
        _l("Why does the request lapse?"),
        _l("It was not completed in time. The requester sees your reasons."),
        ReasonForm,
        button="bad",
    ),
}
