"""Sorting many cases at once: taken, set aside or restored in one write (A90)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from intake.fakes.models import Case
from intake.fakes.service import steps
from intake.people.models import Person
from intake.refusals import NotAllowed, Stale, Unready, WrongState

STEPS = ("take", "set_aside", "restore")


@dataclass(frozen=True)
class Sorted:
    """What became of the cases that were ticked."""

    done: list[Case] = field(default_factory=list)
    left: list[Case] = field(default_factory=list)


def sort(
    chosen: Sequence[tuple[Case, int, bool]], step: str, actor: Person, now: datetime
) -> Sorted:
    """Take a step on each case that still stands as it was shown: (case, revision that was seen,
    whether it has the reports it had). The others stay as they are and are named."""
    found = Sorted()
    for case, revision, is_same in chosen:
        try:
            if not is_same:
                raise Stale
            steps.take(case, step, actor, now, seen=revision)
        except (NotAllowed, Stale, Unready, WrongState):
            found.left.append(case)
        else:
            found.done.append(case)
    return found
