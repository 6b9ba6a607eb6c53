"""Lists of facts that are shipped as files beside the rules."""

from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list, without those that explain it."""
    text = (files("intake.addresses") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@cache
def entries(name: str) -> frozenset[str]:
    """The same, each word by itself."""
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(name.removesuffix("*") for name in lines("tracking") if name.endswith("*"))


def tracks(parameter: str) -> bool:
    """Does a parameter only follow people, or say how a page is shown, and name nothing?"""
    name = parameter.lower()
    return name in entries("tracking") or name.startswith(_beginnings())
