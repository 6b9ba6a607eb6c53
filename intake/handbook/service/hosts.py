"""The town's own additions to the hosts by which addresses are read (S2, S3, A12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from intake import addresses
from intake.addresses import Known
from intake.data.base import db, insert
from intake.engine import audit_trail, outbox
from intake.handbook import queries, uses
from intake.handbook.models import Platform, PlatformHost
from intake.handbook.queries import MASTODON
from intake.handbook.service import stored_keys
from intake.handbook.uses import Held
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem


class Cautioned(Unready):
    """A host would change what is read today: `held` are the keys concerned, `imitates` the
    genuine host that it resembles. Where nothing of it is listed a person may go on `anyway`."""

    def __init__(self, problem: Problem, held: Sequence[Held] = (), imitates: str = "") -> None:
        super().__init__([problem])
        self.held, self.imitates = list(held), imitates
        self.may_go_on = not any(one.is_listed for one in held)


def add(
    platform: Platform, text: str, by: Person, now: datetime, *, anyway: bool = False
) -> PlatformHost:
    """Read addresses of a host as the platform's from now on.

    Unready where it is no host that may be added; Cautioned where the key of a listed profile
    would change its meaning, or, unless `anyway`, where that of a request would, or where the
    host resembles a genuine one. All keepers and administrators are told.
    """
    found = addresses.read_host(platform.code, text)
    if found.note:
        raise Unready([Problem(why_not(found.note), "host")])
    known = queries.known()
    if known.rule_of(found.name) and found.name not in known.hosts:
        raise Unready([Problem(why_not("elsewhere"), "host")])  # of a service with a stated rule
    held = uses.moved(found.name, known, _with(known, found.name, platform.code))
    if any(one.is_listed for one in held):
        sentence = _("The address of a listed profile would be read otherwise.")
        raise Cautioned(Problem(sentence, "host"), held)
    if (held or found.imitates) and not anyway:
        raise Cautioned(Problem(_("Look at this first."), "host"), held, found.imitates)
    values = {"host": found.name, "platform_code": platform.code, "created_at": now}
    made = insert(PlatformHost.__table__).values(**values).on_conflict_do_nothing()
    if db.session.execute(made.returning(PlatformHost.host)).scalar() is None:
        raise Unready([Problem(_("This host has been added already."), "host")])
    _note("add_host", platform, found.name, by, now)
    return db.session.get_one(PlatformHost, found.name)


def remove(
    platform: Platform, host: str, by: Person, now: datetime, *, anyway: bool = False
) -> None:
    """Read addresses of a host as those of a web site again; Unseen where it was not added.

    Cautioned, unless `anyway`, where a profile or request has an address that was typed with it:
    a profile's key stays, but that address no longer leads to it.
    """
    row = db.session.get(PlatformHost, host, with_for_update=True)
    if row is None or row.platform_code != platform.code:
        raise Unseen
    known = queries.known()
    held = uses.moved(host, known, _without(known, host))
    if held and not anyway:
        caution = Cautioned(Problem(_("Look at this first.")), held)
        caution.may_go_on = True
        raise caution
    db.session.delete(row)
    db.session.flush()
    _note("remove_host", platform, host, by, now)


def _note(step: str, platform: Platform, host: str, by: Person, now: datetime) -> None:
    entry = audit_trail.record(by, now, platform, "platform", step, facts={"host": host})
    for person in looked_after_by():
        if person != by:
            outbox.notify("handbook/hosts_changed", platform, person, now, entry)
    stored_keys.read_anew(by, now)


def looked_after_by() -> list[Person]:
    """The keepers and administrators, each once."""
    found = {
        person.id: person
        for role in (Role.KEEPER, Role.ADMINISTRATOR)
        for person in people.holders(role)
    }
    return list(found.values())


def _with(known: Known, host: str, code: str) -> Known:
    if code == MASTODON:
        return replace(known, mastodon_servers=known.mastodon_servers | {host})
    return replace(known, hosts={**known.hosts, host: code})


def _without(known: Known, host: str) -> Known:
    return replace(
        known,
        hosts={name: code for name, code in known.hosts.items() if name != host},
        mastodon_servers=known.mastodon_servers - {host},
    )


def why_not(note: str) -> str:
    """Why a text is no host that can be added, by the note of `addresses.read_host`."""
    sentences: dict[str, Any] = {
        "no_host": _("Write the name of the host alone, for example video.example.fi."),
        "no_domain": _("This is not the name of a host that somebody has registered."),
        "shipped": _("This service is known by this host already."),
        "elsewhere": _("This host belongs to another service."),
    }
    return str(sentences[note])
