"""Signing in, one's own page, and the people and units of the town."""

from intake.people.views import imports, me, signing
from intake.people.views.room import room

__all__ = ["imports", "me", "room", "signing"]
