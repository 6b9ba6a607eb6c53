"""Changing a profile after its decision: who runs it, which unit has it, what is public of it, its
name, its kind. What O3 decided on is decided on again; anything else a second person looks at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.data import full_text
from intake.data.base import db
from intake.engine import audit_trail
from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import Outcome, Then
from intake.people import queries as people
from intake.people import town
from intake.people.models import Person, Unit
from intake.profiles import checklist, names, published, redaction
from intake.profiles.change.models import BRINGS_ADMIN, Change, ChangeKind
from intake.profiles.forms import reasons
from intake.profiles.models import Profile, ProfileAdmin, ProfileKind
from intake.profiles.states import ContinuationState, ProfileState
from intake.text import in_domains
from intake.web import locale
from intake.web.forms import Amount, Choice, Line, Lines, Mail, Problem, Radio

Problems = Sequence[Problem]
MANY = 2  # the fewest admins of an office profile (P1)
ASKED = {
    ChangeKind.ADMIN: ("person", "task", "hours_update", "hours_interaction"),
    ChangeKind.UNIT: ("unit",),
    ChangeKind.TEXT: ("field", "text"),
    ChangeKind.NAME: ("new_name",),
    ChangeKind.OFFICE: (
        "new_name",
        "shared_mailbox",
        "person",
        "task",
        "hours_update",
        "hours_interaction",
    ),
}


class ProposeForm(StepForm):
    """What is to change; of its fields those that the kind of change needs."""

    person = Mail(
        _l("Work address of the new admin"),
        written_to=False,
        autocomplete="off",
        personal=True,
        clause="P1",
        trail=True,
    )
    task = Line(
        _l("Work task"),
        least=2,
        most=80,
        missing=_l("Write the person's work task."),
        public=True,
        personal=True,
        keep="REG",
        clause="O4",
        trail=True,
    )
    hours_update = Amount(_l("Updating (h/week)"), personal=True, clause="O2")
    hours_interaction = Amount(_l("Interaction (h/week)"), personal=True, clause="O2")
    unit = Choice(_l("The unit that takes over"), clause="O3", trail=True)
    field = Radio(_l("Which text?"), missing=_l("Choose the text."), trail=True)
    text = Lines(_l("The new text"), least=2, most=600, public=True, keep="REG", trail=True)
    new_name = Line(
        _l("The new name of the profile"), least=3, most=100, public=True, keep="REG", trail=True
    )
    shared_mailbox = Mail(
        _l("Shared e-mail address"),
        public=True,
        keep="REG",
        autocomplete="off",
        clause="P1",
        trail=True,
    )
    reason = reasons()

    def settle(self, occasion: Occasion) -> None:
        """Ask what this kind of change needs."""
        change: Change = occasion.subject
        asked = (*ASKED[change.what], "reason")
        for name in [one for one in ProposeForm.asked() if one not in asked]:
            del self[name]
        if "unit" in self:
            self.unit.choices = [
                ("", ""),
                *((one.id, one.name(locale.current())) for one in people.units()),
            ]
        if "field" in self:
            shown = redaction.texts(change.profile)
            self.field.choices = [
                (name, f"{label}: {shown[name][1]}" if name in shown else label)
                for name, label in _changeable(change.profile).items()
            ]


class TaskForm(StepForm):
    """An admin's own task and working time."""

    task = Line(
        _l("Work task"),
        least=2,
        most=80,
        missing=_l("Write the person's work task."),
        public=True,
        personal=True,
        keep="REG",
        clause="O4",
        trail=True,
    )
    hours_update = Amount(_l("Updating (h/week)"), personal=True, clause="O2", trail=True)
    hours_interaction = Amount(_l("Interaction (h/week)"), personal=True, clause="O2", trail=True)

    def settle(self, occasion: Occasion) -> None:
        """Begin with what is so today."""
        if not self.is_submitted():
            part = _part(occasion.subject, occasion.person.id)
            self.task.data = part.task
            self.hours_update.process_data(part.hours_update)
            self.hours_interaction.process_data(part.hours_interaction)


def _part(profile: Profile, person_id: str) -> ProfileAdmin:
    return next(admin for admin in profile.current_admins if admin.person_id == person_id)


def _changeable(profile: Profile) -> dict[str, Any]:
    """The public texts that a profile of this kind has."""
    of_experts = ("role_defined", "absence_cover_text")
    is_office = profile.kind is ProfileKind.OFFICE
    return {
        name: label
        for name, label in redaction.TEXTS.items()
        if name != "represents_text" and not (is_office and name in of_experts)
    }


def change_brings_an_admin(change: Change, _now: datetime) -> bool:
    """Does somebody become an admin by it, who agrees in their own sign-in (P1)?"""
    return change.what in BRINGS_ADMIN


def supervisor_decides_alone(change: Change, now: datetime) -> bool:
    """Does the supervisor decide, and nobody has to agree first?"""
    return change.is_decided_on and not change_brings_an_admin(change, now)


def second_person_looks(change: Change, _now: datetime) -> bool:
    """Is it enough that a second person looks at it?"""
    return not change.is_decided_on


def kind_fits(change: Change, _now: datetime) -> bool:
    """Can a profile of this kind be changed so?"""
    is_office = change.profile.kind is ProfileKind.OFFICE
    return {ChangeKind.ADMIN: is_office, ChangeKind.OFFICE: not is_office}.get(change.what, True)


def somebody_becomes_admin(change: Change, _now: datetime) -> Problems:
    """The new admin works for the town, and is none of the profile's yet."""
    if change.what not in BRINGS_ADMIN:
        return []
    person = change.person_id and db.session.get(Person, change.person_id)
    if not person or not person.is_active:
        return [Problem(_("Nobody in service has this work address."), "person")]
    if person.id in {admin.person_id for admin in change.profile.current_admins}:
        return [Problem(_("This person is an admin already. Choose another."), "person")]
    if person.id == change.profile.decided_by_id:
        return [Problem(_("Who decided on the profile cannot be its admin."), "person")]
    return []


def unit_is_another(change: Change, _now: datetime) -> Problems:
    """The profile goes to a unit that there is and that does not have it yet."""
    if change.what is not ChangeKind.UNIT:
        return []
    unit = db.session.get(Unit, change.unit_id) if change.unit_id else None
    if unit is None or unit.ended_at is not None or unit.id == change.profile.unit_id:
        return [Problem(_("Choose another unit than the present one."), "unit")]
    return []


def words_differ(change: Change, _now: datetime) -> Problems:
    """A text or a name becomes another; an office profile's mailbox is the town's (P1)."""
    return list(_word_problems(change))


def _word_problems(change: Change) -> Iterator[Problem]:
    profile = change.profile
    if change.what is ChangeKind.TEXT and change.field not in _changeable(profile):
        yield Problem(_("Choose the text."), "field")
    elif change.what is ChangeKind.TEXT and profile.texts.get(change.field or "") == change.text:
        yield Problem(_("This is what stands there already."), "text")
    if change.what in (ChangeKind.NAME, ChangeKind.OFFICE) and change.text == profile.name:
        yield Problem(_("This is what stands there already."), "new_name")
    expert = profile.subject if change.what is ChangeKind.NAME else None
    if expert is not None and not _holds_name(change.text or "", expert):
        sentence = _("The name must hold the expert's own name, %(name)s.", name=expert.name)
        yield Problem(sentence, "new_name")
    if change.mailbox and not in_domains(change.mailbox, town.current().mail_domains):
        yield Problem(_("Use an address in the town's own mail domain."), "shared_mailbox")
    elif change.mailbox and people.by_email(change.mailbox) is not None:
        yield Problem(
            _("This is one person's own address. Use a shared mailbox."), "shared_mailbox"
        )


def _holds_name(name: str, person: Person) -> bool:
    """Does a profile's name hold every part of a person's name (E5)?"""
    return set(full_text.folded_words(person.name)) <= set(full_text.folded_words(name))


def propose(change: Change, _actor: Any, _now: datetime) -> Outcome:
    """Nothing is changed yet; what would become public is held against the guard now."""
    _refuse(change)
    facts = {"what": change.what.value, "profile": change.profile_id}
    return Outcome({**facts, "person": change.person_id} if change.person_id else facts)


def _refuse(change: Change) -> None:
    told = {
        "text" if change.what is ChangeKind.TEXT else "new_name": change.text or "",
        "task": change.task or "",
        "shared_mailbox": change.mailbox or "",
    }
    published.refuse(change.profile, **told)


def accept(change: Change, _actor: Any, now: datetime) -> None:
    """Who becomes an admin has agreed in their own sign-in (P1)."""
    change.accepted_at = now


def put_in_force(change: Change, _actor: Any, now: datetime) -> Outcome:
    """The profile is changed, and the register with it."""
    _refuse(change)
    profile = change.profile
    few = len(profile.current_admins) < MANY
    {
        ChangeKind.ADMIN: _add_admin,
        ChangeKind.UNIT: _hand_over,
        ChangeKind.TEXT: _set_text,
        ChangeKind.NAME: _set_name,
        ChangeKind.OFFICE: _become_office,
    }[change.what](change, profile, now)
    profile.revision += 1
    db.session.flush()
    db.session.expire(profile, ["admins", "unit", "subject"])
    enough = few and len(profile.current_admins) >= MANY
    facts = {"what": change.what.value, "profile": profile.id}
    return Outcome(facts, _settled(profile) if enough else ())


def _settled(profile: Profile) -> tuple[Then, ...]:
    """Two admins again: that was all there was to decide, unless somebody doubts the profile."""
    if profile.continuation is ContinuationState.GOES_ON:
        return ()
    asked = [
        entry
        for entry, _written in audit_trail.history([profile.id])
        if entry.step in ("question", "ask_closing")
    ]
    if asked and asked[-1].detail().get("why") != "few":
        return ()
    return (Then("continuation", profile, "settle"),)


def _add_admin(change: Change, profile: Profile, now: datetime) -> None:
    places = [admin.place for admin in profile.admins]
    db.session.add(
        ProfileAdmin(
            profile_id=profile.id,
            person_id=change.person_id,
            place=max(places, default=-1) + 1,
            task=change.task,
            hours_update=change.hours_update or Decimal(0),
            hours_interaction=change.hours_interaction or Decimal(0),
            lead=not any(admin.lead for admin in profile.current_admins),
            accepted_at=change.accepted_at,
            since=now,
        )
    )
    if profile.state is ProfileState.SETUP:  # what the profile says of them is checked anew (O4)
        for row in profile.checklist:
            if row.item == checklist.TEXT:
                row.done_at, row.by_id, row.note = None, None, ""


def _hand_over(change: Change, profile: Profile, _now: datetime) -> None:
    profile.unit_id = cast(str, change.unit_id)


def _set_text(change: Change, profile: Profile, _now: datetime) -> None:
    profile.texts = {**profile.texts, cast(str, change.field): change.text}


def _set_name(change: Change, profile: Profile, _now: datetime) -> None:
    profile.name = cast(str, change.text)
    names.remember(profile)


def _become_office(change: Change, profile: Profile, now: datetime) -> None:
    """The expert stays as an admin beside the new one; the profile is the unit's from now on."""
    profile.kind, profile.subject_id = ProfileKind.OFFICE, None
    gone = ("role_defined", "absence_cover", "absence_cover_text")
    kept: Mapping[str, Any] = {
        name: text for name, text in profile.texts.items() if name not in gone
    }
    profile.texts = {**kept, "contact": change.mailbox}
    _add_admin(change, profile, now)
    _set_name(change, profile, now)


def change_part(
    profile: Profile,
    actor: Person,
    _now: datetime,
    *,
    task: str,
    hours_update: Decimal,
    hours_interaction: Decimal,
) -> Outcome:
    """An admin's own task and working time are others from now on."""
    published.refuse(profile, task=task)
    part = _part(profile, actor.id)
    part.task, part.hours_update, part.hours_interaction = task, hours_update, hours_interaction
    return Outcome({"admin": actor.id})


def time_is_left(
    profile: Profile,
    _now: datetime,
    *,
    hours_update: Decimal = Decimal(0),
    hours_interaction: Decimal = Decimal(0),
    acting: Any = None,
) -> Problems:
    """Somebody has working time for the profile (O2)."""
    others = [one for one in profile.current_admins if one.person_id != getattr(acting, "id", "")]
    hours = sum((one.hours_update + one.hours_interaction for one in others), Decimal(0))
    if hours + (hours_update or 0) + (hours_interaction or 0) > 0:
        return []
    sentence = _("Nobody would have working time for the profile. Close it rather.")
    return [Problem(sentence, "hours_update")]
