"""Signing in, one's own page, and the people and units of the town."""

from intake.people.views import accounts, me, signing
from intake.people.views.room import room

__all__ = ["accounts", "me", "room", "signing"]
