"""The town's own settings: a form for each group of them, a field for each setting, of its name."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from intake import text
from intake.addresses import is_web_address
from intake.people.forms.setting_group import SettingsForm
from intake.people.forms.times import CaseTimesForm, ProfileTimesForm, TimesForm
from intake.web import locale
from intake.web.forms import Amount, Choice, Line, Lines, Mail, Name, Phone
from intake.web.templating import number


class Domains(Lines):
    """Mail domains, one on a line; a comma or semicolon between two ends the line as well."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, rows=3, most=1000, width="22", **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = "\n".join(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        typed = [one.strip() for one in re.split(r"[\n,;]", self.data or "") if one.strip()]
        domains = [text.mail_domain(one) for one in typed]
        self.data = "\n".join(domains if all(map(is_domain, domains)) else typed)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        for domain in (self.data or "").split():
            if not is_domain(domain):
                raise StopValidation(
                    _("%(domain)s is not a domain. Write it like savonkoski.fi.", domain=domain)
                )


def is_domain(domain: str) -> bool:
    """Could mail be sent to somebody at this?"""
    return not text.mail_fault(f"postmaster@{domain}")


class WebPage(Line):
    """The address of a page on the web: http or https, and nothing else (A28)."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, most=2048, inputmode="url", autocomplete="url", **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not is_web_address(self.data):
            raise StopValidation(
                _("Write the page's whole address. It begins with https:// or http://.")
            )


class Languages(Choice):
    """The languages of the public pages in their order; the first is one of the national ones."""

    def process_data(self, value: Any) -> None:
        self.data = " ".join(value or ())


ORDERS = (
    "fi sv en",
    "fi en sv",
    "fi sv",
    "fi en",
    "fi",
    "sv fi en",
    "sv en fi",
    "sv fi",
    "sv en",
    "sv",
)


def in_words(codes: str) -> str:
    """Languages as readers know them from the header, such as "Suomeksi · På svenska"."""
    return " · ".join(locale.NAMES[code] for code in codes.split())


def shown(field: Any) -> str | list[str]:
    """What a field holds, as a page tells it: text, or lines of it."""
    if field.data is None or field.data == "":
        return ""
    if isinstance(field, Languages):
        return in_words(field.data)
    if isinstance(field, Lines):
        return str(field.data).splitlines()
    return number(field.data) if isinstance(field, Amount) else str(field.data)


class NamesForm(SettingsForm):
    """What the town is called."""

    group = "names"
    title = _l("Names")
    about = _l(
        "The names stand on every page and in every letter, and at the root of the organisation."
    )
    name_fi = Name(_l("Name in Finnish"), most=60, width="22")
    name_sv = Name(_l("Name in Swedish"), most=60, width="22")
    name_en = Name(_l("Name in English"), most=60, width="22")
    genitive_fi = Name(
        _l("Genitive in Finnish"),
        hint=_l("With a capital letter, as in “Savonkosken profiilit”."),
        most=60,
        width="22",
    )
    genitive_sv = Name(
        _l("Genitive in Swedish"),
        hint=_l("With a capital letter, as in “Savonkoskis profiler”."),
        most=60,
        width="22",
    )
    genitive_en = Name(
        _l("Genitive in English"),
        hint=_l("With a capital letter, as in “Savonkoski's profiles”."),
        most=60,
        width="22",
    )


class AddressesForm(SettingsForm):
    """Where the town is on the net, and in which languages."""

    group = "addresses"
    title = _l("Languages and addresses")
    languages = Languages(
        _l("Languages of the public pages"),
        hint=_l(
            "The first one is shown to whoever has chosen none. Staff may work in any of the three."
        ),
        choices=[(codes, in_words(codes)) for codes in ORDERS],
        width="22",
    )
    mail_domains = Domains(
        _l("Mail domains"),
        hint=_l(
            "One on a line. Shared mailboxes and work addresses of profiles must be in one of "
            "them or below it."
        ),
        missing=_l("Write at least one domain."),
        clause="P1",
    )
    own_sites = Domains(
        _l("The town's own web sites"),
        hint=_l(
            "One domain on a line. Only a front page in one of them or below it can be listed, and "
            "then speaks for all of its site. Empty: the mail domains."
        ),
        optional=True,
        clause="P4",
    )
    register_page = WebPage(
        _l("The page of the town's own site that links to the register"),
        hint=_l("Residents see from it that the register is the town's. The register shows it."),
        optional=True,
        clause="P4",
    )


class ContactsForm(SettingsForm):
    """Whom people may ask."""

    group = "contacts"
    title = _l("Contacts")
    about = _l("These are public, apart from IT support.")
    contact_email = Mail(
        _l("Communications, e-mail"),
        hint=_l("Shown where people may ask about a profile, and on pages of errors."),
        autocomplete="off",
        width="22",
    )
    dpo_contact = Mail(
        _l("Data protection officer, e-mail"),
        hint=_l("Told when a profile that answers private messages is taken over."),
        optional=True,
        autocomplete="off",
        width="22",
    )
    it_contact = Mail(
        _l("IT support, e-mail"),
        hint=_l("Told when a profile is taken over or lost."),
        optional=True,
        autocomplete="off",
        width="22",
    )
    postal_address = Line(_l("Postal address"), optional=True, width="36")
    phone = Phone(_l("Telephone"), optional=True)


GROUPS: Mapping[str, type[SettingsForm]] = {
    form.group: form
    for form in (
        NamesForm,
        AddressesForm,
        ContactsForm,
        TimesForm,
        ProfileTimesForm,
        CaseTimesForm,
    )
}
