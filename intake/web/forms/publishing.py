"""What holds for every field marked public, on every form (P7): no identity code goes public, and
whatever may be somebody's own is published only where somebody has said that it is meant to be."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.validators import StopValidation

from intake import ports
from intake.security import sensitive_text
from intake.web.forms.fields import Ticks

MEANT = "meant_public"  # the name of the field, on every form


class MeantPublic(Ticks):
    """What was found in the public texts of a form: each must be ticked, or removed there. What
    was ticked before and stands there no more is dropped."""

    def pre_validate(self, _form: Any) -> None:
        offered = [str(choice.value) for choice in self.choices]
        self.data: list[str] = [one for one in self.data or () if one in offered]
        if len(self.data) < len(offered):
            raise StopValidation(_("Tick what is meant to be public, or remove it from the text."))


def asked(found: Iterable[str]) -> Any:
    """The question about what was found, to be bound to a form."""
    return MeantPublic(
        _l("Is this meant to be public?"),
        hint=_l("Everybody can read it when the text is published. Check that it may be."),
        choices=[(one, one) for one in found],
        clause="P7",
    )


def remarks(texts: Iterable[str]) -> list[str]:
    """What in these texts must be said to be meant for everybody: all but the town's own."""
    whole = "\n\n".join(texts)
    if not whole:
        return []
    town = ports.here().town()
    return sensitive_text.remarks(whole, [town.phone], town.mail_domains)


def public_texts(form: Any) -> Iterator[str]:
    """What was typed into the public fields of a form, those of repeated parts too; but for a field
    that asks for an address to publish."""
    return (
        field.data
        for field in public_fields(form)
        if isinstance(field.data, str) and field.type_of != "mail"
    )


def public_fields(form: Any) -> Iterator[Any]:
    """The fields of a form in which somebody writes what becomes public."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field:
                yield from public_fields(entry)
        elif isinstance(field, FormField):
            yield from public_fields(field.form)
        elif getattr(field, "public", False) and field.type_of in ("line", "lines", "mail"):
            yield field
