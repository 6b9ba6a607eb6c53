"""The forms of a handler's steps on a case."""

from collections.abc import Iterable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.step_form import Occasion, StepForm
from intake.fakes import parties, queries, words
from intake.fakes.desk import report_summary
from intake.fakes.forms.files import WithFiles, screenshots
from intake.fakes.matching import sites
from intake.fakes.question_phrases import LABELS
from intake.people import queries as people
from intake.people.models import Role
from intake.profiles import queries as profiles
from intake.web import locale
from intake.web.forms import Choice, Line, Lines, Radio, Tick, Ticks

WHY = _l("Reasons")


def _reason(label: Any = WHY, **more: Any) -> Lines:
    return Lines(
        label,
        least=3,
        most=2000,
        missing=_l("Say why."),
        personal=True,
        keep="CASE",
        trail=True,
        **more,
    )


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = _reason()


class AssignForm(StepForm):
    """Who is asked first."""

    handler = Choice(_l("Handler"), optional=True, width="22", trail=True)

    def settle(self, occasion: Occasion) -> None:
        handlers = parties.handler.people(occasion.subject, occasion.now)
        self.handler.choices = [("", _("Nobody")), *_by_name(handlers)]
        if not self.is_submitted():
            self.handler.data = occasion.subject.handler_id or ""


class ExcludeForm(StepForm):
    """Who may see nothing of the case (A70)."""

    person = Choice(
        _l("Who is excluded?"),
        width="22",
        hint=_l(
            "Exclude whoever is said to be behind the profile, or whose own conduct the report is "
            "about. Running the imitated profile, or being imitated, excludes nobody."
        ),
        trail=True,
    )
    reason = _reason()

    def settle(self, occasion: Occasion) -> None:
        without = parties.excluded(occasion.subject)
        found = [*parties.all_handlers(), *people.holders(Role.KEEPER)]
        self.person.choices = [
            ("", _("Choose")),
            *_by_name(one for one in found if one.id not in without),
        ]


class RevealForm(StepForm):
    """Whose contact data are opened (A80)."""

    what = Radio(
        _l("Whose data?"),
        hint=_l("The data are open to you for ten minutes. That you opened them is recorded."),
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        self.what.choices = [
            (f"contact:{one.report.id}", one.report.reference)
            for one in _reports(occasion)
            if one.has_contact
        ]
        if not self.is_submitted():
            self.what.data = request.args.get("what", "")


class AskForm(StepForm):
    """A set phrase for one reporter: it waits on their follow page."""

    report = Radio(_l("Which report?"), trail=True)
    phrase = Radio(_l("What do you ask?"), choices=list(LABELS.items()), trail=True)

    def settle(self, occasion: Occasion) -> None:
        pairs = [(one.report.id, _line(one)) for one in _reports(occasion)]
        self.report.choices = pairs
        if not self.is_submitted():
            self.report.data = pairs[0][0] if len(pairs) == 1 else request.args.get("report", "")


class MergeForm(StepForm):
    """The case that this one is merged into."""

    main_case = Line(
        _l("Which case does this one belong to?"),
        most=24,
        width="22",
        hint=_l("Its reports and addresses go to that case. For example VP-2026-031."),
        missing=_l("Give the number of the case."),
        trail=True,
    )

    def settle(self, occasion: Occasion) -> None:
        del occasion
        if not self.is_submitted():
            self.main_case.data = request.args.get("main_case", "")[:24]


class KeyForm(StepForm):
    """One more address of the same profile."""

    key = Line(
        _l("Address or user name"),
        most=2048,
        hint=_l("Reports of this address join the case from now on."),
        missing=_l("Write an address or a handle."),
        trail=True,
    )


class WidenForm(StepForm):
    """A whole site is called a fake: what of ours and of other cases lies on it is shown."""

    site = Radio(_l("Which site is a fake with all its pages?"), trail=True)
    reason = _reason()

    def settle(self, occasion: Occasion) -> None:
        found = sites.of(occasion.subject)
        self.site.choices = [(one.key, one.told) for one in found]
        if not self.is_submitted() and len(found) == 1:
            self.site.data = found[0].key


class SplitForm(StepForm):
    """What goes to a case of its own."""

    reports = Ticks(_l("Which reports go?"), optional=True, trail=True)
    keys = Ticks(_l("Which addresses go?"), optional=True, trail=True)

    def settle(self, occasion: Occasion) -> None:
        self.reports.choices = [(one.report.id, _line(one)) for one in _reports(occasion)]
        self.keys.choices = [
            (key.id, words.defanged(key.shown or key.key))
            for key in queries.keys_of(occasion.subject)
        ]


class DismissForm(StepForm):
    """Why it is no fake profile."""

    ground = Radio(_l("Why is it not a fake?"), choices=list(words.GROUNDS.items()), trail=True)
    reason = _reason(hint=_l("Reporters see the reason group only, not this text."))


class SecondForm(StepForm):
    """What another handler thinks."""

    opinion = Lines(
        _l("Your opinion"),
        least=3,
        most=2000,
        missing=_l("Say what you think of it."),
        hint=_l("Is it a fake profile, and what makes you think so?"),
        trail=True,
    )


class ConfirmForm(StepForm):
    """What must be known before a profile is confirmed as a fake (P5)."""

    unit_answer = Radio(
        _l("What did the imitated unit answer?"),
        choices=list(words.UNIT_ANSWERS.items()),
        clause="P5",
        trail=True,
    )
    looks_private = Tick(
        _l("The account looks like a private person's: another handler gives an opinion first"),
        optional=True,
        clause="P5",
        trail=True,
    )


class TakedownForm(StepForm, WithFiles):
    """What the service did, as a handler saw it today."""

    outcome = Radio(
        _l("What happened to it?"), choices=list(words.OUTCOMES.items()), clause="P5", trail=True
    )
    looked = Tick(
        _l("I looked at the profile myself today, and it is so"),
        missing=_l("Look at the profile yourself first, and note it."),
    )
    seen_text = Lines(_l("What did you see?"), optional=True, most=1000, rows=2)
    evidence = screenshots()

    derived = ("seen_at", "evidence")

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """The look is that of the step's own moment."""
        return {
            "outcome": self.outcome.data,
            "seen_at": occasion.now,
            "seen_text": self.seen_text.data or "",
            "looked": bool(self.looked.data),
        }


class RecheckForm(StepForm, WithFiles):
    """That it is still as it was."""

    looked = Tick(
        _l("I looked today, and it is as it was"),
        missing=_l("Look at the profile yourself first, and note it."),
        hint=_l("If it is back, open the case again instead."),
    )
    evidence = screenshots()

    derived = ("seen_at", "evidence")

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """The moment of the look is that of the step."""
        return {"seen_at": occasion.now}


class ReopenForm(ReasonForm, WithFiles):
    """Why the case is open again, and what shows it."""

    derived = ("evidence",)

    evidence = screenshots()

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        """The reasons; files are given to the case."""
        return {"reason": self.reason.data}


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


def _by_name(found: Iterable[Any]) -> list[tuple[str, str]]:
    return sorted({(one.id, one.name) for one in found}, key=lambda pair: pair[1])


def _reports(occasion: Occasion) -> list[report_summary.Shown]:
    return sorted(
        report_summary.of(occasion.subject, occasion.person, occasion.now),
        key=lambda one: (one.report.created_at, one.report.id),
    )


def _line(one: report_summary.Shown) -> str:
    return f"{one.report.reference}: {', '.join(str(act) for act in one.acts)}"


class NoteForm(StepForm, WithFiles):
    """An internal note."""

    text = Lines(
        _l("Note"),
        most=5000,
        missing=_l("Write the note."),
        hint=_l("Only handlers of the case see this."),
    )
    evidence = screenshots()

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        """The words; files are given to the case."""
        return {"text": self.text.data}


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

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
        """Whether it is there, and what was seen."""
        return {"there": self.there.data == "yes", "text": self.text.data or ""}


class PriorityForm(StepForm):
    """How fast the case must be looked at."""

    priority = Radio(_l("How urgent is it?"), choices=list(words.PRIORITIES.items()))

    def settle(self, occasion: Occasion) -> None:
        if not self.is_submitted():
            self.priority.data = occasion.subject.priority


class AimForm(StepForm):
    """Whom the profile imitates."""

    profile = Choice(
        _l("Genuine profile"),
        optional=True,
        width="22",
        hint=_l("Stands beside the fake, and the notice asks the service not to touch it."),
    )
    unit = Choice(_l("Unit"), optional=True, width="22")

    def settle(self, occasion: Occasion) -> None:
        case, day = occasion.subject, clock.today(occasion.now)
        self.profile.choices = [("", _("None")), *profiles.listed_names()]
        spoken, tree = locale.current(), people.organisation(day).tree()
        units = [(unit.id, "\u00a0" * 3 * depth + unit.name(spoken)) for unit, depth in tree]
        self.unit.choices = [("", _("None")), *units]
        if not self.is_submitted():
            self.profile.data, self.unit.data = case.profile_id or "", case.unit_id or ""


class EndExclusionForm(StepForm):
    """Who sees the case again."""

    exclusion = Radio(_l("Who may see the case again?"))

    def settle(self, occasion: Occasion) -> None:
        rows = [
            row
            for row in queries.exclusions_of(occasion.subject)
            if row.person_id != occasion.person.id
        ]
        names = people.people(row.person_id for row in rows)
        self.exclusion.choices = [(row.id, names[row.person_id].name) for row in rows]
