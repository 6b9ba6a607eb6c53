"""Erasing requests with all that hangs on them, inside write()."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail, legal_hold, outbox, tracks
from intake.establishment.models import (
    Conflict,
    Consent,
    Decision,
    Reader,
    Remark,
    Request,
    RequestAdmin,
    Version,
)
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState

CHILDREN = (Version, Conflict, Reader, Consent, Remark, Decision)


def requests(before: datetime) -> Any:
    """Ids of the requests that ended before a moment and whose profile, if one came of them, did
    too; of one that is held, or whose profile is, nothing goes."""
    held = legal_hold.held_ids()
    closed = (Profile.state == ProfileState.CLOSED) & (Profile.closed_on < clock.today(before))
    never = (Profile.state == ProfileState.NEVER_OPENED) & (Profile.state_since < before)
    own = exists().where(Version.request_id == Request.id, Profile.decided == Version.id)
    lives = own.where(~(closed | never) | Profile.id.in_(held))
    return select(Request.id).where(
        Request.state.in_(tracks.track("request").workflow.ends),
        Request.state_since < before,
        Request.id.not_in(held),
        ~lives,
    )


def erase_requests(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase requests; their references."""
    rows = db.session.execute(select(Request.id, Request.reference).where(Request.id.in_(ids)))
    references = sorted(str(row.reference or row.id) for row in rows.all())
    erase_children(ids)
    db.session.execute(delete(Request).where(Request.id.in_(ids)))
    audit_trail.erase_words_about(ids)
    outbox.forget(ids)
    legal_hold.forget(ids)
    return references


def erase_children(ids: Sequence[str]) -> None:
    """Erase all that hangs on requests."""
    versions = select(Version.id).where(Version.request_id.in_(ids))
    db.session.execute(
        delete(RequestAdmin)
        .where(RequestAdmin.version_id.in_(versions))
        .execution_options(synchronize_session=False)
    )
    for model in CHILDREN:
        db.session.execute(delete(model).where(model.request_id.in_(ids)))
