"""A group of the town's settings as a form: a field for each setting, of its name."""

from collections.abc import Iterator
from typing import Any, ClassVar

from intake.people.town import NAMES, Town
from intake.web.forms import BaseForm, Seen


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
