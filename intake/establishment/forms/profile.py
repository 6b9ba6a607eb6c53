"""The first group of pages: which profile, whose, and what for."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.establishment.forms import checks
from intake.establishment.forms.base import PageForm, note, require, wrong
from intake.establishment.forms.choices import (
    ORG_LEVELS,
    REPRESENTS,
    YES_NO,
    Represents,
    YesNo,
    pairs,
)
from intake.establishment.forms.context import Context
from intake.handbook.models import Approval
from intake.web.forms import Choice, Line, Lines, Radio


class ProfilePage(PageForm):
    """Platform, name and address of the profile (P1, P2, G7)."""

    office_only = frozenset({"profile_name_reason"})

    existing_profile = Radio(
        _l("Does the profile already exist?"),
        choices=pairs(YES_NO),
        hint=_l("A profile made earlier needs a decision too."),
        clause="O1",
    )
    platform = Choice(
        _l("Service"),
        hint=_l("Choose a service approved for work use."),
        public=True,
        keep="REG",
        clause="G7",
        width="22",
    )
    platform_reason = Lines(
        _l("Why this service?"),
        hint=_l("The service is not approved for work use. The supervisor sees your reason."),
        missing=_l("Say why this service is needed although it is not approved for work use."),
        least=20,
        most=1000,
        clause="G7",
    )
    profile_name = Line(
        _l("Name of the profile"),
        hint=_l("Use the name of the unit or activity."),
        missing=_l("Write the name of the profile."),
        least=3,
        most=100,
        public=True,
        personal=True,  # of an expert
        keep="REG",
        clause="P1",
    )
    profile_name_reason = Lines(
        _l("Why this name?"),
        hint=_l("The name does not show the unit or activity. The supervisor sees your reason."),
        missing=_l("Say why the name does not hold the name of the unit or activity."),
        least=20,
        most=500,
        rows=3,
        clause="P1",
    )
    handle = Line(
        _l("Handle"),
        hint=_l("May be filled in at set-up."),
        optional=True,
        public=True,
        personal=True,  # of an expert
        keep="REG",
        width="22",
        clause="P4",
    )
    profile_url = Line(
        _l("Address of the profile"),
        hint=_l("Copy it from the browser. May be filled in at set-up."),
        optional=True,
        most=2048,
        public=True,
        personal=True,  # of an expert
        keep="REG",
        inputmode="url",
        clause="P4",
    )

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """An expert profile is named after unit and person (P2c)."""
        person = context.subject or context.requester
        if context.is_office or person is None:
            return {}
        unit = person.unit.name(context.language) if person.unit else ""
        return {"profile_name": f"{unit} {person.name}".strip()}

    def settle(self) -> None:
        """Offer the platforms; ask for reasons only where there is something to explain."""
        self.platform.choices = _offered(self.context)
        if not self.context.platform_needs_reason:
            del self.platform_reason
        if not self.context.is_office:
            self.profile_name.hint = _l("Use the unit and your own name.")
        if not self._is_named_otherwise():
            del self.profile_name_reason
        if self.existing_profile.data == YesNo.YES:
            require(self.profile_url, _l("Give the address of the existing profile."))

    def _is_named_otherwise(self) -> bool:
        """Does an office profile's name hold neither unit nor activity (P1b)?"""
        context, name = self.context, self.profile_name.data or ""
        if not context.is_office or context.unit is None or not name:
            return False
        unit = context.unit
        known = [unit.name_fi, unit.name_sv, context.typed("unit", "represents_text")]
        return not checks.shares_stem(name, known)

    def judge(self) -> None:
        """Name and address against people, platform and register."""
        name = self.profile_name.data or ""
        if self.context.is_office:
            if any(checks.holds_name(name, person) for person in self.context.people):
                wrong(
                    self.profile_name,
                    _("An office profile is named after a unit or activity, not after a person."),
                )
        elif self.context.subject and not checks.holds_name(name, self.context.subject):
            wrong(
                self.profile_name,
                _(
                    "The name must hold the expert's own name, %(name)s.",
                    name=self.context.subject.name,
                ),
            )
        for field, sentence in (
            (self.handle, self.context.address.handle),
            (self.profile_url, self.context.address.url),
        ):
            if field.data and sentence:
                wrong(field, sentence)

    def advise(self) -> None:
        """What the requester and the supervisor should think of; nothing here blocks."""
        platform = self.context.platform
        if platform is not None and platform.approval is not Approval.APPROVED:
            sentence = {
                Approval.ON_TRIAL: _("The service is on trial in work use."),
                Approval.NOT_APPROVED: _("The service is not approved for work use."),
            }[platform.approval]
            note(self.platform, sentence)
        for near in self.context.near:
            note(self.profile_name, _("This is close to the profile %(name)s.", name=near))
        if self.context.address.reading and not self.profile_url.errors:
            note(self.profile_url, _("We read: %(address)s", address=self.context.address.reading))


def _offered(context: Context) -> list[tuple[str, Any]]:
    return [("", _l("Choose")), *((one.code, one.name) for one in context.platforms)]


class UnitPage(PageForm):
    """At which level the activity is planned (O1), and what the profile represents (P1)."""

    office_only = frozenset({"represents", "represents_text"})
    dependent = frozenset({"represents_text"})

    org_level = Choice(
        _l("Organisation level"),
        hint=_l("At which level is the activity planned?"),
        choices=[("", _l("Choose")), *pairs(ORG_LEVELS)],
        public=True,
        keep="REG",
        clause="O1",
        width="22",
    )
    org_unit = Choice(_l("Unit"), public=True, keep="REG", clause="O1")
    represents = Choice(
        _l("What does it represent?"),
        choices=[("", _l("Choose")), *pairs(REPRESENTS)],
        public=True,
        keep="REG",
        clause="P1",
        width="22",
    )
    represents_text = Line(
        _l("What else?"),
        hint=_l("Fill this in if you chose Something else."),
        optional=True,
        least=2,
        most=80,
        public=True,
        keep="REG",
        clause="P1",
    )

    @staticmethod
    def defaults(context: Context) -> dict[str, Any]:
        """The requester's own unit."""
        known = {unit.id: unit for unit in context.units}
        unit = known.get((context.requester and context.requester.unit_id) or "")
        return {"org_level": unit.level.value, "org_unit": unit.id} if unit else {}

    def settle(self) -> None:
        """Offer the units with their level."""
        self.org_unit.choices = [("", _l("Choose"))] + [
            (unit.id, f"{unit.name(self.context.language)} ({str(ORG_LEVELS[unit.level]).lower()})")
            for unit in self.context.units
        ]
        if not self.context.is_office:
            del self.represents, self.represents_text
        elif self.represents.data == Represents.OTHER:
            require(self.represents_text, _l("Say what the profile represents."))

    def judge(self) -> None:
        """The unit belongs to the level."""
        unit = self.context.unit
        if unit is not None and unit.level != self.org_level.data and not self.org_level.errors:
            wrong(
                self.org_unit,
                _(
                    "%(unit)s is not on this level. Choose another unit or level.",
                    unit=unit.name(self.context.language),
                ),
            )


class PurposePage(PageForm):
    """Purpose and audience (O1, P0, S1)."""

    purpose = Lines(
        _l("Purpose"),
        hint=_l("What should it achieve? This text is published."),
        missing=_l("Write what the profile should achieve."),
        least=20,
        most=600,
        public=True,
        keep="REG",
        clause="O1",
    )
    audience = Lines(
        _l("Audience"),
        hint=_l("Whom is the profile for, and how can they take part? This text is published."),
        missing=_l("Write whom the profile is for and how they can take part."),
        least=10,
        most=300,
        rows=3,
        public=True,
        keep="REG",
        clause="P0",
    )
