"""The form of a step: what it asks, what of it the trail keeps, and what it offers to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from wtforms.fields.core import UnboundField

from intake.engine.table import Step
from intake.web.forms import BaseForm, Seen

CARRIED = ("csrf_token", "seen", "version", "shown")  # what a form carries and no step asks


@dataclass(frozen=True)
class Occasion:
    """Who takes a step on what, and when; `row` is the step as its table states it."""

    subject: Any
    person: Any
    now: datetime
    row: Step


class StepForm(BaseForm):
    """The form of a step; by itself that of a step that is one button.

    A field marked `trail=True` is kept as words of the trail; `derived` names the answers kept
    there that are worked out from what was typed.
    """

    derived: ClassVar[tuple[str, ...]] = ()
    template: ClassVar[str] = ""  # a page of its own, where what all steps share does not do

    seen = Seen()  # the revision that the person saw

    @classmethod
    def asked(cls) -> tuple[str, ...]:
        """The names of the fields, in their order."""
        return tuple(name for name, _field in cls._declared() if name not in CARRIED)

    @classmethod
    def kept(cls) -> tuple[str, ...]:
        """The answers that are kept as words of the trail."""
        marked = tuple(name for name, one in cls._declared() if one.kwargs.get("trail"))
        return marked + cls.derived

    @classmethod
    def _declared(cls) -> list[tuple[str, UnboundField]]:
        found = [(name, getattr(cls, name)) for name in dir(cls)]
        fields = [(name, one) for name, one in found if isinstance(one, UnboundField)]
        return sorted(fields, key=lambda pair: pair[1].creation_counter)

    def settle(self, occasion: Occasion) -> None:
        """Give the fields their choices and defaults; drop what is not asked today."""

    def answers(self, occasion: Occasion) -> Mapping[str, Any]:
        """What the step takes, inside its write."""
        del occasion
        return {field.name: field.data for field in self if field.name not in CARRIED}
