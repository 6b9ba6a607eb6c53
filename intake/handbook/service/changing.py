"""What differs between a row and what somebody wants of it."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

WRITTEN = {"stored_name", "terms_url", "address", "asks"}  # by people, so words of the trail


def fingerprint(row: Any, names: Iterable[str]) -> str:
    """A hash of a row's values, posted with a form so that nobody overwrites what they did not
    see."""
    values = [getattr(row, name) for name in names]
    return sha256(json.dumps(values, default=str).encode()).hexdigest()[:16]


def apply(row: Any, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set what differs; old and new value of each for the trail: codes and numbers, then words."""
    facts: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for name, new in values.items():
        old = getattr(row, name)
        if old != new:
            (words if name in WRITTEN else facts)[name] = [old, new]
            setattr(row, name, new)
    return facts, words
