"""The pages of reports and cases, public and for handlers."""

from intake.fakes.views import evidence, follow
from intake.fakes.views.room import room

__all__ = ["evidence", "follow", "room"]
