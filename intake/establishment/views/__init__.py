"""The pages of requests."""

from intake.establishment.views import form, requests, steps
from intake.establishment.views.room import room

__all__ = ["form", "requests", "room", "steps"]
