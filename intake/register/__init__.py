"""The public face: list, pages, check, API; reads profiles, changes nothing."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the room."""
