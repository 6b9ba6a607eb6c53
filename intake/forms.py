"""Forms: the base form with its token, and the fields every room builds with.

A form turns text into values and says what is wrong in the reader's language; it never queries
and never decides. A field is declared once, with what screen, answers page, privacy notice and
retention need to know: label, hint, limits, public, personal, clause.
"""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from email_validator import EmailNotValidError, validate_email
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import Field as WTField
from wtforms import fields
from wtforms.csrf.core import CSRF
from wtforms.validators import StopValidation, ValidationError

from intake import clock, keys
from intake.database import Base, db, insert
from intake.refusals import AlreadyDone

LIFETIME = timedelta(hours=24)
LINE_LIMIT = 200
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


class UsedToken(Base):
    """A form token that was used, and where its form led."""

    __tablename__ = "used_token"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[str] = mapped_column(String(300), default="")


def forget_old_tokens(now: datetime) -> None:
    """Drop the tokens that no form can carry any more."""
    db.session.execute(delete(UsedToken).where(UsedToken.created_at < now - LIFETIME * 2))


class FormToken(CSRF):
    """One token, three jobs: the form is ours, fresh, and used once.

    Signs purpose (endpoint with its path values), person or nobody, 128 random bits and the
    time. Bound to the person, not to the session: a form survives signing in again.
    """

    def setup_form(self, form: "BaseForm") -> list[tuple[str, Any]]:
        self.form = form
        found: list[tuple[str, Any]] = super().setup_form(form)
        return found

    def generate_csrf_token(self, _field: Any) -> str:
        sent = self.form.sent_token()
        if sent is not None and self._holds(sent):
            return request.form["csrf_token"]  # a refused form keeps its token
        return keys.seal(
            "form",
            {
                "for": self.form.purpose(),
                "who": self.form.owner(),
                "nonce": secrets.token_hex(16),
                "at": int(clock.now().timestamp()),
            },
        )

    def validate_csrf_token(self, form: "BaseForm", field: Any) -> None:
        content = keys.unseal("form", field.data or "")
        form.token_held = content is not None and self._holds(content)
        form.token_hash = hashlib.sha256((field.data or "").encode()).hexdigest()
        if not form.token_held:
            raise ValidationError(
                _("The form had expired. Check what you typed and send it again.")
            )

    def _holds(self, content: dict[str, Any]) -> bool:
        age = clock.now().timestamp() - content["at"]
        fresh = -300 < age < LIFETIME.total_seconds()
        right = content["for"] == self.form.purpose() and content["who"] == self.form.owner()
        return bool(fresh and right)


class BaseForm(FlaskForm):
    """Every form of the house. `anonymous` forms are bound to nobody, whoever is signed in."""

    anonymous: ClassVar[bool] = False
    token_held: bool = False
    token_hash: str = ""

    class Meta:
        csrf = True
        csrf_class = FormToken
        csrf_field_name = "csrf_token"

    def __init__(
        self, *args: Any, target: tuple[str, dict[str, Any]] | None = None, **kwargs: Any
    ) -> None:
        self._target = target
        self.problems: list[Any] = []
        super().__init__(*args, **kwargs)

    def purpose(self) -> str:
        """What the form is for: endpoint and path values of where it is posted."""
        endpoint, values = self._target or (request.endpoint, request.view_args or {})
        return ":".join([str(endpoint), *(f"{key}={values[key]}" for key in sorted(values))])

    def owner(self) -> str:
        """The person the form was drawn for, or nobody."""
        if self.anonymous or not current_user.is_authenticated:
            return ""
        return str(current_user.id)

    def sent_token(self) -> dict[str, Any] | None:
        """The content of the token that came with this request, None where there is none."""
        if request.method != "POST":
            return None
        return keys.unseal("form", request.form.get("csrf_token", ""))

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form."""
        if request.method != "POST" or not (self.errors or self.problems):
            return 200
        return 422 if self.token_held else 400

    def burn(self) -> None:
        """Use up the token, first thing in the transaction; raises AlreadyDone for a repeat."""
        values = {"hash": self.token_hash, "place": "", "created_at": clock.now()}
        made = (
            insert(UsedToken.__table__)
            .values(**values)
            .on_conflict_do_nothing()
            .returning(UsedToken.hash)
        )
        if db.session.execute(made).scalar() is None:
            raise AlreadyDone(
                db.session.scalars(
                    select(UsedToken.place).where(UsedToken.hash == self.token_hash)
                ).one()
            )

    def lead_to(self, place: str) -> None:
        """Remember where the form led."""
        db.session.execute(
            update(UsedToken).where(UsedToken.hash == self.token_hash).values(place=place)
        )

    def summary(self) -> list[tuple[str, Any]]:
        """(id of the control or "", message) for everything that is wrong, in the form's order."""
        found = [("", problem) for problem in self.problems]
        for field in self:
            found += _errors_of(field)
        return found

    def refuse(self, problems: Sequence[Any]) -> None:
        """Put the problems of a refused step beside their fields, or above the form."""
        for problem in problems:
            field = self._fields.get(getattr(problem, "field", None) or "")
            if field is None:
                self.problems.append(problem)
            else:
                field.errors = [*field.errors, problem]


def _errors_of(field: Any) -> list[tuple[str, Any]]:
    if isinstance(field, fields.FieldList):
        found = [pair for entry in field for pair in _errors_of(entry)]
        own = [
            (field.id, error)
            for error in field.errors
            if isinstance(error, str) or hasattr(error, "message")
        ]
        return own + found
    if isinstance(field, fields.FormField):
        return [pair for inner in field.form for pair in _errors_of(inner)]
    first = f"{field.id}-0" if getattr(field, "type_of", "") in ("radio", "ticks") else field.id
    return [(first, error) for error in field.errors]


class Problem(str):
    """A sentence about what is wrong, with the field it belongs beside, if any."""

    field: str | None

    def __new__(cls, sentence: Any, field: str | None = None) -> "Problem":
        made = super().__new__(cls, sentence)
        made.field = field
        return made


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
        autocomplete: str | None = None,
        inputmode: str | None = None,
        checks: Sequence[Callable[[Any, Any], None]] = (),
        **kwargs: Any,
    ) -> None:
        self.hint, self.is_optional, self.missing = hint, optional, missing
        self.width, self.public, self.personal = width, public, personal
        self.keep, self.clause = keep, clause
        self.autocomplete, self.inputmode = autocomplete, inputmode
        self.notes: list[Any] = []
        super().__init__(label, validators=[_required_unless_optional, *checks], **kwargs)  # type: ignore[call-arg]

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


def clean(text: str) -> str:
    """One normal form of what was typed: LF line ends, no NUL, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode() if not _encodable(text) else text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
            raise StopValidation(
                _(
                    "The text is %(over)d characters too long. It may have %(most)d.",
                    over=over,
                    most=self.most,
                )
            )
        if len(text) < self.least:
            raise StopValidation(_("Write at least %(least)d characters.", least=self.least))


class Line(_Typed, fields.StringField):
    """One line of text."""

    def pre_validate(self, form: Any) -> None:
        text = self.data or ""
        if "\n" in text or CONTROL.search(text):
            raise StopValidation(_("Write this on one line, without control characters."))
        super().pre_validate(form)


class Lines(_Typed, fields.TextAreaField):
    """Several lines of text."""

    type_of = "lines"

    def __init__(
        self, label: Any = None, *, rows: int = 4, most: int = 2000, **kwargs: Any
    ) -> None:
        self.rows = rows
        super().__init__(label, most=most, **kwargs)


class Mail(Line):
    """An e-mail address, checked for its form alone."""

    type_of = "mail"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        usual: dict[str, Any] = {"most": 254, "inputmode": "email", "autocomplete": "email"}
        super().__init__(label, **(usual | kwargs))

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data:
            try:
                validate_email(self.data, check_deliverability=False)
            except EmailNotValidError:
                raise StopValidation(
                    _(
                        "Write an e-mail address, for example library@%(domain)s.",
                        domain="example.fi",
                    )
                ) from None


class Password(Told, fields.PasswordField):
    """A password: never trimmed, never shown back."""

    type_of = "password"


class Choice(Told, fields.SelectField):
    """One of a list, drawn as a select; choices are handed in by the view."""

    type_of = "choice"
    empty_message = _l("Choose one.")

    def __init__(self, label: Any = None, *, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(
            label, choices=choices if choices is not None else [], validate_choice=False, **kwargs
        )

    def pre_validate(self, _form: Any) -> None:
        known = {str(value) for value, _label in self.choices or []}
        if self.data and str(self.data) not in known:
            raise StopValidation(_("Choose one from the list."))


class Radio(Told, fields.RadioField):
    """One of a few, all in sight."""

    type_of = "radio"
    empty_message = _l("Choose one.")

    def __init__(self, label: Any = None, *, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(
            label, choices=choices if choices is not None else [], validate_choice=False, **kwargs
        )

    pre_validate = Choice.pre_validate


class Ticks(Told, fields.SelectMultipleField):
    """Any number of a few, all in sight."""

    type_of = "ticks"
    empty_message = _l("Choose at least one.")

    def __init__(self, label: Any = None, *, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(
            label, choices=choices if choices is not None else [], validate_choice=False, **kwargs
        )

    def pre_validate(self, _form: Any) -> None:
        known = {str(value) for value, _label in self.choices or []}
        if set(map(str, self.data or [])) - known:
            raise StopValidation(_("Choose from the list."))


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
        return str(self.wrong or _("Write a number, for example 1,5."))

    def pre_validate(self, _form: Any) -> None:
        if self.data is None:
            return
        if not self.least <= self.data <= self.most or self.data % self.step:
            raise StopValidation(
                _(
                    "Write a number from %(least)s to %(most)s in steps of %(step)s.",
                    least=self.least,
                    most=self.most,
                    step=str(self.step).replace(".", ","),
                )
            )

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data).replace(".", ",")


class Whole(Amount):
    """A whole number: `data` is a Decimal without a fraction."""

    type_of = "whole"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **({"step": "1", "inputmode": "numeric"} | kwargs))


class Day(Told, fields.DateField):
    """A date: typed as 2026-11-24 or 24.11.2026."""

    type_of = "day"
    empty_message = _l("Give a date.")

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d.%m.%Y"], **({"width": "9"} | kwargs))

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = clean(str(valuelist[0])).strip() if valuelist else ""
        if not text:
            return
        for pattern in self.strptime_format:
            try:
                self.data = datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a date has no zone
                return
            except ValueError:
                continue
        raise ValueError(_("Write a date, for example 24.11.2026."))


class Seen(fields.HiddenField):
    """The revision the person saw, posted by every step that changes state."""

    @property
    def revision(self) -> int | None:
        """The number, None where it is missing or no number."""
        text = str(self.data or "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


def hidden_fields(form: WTField) -> list[Any]:
    """The fields a template draws without a label."""
    return [field for field in form if isinstance(field, fields.HiddenField)]
