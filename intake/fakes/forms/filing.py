"""Forms of the steps that note what was sent, and what came back."""

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from intake import clock
from intake.engine.step_form import Occasion, StepForm
from intake.fakes import notice_text, queries, words
from intake.fakes.models import Filing
from intake.fakes.notice_text import OFFENCES, SECTIONS, Offence
from intake.fakes.states import Way
from intake.fakes.words import WAYS
from intake.profiles.states import AlarmState
from intake.web import locale, templating
from intake.web.forms import BaseForm, Day, Line, Lines, Radio, Ticks

CHANNELS = (Way.RULES, Way.ART16)
NOTICES = (*CHANNELS, Way.COMPLAINT, Way.BODY, Way.DSC)  # what a service or body answers
WARNED_DAYS = 14
LONGEST = 20_000  # characters of a notice
SPOKEN = (("en", _l("English")), ("fi", _l("Finnish")))
YES_NO_UNKNOWN = (("yes", _l("Yes")), ("no", _l("No")), ("unasked", _l("Not asked")))


def _is_not_ahead(_form: Any, field: Any) -> None:
    if field.data is not None and field.data > clock.today():
        raise ValidationError(_("The day cannot lie ahead."))


def _is_not_past(_form: Any, field: Any) -> None:
    if field.data is not None and field.data < clock.today():
        raise ValidationError(_("The day has passed."))


def past_day(label: Any, **more: Any) -> Day:
    """A day that does not lie ahead."""
    return Day(label, default=clock.today, checks=(_is_not_ahead,), **more)


def _reason(label: Any = None) -> Lines:
    return Lines(label or _l("Reasons"), least=3, most=2000, missing=_l("Say why."), trail=True)


def reference_line(label: Any = None) -> Line:
    """The reference that a service gave."""
    return Line(label or _l("Reference"), optional=True, most=100, width="22", trail=True)


def _sent() -> Lines:
    return Lines(
        _l("What was sent, word for word"), most=LONGEST, missing=_l("Copy the text here.")
    )


def route_line() -> Line:
    """Where something was sent."""
    return Line(
        _l("Where it was sent"), most=500, missing=_l("Say where the notice goes."), trail=True
    )


class OfFilingForm(StepForm):
    """About one of the notices that were sent."""

    filing = Radio(_l("Which notice?"), trail=True)

    def settle(self, occasion: Occasion) -> None:
        """Offer the notices of the case; one that alone waits for its answer is chosen."""
        rows = [one for one in queries.filings_of(occasion.subject) if one.way in NOTICES]
        self.filing.choices = [(row.id, filing_label(row)) for row in rows]
        waiting = [row.id for row in rows if row.decided_on is None]
        if self.filing.data is None and len(waiting) == 1:
            self.filing.data = waiting[0]


class ReceiptForm(OfFilingForm):
    """The service has acknowledged a notice (2022/2065 art. 16(4))."""

    received_on = past_day(_l("When did the acknowledgement come?"))
    reference = reference_line(_l("The service's reference"))
    derived = ("received_at",)

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """The day as the moment that is stored."""
        told = dict(super().answers(occasion))
        received_at = moment_of(told.pop("received_on"), occasion.now)
        return {**told, "received_at": received_at}


class RefusalForm(OfFilingForm):
    """The service does not remove it (2022/2065 art. 16(5))."""

    decided_at = past_day(_l("When did the town learn of the decision?"), trail=True)
    decision_text = Lines(
        _l("The decision, word for word"),
        most=LONGEST,
        missing=_l("Copy the decision here."),
        trail=True,
    )


ROUTES = (Way.COMPLAINT, Way.BODY, Way.DSC, Way.POLICE)


class EscalateForm(StepForm):
    """Where the case goes next, and when somebody looks at it again."""

    route = Radio(
        _l("Where does it go?"), choices=[(way.value, WAYS[way]) for way in ROUTES], trail=True
    )
    reason = _reason(_l("Why does it go further?"))
    text = Lines(
        _l("What was sent, word for word"),
        most=LONGEST,
        missing=_l("Copy the text here."),
        trail=True,
    )
    reference = reference_line()
    next_check_on = Day(
        _l("When do you look at it again?"),
        checks=(_is_not_past,),
        hint=_l("The case is on the desk again on this day."),
        trail=True,
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
        trail=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in locale.NAMES:
            if code not in locale.offered():
                del self[f"text_{code}"]

    derived = ("warning_text",)

    def settle(self, occasion: Occasion) -> None:
        """Offer ready words."""
        if self.ends_on.data is None and not self.is_submitted():
            self.ends_on.data = clock.today(occasion.now) + timedelta(days=WARNED_DAYS)
            for code in locale.offered():
                self[f"text_{code}"].data = notice_text.warning_draft(occasion.subject, code)

    def answers(self, _occasion: Occasion) -> dict[str, Any]:
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
        trail=True,
    )
    since = past_day(_l("Since when?"), hint=_l("An estimate will do."), optional=True, trail=True)
    interim_channel = Line(
        _l("Where do people reach you meanwhile?"),
        optional=True,
        least=5,
        hint=_l("Published. Needed if the town cannot get into the profile."),
        public=True,
        clause="P4",
    )

    def settle(self, occasion: Occasion) -> None:
        """A reported address of our own is most likely taken over."""
        if occasion.row.name == "recover" and not self.is_submitted():
            self.alarm.data = AlarmState.HIJACKED.value

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


class FileRecoveryForm(StepForm):
    """What was sent to the service to get the profile back."""

    route = route_line()
    text = Lines(
        _l("What was sent, word for word"),
        most=LONGEST,
        missing=_l("Copy the text here."),
        trail=True,
    )
    sent_on = past_day(_l("When was it sent?"))
    reference = reference_line()

    derived = ("sent_at",)

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """The day as the moment that is stored."""
        told = dict(super().answers(occasion))
        return {"sent_at": moment_of(told.pop("sent_on"), occasion.now), **told}


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
        trail=True,
    )
    advised_at = past_day(_l("When?"), trail=True)


def _demand() -> Radio:
    return Radio(
        _l("Does the injured party demand punishment?"),
        choices=YES_NO_UNKNOWN,
        hint=_l("Identity theft is investigated only if the injured party demands it."),
        trail=True,
    )


class VictimsReportForm(StepForm):
    """The report to the police of the one who is impersonated or was cheated."""

    filed_on = past_day(_l("When was it reported?"), trail=True)
    number = Line(_l("Number of the report"), most=100, width="22", trail=True)
    punishment_demand = _demand()


class PoliceForm(VictimsReportForm):
    """The town's own report to the police."""

    offence = Ticks(_l("Named offences"), choices=list(OFFENCES.items()), trail=True)
    station = Line(_l("Police department"), most=200, width="22", trail=True)

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """The offences by their sections in the Criminal Code."""
        sections = [SECTIONS[Offence(one)] for one in self.offence.data or ()]
        return {**super().answers(occasion), "offence": ", ".join(sections)}


class EndForm(StepForm):
    """How the investigation ended."""

    ended_on = past_day(_l("When did it end?"), trail=True)
    result = Lines(
        _l("The result"), least=3, most=2000, missing=_l("Say how it ended."), trail=True
    )


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


def moment_of(day: date | None, now: datetime) -> datetime:
    """The moment of something that was done on a day: now, or the end of a day that is over."""
    return now if day in (None, clock.today(now)) else clock.end_of(day)


def filing_label(row: Filing) -> str:
    """What a notice is called among the others of its case."""
    return f"{words.WAYS[row.way]}, {templating.long_date(row.sent_at)}"
