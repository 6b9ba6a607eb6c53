"""The room of establishment."""

from flask import Flask

from intake.establishment import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the room."""
