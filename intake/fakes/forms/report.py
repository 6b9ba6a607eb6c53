"""The report form."""

import re
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import fields
from wtforms.validators import StopValidation

from intake import clock
from intake.fakes import choices
from intake.fakes.choices import pairs
from intake.fakes.forms.files import WithFiles, screenshots
from intake.security import sensitive_text
from intake.text import clean
from intake.web.forms import Choice, Day, Line, Lines, Mail, Radio, Tick, Ticks

ADDRESSES = 10
LONGEST = 2048  # characters of one address
TIME = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


class Addresses(Lines):
    """One address a line, each kept as it was typed; repeated parameters are read too. Whether
    there may be none, the whole form decides."""

    is_empty = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = "\n".join(clean(str(value)) for value in valuelist).strip("\n")

    @property
    def lines(self) -> list[str]:
        """The addresses in their order, none of them twice."""
        typed = (line.strip() for line in (self.data or "").split("\n"))
        return list(dict.fromkeys(line for line in typed if line))

    def pre_validate(self, form: Any) -> None:
        if (over := len(self.lines) - ADDRESSES) > 0:
            raise StopValidation(
                ngettext(
                    "One address too many. Write at most %(most)d.",
                    "%(num)d addresses too many. Write at most %(most)d.",
                    over,
                    most=ADDRESSES,
                )
            )
        longest = max(map(len, self.lines), default=0)
        if longest > LONGEST:
            raise StopValidation(
                ngettext(
                    "An address is one character too long.",
                    "An address is %(num)d characters too long.",
                    longest - LONGEST,
                )
            )
        super().pre_validate(form)


class Time(Line):
    """A time of the day: `data` is typed as 14.30 or 14:30."""

    type_of = "time"

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        found = TIME.fullmatch(self.data or "")
        if self.data and not found:
            raise StopValidation(_("Write a time, for example 14.30."))
        if found:
            self.data = f"{int(found[1]):02}:{found[2]}"


def not_to_come(_form: Any, field: Any) -> None:
    """The day has come, in Helsinki."""
    if isinstance(field.data, date) and field.data > clock.today():
        raise StopValidation(_("Give a day that has come."))


class ReportForm(WithFiles):
    """What anybody tells of a fake profile; bound to nobody."""

    anonymous = True

    urls = Addresses(
        _l("Address of the fake profile"),
        hint=_l(
            "Copy it from the browser or from the app's Share. Several addresses: one on each line."
        ),
        most=ADDRESSES * (LONGEST + 1),
        rows=3,
        personal=True,
        keep="CASE",
        clause="P5",
    )
    no_url = Tick(_l("I have no address"), optional=True, keep="CASE")
    visible_name = Line(
        _l("Name of the profile"),
        hint=_l("If you have no address. For example a WhatsApp number or the profile's name."),
        optional=True,
        personal=True,
        keep="CASE",
        width="22",
        least=2,
    )
    platform = Choice(
        _l("On which service?"),
        hint=_l("If you leave this open we read it from the address."),
        optional=True,
        keep="CASE",
        width="22",
    )
    target_kind = Radio(
        _l("Who or what does it pretend to be?"),
        choices=pairs(choices.TARGET_KINDS),
        missing=_l("Choose what the profile pretends to be."),
        keep="CASE",
    )
    target = Line(
        _l("Which profile, unit or person?"),
        hint=_l("Choose from the list or write."),
        optional=True,
        personal=True,
        keep="CASE",
    )
    acts = Ticks(
        _l("What does the profile do?"),
        hint=_l("You can choose several."),
        choices=pairs(choices.ACTS),
        missing=_l("Choose what the profile does."),
        keep="CASE",
    )
    description = Lines(
        _l("Tell more"),
        hint=_l("No identity codes, bank codes or sensitive data of others."),
        optional=True,
        personal=True,
        keep="CASE",
        most=5000,
        rows=5,
    )
    seen_at = Day(
        _l("When did you see the profile?"),
        hint=_l("An estimate will do."),
        checks=[not_to_come],
        keep="CASE",
    )
    seen_at_time = Time(_l("At what time?"), optional=True, keep="CASE", width="9", most=5)
    harm = Radio(
        _l("Have you given data or money to the profile?"),
        hint=_l("If you gave bank codes call your bank at once."),
        choices=pairs(choices.HARMS),
        missing=_l("Say whether you have given data or money."),
        personal=True,
        keep="CASE",
        clause="G8",
    )
    evidence = screenshots()
    reported_elsewhere = Ticks(
        _l("Have you already reported it elsewhere?"),
        choices=pairs(choices.ELSEWHERE),
        optional=True,
        keep="CASE",
    )
    reported_reference = Line(
        _l("Reference of that report"),
        optional=True,
        personal=True,
        keep="CASE",
        width="22",
        most=100,
    )
    reporter_role = Radio(
        _l("What is your relation to the matter?"),
        choices=pairs(choices.ROLES),
        missing=_l("Choose your relation to the matter."),
        personal=True,
        keep="CASE",
    )
    reporter_name = Line(
        _l("Name"), optional=True, personal=True, keep="CONTACT", width="22", autocomplete="name"
    )
    reporter_email = Mail(
        _l("E-mail"),
        hint=_l("Give it if you want news by e-mail. We never send the code."),
        optional=True,
        personal=True,
        keep="CONTACT",
        width="22",
    )
    reporter_phone = Line(
        _l("Phone"),
        optional=True,
        personal=True,
        keep="CONTACT",
        width="22",
        most=40,
        inputmode="tel",
        autocomplete="tel",
    )
    contact_secrecy = Tick(
        _l("I ask that my contact data be kept secret"),
        hint=_l("It is a request: the law decides what is secret."),
        optional=True,
        personal=True,
        keep="CONTACT",
    )
    contact_secrecy_reason = Lines(
        _l("Your reasons: do you fear for your safety?"),
        optional=True,
        personal=True,
        keep="CONTACT",
        most=500,
        rows=2,
    )
    good_faith = Tick(
        _l("To the best of my belief the information is correct."),
        hint=_l("Tell only what you know or saw yourself."),
        missing=_l("Confirm that the information is correct to the best of your belief."),
        keep="CASE",
    )
    website = fields.StringField(_l("Leave this field empty"))  # a trap: nobody sees it (A95)
    altcha = fields.HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        self._ask_for_an_address()
        self._warn_of_secrets()
        if "other" in (self.acts.data or ()) and not self.description.data:
            self.description.errors = [*self.description.errors, _("Tell what the profile does.")]
        return fits and not self.errors

    def _ask_for_an_address(self) -> None:
        if self.urls.errors or self.urls.lines:
            return
        if self.no_url.data and not self.visible_name.data:
            sentence = _("Write the name or the number of the profile.")
            self.visible_name.errors = [*self.visible_name.errors, sentence]
        elif not self.visible_name.data:
            sentence = _("Write the address of the fake profile, or choose that you have none.")
            self.urls.errors = [sentence]

    def _warn_of_secrets(self) -> None:
        for kind in sensitive_text.kinds(self.description.data or ""):
            if kind != "phone":  # a fake's number is part of the matter
                self.description.notes.append(WARNINGS[kind])

    def for_staff(self) -> None:
        """Leave out what is known of a colleague who is signed in (one step fewer)."""
        for name in CONTACT:
            delattr(self, name)


CONTACT = (
    "reporter_name",
    "reporter_email",
    "reporter_phone",
    "contact_secrecy",
    "contact_secrecy_reason",
)
WARNINGS = {
    "identity_code": _l("The text seems to hold a personal identity code. Remove it."),
    "account": _l("The text seems to hold a bank account number. Remove it if it is your own."),
}


def prefilled() -> dict[str, Any]:
    """What the address of the form says of its answers."""
    return {"urls": request.args.get("q", "")[:LONGEST], "seen_at": clock.today()}
