"""Signing in, one's own page, and the people and units of the town."""

from intake.people.views import look, me, signing, town
from intake.people.views.room import room

__all__ = ["look", "me", "room", "signing", "town"]
