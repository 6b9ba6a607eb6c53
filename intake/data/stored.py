"""What people answered is kept as JSON; it is read in one shape, whatever an earlier release, a
script or a hand has left there, so that no page over it ever fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.types import TypeDecorator


class Stored(TypeDecorator[Any]):
    """A JSON column that `shape` reads; it is stored as it is given."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: Callable[[Any], Any]) -> None:
        self.shape = shape
        super().__init__()

    def process_result_value(self, value: Any, _dialect: Any) -> Any:
        return self.shape(value)


def lines(value: Any) -> list[str]:
    """Texts in their order: whatever is none is left out."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def pages(value: Any) -> dict[str, dict[str, list[str]]]:
    """Pages of a form, {page: {field: [as typed]}}."""
    return {
        page: {name: lines(typed) for name, typed in _members(fields)}
        for page, fields in _members(value)
    }


class Given(dict[str, Any]):
    """Answers by the name of their field; one that was not given reads as an empty one."""

    def __init__(self, found: dict[str, Any], kind: Callable[[str], type]) -> None:
        super().__init__(found)
        self.kind = kind

    def __missing__(self, name: str) -> Any:
        return self.kind(name)()


@dataclass(frozen=True)
class Answers:
    """Answers by the name of their field: texts, but for those that are `lists` of texts or
    `ticks`. An answer of another kind counts as not given."""

    lists: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()

    def __call__(self, value: Any) -> Given:
        found = {name: one for name, one in _members(value) if isinstance(one, self.kind(name))}
        return Given(
            {name: lines(one) if self.kind(name) is list else one for name, one in found.items()},
            self.kind,
        )

    def kind(self, name: str) -> type:
        """Of what type an answer is."""
        return list if name in self.lists else bool if name in self.ticks else str


def _members(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []
