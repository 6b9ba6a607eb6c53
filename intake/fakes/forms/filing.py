"""Forms of the steps that send something, or note what came back, by the name of the step."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import ValidationError

from intake import clock
from intake.fakes.forms.steps import StepForm
from intake.fakes.notice_text import OFFENCES, SECTIONS, Offence
from intake.fakes.states import Way
from intake.fakes.words import WAYS
from intake.profiles.states import AlarmState
from intake.web import locale
from intake.web.forms import BaseForm, Day, Line, Lines, Radio, Tick, Ticks

LONGEST = 20_000  # characters of a notice
SPOKEN = (("en", _l("English")), ("fi", _l("Finnish")))
YES_NO_UNKNOWN = (("yes", _l("Yes")), ("no", _l("No")), ("unasked", _l("Not asked")))


def _is_not_ahead(_form: Any, field: Any) -> None:
    if field.data is not None and field.data > clock.today():
        raise ValidationError(_("The day cannot lie ahead."))


def _is_not_past(_form: Any, field: Any) -> None:
    if field.data is not None and field.data < clock.today():
        raise ValidationError(_("The day has passed."))


def _past(label: Any, **more: Any) -> Day:
    return Day(label, default=clock.today, checks=(_is_not_ahead,), **more)


def _reason(label: Any = None) -> Lines:
    return Lines(label or _l("Reasons"), least=3, most=2000, missing=_l("Say why."))


def _reference(label: Any = None) -> Line:
    return Line(label or _l("Reference"), optional=True, most=100, width="22")


def _sent() -> Lines:
    return Lines(
        _l("What was sent, word for word"), most=LONGEST, missing=_l("Copy the text here.")
    )


def _route(**more: Any) -> Line:
    return Line(_l("Where it was sent"), most=500, missing=_l("Say where the notice goes."), **more)


class DraftForm(BaseForm):
    """Which notice is drafted; lies in the address and changes nothing."""

    class Meta:
        csrf = False

    channel = Radio(
        _l("What does the notice rest on?"),
        choices=[(way.value, WAYS[way]) for way in (Way.RULES, Way.ART16)],
        clause="P5",
    )
    language = Radio(_l("Language of the notice"), choices=SPOKEN)
    offence = Ticks(
        _l("What may it be under the law?"),
        choices=list(OFFENCES.items()),
        optional=True,
        hint=_l("Stands in a notice of illegal content."),
    )


class NotifyForm(StepForm):
    """A notice as it was sent: a person has read it, and looked at both profiles."""

    channel = HiddenField()
    language = HiddenField()
    text = Lines(
        _l("The notice, word for word"),
        rows=24,
        most=LONGEST,
        missing=_l("Write the notice."),
        hint=_l("Read and mend it. Never a reporter's name or words. This is kept as it was sent."),
        clause="P5",
    )
    copy = Lines(
        _l("The same in the other language"),
        rows=8,
        most=LONGEST,
        optional=True,
        hint=_l("Kept with the notice."),
    )
    route = _route()
    sent_on = _past(_l("When was it sent?"))
    reference = _reference(_l("The service's reference, if it gave one"))
    seen_both = Tick(
        _l("I looked at both profiles today: the notice is about the fake, not the genuine one"),
        missing=_l("Look at both profiles before you send the notice."),
        clause="P5",
    )

    def answers(self) -> dict[str, Any]:
        """What the step asks; the view gives the moment of sending."""
        told = super().answers()
        return {
            name: told[name] for name in told if name not in ("language", "seen_both", "sent_on")
        }


class OfFilingForm(StepForm):
    """About one of the notices that were sent."""

    filing = Radio(_l("Which notice?"))


class ReceiptForm(OfFilingForm):
    """The service has acknowledged a notice (2022/2065 art. 16(4))."""

    received_on = _past(_l("When did the acknowledgement come?"))
    reference = _reference(_l("The service's reference"))


class RefusalForm(OfFilingForm):
    """The service does not remove it (2022/2065 art. 16(5))."""

    decided_at = _past(_l("When did the town learn of the decision?"))
    decision_text = Lines(
        _l("The decision, word for word"), most=LONGEST, missing=_l("Copy the decision here.")
    )


ROUTES = (Way.COMPLAINT, Way.BODY, Way.DSC, Way.POLICE)


class EscalateForm(StepForm):
    """Where the case goes next, and when somebody looks at it again."""

    route = Radio(_l("Where does it go?"), choices=[(way.value, WAYS[way]) for way in ROUTES])
    reason = _reason(_l("Why does it go further?"))
    text = Lines(
        _l("What was sent, word for word"), most=LONGEST, missing=_l("Copy the text here.")
    )
    reference = _reference()
    next_check_on = Day(
        _l("When do you look at it again?"),
        checks=(_is_not_past,),
        hint=_l("The case is on the desk again on this day."),
    )


class WarnForm(StepForm):
    """A public warning in the town's languages: the genuine profile alone."""

    text_fi = Lines(_l("Warning in Finnish"), rows=3, most=500, missing=_l("Write the warning."))
    text_sv = Lines(_l("Warning in Swedish"), rows=3, most=500, missing=_l("Write the warning."))
    text_en = Lines(_l("Warning in English"), rows=3, most=500, missing=_l("Write the warning."))
    ends_on = Day(
        _l("Last day of the warning"),
        checks=(_is_not_past,),
        hint=_l("The warning goes by itself after this day."),
        clause="P8",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in locale.NAMES:
            if code not in locale.offered():
                del self[f"text_{code}"]

    def answers(self) -> dict[str, Any]:
        """The texts by field, and all of them in one for the trail."""
        texts = {f.name: f.data for f in self if f.name.startswith("text_")}
        return {
            "texts": texts,
            "warning_text": "\n\n".join(texts.values()),
            "ends_on": self.ends_on.data,
        }


class RecoverForm(StepForm):
    """What has happened to a profile of the town's own (G8)."""

    alarm = Radio(
        _l("What has happened?"),
        choices=(
            (AlarmState.HIJACKED.value, _l("Somebody else holds the profile")),
            (AlarmState.LOST.value, _l("The service locked or removed it by mistake")),
        ),
        clause="G8",
    )
    what_happened = Lines(
        _l("What do you know of it?"),
        least=5,
        most=1000,
        hint=_l("Facts only, no passwords. Staff who look after the profile see this."),
        missing=_l("Say what has happened."),
        clause="G8",
    )
    since = _past(_l("Since when?"), hint=_l("An estimate will do."), optional=True)
    interim_channel = Line(
        _l("Where do people reach you meanwhile?"),
        optional=True,
        least=5,
        hint=_l("Published. Needed if the town cannot get into the profile."),
        public=True,
        clause="P4",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each kind of alarm has a question of its own."""
        valid = bool(super().validate(extra_validators))
        asked = self.since if self.alarm.data == AlarmState.HIJACKED else self.interim_channel
        if self.alarm.data and not asked.data and not asked.errors:
            asked.errors = [
                _("Say since when; an estimate will do.")
                if asked is self.since
                else _("Say where people reach you meanwhile.")
            ]
            return False
        return valid

    def answers(self) -> dict[str, Any]:
        """A day that was not given is no answer."""
        return {**super().answers(), "since": self.since.data or ""}


class FileRecoveryForm(StepForm):
    """What was sent to the service to get the profile back."""

    route = _route()
    text = Lines(
        _l("What was sent, word for word"), most=LONGEST, missing=_l("Copy the text here.")
    )
    sent_on = _past(_l("When was it sent?"))
    reference = _reference()

    def answers(self) -> dict[str, Any]:
        """What the step asks; the view gives the moment of sending."""
        told = super().answers()
        return {name: told[name] for name in told if name != "sent_on"}


class ReasonForm(StepForm):
    """A step that asks why."""

    reason = _reason()


class AdviseForm(StepForm):
    """Who was told that only they can demand punishment."""

    whom = Line(
        _l("Who was advised?"),
        most=200,
        missing=_l("Say who was advised."),
        personal=True,
        keep="CASE",
    )
    advised_at = _past(_l("When?"))


def _demand() -> Radio:
    return Radio(
        _l("Does the injured party demand punishment?"),
        choices=YES_NO_UNKNOWN,
        hint=_l("Identity theft is investigated only if the injured party demands it."),
    )


class VictimsReportForm(StepForm):
    """The report to the police of the one who is impersonated or was cheated."""

    filed_on = _past(_l("When was it reported?"))
    number = Line(_l("Number of the report"), most=100, width="22")
    punishment_demand = _demand()


class PoliceForm(VictimsReportForm):
    """The town's own report to the police."""

    offence = Ticks(_l("Named offences"), choices=list(OFFENCES.items()))
    station = Line(_l("Police department"), most=200, width="22")

    def answers(self) -> dict[str, Any]:
        """The offences by their sections in the Criminal Code."""
        sections = [SECTIONS[Offence(one)] for one in self.offence.data or ()]
        return {**super().answers(), "offence": ", ".join(sections)}


class EndForm(StepForm):
    """How the investigation ended."""

    ended_on = _past(_l("When did it end?"))
    result = Lines(_l("The result"), least=3, most=2000, missing=_l("Say how it ended."))


class WatchForm(BaseForm):
    """A look at the genuine profile after a notice."""

    found = Radio(
        _l("Is the genuine profile there?"),
        choices=(
            ("there", _l("Yes, it is still there and works")),
            ("gone", _l("No, it is gone, locked or hidden")),
        ),
        clause="P5",
    )


FILING: dict[str, type[StepForm]] = {
    "note_receipt": ReceiptForm,
    "note_no_answer": StepForm,
    "note_refusal": RefusalForm,
    "escalate": EscalateForm,
    "warn_public": WarnForm,
    "end_warning": StepForm,
    "recover": RecoverForm,
    "end_recovery": StepForm,
    "give_up_recovery": ReasonForm,
    "decide_not_needed": ReasonForm,
    "advise_victim": AdviseForm,
    "note_victims_report": VictimsReportForm,
    "file": PoliceForm,
    "end_investigation": EndForm,
    "reconsider": ReasonForm,
}


def moment_of(day: date | None, now: datetime) -> datetime:
    """The moment of something that was done on a day: now, or the end of a day that is over."""
    return now if day in (None, clock.today(now)) else clock.end_of(day)
