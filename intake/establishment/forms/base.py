"""What all pages of the request form share: fed from what was typed, judged by its own rules."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, HiddenField
from wtforms.validators import StopValidation

from intake.establishment.forms.context import Context
from intake.security import sensitive_text
from intake.text import clean
from intake.web.forms import BaseForm, Seen

PART = re.compile(r"[0-9]{1,2}")
MOST_ADMINS = 20
CARRIED = ("seen", "was")


class PageForm(BaseForm):
    """A page of the request form. `context` holds choices and what was found out.

    The page is fed from `typed` ({field: [as typed]}), mistakes included; where it is None it
    proposes its defaults. `carried` holds what came unseen with it. `settle` gives the choices
    and drops the questions that do not apply.
    """

    repeated: ClassVar[frozenset[str]] = frozenset()  # parts of `admins-<n>-<part>`
    dependent: ClassVar[frozenset[str]] = frozenset()  # questions that belong to another's answer
    office_only: ClassVar[frozenset[str]] = frozenset()  # questions that experts are not asked

    seen = Seen()
    was = HiddenField()  # hash of what was saved of this page when it was drawn

    def __init__(
        self,
        context: Context,
        typed: Mapping[str, list[str]] | None = None,
        *,
        carried: Mapping[str, list[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.context = context
        proposed = self.defaults(context) if typed is None else {}
        sent: MultiDict[str, Any] | None = (
            None if typed is None else MultiDict({**typed, **(carried or {})})
        )
        super().__init__(formdata=sent, data=proposed, **kwargs)
        self.settle()

    @staticmethod
    def defaults(_context: Context) -> dict[str, Any]:
        """What the page proposes before anything was typed."""
        return {}

    def settle(self) -> None:
        """Give the fields their choices; drop the questions that do not apply."""

    def judge(self) -> None:
        """Hold the answers against each other: what is wrong goes beside its field."""

    def advise(self) -> None:
        """Say what to think of, beside its field: notes never block."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Judge every field by itself, then together; says too what to think of."""
        super().validate(extra_validators)
        self.judge()
        for field in self:
            if isinstance(field, FieldList):  # it has not heard of what was judged together
                field.errors = [entry.errors for entry in field] if summed(field) else []
        self.advise()
        for field in self.drawn():
            if field.public and field.type_of in ("line", "lines") and not field.errors:
                field.notes += sensitive_text.warnings(field.data or "")
        return not self.errors

    def judge_again(self) -> None:
        """Show what is wrong with what was typed earlier: there is no token to judge yet."""
        self.validate()
        if "csrf_token" in self._fields:
            self._fields["csrf_token"].errors = []

    def drawn(self) -> list[Any]:
        """The questions of the page, in order; repeated ones flattened."""
        return list(_flat(field for field in self if not isinstance(field, HiddenField)))


def _flat(fields: Iterable[Any]) -> Iterable[Any]:
    for field in fields:
        if isinstance(field, FieldList):
            for entry in field:
                yield from entry.form
        else:
            yield field


def summed(field: Any) -> bool:
    """Is anything wrong in a repeated field?"""
    return any(inner.errors for inner in _flat([field]))


def wrong(field: Any, sentence: Any) -> None:
    """Put a sentence beside a field, unless it has one already."""
    if not field.errors:
        field.errors = [str(sentence)]


def note(field: Any, sentence: Any) -> None:
    """Put something to think of beside a field."""
    field.notes.append(str(sentence))


def require(field: Any, missing: Any) -> None:
    """Make an optional field required, with the sentence for when it is empty."""
    field.is_optional, field.missing = False, missing


def value_of(field: Any, context: Context) -> Any:
    """What was typed into a field as its value; None where it cannot be read or does not exist."""
    value = field.data
    if field.process_errors or value in (None, ""):
        return None
    if isinstance(value, str) and value in context.named:
        return value
    try:
        field.pre_validate(None)
    except StopValidation:
        return None
    if isinstance(value, list):
        return tuple(value)
    return int(value) if field.type_of == "whole" else value


def carried(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """What every page carries unseen: its token, and what was seen when it was drawn."""
    return {name: sent.getlist(name) for name in ("csrf_token", *CARRIED) if name in sent}


def typed(form: type[PageForm], sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """What was typed into a page's own fields, as it was typed; nothing else is taken (A7)."""
    return {
        name: [clean(value) for value in values]
        for name, values in sent.lists()
        if _belongs(form, name)
    }


def added(sent: dict[str, list[str]]) -> tuple[dict[str, list[str]], int]:
    """What was typed with an empty panel more, and its number."""
    number = min(len(_panels(sent)), MOST_ADMINS - 1)
    return {**_numbered(sent, _panels(sent)), f"admins-{number}-person": [""]}, number


def removed(sent: dict[str, list[str]], number: str) -> dict[str, list[str]]:
    """What was typed without a panel; the others move up."""
    return _numbered(sent, [panel for panel in _panels(sent) if str(panel) != number])


def _panels(sent: Mapping[str, Any]) -> list[int]:
    return sorted({int(name.split("-")[1]) for name in sent if name.startswith("admins-")})


def _numbered(sent: dict[str, list[str]], panels: list[int]) -> dict[str, list[str]]:
    return {
        f"admins-{place}-{part}": sent[name]
        for place, panel in enumerate(panels)
        for name in sent
        for _admins, number, part in [name.split("-")]
        if int(number) == panel
    }


def _belongs(form: type[PageForm], name: str) -> bool:
    head, *rest = name.split("-")
    if form.repeated and head == "admins":
        return len(rest) == 2 and bool(PART.fullmatch(rest[0])) and rest[1] in form.repeated
    return not rest and name in names_of(form)


def names_of(form: type[PageForm]) -> list[str]:
    """The names of a page's fields, in order."""
    bound = [
        (getattr(value, "creation_counter", 0), name)
        for name, value in ((name, getattr(form, name)) for name in dir(form))
        if hasattr(value, "_formfield") and name not in CARRIED
    ]
    return [name for _counter, name in sorted(bound)]
