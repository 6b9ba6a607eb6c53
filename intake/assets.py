"""Stylesheet, script and icons under names that change with their content."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the assets."""
