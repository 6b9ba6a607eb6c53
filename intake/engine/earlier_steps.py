"""Who took which step before, as the trail says: what keeps two people two (`apart_from`)."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select

from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.engine.audit_trail import Change, Entry
from intake.engine.table import Workflow


def earlier(workflow: Workflow, subject: Any, steps: Iterable[str]) -> set[str]:
    """Ids of the persons who took steps on a subject (or on what is decided with it) since it was
    born or last came back from an end of its track; also where they were the cause of one."""
    wanted = set(steps)
    if (workflow.name, subject.id) not in _recalled():
        recall(workflow, [subject])
    lines: list[Entry | Change] = [*_recalled()[workflow.name, subject.id]]
    lines += [line for line in _waiting() if line.subject_id in subject.trail_ids]
    found: set[str] = set()
    for line in lines:
        if line.subject_id == subject.id and _begins(workflow, line):
            found.clear()
        if line.step in wanted:
            found.add(line.actor)
    return found


def recall(workflow: Workflow, subjects: Iterable[Any]) -> None:
    """Read at once what `earlier` must know of many subjects, for the length of a transaction."""
    named = {name for step in workflow.steps for name in step.apart_from}
    owners = {one: subject.id for subject in subjects for one in subject.trail_ids}
    for subject_id in set(owners.values()):
        _recalled()[workflow.name, subject_id] = []
    moved = (Entry.track == workflow.name) & Entry.old.is_distinct_from(Entry.new)
    query = select(Entry).where(Entry.subject_id.in_(owners), or_(Entry.step.in_(named), moved))
    for line in db.session.scalars(query.order_by(Entry.seq)) if owners else ():
        _recalled()[workflow.name, owners[line.subject_id]].append(line)


def _recalled() -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = transaction_cache(Entry)
    return found


def _waiting() -> list[Change]:
    """The lines of this transaction, not yet in the chain; none while nothing is written."""
    found: list[Change] = db.session.info.get("pending", {}).get("trail", [])
    return found


def _begins(workflow: Workflow, line: Entry | Change) -> bool:
    """Does a line bring its subject onto the desk: born, or back from an end?"""
    moved = line.track == workflow.name and line.old != line.new
    return moved and (line.old is None or line.old in workflow.ends)
