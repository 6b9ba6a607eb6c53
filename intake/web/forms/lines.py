"""Fields of one line that have a normal form: what is typed is brought into it, and kept in it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import fields
from wtforms.validators import StopValidation

from intake import text
from intake.web.forms.fields import Line, Told

LETTERS = _l(
    "Letters such as ä and ö before the @ do not work in every mail system. Give another address."
)


class Name(Line):
    """What a person, a unit or the town is called."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = text.name(self.data or "")


class Mail(Line):
    """An e-mail address, checked for its form alone. Letters that no mail server of today takes
    before the @ are refused too, but where the address is only looked up (`written_to=False`)."""

    type_of = "mail"

    def __init__(self, label: Any = None, *, written_to: bool = True, **kwargs: Any) -> None:
        self.written_to = written_to
        usual: dict[str, Any] = {"most": 254, "inputmode": "email", "autocomplete": "email"}
        super().__init__(label, **(usual | kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = text.mail_address(self.data or "")

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and (sentence := mail_problem(self.data, written_to=self.written_to)):
            raise StopValidation(sentence)


def mail_problem(address: str, domain: str = "example.fi", *, written_to: bool = True) -> str:
    """What is said of an address that is none, or that no letter reaches; nothing where it fits.
    The example has the `domain`."""
    fault = text.mail_fault(address)
    if fault == "form":
        return str(_("Write an e-mail address, for example library@%(domain)s.", domain=domain))
    if fault and written_to:
        return str(LETTERS)
    return ""


class Phone(Line):
    """A telephone number, kept in its international form."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"most": 40, "inputmode": "tel", "width": "22"}
        super().__init__(label, **(usual | kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = text.phone(self.data or "") or self.data

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and text.phone(self.data) is None:
            raise StopValidation(_("Write a telephone number, for example 040 123 4567."))


class Time(Line):
    """A time of the day: `data` is 14:30."""

    type_of = "time"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"width": "9", "most": 20}
        super().__init__(label, **(usual | kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = text.time_of_day(self.data or "") or self.data

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and text.time_of_day(self.data) is None:
            raise StopValidation(_("Write a time, for example 14.30."))


class Day(Told, fields.DateField):
    """A date, however it is typed."""

    type_of = "day"
    empty_message = _l("Give a date.")

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **({"width": "9"} | kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = text.clean(str(valuelist[0])).strip() if valuelist else ""
        self.data = text.day(typed) if typed else None
        if typed and self.data is None:
            raise ValueError(_("Write a date, for example 24.11.2026."))
