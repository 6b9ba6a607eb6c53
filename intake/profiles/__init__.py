"""A profile from set-up to closed, for staff (O4-O6, O8, E0-E6, P4)."""

from flask import Flask

from intake import subjects
from intake.profiles import models, service

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register tracks."""
    with app.app_context():
        subjects.register(service.PROFILE)
        subjects.register(service.ADDRESS)
