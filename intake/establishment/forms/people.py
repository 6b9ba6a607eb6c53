"""The second group: who runs the profile, with what working time, and how they are reached."""

from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField

from intake.establishment.forms import checks
from intake.establishment.forms.base import MOST_ADMINS, PageForm, note, require, wrong
from intake.establishment.forms.choices import COVERS, Cover, pairs
from intake.establishment.forms.context import Context
from intake.web.forms import Amount, Choice, Line, Lines, Mail, Radio, Tick

PARTS = frozenset({"person", "task", "lead", "hours_update", "hours_interaction"})
NO_HOURS = _l("Working time is 0 hours. No profile is set up without working time.")


def _update_hours() -> Amount:
    return Amount(
        _l("Updating (h/week)"),
        missing=_l("Give the working time for updating as a number, for example 1,5."),
        wrong=_l("Give the working time for updating as a number, for example 1,5."),
        personal=True,
        clause="O2",
    )


def _interaction_hours() -> Amount:
    return Amount(
        _l("Interaction (h/week)"),
        missing=_l("Give the working time for interaction as a number, for example 1,5."),
        wrong=_l("Give the working time for interaction as a number, for example 1,5."),
        personal=True,
        clause="O2",
    )


class Lead(Tick):
    """A box that is an answer unticked too: the page asks for one lead among all."""

    is_empty = False


class AdminPanel(Form):
    """One admin: `admins-<n>-person` and so on."""

    person = Choice(
        _l("Name"),
        missing=_l("Choose the person."),
        public=True,
        personal=True,
        keep="REG",
        clause="O4",
    )
    task = Line(
        _l("Work task"),
        missing=_l("Write the person's work task."),
        least=2,
        most=80,
        public=True,
        personal=True,
        keep="REG",
        clause="O4",
    )
    hours_update = _update_hours()
    hours_interaction = _interaction_hours()
    lead = Lead(_l("Lead admin"), personal=True, clause="O4")


def total(amounts: list[Decimal | None]) -> Decimal:
    """The hours that can be read, summed."""
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def note_little_time(
    field: Any, context: Context, update: list[Decimal | None], interaction: list[Decimal | None]
) -> None:
    """Warn of little time in all or of none for interaction (O2)."""
    if None in update or None in interaction:
        return
    if total(update + interaction) < context.low_hours:
        note(field, _("There is little working time for a profile. The supervisor sees this."))
    if not total(interaction):
        note(field, _("Nobody has time for interaction. The supervisor sees this."))


class AdminsPage(PageForm):
    """At least two admins with task and working time, one of them the lead (P1, O2, O4)."""

    repeated = PARTS

    admins = FieldList(FormField(AdminPanel), min_entries=2, max_entries=MOST_ADMINS)

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """The requester is usually the first admin, and the lead."""
        if context.requester is None:
            return {}
        return {"admins": [{"person": context.requester.id, "lead": True}, {}]}

    def settle(self) -> None:
        """Offer everybody in service."""
        for panel in self.panels:
            panel.person.choices = self.context.everybody

    @property
    def panels(self) -> list[Any]:
        """The forms of the admins."""
        return [entry.form for entry in self.admins]

    def amounts(self, part: str) -> list[Decimal | None]:
        """The hours of one kind, None where they cannot be read."""
        return [getattr(panel, part).data for panel in self.panels]

    @property
    def total(self) -> Decimal:
        """Hours a week in all, of what can be read."""
        return total(self.amounts("hours_update") + self.amounts("hours_interaction"))

    @property
    def unread(self) -> int:
        """How many amounts are missing."""
        return (self.amounts("hours_update") + self.amounts("hours_interaction")).count(None)

    def judge(self) -> None:
        """Different persons, one lead, some time (P1a, O2)."""
        seen: set[str] = set()
        for panel in self.panels:
            chosen = panel.person.data
            if chosen and chosen in seen:
                wrong(panel.person, _("This person is an admin already. Choose another."))
            seen.add(chosen)
        leads = [panel for panel in self.panels if panel.lead.data]
        if not leads:
            wrong(self.panels[0].lead, _("Choose the lead admin."))
        for panel in leads[1:]:
            wrong(panel.lead, _("There can be only one lead admin."))
        if not self.unread and not self.total:
            wrong(self.panels[0].hours_update, NO_HOURS)

    def advise(self) -> None:
        """Little time, and what the admins still lack (P11, G1)."""
        note_little_time(
            self.panels[0].hours_interaction,
            self.context,
            self.amounts("hours_update"),
            self.amounts("hours_interaction"),
        )
        for panel in self.panels:
            for sentence in self.context.unready.get(panel.person.data or "", ()):
                note(panel.person, sentence)


class MailboxPage(PageForm):
    """The shared mailbox of an office profile (P1c)."""

    shared_mailbox = Mail(
        _l("Shared e-mail address"),
        hint=_l("Not a personal address."),
        missing=_l("Write the unit's shared e-mail address."),
        autocomplete="off",
        public=True,
        keep="REG",
        clause="P1",
    )

    def judge(self) -> None:
        """In a mail domain of the town, nobody's own, in letters every mail system knows."""
        address, context = self.shared_mailbox.data or "", self.context
        if "@" not in address or self.shared_mailbox.errors:
            return
        owner = context.owner or checks.owner_of(address, context.people)
        if not checks.local_part(address).isascii():
            sentence = _(
                "Letters such as ä and ö in the address do not work in every mail system. "
                "Write for example %(example)s.",
                example=checks.folded(address),
            )
        elif not checks.in_domains(address, context.mail_domains):
            sentence = _(
                "The address must end in one of the town's own: %(domains)s.",
                domains=", ".join(context.mail_domains),
            )
        elif owner is not None:
            sentence = _("The address is personal. Give the unit's shared address.")
        else:
            return
        wrong(self.shared_mailbox, sentence)

    def advise(self) -> None:
        """An address of two words may still be somebody's."""
        address = self.shared_mailbox.data or ""
        if address and not self.shared_mailbox.errors and checks.looks_personal(address):
            note(
                self.shared_mailbox,
                _("This looks like a personal address. Several people must be able to read it."),
            )


class ExpertPage(PageForm):
    """The one person an expert profile represents (P2, E1, E3, E5)."""

    subject = Choice(
        _l("Expert"),
        hint=_l("It represents one person."),
        missing=_l("Choose the expert."),
        public=True,
        personal=True,
        keep="REG",
        clause="P2",
    )
    role_defined = Line(
        _l("Task or role defined by the town"),
        hint=_l("Confirmed in the decision."),
        missing=_l("Write the task or role in which the expert represents the town."),
        least=5,
        most=200,
        public=True,
        personal=True,
        keep="REG",
        clause="E1",
    )
    separation = Lines(
        _l("How is it kept apart from private profiles?"),
        hint=_l("Do not list your private profiles."),
        missing=_l("Say how the profile is kept apart from private ones."),
        least=10,
        most=500,
        rows=3,
        personal=True,
        clause="E3",
    )
    hours_update = _update_hours()
    hours_interaction = _interaction_hours()

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """Most experts ask for themselves."""
        return {"subject": context.requester.id} if context.requester else {}

    def settle(self) -> None:
        """Offer everybody in service."""
        self.subject.choices = self.context.everybody

    @property
    def work_email(self) -> str:
        """The expert's work address, as their account has it."""
        person = self.context.person(self.subject.data or "")
        return person.email if person else ""

    def judge(self) -> None:
        """A work address of the town (P2c), and some time (O2)."""
        if self.work_email and not checks.in_domains(self.work_email, self.context.mail_domains):
            wrong(
                self.subject,
                _(
                    "The expert's work address must end in one of the town's own: %(domains)s.",
                    domains=", ".join(self.context.mail_domains),
                ),
            )
        hours = [self.hours_update.data, self.hours_interaction.data]
        if None not in hours and not total(hours):
            wrong(self.hours_update, NO_HOURS)

    def advise(self) -> None:
        """Little time, and what the expert still lacks (P11, G1)."""
        note_little_time(
            self.hours_interaction,
            self.context,
            [self.hours_update.data],
            [self.hours_interaction.data],
        )
        for sentence in self.context.unready.get(self.subject.data or "", ()):
            note(self.subject, sentence)


class AbsencePage(PageForm):
    """How an expert's absences are handled (E4); never why they are away."""

    dependent = frozenset({"absence_cover_text"})

    absence_cover = Radio(
        _l("Absence cover"),
        hint=_l("How are holidays and other absences handled? Do not state the reason."),
        choices=pairs(COVERS),
        public=True,
        personal=True,
        keep="REG",
        clause="E4",
    )
    absence_cover_text = Line(
        _l("Where to, or who covers?"),
        hint=_l("For example the shared mailbox, the unit or the other profile."),
        optional=True,
        most=200,
        public=True,
        personal=True,
        keep="REG",
        clause="E4",
    )

    def settle(self) -> None:
        """Cover by others must say by whom."""
        if self.absence_cover.data in (Cover.ELSEWHERE, Cover.COLLEAGUE):
            require(
                self.absence_cover_text, _l("Say which mailbox, unit or expert profile covers.")
            )
