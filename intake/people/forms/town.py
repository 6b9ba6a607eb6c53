"""The town's own settings: a form for each group of them, a field for each setting, of its name."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from intake import text
from intake.addresses import is_web_address
from intake.people.town import NAMES, Town
from intake.web import locale
from intake.web.forms import Amount, BaseForm, Choice, Line, Lines, Mail, Name, Phone, Seen, Whole
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


class SettingsForm(BaseForm):
    """A group of settings: `group` is its part of the address."""

    group: ClassVar[str]
    title: ClassVar[Any]
    about: ClassVar[Any] = ""
    seen = Seen()

    def settings(self) -> Iterator[Any]:
        """The fields that are settings."""
        return (field for field in self if field.name in NAMES)

    def values(self) -> dict[str, Any]:
        """What was typed, each in the type of its setting."""
        return {field.name: _value(field) for field in self.settings()}


def _value(field: Any) -> Any:
    kind = type(getattr(Town(), field.name))
    return tuple(field.data.casefold().split()) if kind is tuple else kind(field.data or "")


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


class TimesForm(SettingsForm):
    """How long things may take. The least of each leaves room for its reminder."""

    group = "times"
    title = _l("Deadlines and limits")
    about = _l(
        "A change holds for what begins after it. Deadlines that are running keep their day."
    )
    draft_days = Whole(
        _l("A draft that nobody edits (days)"),
        hint=_l("Then it is deleted. The requester is reminded 90 days before."),
        least="97",
        most="730",
    )
    consent_days = Whole(
        _l("Consent of an expert (days)"),
        hint=_l("Then the request is a draft again. The expert is reminded 23 days before."),
        least="24",
        most="180",
        clause="E2",
    )
    decision_working_days = Whole(
        _l("Decision on a request (working days)"),
        hint=_l(
            "The supervisor is reminded before and on the last day, the next one up five days "
            "after it. Nothing decides for them."
        ),
        least="5",
        most="60",
        clause="O3",
    )
    completion_days = Whole(
        _l("Completing a returned request (days)"),
        hint=_l("Proposed to who returns it. Then the supervisor may let the request lapse."),
        least="4",
        most="180",
    )
    setup_days = Whole(
        _l("Set-up of an approved profile (days)"),
        hint=_l("Then its supervisor gives it more time or cancels it. The admins are reminded."),
        least="17",
        most="365",
        clause="O6",
    )
    tick_days = Whole(
        _l("A tick in the set-up checklist (days)"),
        hint=_l("An older one is asked again before the profile is listed."),
        least="1",
        most="365",
    )
    address_days = Whole(
        _l("Confirming a typed address (days)"),
        hint=_l("Those who may confirm it are reminded, then the supervisor is told."),
        least="8",
        most="90",
        clause="P4",
    )
    closing_notice_days = Whole(
        _l("Notice before an office profile closes (days)"),
        hint=_l("A shorter one needs a reason."),
        least="8",
        most="365",
        clause="O8",
    )
    expert_closing_notice_days = Whole(
        _l("Notice before an expert profile closes (days)"),
        hint=_l(
            "A shorter one needs a reason. It also runs when the consent is withdrawn or the "
            "expert leaves."
        ),
        least="8",
        most="365",
        clause="O8",
    )
    office_review_days = Whole(
        _l("Review of an office profile (days)"),
        hint=_l(
            "Its admins are asked again after this. Then the supervisor and the keepers are told."
        ),
        least="30",
        most="730",
        clause="O7",
    )
    expert_review_days = Whole(
        _l("Review of an expert profile (days)"), least="30", most="730", clause="O7"
    )
    review_grace_days = Whole(
        _l("A late review is told in the register (days)"),
        hint=_l("So long after its day the register says since when nobody has confirmed it."),
        least="1",
        most="365",
        clause="O7",
    )
    continuation_days = Whole(
        _l("Deciding whether a profile goes on (days)"),
        hint=_l("When admins are too few, or somebody asks to close it."),
        least="8",
        most="90",
        clause="O8",
    )
    change_days = Whole(
        _l("Agreeing to a change of a profile (days)"),
        hint=_l("Who is asked is reminded before, then the supervisor is told."),
        least="8",
        most="90",
        clause="O3",
    )
    handover_days = Whole(
        _l("Checking off an admin who left (days)"),
        hint=_l("Two people say that they get in no more. Then supervisor and keepers are told."),
        least="1",
        most="30",
        clause="G9",
    )
    quiet_days = Whole(
        _l("An expert away with nobody in their place (days)"),
        hint=_l("Longer than this, the register calls the profile quiet."),
        least="1",
        most="180",
        clause="E4",
    )
    alarm_hours = Whole(
        _l("Seeing to a profile that is taken over (hours)"),
        hint=_l("The register warns of it at once. After this the register keepers are reminded."),
        least="1",
        most="24",
        clause="P5",
    )
    lost_days = Whole(
        _l("Looking again at a profile that is lost (days)"),
        hint=_l("After this the register keepers are reminded."),
        least="1",
        most="30",
        clause="P5",
    )
    answering_days = Whole(
        _l("Answers to residents (days)"),
        hint=_l("Proposed in each request."),
        least="1",
        most="30",
        clause="O7",
    )
    low_hours = Amount(
        _l("Working time that is too little (hours a week)"),
        hint=_l("Below it the request and its supervisor are warned. With none it cannot be sent."),
        least="0.25",
        most="20",
        clause="O2",
    )


def _days(label: Any, *, most: str, least: str = "1", hint: Any = "") -> Whole:
    return Whole(label, hint=hint, least=least, most=most, clause="P5")


class CaseTimesForm(SettingsForm):
    """How long fake profiles may wait."""

    group = "cases"
    title = _l("Fake profiles")
    about = _l("When handlers and lead handlers are reminded. Nothing is decided by time alone.")
    urgent_hours = _days(
        _l("Looking at an urgent report (office hours)"),
        hint=_l("Urgent: somebody has given money or data, or is asked for bank codes."),
        most="16",
    )
    triage_working_days = _days(_l("Looking at any other report (working days)"), most="10")
    review_working_days = _days(_l("Deciding whether it is a fake (working days)"), most="30")
    info_days = _days(_l("A reporter's time to answer a question (days)"), most="90")
    answer_days = _days(
        _l("Waiting for a service to answer (days)"),
        hint=_l("No law fixes how many days a service has."),
        most="60",
        least="3",
    )
    no_answer_days = _days(_l("Next step when a service has not answered (days)"), most="30")
    refusal_days = _days(_l("Next step when a service has refused (days)"), most="60")
    recovery_days = _days(_l("Looking at a profile that is being got back (days)"), most="14")
    police_working_days = _days(
        _l("Deciding whether the police are told (working days)"), most="30"
    )
    flood_cases = Whole(
        _l("New cases an hour that handlers are told of one by one"),
        hint=_l("Beyond it they get one message an hour. Every report is kept."),
        least="1",
        most="200",
        clause="P5",
    )


GROUPS: Mapping[str, type[SettingsForm]] = {
    form.group: form for form in (NamesForm, AddressesForm, ContactsForm, TimesForm, CaseTimesForm)
}
