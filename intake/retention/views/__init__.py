"""The pages about how long data is kept, and about one person's data."""

from intake.retention.views import person, table
from intake.retention.views.room import room

__all__ = ["person", "room", "table"]
