"""The pages of reports and cases, public and for handlers."""

from intake.fakes.views import cases, follow, queue
from intake.fakes.views.room import room

__all__ = ["cases", "follow", "queue", "room"]
