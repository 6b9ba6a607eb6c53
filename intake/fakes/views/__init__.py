"""The pages of reports and cases, public and for handlers."""

from intake.fakes.views import filing, summary, watch
from intake.fakes.views.room import room

__all__ = ["filing", "room", "summary", "watch"]
