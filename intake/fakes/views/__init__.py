"""The pages of reports and cases, public and for handlers."""

from intake.fakes.views import (
    cases,
    evidence,
    follow,
    opened,
    packet,
    queue,
    read_anew,
    report,
    watch,
)
from intake.fakes.views.room import room

__all__ = [
    "cases",
    "evidence",
    "follow",
    "opened",
    "packet",
    "queue",
    "read_anew",
    "report",
    "room",
    "watch",
]
