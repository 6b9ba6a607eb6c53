"""Accounts: the first administrator, invitations, passwords, and the sessions of a person.

Hashes are made by the caller before write(): they take long.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, tracks
from intake.engine.table import ANYONE, EFFECT
from intake.people import links, queries, service, sign_in, town
from intake.people.models import Level, LinkPurpose, LinkToken, Person, Role, Session
from intake.refusals import Unseen, WrongState
from intake.web.locale import LANGUAGES

OTHERS = "others"  # every session but the one that asks
KEPT = timedelta(days=30)  # of sessions, after their end

DONE = {
    "person": {
        "first_start": _l("%(actor)s took the service into use."),
        "invite": _l("%(actor)s sent an invitation."),
        "set_password": _l("%(actor)s chose a password."),
        "ask_reset": _l("Somebody asked for a new password."),
        "end_session": _l("%(actor)s ended a session."),
    },
    "link_token": {
        "offer": _l("A link for the first administrator was printed."),
        "ask_reset": _l("Somebody asked for a new password for an address that nobody has."),
    },
}


def init_app(app: Flask) -> None:
    """Tell trail, outbox and jobs what they need to know of accounts; within the app's context."""
    for name, sentences in DONE.items():
        tracks.tell_history(name, sentences)
    for notice in (
        _by_link("invitation", _l("An account in Profiilivahti")),
        _by_link("reset", _l("A new password")),
        tracks.Notice("password_changed", Person, _name, lambda _person: "/reset"),
    ):
        tracks.register_notice(notice)
    jobs.add(app, jobs.Job("old_sessions", "day", forget_old))


def _by_link(name: str, title: Any) -> tracks.Notice:
    """A letter whose link opens something: sent only while it does, and shown to nobody else."""
    return tracks.Notice(
        name, LinkToken, lambda _token: title, links.path, secret=True, stands=links.is_good
    )


def _name(person: Person) -> str:
    return person.name


# the first administrator


def offer_first_start(now: datetime) -> str | None:
    """A fresh link for the first administrator, the one before it dies; None where there is an
    administrator, or in the demo. For the terminal only."""
    if town.current().is_demo or queries.holders(Role.ADMINISTRATOR):
        return None
    with write():
        links.void(None, now)
        token = links.make(LinkPurpose.FIRST_START, None, now)
        audit_trail.record(EFFECT, now, token, "link_token", "offer")
        return links.address(token)


def first_link(secret: str, now: datetime) -> LinkToken:
    """The link of the first start; raises Unseen once there is an administrator (A47)."""
    token = links.open_(LinkPurpose.FIRST_START, secret, now)
    if token is None or queries.holders(Role.ADMINISTRATOR):
        raise Unseen
    return token


def first_start(
    secret: str, names: Mapping[str, str], own: Mapping[str, str], password_hash: str, now: datetime
) -> Person:
    """Take the service into use: the town by its `names`, its first administrator by what is
    their `own` (name, title, email, language). Raises Unseen, or Unready beside a field."""
    links.use(first_link(secret, now), now)
    email = own["email"].casefold()
    settings = {**names, "mail_domains": [email.rpartition("@")[2]], "contact_email": email}
    town.store(**settings)
    root = queries.root() or service.add_unit(
        Level.ROOT, names["name_fi"], names["name_sv"], None, EFFECT, now
    )
    person = service.add_person(
        email, own["name"], own["title"], root, EFFECT, now, language=own["language"]
    )
    person.password_hash = password_hash
    service.grant(person, Role.ADMINISTRATOR, EFFECT, now)
    facts = {"settings": sorted(settings)}
    audit_trail.record(person, now, person, "person", "first_start", facts=facts)
    return person


# invitation


def to_invite(person_id: str) -> Person:
    """Somebody who cannot sign in yet; raises Unseen, or WrongState where they can."""
    person = queries.active_person(person_id)
    if person is None:
        raise Unseen
    if person.password_hash is not None:
        raise WrongState
    return person


def invite(person: Person, by: Any, now: datetime) -> LinkToken:
    """Send somebody the link with which they choose their password; an earlier one dies."""
    links.void(person, now)
    token = links.make(LinkPurpose.INVITATION, person, now)
    entry = audit_trail.record(by, now, person, "person", "invite", facts={"link": token.id})
    outbox.notify("invitation", token, person, now, entry)
    return token


def invitation_of(person: Person, now: datetime) -> LinkToken | None:
    """The invitation somebody has and has not used."""
    return db.session.scalars(
        select(LinkToken).where(
            LinkToken.person_id == person.id,
            LinkToken.purpose == LinkPurpose.INVITATION,
            LinkToken.used_at.is_(None),
            LinkToken.ends_at > now,
        )
    ).first()


# passwords


def names(person: Person) -> list[str]:
    """What a person's password may not hold: their names, their address, those of the town."""
    settings, address = town.current(), person.email.rpartition(".")[0]
    called = [settings.name(code) for code in LANGUAGES]
    owned = [settings.genitive(code) for code in LANGUAGES]
    domains = [domain.rpartition(".")[0] for domain in settings.mail_domains]
    return [person.name, address, *called, *owned, *domains]


def ask_reset(email: str, now: datetime) -> None:
    """Send a link for a new password to whom it is due.

    The same is done for an address that nobody has, or somebody who has left: a link of nobody, a
    message to nobody, a line in the trail. Only what they lead to differs (A35).
    """
    found = queries.by_email(email)
    person = found if found is not None and found.is_active else None
    token = links.make(LinkPurpose.RESET, person, now)
    about = person or token
    facts = {"link": token.id}
    entry = audit_trail.record(ANYONE, now, about, about.subject_type, "ask_reset", facts=facts)
    outbox.notify("reset", token, person, now, entry)


def choose_password(purpose: LinkPurpose, secret: str, password_hash: str, now: datetime) -> Person:
    """Use the link of an invitation or a reset; raises Unseen where it is good no more."""
    token = links.open_(purpose, secret, now)
    person = queries.active_person(token.person_id or "") if token is not None else None
    if token is None or person is None:
        raise Unseen
    links.use(token, now)
    set_password(person, password_hash, purpose.value, now)
    return person


def set_password(
    person: Person, password_hash: str, how: str, now: datetime, keep: str | None = None
) -> None:
    """Give a person a new password: every session but `keep` and every link of theirs ends, and
    they are told by mail, save of their first one. `how` goes to the trail."""
    person.password_hash = password_hash
    ended = sign_in.end_all(person, now, keep)
    links.void(person, now)
    facts = {"how": how, "sessions": ended}
    entry = audit_trail.record(person, now, person, "person", "set_password", facts=facts)
    if how != LinkPurpose.INVITATION:
        outbox.notify("password_changed", person, person, now, entry)


# sessions


def sessions(person: Person, now: datetime) -> list[Session]:
    """Where a person is signed in, the newest first."""
    return list(
        db.session.scalars(
            select(Session)
            .where(
                Session.person_id == person.id, Session.ended_at.is_(None), Session.ends_at > now
            )
            .order_by(Session.created_at.desc(), Session.hash)
        )
    )


def end_session(person: Person, which: str, now: datetime) -> None:
    """End one of a person's own sessions by its key, or all `OTHERS`; raises Unseen (A41)."""
    here = sign_in.here()
    ending = [
        row
        for row in sessions(person, now)
        if row.hash == which or (which == OTHERS and row.hash != here)
    ]
    if not ending and which != OTHERS:
        raise Unseen
    for row in ending:
        row.ended_at = now
    if ending:
        facts = {"sessions": len(ending)}
        audit_trail.record(person, now, person, "person", "end_session", facts=facts)


def forget_old(now: datetime) -> None:
    """Drop the sessions and links that ended long ago."""
    with write():
        db.session.execute(delete(Session).where(Session.ends_at < now - KEPT))
        links.forget_old(now)
