"""How the addresses of a service name a profile, stated by a keeper without code (S2, P4)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from intake import addresses
from intake.addresses import Stated
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.handbook import queries, uses
from intake.handbook.models import AddressRule, Platform, PlatformHost
from intake.handbook.service import stored_keys
from intake.handbook.service.hosts import Cautioned, looked_after_by
from intake.handbook.uses import Held
from intake.people.models import Person
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem


def can_be_stated(code: str) -> bool:
    """Is there a rule to state? Those of the shipped services are code."""
    return code not in addresses.SHIPPED.rules


def problems(stated: Stated) -> list[Problem]:
    """What is wrong with a statement, beside its fields."""
    rows = db.session.scalars(
        select(PlatformHost.host).where(PlatformHost.platform_code != stated.code)
    )
    others = {
        host for one in queries.known().stated if one.code != stated.code for host in one.hosts
    }
    return [
        Problem(_sentence(one.field, one.code), "parameter" if one.field == "where" else one.field)
        for one in addresses.faults(stated, frozenset({*rows, *others}))
    ]


def state(
    platform: Platform, stated: Stated, by: Person, now: datetime, *, anyway: bool = False
) -> None:
    """Read the service's addresses by this rule from now on; stored keys follow it.

    Unready where it is no rule; Cautioned where the address of a profile listed on another service
    would be read as this one's, or, unless `anyway`, where any address would be read otherwise.
    """
    if not can_be_stated(platform.code):
        raise Unseen
    if found := problems(stated):
        raise Unready(found)
    known = queries.known()
    kept = tuple(one for one in known.stated if one.code != platform.code)
    held = _moved(stated, known, replace(known, stated=(*kept, stated)))
    foreign = [one for one in held if one.is_listed and one.platform != platform.code]
    if foreign or (held and not anyway):
        caution = Cautioned(Problem(_("Look at this first."), "hosts"), foreign or held)
        caution.may_go_on = not foreign
        raise caution
    row = db.session.get(AddressRule, platform.code) or AddressRule(platform_code=platform.code)
    row.statement = stated.as_json()
    db.session.add(row)
    _note("state_rule", platform, by, now, {"rule": row.statement})


def drop(platform: Platform, by: Person, now: datetime) -> None:
    """Tell the service's profiles apart by their web addresses again; Unseen where no rule is."""
    row = db.session.get(AddressRule, platform.code, with_for_update=True)
    if row is None:
        raise Unseen
    db.session.delete(row)
    _note("drop_rule", platform, by, now, {})


def _note(step: str, platform: Platform, by: Person, now: datetime, facts: dict[str, Any]) -> None:
    db.session.flush()
    entry = audit_trail.record(by, now, platform, "platform", step, facts=facts)
    for person in looked_after_by():
        if person != by:
            outbox.notify("handbook/hosts_changed", platform, person, now, entry)
    stored_keys.read_anew(by, now)


def _moved(stated: Stated, before: addresses.Known, after: addresses.Known) -> list[Held]:
    found: dict[str, Held] = {}
    for host in stated.hosts:
        found |= {f"{one.url} {one.key}": one for one in uses.moved(host, before, after)}
    return list(found.values())


def _sentence(field: str, code: str) -> str:
    sentences: dict[Any, Any] = {
        ("hosts", "missing"): _("Write at least one host."),
        ("hosts", "host"): _("Write names of hosts alone, one on a line, in small letters."),
        ("hosts", "taken"): _("One of these hosts belongs to another service."),
        ("before", "shape"): _("Write paths without a slash at either end, such as users."),
        ("at", "shape"): _("Only one of these signs can stand here: @ ~ ! $ + -"),
        ("parameter", "shape"): _("Write the name of the parameter, such as id."),
        ("marks", "shape"): _("Only these signs can be allowed: _ . - ~ + @ ! $ ' ,"),
        ("most", "shape"): _("The longest is at least as long as the shortest, and at most 100."),
        ("reserved", "shape"): _("Write single words in small letters."),
        ("below", "shape"): _("Write single words, as they stand in addresses."),
    }
    return str(sentences.get((field, code), _("This cannot be stated.")))
