"""The fields every room builds with.

A field is declared once, with what screen, answers page, privacy notice and retention need to
know: label, hint, limits, public, personal, clause.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage
from wtforms import fields
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from intake.security import sensitive_text
from intake.text import clean

LINE_LIMIT = 200
MEGABYTE = 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")


class Told:
    """What a field of ours knows beside its value; mixed into WTForms' own fields.

    `optional` is True, False, or a sentence: the error shown when nothing was given.
    """

    type_of = "line"
    empty_message: Any = _l("Fill in this field.")

    def __init__(
        self,
        label: Any = None,
        *,
        hint: Any = "",
        optional: bool = False,
        missing: Any = None,
        width: str = "36",
        public: bool = False,
        personal: bool = False,
        keep: str = "REQ",
        clause: str = "",
        trail: bool = False,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        checks: Sequence[Callable[[Any, Any], None]] = (),
        **kwargs: Any,
    ) -> None:
        self.hint, self.is_optional, self.missing = hint, optional, missing
        self.width, self.public, self.personal = width, public, personal
        self.keep, self.clause, self.trail = keep, clause, trail
        self.autocomplete, self.inputmode = autocomplete, inputmode
        self.notes: list[Any] = []
        rules = [_required_unless_optional, *([_no_identity_code] if public else ()), *checks]
        super().__init__(label, validators=rules, **kwargs)  # type: ignore[call-arg]

    @property
    def is_empty(self) -> bool:
        """Was nothing given?"""
        return self.data in (None, "", [])  # type: ignore[attr-defined]


def _required_unless_optional(_form: Any, field: Any) -> None:
    if not field.is_empty or field.errors:
        return
    if field.is_optional or (
        field.raw_data and str(field.raw_data[0]).strip() and field.process_errors
    ):
        raise StopValidation
    raise StopValidation(str(field.missing or field.empty_message))


def _no_identity_code(_form: Any, field: Any) -> None:
    """What becomes public holds nobody's identity code (P7)."""
    if isinstance(field.data, str) and sensitive_text.identity_codes(field.data):
        raise StopValidation(
            _("The text holds a personal identity code. It must not be published: remove it.")
        )


def too_long(over: int, most: int) -> str:
    """What is said of a text that has too many characters, and how many."""
    return str(
        ngettext(
            "The text is one character too long. It may have %(most)d.",
            "The text is %(num)d characters too long. It may have %(most)d.",
            over,
            most=most,
        )
    )


class _Typed(Told):
    """Text between two lengths, counted in characters."""

    def __init__(
        self, label: Any = None, *, least: int = 0, most: int = LINE_LIMIT, **kwargs: Any
    ) -> None:
        self.least, self.most = least, most
        super().__init__(label, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = clean(str(valuelist[0])).strip()

    def pre_validate(self, _form: Any) -> None:
        text = self.data or ""
        if not text:
            return
        if (over := len(text) - self.most) > 0:
            raise StopValidation(too_long(over, self.most))
        if len(text) < self.least:
            raise StopValidation(_("Write at least %(least)d characters.", least=self.least))


class Line(_Typed, fields.StringField):
    """One line of text."""

    def pre_validate(self, form: Any) -> None:
        text = self.data or ""
        if "\n" in text or CONTROL.search(text):
            raise StopValidation(_("Write this on one line, without control characters."))
        if text and not any(unicodedata.category(sign)[0] in "LNPSM" for sign in text):
            raise StopValidation(_("Write something that can be seen."))
        super().pre_validate(form)


class Lines(_Typed, fields.TextAreaField):
    """Several lines of text."""

    type_of = "lines"

    def __init__(
        self, label: Any = None, *, rows: int = 4, most: int = 2000, **kwargs: Any
    ) -> None:
        self.rows = rows
        super().__init__(label, most=most, **kwargs)


class Password(Told, fields.PasswordField):
    """A password: never trimmed, never shown back."""

    type_of = "password"


class Chosen(Told):
    """Choices of a few; they are pairs of value and label, handed in by the view."""

    empty_message = _l("Choose one.")

    def __init__(self, label: Any = None, *, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(label, choices=_offered(choices), validate_choice=False, **kwargs)

    @property
    def choices(self) -> Any:
        """What is offered."""
        return fields.SelectField.choices.fget(self)

    @choices.setter
    def choices(self, pairs: Any) -> None:
        fields.SelectField.choices.fset(self, _offered(pairs))

    def pre_validate(self, _form: Any) -> None:
        given = self.data if isinstance(self.data, list) else [self.data]  # type: ignore[attr-defined]
        wanted = {str(value) for value in given if value}
        if wanted - {str(choice.value) for choice in self.choices if str(choice.value) in wanted}:
            raise StopValidation(_("Choose from the list."))


class Offered(list[SelectChoice]):
    """Choices made once for several fields."""

    def __init__(self, pairs: Any) -> None:
        super().__init__(SelectChoice(value=value, label=label) for value, label in pairs)


def _offered(pairs: Any) -> list[SelectChoice]:
    if isinstance(pairs, Offered):
        return pairs
    return [
        one if isinstance(one, SelectChoice) else SelectChoice(value=one[0], label=one[1])
        for one in pairs
    ]


class Choice(Chosen, fields.SelectField):
    """One of a list, drawn as a select."""

    type_of = "choice"


class Radio(Chosen, fields.RadioField):
    """One of a few, all in sight."""

    type_of = "radio"


class Ticks(Chosen, fields.SelectMultipleField):
    """Any number of a few, all in sight."""

    type_of = "ticks"
    empty_message = _l("Choose at least one.")


class Tick(Told, fields.BooleanField):
    """One statement to agree with."""

    type_of = "tick"
    empty_message = _l("Tick this to go on.")

    @property
    def is_empty(self) -> bool:
        return not self.data


class Amount(Told, fields.StringField):
    """A decimal number, comma or point, in given steps: `data` is a Decimal."""

    type_of = "amount"
    example: Any = _l("Write a number, for example 1,5.")
    between: Any = _l("Write a number from %(least)s to %(most)s in steps of %(step)s.")

    def __init__(
        self,
        label: Any = None,
        *,
        least: str = "0",
        most: str = "40",
        step: str = "0.25",
        wrong: Any = None,
        **kwargs: Any,
    ) -> None:
        self.least, self.most, self.step = Decimal(least), Decimal(most), Decimal(step)
        self.wrong = wrong
        super().__init__(label, **({"width": "9", "inputmode": "decimal"} | kwargs))

    def process_data(self, value: Any) -> None:
        self.data = None if value is None else Decimal(str(value))

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean(str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = Decimal(text.replace(",", ".").replace("\u2212", "-"))
        except InvalidOperation:
            raise ValueError(self._sentence()) from None
        if not self.data.is_finite() or self.data.normalize().adjusted() > 6:
            self.data = None
            raise ValueError(self._sentence())

    def _sentence(self) -> str:
        return str(self.wrong or self.example)

    def pre_validate(self, _form: Any) -> None:
        if self.data is None:
            return
        if not self.least <= self.data <= self.most or self.data % self.step:
            raise StopValidation(
                str(self.between)
                % {name: _told(getattr(self, name)) for name in ("least", "most", "step")}
            )

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _told(self.data)


def _told(number: Decimal) -> str:
    return str(number).replace(".", ",")


class Whole(Amount):
    """A whole number: `data` is a Decimal without a fraction."""

    type_of = "whole"
    example = _l("Write a whole number, for example 5.")
    between = _l("Write a whole number from %(least)s to %(most)s.")

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **({"step": "1", "inputmode": "numeric"} | kwargs))


@dataclass(frozen=True)
class Upload:
    """A file as it was sent; its name is a label and never a path."""

    name: str
    content: bytes


class File(Told, fields.FileField):
    """One file of at most `most` megabytes: `data` is an Upload, or None.

    `accept` only helps the person choose; what the file is, its room finds out. The view's
    `limit` must be the larger one, so that too large a file is refused here, beside the field.
    """

    type_of = "file"
    empty_message = _l("Choose a file.")

    def __init__(
        self, label: Any = None, *, most: int = 1, accept: Sequence[str] = (), **kwargs: Any
    ) -> None:
        self.most, self.accept = most, accept
        super().__init__(label, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        sent = valuelist[0] if valuelist else None
        if not isinstance(sent, FileStorage) or not sent.filename:
            return
        content = sent.stream.read(self.most * MEGABYTE + 1)
        if len(content) > self.most * MEGABYTE:
            raise ValueError(self.too_large())
        if not content:
            raise ValueError(_("The file is empty. Choose another one."))
        name = CONTROL.sub("", clean(sent.filename).replace("\\", "/").rpartition("/")[2])
        self.data = Upload(name[:LINE_LIMIT], content)

    def too_large(self) -> str:
        """What is said of a file beyond the limit, here and by the script before it is sent."""
        return str(_("The file is over %(most)d MB. Choose a smaller one.", most=self.most))


class Seen(fields.HiddenField):
    """The revision the person saw, posted by every step that changes state."""

    @property
    def revision(self) -> int | None:
        """The number, None where it is missing or no number."""
        text = str(self.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else None
