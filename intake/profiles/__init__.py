"""The room of profiles."""

from flask import Flask

from intake.profiles import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the room."""
