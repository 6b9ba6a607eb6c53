"""The third group: what is published, how questions are answered, under which terms."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.establishment.forms.base import PageForm, require, wrong
from intake.establishment.forms.choices import (
    CONTENT_LANGUAGES,
    MESSAGES,
    MONTHS,
    RHYTHMS,
    Represents,
    Rhythm,
    pairs,
)
from intake.establishment.forms.context import Context
from intake.web.forms import Choice, Day, Line, Lines, Radio, Ticks, Whole


class ContentPage(PageForm):
    """Content, rhythm, languages and time of the profile (O1, O7)."""

    content_plan = Lines(
        _l("Content plan"),
        hint=_l("What content and how often?"),
        missing=_l("Write what content you will publish."),
        least=20,
        most=2000,
        rows=6,
        clause="O1",
    )
    update_rhythm = Radio(
        _l("Update rhythm"),
        hint=_l("The review interval is counted from this."),
        choices=pairs(RHYTHMS),
        public=True,
        keep="REG",
        clause="O7",
    )
    update_rhythm_months = Ticks(
        _l("In which months?"),
        choices=pairs(MONTHS),
        missing=_l("Choose the months."),
        public=True,
        keep="REG",
        clause="O7",
    )
    content_languages = Ticks(
        _l("Languages"), choices=pairs(CONTENT_LANGUAGES), public=True, keep="REG", clause="P0"
    )
    start_date = Day(_l("Starts"), optional=True, public=True, keep="REG", clause="O1")
    end_date = Day(
        _l("Ends (fixed term)"),
        hint=_l("An event's profile has an end date."),
        optional=True,
        public=True,
        keep="REG",
        clause="O8",
    )

    def settle(self) -> None:
        """Months belong to a season, an end to an event."""
        if self.update_rhythm.data != Rhythm.SEASONAL:
            del self.update_rhythm_months
        if self.context.is_office and self.context.typed("unit", "represents") == Represents.EVENT:
            require(self.end_date, _l("Give the day on which the event's profile ends."))

    def judge(self) -> None:
        """It ends after it starts."""
        start, end = self.start_date.data, self.end_date.data
        if start and end and end <= start:
            wrong(self.end_date, _("The profile must end after it starts."))


class QuestionsPage(PageForm):
    """How questions are answered (O7) and what becomes of private messages (O9)."""

    dependent = frozenset({"private_messages_text", "private_messages_reason"})

    answering = Lines(
        _l("Answering questions"),
        hint=_l("Who answers and in what time? As any other feedback."),
        missing=_l("Write who answers questions."),
        least=10,
        most=500,
        rows=3,
        public=True,
        keep="REG",
        clause="O7",
    )
    answering_days = Whole(
        _l("Answered in how many days?"),
        missing=_l("Give the number of days as a whole number from 1 to 30."),
        wrong=_l("Give the number of days as a whole number from 1 to 30."),
        least="1",
        most="30",
        public=True,
        keep="REG",
        clause="O7",
    )
    private_messages = Radio(
        _l("Private messages"),
        hint=_l("Recommended: say how they are handled. Do not ask for personal data in them."),
        choices=pairs(MESSAGES),
        optional=True,
        public=True,
        keep="REG",
        clause="O9",
    )
    private_messages_text = Lines(
        _l("More about private messages"),
        optional=True,
        most=500,
        rows=3,
        public=True,
        keep="REG",
        clause="O9",
    )
    private_messages_reason = Lines(
        _l("Why do you not say how private messages are handled?"),
        hint=_l("Fill this in if you chose nothing above."),
        optional=True,
        least=10,
        most=500,
        rows=3,
        clause="O9",
    )

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """The town's own promise for feedback."""
        return {"answering_days": context.answering_days}

    def settle(self) -> None:
        """Ask about private messages only where the platform has them."""
        platform = self.context.platform
        if platform is not None and not platform.has_messages:
            del self.private_messages, self.private_messages_text, self.private_messages_reason

    def judge(self) -> None:
        """The policy advises to tell it; who does not says why (O9)."""
        told = self.private_messages
        if told and not told.data and not self.private_messages_reason.data:
            wrong(
                told, _("Choose how private messages are handled, or say why you do not tell it.")
            )


class TermsPage(PageForm):
    """Who checked which version of the platform's terms, and when (O5)."""

    terms_by = Choice(
        _l("Terms of use checked by"),
        missing=_l("Choose who checked the terms of use."),
        personal=True,
        clause="O5",
    )
    terms_on = Day(_l("Checked on"), personal=True, clause="O5")
    terms_version = Line(
        _l("Version or address"),
        hint=_l("The date or number of the terms, or the address where they are."),
        missing=_l("Write which version of the terms was checked."),
        least=2,
        most=300,
        clause="O5",
    )

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """Most requesters check the terms themselves."""
        return {"terms_by": context.requester.id} if context.requester else {}

    @property
    def terms_url(self) -> str:
        """Where the chosen platform has its terms."""
        return self.context.platform.terms_url if self.context.platform else ""

    def settle(self) -> None:
        """Offer everybody in service."""
        self.terms_by.choices = self.context.everybody

    def judge(self) -> None:
        """Nobody has checked anything in the future."""
        checked: date | None = self.terms_on.data
        if checked and checked > self.context.today:
            wrong(self.terms_on, _("The date is in the future. Give the day of the check."))


class ClosingPage(PageForm):
    """Where users are sent if the profile is closed (O8); asked again then."""

    exit_plan = Lines(
        _l("Where are users sent if it is closed?"),
        optional=True,
        most=300,
        rows=3,
        clause="O8",
    )
