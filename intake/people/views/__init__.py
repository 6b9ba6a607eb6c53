"""Signing in, one's own page, and the people and units of the town."""

from intake.people.views import absences, accounts, imports, me, persons, roles, signing, units
from intake.people.views.room import room

__all__ = [
    "absences",
    "accounts",
    "imports",
    "me",
    "persons",
    "roles",
    "room",
    "signing",
    "units",
]
