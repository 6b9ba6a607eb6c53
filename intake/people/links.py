"""One-time links: in messages, and on the terminal at the first start.

The secret is derived from the row's id under a key of its own, so a message can be rendered when
it is delivered and the database holds nothing that opens anything: only a hash, to find the row.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update

from intake.data.base import db, random_id
from intake.people.models import LinkPurpose, LinkToken, Person
from intake.refusals import Unseen
from intake.security import keys

LIFETIMES = {
    LinkPurpose.FIRST_START: timedelta(hours=24),
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.RESET: timedelta(minutes=60),
}
PATHS = {
    LinkPurpose.FIRST_START: "first",
    LinkPurpose.INVITATION: "invitation",
    LinkPurpose.RESET: "reset",
}
KEPT = timedelta(days=30)  # after its end, for whoever asks what a message was about


def make(purpose: LinkPurpose, person: Person | None, now: datetime) -> LinkToken:
    """A new link; without a person for the first start, or for an address that nobody has."""
    token = LinkToken(
        id=random_id(),
        purpose=purpose,
        person_id=person.id if person else None,
        ends_at=now + LIFETIMES[purpose],
    )
    token.hash = _hash(secret(token))
    db.session.add(token)
    db.session.flush()
    return token


def secret(token: LinkToken) -> str:
    """The 256 bits that open a link, in signs that need no quoting in an address."""
    signature = hmac.digest(keys.derive("link"), token.id.encode(), "sha256")
    return urlsafe_b64encode(signature).decode().rstrip("=")


def path(token: LinkToken) -> str:
    """The path of a link's page, with its secret."""
    return f"/{PATHS[token.purpose]}/{secret(token)}"


def address(token: LinkToken) -> str:
    """The whole link, built from the configured address and never from a request (A33)."""
    return str(current_app.config["BASE_URL"]).rstrip("/") + path(token)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def open_(purpose: LinkPurpose, typed: str, now: datetime) -> LinkToken | None:
    """The link of a secret, None where there is none that is still good. Changes nothing, so
    that a mail scanner may look at it (A34)."""
    token = db.session.scalars(
        select(LinkToken).where(LinkToken.hash == _hash(typed), LinkToken.purpose == purpose)
    ).first()
    return token if token is not None and is_good(token, now) else None


def is_good(token: LinkToken, now: datetime) -> bool:
    """Not used, not ended, and its person still in service?"""
    if token.used_at is not None or token.ends_at <= now:
        return False
    if token.purpose is LinkPurpose.FIRST_START:
        return True
    person = db.session.get(Person, token.person_id) if token.person_id else None
    return person is not None and person.is_active


def use(token: LinkToken, now: datetime) -> None:
    """Use a link up; raises Unseen where somebody else was first."""
    claim = (
        update(LinkToken)
        .where(LinkToken.id == token.id, LinkToken.used_at.is_(None))
        .values(used_at=now)
        .returning(LinkToken.id)
    )
    if db.session.execute(claim).scalar() is None:
        raise Unseen


def void(person: Person | None, now: datetime) -> None:
    """Let every link of a person die unused: after a new password or address, and when they
    leave. Without a person: the links of the first start."""
    db.session.execute(
        update(LinkToken)
        .where(
            LinkToken.person_id == (person.id if person else None),
            LinkToken.used_at.is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session="fetch")  # not by a look at all that is in memory
    )


def forget_old(now: datetime) -> None:
    """Drop the links that ended long ago."""
    db.session.execute(delete(LinkToken).where(LinkToken.ends_at < now - KEPT))
