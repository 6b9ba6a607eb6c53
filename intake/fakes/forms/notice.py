"""The notice to a service: which one is drafted, and its words as they were sent."""

from datetime import datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.engine.step_form import Occasion, StepForm
from intake.fakes import notice_text, queries
from intake.fakes.forms.filing import (
    CHANNELS,
    LONGEST,
    SPOKEN,
    moment_of,
    past_day,
    reference_line,
    route_line,
)
from intake.fakes.models import Case
from intake.fakes.notice_text import OFFENCES
from intake.fakes.states import Way
from intake.fakes.words import WAYS
from intake.handbook import queries as handbook
from intake.handbook.models import Channel, ReportRoute
from intake.people.models import Person
from intake.refusals import Stale
from intake.web.forms import BaseForm, Lines, Radio, Tick, Ticks


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
        trail=True,
    )
    copy = Lines(
        _l("The same in the other language"),
        rows=8,
        most=LONGEST,
        optional=True,
        hint=_l("Kept with the notice."),
    )
    route = route_line()
    sent_on = past_day(_l("When was it sent?"))
    reference = reference_line(_l("The service's reference, if it gave one"))
    seen_both = Tick(
        _l("I looked at both profiles today: the notice is about the fake, not the genuine one"),
        missing=_l("Look at both profiles before you send the notice."),
        clause="P5",
    )

    derived = ("channel", "sent_at")

    template = "fakes/notify.html"
    draft: DraftForm

    def settle(self, occasion: Occasion) -> None:
        """Draft the notice as it was chosen; what was typed stays."""
        asked = request.form if self.is_submitted() else request.args
        self.draft = draft_of(occasion.subject, DraftForm(formdata=asked))
        if not self.is_submitted():
            fill_notice(self, occasion.subject, self.draft, occasion.person, occasion.now)

    def answers(self, occasion: Occasion) -> dict[str, Any]:
        """What the step asks, with the moment of sending; raises Stale for a channel that no page
        offers."""
        if self.channel.data not in CHANNELS:
            raise Stale
        told = super().answers(occasion)
        given = ("channel", "text", "copy", "route", "reference")
        sent_at = moment_of(self.sent_on.data, occasion.now)
        return {**{name: told[name] for name in given}, "sent_at": sent_at}


def draft_of(case: Case, asked: DraftForm) -> DraftForm:
    """The choices of a notice, filled in where nobody has chosen: the first channel that was not
    used yet, English, and the offences that come to mind."""
    if asked.channel.data not in CHANNELS:
        asked.channel.data = next((way for way in CHANNELS if way not in used(case)), CHANNELS[0])
    if asked.language.data not in notice_text.LANGUAGES:
        asked.language.data = notice_text.LANGUAGES[0]
    known = {choice.value for choice in asked.offence.choices}
    asked.offence.data = [one for one in asked.offence.data or () if one in known]
    if not asked.offence.data:
        asked.offence.data = [offence.value for offence in notice_text.likely(case)]
    return asked


def used(case: Case) -> set[Way]:
    """The channels on which a notice went since the case was last confirmed."""
    return {
        filing.way
        for filing in queries.filings_of(case)
        if filing.way in CHANNELS
        and (case.confirmed_at is None or filing.sent_at >= case.confirmed_at)
    }


def fill_notice(
    form: NotifyForm, case: Case, draft: DraftForm, sender: Person, now: datetime
) -> None:
    """Draft the notice in the language it is sent in and in the other."""
    channel, spoken = str(draft.channel.data), str(draft.language.data)
    other = next(one for one in notice_text.LANGUAGES if one != spoken)
    offences = draft.offence.data or ()
    form.channel.data, form.language.data = channel, spoken
    form.text.data = notice_text.draft(case, sender, channel, spoken, offences, now)
    form.copy.data = notice_text.draft(case, sender, channel, other, offences, now)
    route = route_of(case, channel)
    form.route.data = handbook.words_of(route)[0] if route else ""


def route_of(case: Case, channel: str) -> ReportRoute | None:
    """The platform's own route for a channel, as the handbook knows it."""
    return handbook.route(case.platform_code, Channel(channel)) if channel in CHANNELS else None
