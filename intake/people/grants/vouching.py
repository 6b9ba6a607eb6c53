"""Who may be the second person: somebody whose account is not in the first one's hands.

An account says nothing of who sits behind it. It counts as somebody else's where a third person has
had a say in it: its role was given or confirmed by another than the proposer, after the proposer
last made the account or changed its address. So a person who is made up never confirms anything,
for no role comes to them without a genuine second one; nor does an account that was taken over by
changing its address.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy import ColumnElement, and_, or_, select

from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.engine.audit_trail import Entry
from intake.people.models import Person, Proposal, Role, RoleGrant

DECIDING = (Role.ADMINISTRATOR, Role.KEEPER)
STILL = timedelta(days=14)  # whoever lost such a role so lately still counts as a second person
BRIEF = timedelta(days=1)  # a role held no longer than this was a mistake that was put right


class Tie(IntEnum):
    """How far an account is in somebody else's hands."""

    FREE = 0
    FOUNDED = 1  # made and given its role by them alone, as a new town begins
    HELD = 2  # made or given another address by them since anybody had a say in it


def is_second_needed(person: Person, by: Person, now: datetime) -> bool:
    """Must a second person agree before `by` gives `person` a role? As soon as somebody else could
    or, until a fortnight ago, could have: else who removes all others could do as they like."""
    waiting = _grants(
        or_(
            and_(RoleGrant.ended_at.is_(None), Person.password_hash.is_not(None)),
            RoleGrant.ended_at > now - STILL,
        )
    )
    others = {grant.person_id for grant in waiting if not _was_brief(grant)} - {by.id}
    if person.id in others and _tie(by, person) is not Tie.HELD and _holds_one(person):
        others.remove(person.id)  # nobody agrees to a role of their own (A6)
    return bool(others)


def _was_brief(grant: RoleGrant) -> bool:
    return grant.ended_at is not None and grant.ended_at - grant.created_at < BRIEF


def _holds_one(person: Person) -> bool:
    return any(one.role in DECIDING and one.ended_at is None for one in person.grants)


def seconds(proposal: Proposal) -> list[Person]:
    """Who may agree to a proposed role or refuse it: administrators and keepers since before it was
    proposed, never who proposed it or whom it is for. Where a new town has nobody else yet, also
    whoever the proposer alone has given a role."""
    kept: dict[str, list[Person]] = transaction_cache(Person, Proposal, RoleGrant, Entry)
    if proposal.id not in kept:
        kept[proposal.id] = _seconds(proposal)
    return list(kept[proposal.id])


def _seconds(proposal: Proposal) -> list[Person]:
    proposer = db.session.get(Person, proposal.by_id)
    held = _grants(RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
    since = proposal.state_since
    ids = {grant.person_id for grant in held if grant.created_at <= since}
    ids -= {proposal.by_id, proposal.person_id}
    found = db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.sort_key))
    ties = {one: _mutual(proposer, one) for one in found} if proposer else {}
    free = [one for one, tie in ties.items() if tie is Tie.FREE]
    return free or [one for one, tie in ties.items() if tie is Tie.FOUNDED]


def _grants(*conditions: ColumnElement[bool]) -> Sequence[RoleGrant]:
    query = select(RoleGrant).join(Person, Person.id == RoleGrant.person_id)
    return db.session.scalars(query.where(RoleGrant.role.in_(DECIDING), *conditions)).all()


def _mutual(one: Person, other: Person) -> Tie:
    return max(_tie(one, other), _tie(other, one))


def _tie(by: Person, other: Person) -> Tie:
    """How far the account of `other` is in the hands of `by`."""
    since = _last_set(by.id, other.id)
    if since is None:
        return Tie.FREE
    given = [one for one in other.grants if one.role in DECIDING and one.created_at >= since]
    given = [one for one in given if one.ended_at is None]
    if any(_has_another_say(one, by.id) for one in given):
        return Tie.FREE
    return Tie.FOUNDED if given else Tie.HELD


def _has_another_say(grant: RoleGrant, by_id: str) -> bool:
    return grant.by_id != by_id or grant.confirmed_by_id not in (None, by_id)


def _last_set(by_id: str, other_id: str) -> datetime | None:
    """When somebody last made an account or changed its address."""
    query = select(Entry).where(
        Entry.subject_type == Person.subject_type,
        Entry.subject_id == other_id,
        Entry.actor == by_id,
        Entry.step.in_(("add", "change")),
    )
    for line in db.session.scalars(query.order_by(Entry.seq.desc())):
        if line.step == "add" or "email" in line.detail().get("fields", ()):
            return line.at
    return None
