"""The text to paste into a profile (O4): purpose, admins and tasks, within what the service allows.

Pure: counts code points, knows no database and no language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of the text in the order in which they are kept."""

    LINK = "link"
    PURPOSE = "purpose"
    NAMES = "names"
    TASKS = "tasks"
    MESSAGES = "messages"


@dataclass(frozen=True)
class Wanted:
    """What should be in the text: the address of the register entry, the purpose, who runs the
    profile as (name, task) after `lead_in`, and how private messages are handled."""

    link: str
    purpose: str = ""
    lead_in: str = ""
    admins: tuple[tuple[str, str], ...] = ()
    messages: str = ""


@dataclass(frozen=True)
class ProfileText:
    """The text, what was left out of it as (part, words), and whether even the address is longer
    than the service allows."""

    text: str
    left_out: tuple[tuple[Part, str], ...] = ()
    too_long: bool = False


def compose(wanted: Wanted, limit: int | None) -> ProfileText:
    """The text in at most `limit` characters (None: any number): the address always, then part
    after part while they fit; the purpose may be cut at a word."""
    text, left_out = wanted.link, []
    open_ = True  # once something was left out, nothing later takes its place
    for part, grown, words in _growth(wanted):
        if part is Part.TASKS and open_:
            longer = text.removesuffix(_names(wanted)) + grown
        else:
            longer = f"{text}\n{grown}"
        if open_ and _fits(longer, limit):
            text = longer
            continue
        if open_ and part is Part.PURPOSE:
            text, words = _cut(text, grown, limit)
        open_ = False
        left_out.append((part, words))
    return ProfileText(text, tuple(left_out), not _fits(wanted.link, limit))


def _growth(wanted: Wanted) -> Iterator[tuple[Part, str, str]]:
    """Each part that there is: what it adds, and what is missing without it."""
    if purpose := " ".join(wanted.purpose.split()):
        yield Part.PURPOSE, purpose, purpose
    names = ", ".join(name for name, _task in wanted.admins)
    if names:
        yield Part.NAMES, _names(wanted), names
    if tasks := ", ".join(task for _name, task in wanted.admins if task):
        told = ", ".join(f"{name}, {task}" if task else name for name, task in wanted.admins)
        yield Part.TASKS, f"{wanted.lead_in}{told}", tasks
    if messages := " ".join(wanted.messages.split()):
        yield Part.MESSAGES, messages, messages


def _names(wanted: Wanted) -> str:
    return wanted.lead_in + ", ".join(name for name, _task in wanted.admins)


def _fits(text: str, limit: int | None) -> bool:
    return limit is None or len(text) <= limit


def _cut(text: str, purpose: str, limit: int | None) -> tuple[str, str]:
    """As many whole words of the purpose as fit with an ellipsis, and those that do not."""
    words = purpose.split(" ")
    for count in range(len(words) - 1, 0, -1):
        shorter = f"{text}\n{' '.join(words[:count])}…"
        if _fits(shorter, limit):
            return shorter, " ".join(words[count:])
    return text, purpose
