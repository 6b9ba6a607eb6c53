"""The pages of reports and cases, public and for handlers."""

from intake.fakes.views import follow
from intake.fakes.views.room import room

__all__ = ["follow", "room"]
