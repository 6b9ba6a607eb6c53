"""Why this supervisor decides (O3): the routing's codes as sentences."""

from collections.abc import Callable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.establishment import deciding
from intake.establishment.models import Request
from intake.people import queries as people
from intake.people import routing
from intake.people.models import Person
from intake.people.routing import Route
from intake.profiles.models import ProfileKind
from intake.web import locale

SENTENCES = {
    **routing.SENTENCES,
    "no_unit": _l("The unit of the request no longer exists."),
    "own_unit": _l("Criterion: organisation level. The profile belongs to %(unit)s."),
    "common_unit": _l(
        "Criterion: admins. The smallest unit that holds the profile and all its admins is "
        "%(unit)s."
    ),
    "sector": _l(
        "Criterion: organisation level. Some admins work elsewhere, but the decision stays in the "
        "sector of the profile: %(unit)s."
    ),
    "next_up": _l("The decision went one level up from %(unit)s."),
    "biased": _l("%(person)s may not decide on this request, so the next unit up decides."),
    "named": _l("The requester asked %(person)s to decide and gave a reason."),
    "handed_on": _l("The decision was passed on to %(person)s."),
    "nobody": _l(
        "Nobody in the organisation may decide on this, so a register keeper passes it on."
    ),
}

YOURS: dict[str, object] = {
    "own_unit": _l("you head the unit that the profile belongs to: %(unit)s."),
    "common_unit": _l(
        "you head the smallest unit that holds the profile and all its admins: %(unit)s."
    ),
    "sector": _l("you head the sector that the profile belongs to: %(unit)s."),
    "next_up": _l("you head the next unit up that may decide: %(unit)s."),
    "deputy": _l("you stand in for %(person)s."),
    "named": _l("the requester asked you to decide and gave a reason."),
    "handed_on": _l("the decision was passed on to you."),
    "keeper": _l(
        "nobody in the organisation may decide on this, so a register keeper passes it on."
    ),
}
BY_ANALOGY = _l(
    "The policy names a decision only for office profiles; expert profiles go the same way by "
    "analogy, because the town defines the role."
)


def why(request: Request, now: datetime) -> list[str]:
    """Who decides today and why, step by step; for expert profiles, that it is by analogy."""
    return explained(deciding.route_of(request, now), request.kind, now)


def explained(route: Route, kind: ProfileKind, now: datetime) -> list[str]:
    """A route in sentences."""
    name = _names(now)
    said = [
        str(SENTENCES[reason.code])
        % {"unit": name(reason.unit, "unit"), "person": name(reason.person, "person")}
        for reason in route.why
        if reason.code in SENTENCES
    ]
    return [*said, str(BY_ANALOGY)] if kind == ProfileKind.EXPERT else said


def why_you(request: Request, person: Person, now: datetime) -> str:
    """Why it waits for this person, in one short sentence that begins in lower case."""
    route = deciding.route_of(request, now)
    name = _names(now)
    code = _code_for(route, person)
    holder = route.holder.id if route.holder else None
    unit = route.unit.id if route.unit else None
    return str(YOURS[code]) % {"unit": name(unit, "unit"), "person": name(holder, "person")}


def _code_for(route: Route, person: Person) -> str:
    if route.acting is None:
        return "keeper"
    if route.stands_in and person == route.acting:
        return "deputy"
    codes = [reason.code for reason in route.why]
    if codes[0] in ("named", "handed_on"):
        return codes[0]
    return "next_up" if {"no_head", "biased", "away"} & set(codes) else codes[0]


def _names(now: datetime) -> Callable[[str | None, str], str]:
    """Names of units and persons: those of today, else as they were last known."""
    org = people.organisation(clock.today(now))

    def name(key: str | None, what: str) -> str:
        if what == "unit":
            unit = org.units.get(key or "")
            return unit.name(locale.current()) if unit else ""
        person = org.people.get(key or "")
        return person.name if person else ""

    return name


def who(request: Request, now: datetime) -> str:
    """Who decides today, in a sentence."""
    route = deciding.route_of(request, now)
    if route.acting is None:
        return str(_("A register keeper passes it on to somebody who may decide."))
    if route.stands_in and route.holder is not None:
        names = {"deputy": route.acting.name, "person": route.holder.name}
        return str(_("%(deputy)s decides, standing in for %(person)s.", **names))
    return str(_("%(person)s decides.", person=route.acting.name))
