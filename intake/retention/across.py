"""What the table of retention finds and erases across rooms, or below them all."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from intake.engine import audit_trail, legal_hold, outbox
from intake.establishment.models import Version
from intake.handbook import erasure as handbook
from intake.people.service import erasure as people
from intake.profiles.models import Profile

Find = Callable[[datetime], Any]  # ids of what ended before a moment
Erase = Callable[[Sequence[str], datetime], Sequence[str]]  # what was erased, by reference


def free_profiles(find: Find) -> Find:
    """Profiles whose request is held stay as well."""

    def found(before: datetime) -> Any:
        held = exists().where(
            Version.id == Profile.decided, Version.request_id.in_(legal_hold.held_ids())
        )
        return find(before).where(~held)

    return found


def erase_leavers(ids: Sequence[str], now: datetime) -> Sequence[str]:
    """Erase what is held of people who have left, in every room that holds it."""
    handbook.erase_leavers(ids, now)
    return people.erase_leavers(ids, now)


def old_letters(before: datetime) -> Any:
    """What is about a held subject stays with it."""
    return outbox.old(before).where(outbox.Message.subject_id.not_in(legal_hold.held_ids()))


def erase_letters(ids: Sequence[str], _now: datetime) -> Sequence[str]:
    """Erase messages; they have no reference."""
    outbox.erase(ids)
    return ()


def old_words(before: datetime) -> Any:
    """Entries whose words are older than a moment, but for those that go with their subject."""
    line, words = audit_trail.Entry, audit_trail.Words
    beside = ("profile_change", "profile_handover")
    lasting = ("request", "profile", "address", "case", "report", *beside)  # go with their subject
    return (
        select(words.entry)
        .join(line, line.entry == words.entry)
        .where(line.at < before, line.subject_type.not_in(lasting))
    )


def erase_words(ids: Sequence[str], _now: datetime) -> Sequence[str]:
    """Erase words of the trail; they have no reference."""
    audit_trail.erase_all_words(ids)
    return ()
