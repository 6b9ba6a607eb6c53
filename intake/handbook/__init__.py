"""What the town lays down: platforms, terms, guidelines, acknowledgements, trainings."""

from flask import Flask

from intake.handbook import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the room."""
