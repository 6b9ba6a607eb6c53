"""Who decides (O3): the head whom unit and admins point to, up the tree past whoever is biased.

The policy names three criteria: the profile's purpose, the organisation level, its admins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask_babel import lazy_gettext as _l

from intake.people.models import Level, Person, Unit
from intake.people.queries import Organisation, decides, organisation

SENTENCES = {
    "no_head": _l("%(unit)s has no head of its own, so the next unit up decides."),
    "no_top": _l("%(unit)s has no head, and there is no unit above it."),
    "away": _l("%(person)s is away and nobody stands in, so the next unit up decides."),
    "head": _l("%(unit)s is headed by %(person)s."),
    "deputy": _l("The head is away and %(person)s stands in."),
}


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning: a code and the unit and person it speaks of (ids)."""

    code: str
    unit: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Route:
    """Who decides today and why. `holder` holds the deciding office; `acting` decides today: the
    holder, or who stands in while they are away; None where nobody is left (the keepers then
    hand it on)."""

    holder: Person | None
    acting: Person | None
    unit: Unit | None = None
    why: tuple[Reason, ...] = field(default=())

    @property
    def stands_in(self) -> bool:
        """Does somebody else act for the holder today?"""
        return (
            self.holder is not None and self.acting is not None and self.holder.id != self.acting.id
        )


def route(unit_id: str, admins: Iterable[Person], conflict: Iterable[str], day: date) -> Route:
    """The supervisor who decides for a unit and these admins on a day.

    (1) the profile's unit, or the smallest that also holds the admins, never above the sector of
    the profile's unit; (2) its head, else the next unit up; (3) a head among `conflict` (person
    ids) is skipped; (4) an absent head's deputy decides, under the same test.
    """
    org = organisation(day)
    unit = org.units.get(unit_id)
    if unit is None:
        return Route(None, None, None, (Reason("no_unit"),))
    start, why = _start(org, unit, list(admins))
    return _up(org, org.chain(start), frozenset(conflict), why)


@dataclass(frozen=True)
class Reach:
    """In whose matters a person may have to decide on a day: those of `units`, and those that were
    put to one of `holders` (ids of persons, they themself among them). More than what they decide
    on, never less."""

    units: frozenset[str]
    holders: frozenset[str]


def reach(person: Person, day: date) -> Reach | None:
    """How far a person's offices reach, None where they hold none and stand in for nobody."""
    if not decides(person.id, day):
        return None
    org = organisation(day)
    units = org.units.values()
    absent = org.absences.values()
    holders = {person.id, *(away.person_id for away in absent if away.deputy_id == person.id)}
    holders |= {unit.head_id for unit in units if unit.head_id and unit.deputy_id == person.id}
    below = (unit.id for unit in units if any(up.head_id in holders for up in org.chain(unit)))
    return Reach(frozenset(below), frozenset(holders))


@dataclass(frozen=True)
class Summit:
    """The head of the town, who decides whatever nobody below may, except where they themself are
    party to it; and the units from which the way up leads to them."""

    head: Person
    units: frozenset[str]


def summit(day: date) -> Summit | None:
    """Who is at the top on a day, None where they are away or there is nobody. It tells keepers
    where the organisation may leave them something: nowhere but past the summit."""
    org = organisation(day)
    tops = [unit for unit in org.units.values() if unit.level is Level.ROOT]
    head = org.person(tops[0].head_id) if len(tops) == 1 else None
    if head is None or head.id in org.absences:
        return None
    units = (unit.id for unit in org.units.values() if org.chain(unit)[-1] is tops[0])
    return Summit(head, frozenset(units))


def next_up(unit: Unit | None, conflict: Iterable[str], day: date) -> Route:
    """Who decides above a unit."""
    org = organisation(day)
    above = org.chain(unit)[1:]
    return _up(org, above, frozenset(conflict), [Reason("next_up", unit.id if unit else None)])


def above(found: Route, conflict: Iterable[str], day: date, levels: int) -> list[Person]:
    """Who decides above a route, up to so many levels, the nearest first."""
    people: list[Person] = []
    barred = {*conflict, *(one.id for one in (found.holder, found.acting) if one)}
    while found.unit is not None and len(people) < levels:
        found = next_up(found.unit, barred, day)
        if found.acting is not None:
            people.append(found.acting)
            barred.add(found.acting.id)
    return people


def _start(org: Organisation, unit: Unit, admins: list[Person]) -> tuple[Unit, list[Reason]]:
    """The smallest unit that holds the profile's unit and its admins, capped at the sector."""
    chain = org.chain(unit)
    wanted = [org.chain(org.units.get(admin.unit_id or "")) for admin in admins]
    for candidate in chain:
        if all(candidate in above or not above for above in wanted):
            reason = "own_unit" if candidate is unit else "common_unit"
            return candidate, [Reason(reason, candidate.id)]
        if candidate.level in (Level.SECTOR, Level.ROOT):
            return candidate, [Reason("sector", candidate.id)]
    return chain[-1], [Reason("sector", chain[-1].id)]


def _up(org: Organisation, chain: list[Unit], conflict: frozenset[str], why: list[Reason]) -> Route:
    for unit in chain:
        head = org.person(unit.head_id)
        if unit.level is Level.WORKING_GROUP or head is None:
            why.append(Reason("no_head" if unit.parent_id else "no_top", unit.id))
            continue
        if head.id in conflict:
            why.append(Reason("biased", unit.id, head.id))
            continue
        acting = _acting(org, unit, head, conflict)
        if acting is None:
            why.append(Reason("away", unit.id, head.id))
            continue
        found = "head" if acting is head else "deputy"
        return Route(head, acting, unit, (*why, Reason(found, unit.id, acting.id)))
    return Route(None, None, None, (*why, Reason("nobody")))


def acting_for(person: Person, conflict: Iterable[str], day: date) -> Person | None:
    """Who acts for a person on a day: they themselves, or who stands in while they are away."""
    org = organisation(day)
    headed = next((unit for unit in org.units.values() if unit.head_id == person.id), None)
    return _acting(org, headed, person, frozenset(conflict))


def _acting(
    org: Organisation, unit: Unit | None, head: Person, conflict: frozenset[str]
) -> Person | None:
    absence = org.absences.get(head.id)
    if absence is None:
        return head
    for deputy_id in (absence.deputy_id, unit.deputy_id if unit else None):
        deputy = org.person(deputy_id)
        if deputy is not None and deputy.id not in conflict and deputy.id not in org.absences:
            return deputy
    return None


def heads_of(people: Iterable[Person], day: date, conflict: Iterable[str] = ()) -> list[Person]:
    """The heads of the units that people belong to."""
    routes = [route(person.unit_id or "", [], conflict, day) for person in people]
    return [found.acting for found in routes if found.acting is not None]


def explained(found: Route, day: date, language: str) -> list[str]:
    """Why somebody decides for a unit, whatever the matter, in sentences."""
    org = organisation(day)
    said = []
    for reason in found.why:
        if reason.code in SENTENCES:
            unit, person = org.units.get(reason.unit or ""), org.person(reason.person)
            names = {"unit": unit.name(language) if unit else "", "person": person and person.name}
            said.append(str(SENTENCES[reason.code]) % names)
    return said
