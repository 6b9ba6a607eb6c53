"""Signing in, one's own page, and the people and units of the town."""

from intake.people.views import absences, imports, me, persons, roles, signing, units
from intake.people.views.room import room

__all__ = ["absences", "imports", "me", "persons", "roles", "room", "signing", "units"]
