"""Platforms: added, changed, retired and taken back into use (S2, G3, G7)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from intake.data.base import db
from intake.engine import audit_trail
from intake.handbook.models import Platform
from intake.handbook.service import changing
from intake.people.models import Person
from intake.refusals import Stale, Unready, WrongState
from intake.web.forms import Problem

FIELDS = ("stored_name", "kind", "approval", "has_messages", "bio_limit", "terms_url")
UNKNOWN = "other"  # what reports call a service that is none of these


def fingerprint(platform: Platform) -> str:
    """What a form carries to say which values it was filled from."""
    return changing.fingerprint(platform, FIELDS)


def add(code: str, values: Mapping[str, Any], by: Person, now: datetime) -> Platform:
    """A platform under a code that it keeps for ever; Unready where code or name is taken."""
    db.session.execute(select(Platform.code).with_for_update())  # the second sees the first
    problems = _taken_name(values["stored_name"], code)
    if code == UNKNOWN or db.session.get(Platform, code) is not None:
        problems.append(Problem(_("Another service has this code."), "code"))
    if problems:
        raise Unready(problems)
    platform = Platform(code=code, **values)
    db.session.add(platform)
    db.session.flush()
    facts = {name: values[name] for name in FIELDS if name not in changing.WRITTEN}
    words = {name: values[name] for name in FIELDS if name in changing.WRITTEN}
    audit_trail.record(by, now, platform, "platform", "add", facts=facts, words=words)
    return platform


def change(
    platform: Platform, values: Mapping[str, Any], by: Person, now: datetime, *, was: str
) -> None:
    """Change what differs. Stale where `was` is not the fingerprint of the platform as it is."""
    _lock(platform)
    if was != fingerprint(platform):
        raise Stale
    if problems := _taken_name(values.get("stored_name", ""), platform.code):
        raise Unready(problems)
    facts, words = changing.apply(platform, values)
    if facts or words:
        audit_trail.record(by, now, platform, "platform", "change", facts=facts, words=words)


def retire(platform: Platform, by: Person, now: datetime) -> None:
    """Offer a platform no more; what was listed on it stays. WrongState where it is retired."""
    _set_retired(platform, now, by, now, "retire")


def restore(platform: Platform, by: Person, now: datetime) -> None:
    """Offer a retired platform again; WrongState where it is in use."""
    _set_retired(platform, None, by, now, "restore")


def _set_retired(
    platform: Platform, at: datetime | None, by: Person, now: datetime, step: str
) -> None:
    _lock(platform)
    if (platform.retired_at is None) is (at is None):
        raise WrongState
    platform.retired_at = at
    audit_trail.record(by, now, platform, "platform", step)


def _lock(platform: Platform) -> None:
    db.session.refresh(platform, with_for_update=True)


def _taken_name(name: str, code: str) -> list[Problem]:
    rows = db.session.execute(select(Platform.stored_name).where(Platform.code != code))
    if name.casefold() not in {row.stored_name.casefold() for row in rows}:
        return []
    return [Problem(_("Another service has this name."), "stored_name")]
