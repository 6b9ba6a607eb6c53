"""What the town lays down: platforms, terms, guidelines, acknowledgements, trainings."""

from flask import Flask

from intake.handbook import models, service, views, words

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the room, and what it brings to an empty database."""
    app.register_blueprint(views.room)
    app.extensions.setdefault("histories", {}).update(words.HISTORY)
    app.extensions.setdefault("shipped", []).append(service.ensure_shipped)
