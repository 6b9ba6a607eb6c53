"""What the request form needs to know of the town and may not look up itself."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from intake import clock
from intake.data.base import db
from intake.establishment import deciding
from intake.establishment.addressing import address_of, held_against_register
from intake.establishment.forms import Context
from intake.establishment.models import Request
from intake.handbook import queries as handbook
from intake.people import queries as people
from intake.people import routing, town
from intake.people.models import Level, Person, Unit
from intake.profiles.alike import likeness
from intake.profiles.alike import words as likeness_words
from intake.profiles.models import ProfileKind
from intake.web import locale

ID = re.compile(r"[0-9a-z]{1,24}")
PEOPLE = re.compile(r"subject|terms_by|supervisor|admins-[0-9]+-person")
Typed = Mapping[str, Mapping[str, list[str]]]


def reading(kind: ProfileKind, answers: Typed) -> Context:
    """Enough to read answers: everything that they name, in use or not, and their address."""
    persons = people.people(_ids(answers))
    plain = Context(kind=kind, today=clock.today(), answers=answers, language=locale.current())
    unit = _existing(Unit, plain.typed("unit", "org_unit"))
    code = plain.typed("profile", "platform")
    platform = handbook.platform(code) if ID.fullmatch(code) else None
    found = [*persons.items(), *((one.id, one) for one in (unit, platform) if one is not None)]
    context = replace(
        plain,
        named=dict(found),
        units=(unit,) if unit else (),
        platforms=(platform,) if platform else (),
    )
    return replace(context, address=address_of(context))


def of(request: Request, answers: Typed | None = None, *, to_advise: bool = True) -> Context:
    """All that the form of a request needs, with the answers of its draft or others; what it only
    advises by takes long to find out and is left out where nobody reads it."""
    context = reading(request.kind, request.draft if answers is None else answers)
    day, rules = context.today, town.current()
    admins = [one for one in _named_people(context) if one is not None]
    conflict = deciding.conflict_of(request) | {person.id for person in admins}
    unit = context.typed("unit", "org_unit")
    return replace(
        context,
        requester=request.requester,
        platforms=tuple(handbook.platforms()),
        people=tuple(people.names()),
        owner=people.by_email(context.typed("mailbox", "shared_mailbox")),
        units=tuple(one for one in people.units() if one.level is not Level.ROOT),
        mail_domains=tuple(rules.mail_domains),
        low_hours=Decimal(str(rules.low_hours)),
        answering_days=rules.answering_days,
        address=held_against_register(context.address),
        near=_near(context) if to_advise else (),
        unready=_unready(admins, context),
        deciders=tuple(people.deciders(day)),
        conflict=frozenset(conflict),
        route=routing.route(unit, admins, conflict, day),
    )


def _near(context: Context) -> tuple[str, ...]:
    """Which profiles this one resembles, by name or handle, and why."""
    typed = [context.typed("profile", "profile_name"), context.typed("profile", "handle")]
    return tuple(likeness_words.said(one) for one in likeness.near(typed))


def _ids(answers: Typed) -> set[str]:
    return {
        values[0]
        for page in answers.values()
        for name, values in page.items()
        if PEOPLE.fullmatch(name) and values and ID.fullmatch(values[0])
    }


def _existing(model: type[Any], row_id: str) -> Any:
    return db.session.get(model, row_id) if ID.fullmatch(row_id) else None


def _named_people(context: Context) -> Iterable[Person | None]:
    """The admins of an office profile, the subject of an expert one."""
    if not context.is_office:
        return [context.somebody(context.typed("expert", "subject"))]
    page = context.answers.get("admins", {})
    names = sorted(name for name in page if PEOPLE.fullmatch(name))
    return [context.somebody(context.typed("admins", name)) for name in names]


def _unready(persons: list[Person], context: Context) -> dict[str, list[str]]:
    """What each person still lacks before a decision (P11, G1)."""
    found = handbook.readiness([person.id for person in persons], context.today)
    return {person_id: list(_lacks(one)) for person_id, one in found.items()}


def _lacks(one: handbook.Readiness) -> Iterable[str]:
    if not one.is_current:
        yield _(
            "The current guidelines have not been acknowledged. It is needed before a decision."
        )
    if one.social_media is None:
        yield _("No valid social media training. The supervisor sees this.")
    if one.security is None:
        yield _("No valid information security training. The supervisor sees this.")
