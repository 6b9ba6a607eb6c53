"""Who decides on a request today (O3), and who never may (A1).

Authority is computed from today's rows at each request; what a request needs for it is read in
bulk where many are looked at.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from intake import clock
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.establishment.models import Conflict, Request, RequestAdmin, Version
from intake.people import queries as people
from intake.people import routing
from intake.people.models import Person, Role, Unit
from intake.people.routing import Reason, Route

OVERSEEN, OVERSEEN_AGAIN = 5, 10  # days late until the next one up may act, and each one above
MOST_HAND_ONS = 3  # after these it goes up, never down again (A4)


@dataclass
class Facts:
    """Whom a request concerns: admins of its newest version, and who may never decide on it."""

    conflict: set[str] = field(default_factory=set)
    admins: list[RequestAdmin] = field(default_factory=list)


def facts_of() -> dict[str, Facts]:
    """The facts that were read in this transaction, by the request's id."""
    return transaction_cache(Conflict, RequestAdmin, Version)


def warm(requests: Iterable[Request]) -> None:
    """Read the facts of many requests in two queries."""
    if "pending" in db.session.info:  # what is written now must count
        db.session.flush()
    known = facts_of()
    wanted = [request.id for request in requests if request.id not in known]
    if not wanted:
        return
    found: dict[str, Facts] = defaultdict(Facts)
    for request_id, person_id in db.session.execute(
        select(Conflict.request_id, Conflict.person_id).where(Conflict.request_id.in_(wanted))
    ):
        found[request_id].conflict.add(person_id)
    rows = db.session.execute(
        select(Version.request_id, RequestAdmin)
        .join(RequestAdmin, RequestAdmin.version_id == Version.id)
        .join(Request, and_(Request.id == Version.request_id, Request.version == Version.number))
        .where(Version.request_id.in_(wanted))
        .options(joinedload(RequestAdmin.person))
        .order_by(RequestAdmin.place)
    )
    for request_id, admin in rows:
        found[request_id].admins.append(admin)
    known.update({request_id: found[request_id] for request_id in wanted})


def facts(request: Request) -> Facts:
    """Whom a request concerns, as it stands."""
    warm([request])
    return facts_of()[request.id]


def conflict_of(request: Request) -> set[str]:
    """Ids of everybody who may never decide: requester, admins and subject of any version sent,
    who declared a bias and who handed it on. No role lifts it."""
    own = [request.requester_id, request.subject_id]
    return facts(request).conflict.union(person_id for person_id in own if person_id)


def computed(request: Request, now: datetime) -> Route:
    """The supervisor whom unit and admins point to, whoever was named instead."""
    admins = [admin.person for admin in facts(request).admins]
    return routing.route(request.unit_id or "", admins, conflict_of(request), clock.today(now))


def route_of(request: Request, now: datetime) -> Route:
    """Who decides today: whom it was handed on to, else whom the requester named, as long as they
    may; else whom unit and admins point to."""
    for person_id, code in ((request.handed_to_id, "handed_on"), (request.named_id, "named")):
        found = chosen(request, person_id, code, clock.today(now))
        if found is not None:
            return found
    return computed(request, now)


def chosen(request: Request, person_id: str | None, code: str, day: date) -> Route | None:
    """The route to a person somebody chose; None where they do not decide anywhere today, are in
    the conflict set, or are away without anybody who stands in."""
    person = next((one for one in people.deciders(day) if one.id == person_id), None)
    conflict = conflict_of(request)
    if person is None or person.id in conflict:
        return None
    acting = routing.acting_for(person, conflict, day)
    if acting is None:
        return None
    unit = office_of(person, day)
    unit_id = unit.id if unit else None
    why = [Reason(code, unit_id, person.id)]
    if acting is not person:
        why.append(Reason("deputy", unit_id, acting.id))
    return Route(person, acting, unit, tuple(why))


def office_of(person: Person, day: date) -> Unit | None:
    """The unit a person heads, or is standing deputy of."""
    headed = people.headed_by(person, day)
    return next((unit for unit in headed if unit.head_id == person.id), next(iter(headed), None))


def deciders_of(request: Request, now: datetime) -> list[Person]:
    """Who may decide today: the holder of the office and, while they are away, who stands in."""
    found = route_of(request, now)
    conflict = conflict_of(request)
    return [
        person
        for person in dict.fromkeys((found.acting, found.holder))
        if person is not None and person.id not in conflict
    ]


def free_keepers(request: Request, now: datetime) -> list[Person]:
    """Only where nobody decides: the role lifts no conflict of interest (A1)."""
    if deciders_of(request, now):
        return []
    conflict = conflict_of(request)
    return [keeper for keeper in people.holders(Role.KEEPER) if keeper.id not in conflict]


def next_up(request: Request, now: datetime) -> Person | None:
    """Who decides above the unit that decides now."""
    day = clock.today(now)
    return routing.next_up(route_of(request, now).unit, conflict_of(request), day).acting


def overseers(request: Request, now: datetime) -> list[Person]:
    """Who may take a late matter in hand above who decides: the next one up from the fifth day on,
    then one level more every ten days."""
    if request.due_at is None or request.due_at >= now:
        return []
    late = (clock.today(now) - clock.today(request.due_at)).days
    if late < OVERSEEN:
        return []
    levels = 1 + (late - OVERSEEN) // OVERSEEN_AGAIN
    found = route_of(request, now)
    return routing.above(found, conflict_of(request), clock.today(now), levels)


def passed_over(request: Request, now: datetime) -> Person | None:
    """The computed supervisor in whose place the requester named another (A5)."""
    if request.named_id is None or request.handed_to_id is not None:
        return None
    instead = computed(request, now).acting
    return None if instead in deciders_of(request, now) else instead


def other_heads(request: Request, now: datetime) -> list[Person]:
    """Heads of the units of admins who stand outside the profile's unit."""
    day = clock.today(now)
    org = people.organisation(day)
    outside = [
        admin.person
        for admin in facts(request).admins
        if request.unit_id
        not in {unit.id for unit in org.chain(org.units.get(admin.person.unit_id or ""))}
    ]
    known = conflict_of(request)
    return [head for head in routing.heads_of(outside, day) if head.id not in known]


def may_be_handed_to(request: Request, now: datetime) -> list[Person]:
    """Who may be handed the decision: everybody who decides somewhere today and is outside the
    conflict set; after three hand-ons only the next one up (A4)."""
    day = clock.today(now)
    deciders = deciders_of(request, now)
    above = next_up(request, now)
    if request.hand_ons >= MOST_HAND_ONS and (above is not None or deciders):
        return [above] if above is not None else []
    return [
        person
        for person in people.deciders(day)
        if person not in deciders and chosen(request, person.id, "handed_on", day) is not None
    ]
