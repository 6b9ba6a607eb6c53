"""The base of every form, and what is wrong with one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select, update
from wtforms import fields
from wtforms.meta import DefaultMeta

from intake import clock
from intake.data.base import db, insert
from intake.refusals import AlreadyDone
from intake.web import locale
from intake.web.forms import publishing
from intake.web.forms.shape import settled
from intake.web.forms.token import FormToken, UsedToken, purpose

TURNED = "turned"  # sent by the script where somebody changes the language midway


class BaseForm(FlaskForm):
    """Every form of the house. `anonymous` forms are bound to nobody, whoever is signed in."""

    anonymous: ClassVar[bool] = False
    token_held: bool = False
    token_hash: str = ""

    class Meta:
        csrf = True
        csrf_class = FormToken
        csrf_field_name = "csrf_token"

        def get_translations(self, form: Any) -> Any:
            """WTForms' own sentences, read once for each language instead of at each request."""
            self.locales = [locale.current()]
            return DefaultMeta.get_translations(self, form)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent, each field of it in its own shape; None where nothing was."""
            sent = FlaskForm.Meta.wrap_formdata(self, form, formdata)
            return None if sent is None else settled(sent, form._fields.values())

    def __init__(
        self, *args: Any, target: tuple[str, dict[str, Any]] | None = None, **kwargs: Any
    ) -> None:
        self._target = target
        self.problems: list[Any] = []
        super().__init__(*args, **kwargs)

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read what was sent; the public texts in it may ask for an answer (P7)."""
        super().process(formdata, *args, **kwargs)
        self._sent = self.meta.wrap_formdata(self, formdata)
        self.ask_about(publishing.public_texts(self))

    @property
    def is_turned(self) -> bool:
        """Was the form sent only to be read in another language?"""
        return self.is_submitted() and TURNED in request.form and "csrf_token" in self

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge what was sent. A form whose language was changed midway is drawn again with what
        was typed: nothing in it is judged yet, and nothing is done."""
        if not self.is_turned:
            return bool(super().validate(extra_validators))
        if self._fields["csrf_token"].validate(self):
            self.problems = [_("What you typed is still here. You can go on.")]
        return False

    def ask_about(self, texts: Iterable[str]) -> None:
        """Ask whether what is somebody's own in texts that become public is meant to be."""
        self._fields.pop(publishing.MEANT, None)
        if found := publishing.remarks(texts):
            made = publishing.asked(found).bind(form=self, name=publishing.MEANT)
            made.process(self._sent)
            self._fields[publishing.MEANT] = made

    def __iter__(self) -> Iterator[Any]:
        """The fields that a form declares: what was asked about them stands beside."""
        return (field for name, field in self._fields.items() if name != publishing.MEANT)

    @property
    def doubts(self) -> list[Any]:
        """The question about what stands in the public texts, where there is one."""
        return [field for name, field in self._fields.items() if name == publishing.MEANT]

    def token_purpose(self) -> str:
        """What the form is for: endpoint and path values of where it is posted."""
        endpoint, values = self._target or (request.endpoint, request.view_args or {})
        return purpose(endpoint, values)

    def owner(self) -> str:
        """The person the form was drawn for, or nobody."""
        if self.anonymous or not current_user.is_authenticated:
            return ""
        return str(current_user.id)

    def bound_to(self) -> str:
        """The subject the form was drawn for, where neither address nor person tell it."""
        return ""

    @property
    def status(self) -> int:
        """HTTP status of the page that shows this form."""
        if request.method != "POST" or not (self.errors or self.problems):
            return 200
        if self.is_turned and self.token_held:
            return 200
        return 422 if self.token_held else 400

    def burn(self) -> None:
        """Use up the token, first thing in the transaction; raises AlreadyDone for a repeat."""
        values = {"hash": self.token_hash, "leads_to": "", "created_at": clock.now()}
        made = (
            insert(UsedToken.__table__)
            .values(**values)
            .on_conflict_do_nothing()
            .returning(UsedToken.hash)
        )
        if db.session.execute(made).scalar() is None:
            raise AlreadyDone(
                db.session.scalars(
                    select(UsedToken.leads_to).where(UsedToken.hash == self.token_hash)
                ).one()
            )

    def lead_to(self, path: str) -> None:
        """Remember where the form led."""
        db.session.execute(
            update(UsedToken).where(UsedToken.hash == self.token_hash).values(leads_to=path)
        )

    def summary(self) -> list[tuple[str, Any]]:
        """(id of the control or "", message) for everything that is wrong, in the form's order.

        What is said of fields of several names begins with theirs, so that links differ.
        """
        found = [("", problem, "") for problem in self.problems]
        for field in (*self, *self.doubts):
            found += _errors_of(field)
        said: dict[str, set[str]] = defaultdict(set)
        for _id, error, label in found:
            said[str(error)].add(label)
        return [
            (id, _named(label, error) if label and len(said[str(error)]) > 1 else error)
            for id, error, label in found
        ]

    def refuse(self, problems: Sequence[Any]) -> None:
        """Put the problems of a refused step beside their fields, or above the form."""
        for problem in problems:
            field = self._fields.get(getattr(problem, "field", None) or "")
            if field is None:
                self.problems.append(problem)
            else:
                field.errors = [*field.errors, problem]


def _named(label: str, error: Any) -> str:
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def _errors_of(field: Any) -> list[tuple[str, Any, str]]:
    """(id, message, label) of a field and those within it."""
    label = str(field.label.text)
    if isinstance(field, fields.FieldList):
        found = [one for entry in field for one in _errors_of(entry)]
        own = [
            (field.id, error, label)
            for error in field.errors
            if isinstance(error, str) or hasattr(error, "message")
        ]
        return own + found
    if isinstance(field, fields.FormField):
        return [one for inner in field.form for one in _errors_of(inner)]
    first = f"{field.id}-0" if getattr(field, "type_of", "") in ("radio", "ticks") else field.id
    return [(first, error, label) for error in field.errors]


class Problem(str):
    """A sentence about what is wrong, with the field it belongs beside, if any."""

    field: str | None

    def __new__(cls, sentence: Any, field: str | None = None) -> "Problem":
        made = super().__new__(cls, sentence)
        made.field = field
        return made
