"""Forms of the follow page: bound to nobody, for whoever holds the code of a report."""

from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.fakes.forms.files import WithFiles, screenshots
from intake.fakes.models import Question
from intake.fakes.question_phrases import LABELS, Phrase
from intake.fakes.reporter import Told
from intake.web.forms import BaseForm, Line, Lines, Mail, Problem, Radio, Tick

MOST = 5000  # characters of a text
CAREFUL = _l("No identity codes, bank codes or sensitive data of others.")


class Code(Line):
    """A code as it is typed: whatever it is, one look-up says whether a report has it (A63)."""

    is_empty = False

    def pre_validate(self, _form: Any) -> None:
        """Nothing typed is refused for its form."""


class CodeForm(BaseForm):
    """The code of a report."""

    anonymous = True
    code = Code(
        _l("Follow-up code"),
        hint=_l("Four groups of four characters. Capital letters and dashes do not matter."),
        autocomplete="off",
        width="22",
    )


class Following(BaseForm):
    """A form about the report that the browser follows, and no other: another may be followed by
    the time it is sent."""

    anonymous = True

    def bound_to(self) -> str:
        return str(g.get("followed", ""))


class EndForm(BaseForm):
    """A button that ends the following."""

    anonymous = True


class WithdrawForm(Following):
    """A button that erases the reporter's contact data."""


class Words(Lines):
    """A text that files may take the place of: whether there may be none, the whole form says."""

    is_empty = False


class Telling(Following, WithFiles):
    """Words, pictures, or both."""

    text: Words

    def ask_for_something(self) -> None:
        """One of them must have come, and a file been stored where there are no words."""
        if self.text.data or self.evidence.kept or self.evidence.errors:
            return
        notes, self.evidence.notes = self.evidence.notes, []
        nothing = Problem(_("Write something or choose a file."), "text")
        self.refuse([Problem(note, "evidence") for note in notes] or [nothing])


class AnswerForm(Telling):
    """An answer in words or pictures to a handler's question."""

    question = HiddenField()
    text = Words(_l("Your answer"), hint=CAREFUL, most=MOST, personal=True, keep="CASE")
    evidence = screenshots()

    def answer(self) -> tuple[str, str]:
        """Kind and text of the addition."""
        return "text", self.text.data or ""


class StillThereForm(Following):
    """The answer to whether the profile can still be seen."""

    question = HiddenField()
    there = Radio(
        LABELS[Phrase.STILL_THERE],
        choices=[("there", _l("Yes")), ("gone", _l("No longer"))],
        missing=_l("Choose whether you can still see the profile."),
        keep="CASE",
    )

    def answer(self) -> tuple[str, str]:
        """Kind and text of the addition."""
        return self.there.data, ""


class GoneForm(Following):
    """Is a profile that was taken down gone, or is it back?"""

    address = HiddenField()
    seen = Radio(
        _l("Is the profile gone?"),
        choices=[("gone", _l("Yes, I do not see it")), ("back", _l("No, I can see it"))],
        missing=_l("Choose whether the profile is gone."),
        keep="CASE",
    )


class AddForm(Telling):
    """More information, about one address of the report or all of them."""

    about = Radio(_l("What is it about?"), missing=_l("Choose what it is about."), keep="CASE")
    text = Words(
        _l("What do you want to add?"), hint=CAREFUL, rows=6, most=MOST, personal=True, keep="CASE"
    )
    evidence = screenshots()


class ContactForm(Following):
    """Contact data, all of it optional but not all at once."""

    reporter_name = Line(_l("Name"), optional=True, personal=True, keep="CONTACT")
    reporter_email = Mail(
        _l("E-mail"),
        hint=_l("We send news of your report here. Without it you can follow it on this page."),
        optional=True,
        personal=True,
        keep="CONTACT",
    )
    reporter_phone = Line(
        _l("Phone"),
        most=40,
        optional=True,
        width="22",
        autocomplete="tel",
        inputmode="tel",
        personal=True,
        keep="CONTACT",
    )
    contact_secrecy = Tick(
        _l("I ask that my contact data be kept secret"), optional=True, keep="CONTACT"
    )
    secrecy_reason = Lines(
        _l("Reason for secrecy"),
        hint=_l("Do you have a reason to fear for your safety?"),
        most=500,
        rows=3,
        optional=True,
        personal=True,
        keep="CONTACT",
    )

    def told(self) -> Told:
        """What was given."""
        return Told(
            name=self.reporter_name.data or "",
            email=self.reporter_email.data or "",
            phone=self.reporter_phone.data or "",
            secrecy=self.contact_secrecy.data,
            secrecy_reason=self.secrecy_reason.data or "",
        )


def answer_form(question: Question) -> AnswerForm | StillThereForm:
    """The form that answers a question; posted to a page of its own wherever it is drawn."""
    target: tuple[str, dict[str, Any]] = ("fakes.answer", {})
    if question.phrase == Phrase.STILL_THERE:
        return StillThereForm(target=target, data={"question": question.id})
    form = AnswerForm(target=target, data={"question": question.id})
    form.text.label.text = LABELS[Phrase(question.phrase)]
    return form


def typed(form: BaseForm) -> str:
    """What was written into a form, all its texts below each other."""
    return "\n".join(field.data for field in form if isinstance(field, Line | Lines) and field.data)
