"""Hosts of short links and hosts that serve many, as keepers add them to the shipped lists."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from intake import addresses
from intake.addresses import SITE, Known
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.handbook import queries, uses
from intake.handbook.models import HostKind, SpecialHost
from intake.handbook.service import stored_keys
from intake.handbook.service.hosts import Cautioned, looked_after_by, why_not
from intake.handbook.uses import Held
from intake.people.models import Person
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem


def add(
    text: str, kind: HostKind, by: Person, now: datetime, *, anyway: bool = False
) -> SpecialHost:
    """Count a host among those of short links, or those that serve many.

    Unready where it is no host or stands on the list; Cautioned where a listed address would no
    longer speak for what it does, or, unless `anyway`, where a request's would be read otherwise.
    """
    found = addresses.read_host("", text)
    known = queries.known()
    if found.note:
        raise Unready([Problem(why_not(found.note), "host")])
    if _is_there(found.name, kind, known):
        raise Unready([Problem(_("This host is on the list already."), "host")])
    held = _touched(found.name, kind, known)
    if any(one.is_listed for one in held):
        sentence = _("The address of a listed profile would be read otherwise.")
        raise Cautioned(Problem(sentence, "host"), held)
    if held and not anyway:
        raise Cautioned(Problem(_("Look at this first."), "host"), held)
    row = SpecialHost(host=found.name, kind=kind)
    db.session.add(row)
    db.session.flush()
    _note("add", row, by, now)
    return row


def remove(row_id: str, by: Person, now: datetime) -> None:
    """Take a host off the list again; Unseen where it is not there."""
    row = db.session.get(SpecialHost, row_id, with_for_update=True)
    if row is None:
        raise Unseen
    _note("remove", row, by, now, stays=False)


def _note(step: str, row: SpecialHost, by: Person, now: datetime, *, stays: bool = True) -> None:
    facts = {"host": row.host, "kind": row.kind.value}
    entry = audit_trail.record(by, now, row, "special_host", step, facts=facts)
    for person in looked_after_by():
        if person != by:
            outbox.notify("handbook/special_hosts", person, person, now, entry)
    if not stays:
        db.session.delete(row)
        db.session.flush()
    stored_keys.read_anew(by, now)


def _is_there(host: str, kind: HostKind, known: Known) -> bool:
    if kind is HostKind.SHORT_LINKS:
        return addresses.is_shortener(host, known)
    return addresses.is_shared_host(host, known)


def _touched(host: str, kind: HostKind, known: Known) -> list[Held]:
    if kind is HostKind.SHORT_LINKS:
        return uses.moved(host, known, replace(known, shorteners=known.shorteners | {host}))
    after = replace(known, shared_hosts=known.shared_hosts | {host})
    moved = uses.moved(host, known, after)
    return [*moved, *(one for one in _sites(host) if one not in moved)]


def _sites(host: str) -> Iterable[Held]:
    """Whole sites on the host or below it: nobody could speak for all of them any more."""
    ends = (f"{SITE}{host}", f".{host}")
    return (
        one
        for one in uses.held(host)
        if one.key.startswith(SITE) and (one.key == ends[0] or one.key.endswith(ends[1]))
    )
