"""The handbook for its readers, and for those who look after it."""

from intake.handbook.views import (
    address_rules,
    hosts,
    platforms,
    reading,
    routes,
    trainings,
    versions,
)
from intake.handbook.views.room import room

__all__ = [
    "address_rules",
    "hosts",
    "platforms",
    "reading",
    "room",
    "routes",
    "trainings",
    "versions",
]
