"""Signing in, one's own page, the town's settings, its people and units."""

from intake.people.views import (
    absences,
    accounts,
    grants,
    imports,
    look,
    me,
    persons,
    roles,
    signing,
    town,
    units,
)
from intake.people.views.room import room

__all__ = [
    "absences",
    "accounts",
    "grants",
    "imports",
    "look",
    "me",
    "persons",
    "roles",
    "room",
    "signing",
    "town",
    "units",
]
