"""The forms of a handler's steps on a case, by the name of the step."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.fakes import words
from intake.fakes.forms.files import WithFiles, screenshots
from intake.fakes.question_phrases import LABELS
from intake.web.forms import BaseForm, Choice, Line, Lines, Radio, Seen, Tick, Ticks

BESIDE = ("csrf_token", "seen", "evidence")  # what no step asks: files are given to the case


class StepForm(BaseForm):
    """A step that is one button."""

    seen = Seen()

    def answers(self) -> dict[str, Any]:
        """What the step asks, as its service takes it."""
        return {field.name: field.data for field in self if field.name not in BESIDE}


WHY = _l("Reasons")


def _reason(label: Any = WHY, **more: Any) -> Lines:
    return Lines(
        label, least=3, most=2000, missing=_l("Say why."), personal=True, keep="CASE", **more
    )


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = _reason()


class AssignForm(StepForm):
    """Who is asked first."""

    handler = Choice(_l("Handler"), optional=True, width="22")


class ExcludeForm(StepForm):
    """Who may see nothing of the case (A70)."""

    person = Choice(
        _l("Who is excluded?"),
        width="22",
        hint=_l(
            "Exclude whoever is said to be behind the profile, or whose own conduct the report is "
            "about. Running the imitated profile, or being imitated, excludes nobody."
        ),
    )
    reason = _reason()


class RevealForm(StepForm):
    """Whose contact data are opened (A80)."""

    what = Radio(
        _l("Whose data?"),
        hint=_l("The data are open to you for ten minutes. That you opened them is recorded."),
    )


class AskForm(StepForm):
    """A set phrase for one reporter: it waits on their follow page."""

    report = Radio(_l("Which report?"))
    phrase = Radio(_l("What do you ask?"), choices=list(LABELS.items()))


class MergeForm(StepForm):
    """The case that this one is merged into."""

    main_case = Line(
        _l("Which case does this one belong to?"),
        most=24,
        width="22",
        hint=_l("Its reports and addresses go to that case. For example VP-2026-031."),
        missing=_l("Give the number of the case."),
    )


class KeyForm(StepForm):
    """One more address of the same profile."""

    key = Line(
        _l("Address or user name"),
        most=2048,
        hint=_l("Reports of this address join the case from now on."),
        missing=_l("Write an address or a handle."),
    )


class SplitForm(StepForm):
    """What goes to a case of its own."""

    reports = Ticks(_l("Which reports go?"), optional=True)
    keys = Ticks(_l("Which addresses go?"), optional=True)


class DismissForm(StepForm):
    """Why it is no fake profile."""

    ground = Radio(_l("Why is it not a fake?"), choices=list(words.GROUNDS.items()))
    reason = _reason(hint=_l("Reporters see the reason group only, not this text."))


class SecondForm(StepForm):
    """What another handler thinks."""

    opinion = Lines(
        _l("Your opinion"),
        least=3,
        most=2000,
        missing=_l("Say what you think of it."),
        hint=_l("Is it a fake profile, and what makes you think so?"),
    )


class ConfirmForm(StepForm):
    """What must be known before a profile is confirmed as a fake (P5)."""

    unit_answer = Radio(
        _l("What did the imitated unit answer?"),
        choices=list(words.UNIT_ANSWERS.items()),
        clause="P5",
    )
    looks_private = Tick(
        _l("The account looks like a private person's: another handler gives an opinion first"),
        optional=True,
        clause="P5",
    )


class TakedownForm(StepForm, WithFiles):
    """What the service did, as a handler saw it today."""

    outcome = Radio(_l("What happened to it?"), choices=list(words.OUTCOMES.items()), clause="P5")
    looked = Tick(
        _l("I looked at the profile myself today, and it is so"),
        missing=_l("Look at the profile yourself first, and note it."),
    )
    seen_text = Lines(_l("What did you see?"), optional=True, most=1000, rows=2)
    evidence = screenshots()

    def answers(self) -> dict[str, Any]:
        """The look itself is noted beside the step."""
        return {"outcome": self.outcome.data}


class RecheckForm(StepForm, WithFiles):
    """That it is still as it was."""

    looked = Tick(
        _l("I looked today, and it is as it was"),
        missing=_l("Look at the profile yourself first, and note it."),
        hint=_l("If it is back, open the case again instead."),
    )
    evidence = screenshots()

    def answers(self) -> dict[str, Any]:
        """The moment of the look is that of the step."""
        return {}


class ReopenForm(ReasonForm, WithFiles):
    """Why the case is open again, and what shows it."""

    evidence = screenshots()


class CloseForm(StepForm):
    """Why the case ends although the profile is there, and why nobody was warned."""

    reason = _reason(_l("Why does it end without removal?"))
    no_warning_reason = Lines(
        _l("Why was no public warning given?"),
        optional=True,
        most=1000,
        rows=2,
        hint=_l("Needed only if the public was not warned."),
        clause="P5",
    )


class NoteForm(StepForm, WithFiles):
    """An internal note."""

    text = Lines(
        _l("Note"),
        most=5000,
        missing=_l("Write the note."),
        hint=_l("Only handlers of the case see this."),
    )
    evidence = screenshots()


class LookForm(StepForm, WithFiles):
    """A handler's own look at the reported profile."""

    there = Radio(
        _l("Is the profile there?"), choices=(("yes", _l("Yes, I saw it")), ("no", _l("No")))
    )
    text = Lines(
        _l("What did you see?"),
        optional=True,
        most=2000,
        hint=_l("Name, picture, number of followers, latest posts. No personal data of others."),
    )
    evidence = screenshots()


class PriorityForm(StepForm):
    """How fast the case must be looked at."""

    priority = Radio(_l("How urgent is it?"), choices=list(words.PRIORITIES.items()))


class AimForm(StepForm):
    """Whom the profile imitates."""

    profile = Choice(
        _l("Genuine profile"),
        optional=True,
        width="22",
        hint=_l("Stands beside the fake, and the notice asks the service not to touch it."),
    )
    unit = Choice(_l("Unit"), optional=True, width="22")


class EndExclusionForm(StepForm):
    """Who sees the case again."""

    exclusion = Radio(_l("Who may see the case again?"))


STEPS: dict[str, type[StepForm]] = {
    "take": StepForm,
    "assign": AssignForm,
    "exclude": ExcludeForm,
    "reveal": RevealForm,
    "ask_reporter": AskForm,
    "go_on": StepForm,
    "merge": MergeForm,
    "unmerge": ReasonForm,
    "add_key": KeyForm,
    "split": SplitForm,
    "set_aside": StepForm,
    "restore": StepForm,
    "dismiss": DismissForm,
    "second": SecondForm,
    "confirm": ConfirmForm,
    "note_takedown": TakedownForm,
    "recheck": RecheckForm,
    "close_unresolved": CloseForm,
    "retract": DismissForm,
    "reopen": ReopenForm,
}
