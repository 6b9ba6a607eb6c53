"""The pages of refusals and errors."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the handlers."""
