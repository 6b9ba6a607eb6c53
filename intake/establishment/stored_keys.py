"""The stored keys of requests, read anew from what was typed."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from intake.data.base import db
from intake.establishment.models import Request, Version
from intake.handbook.service import stored_keys
from intake.profiles import service as profiles
from intake.profiles.models import Profile


def read_anew(by: Any, now: datetime) -> None:
    """Give every request, and every profile that came of one, the key its text has today."""
    query = select(Request).where(Request.key.is_not(None), Request.platform_id.is_not(None))
    for request in db.session.scalars(query.order_by(Request.created_at, Request.id)).all():
        key, was = _key(request.platform_id, request.draft), request.key
        if key and was and key != was:
            request.key = key
            stored_keys.note(by, now, request, request, was, key, meets=False)
    rows = select(Profile, Version).join(Version, Version.id == Profile.decided)
    for profile, version in db.session.execute(
        rows.where(Profile.decided_key.startswith("web:"))
    ).all():
        if key := _key(profile.platform_id, version.answers):
            profiles.note_decided_key(profile, key, by, now)
    db.session.flush()


def _key(platform: str | None, answers: dict[str, Any]) -> str:
    typed = str((answers.get("profile", {}).get("profile_url") or [""])[0])
    found = profiles.today(platform, typed) if typed and platform else None
    return found.keys[0] if found and len(found.keys[0]) <= 300 else ""
