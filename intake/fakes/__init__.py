"""Fake profiles: reported by anyone, one case for each, followed until it is gone (P5, G8)."""

from typing import Any

from flask import Flask
from flask_babel import gettext as _

from intake import subjects
from intake.fakes import models, reporters, sending, service, views, words

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register pages, tracks and messages, and that letters may go to reporters."""
    app.register_blueprint(views.room)
    with app.app_context():
        subjects.register(service.CASE)
        subjects.register(service.POLICE)
        for name, sentences in words.HISTORY.items():
            subjects.tell_history(name, sentences)
        subjects.register_notice(
            subjects.Notice(
                "flood",
                models.Report,
                title=lambda _report: _("Many reports are coming in"),
                address=lambda _report: "/cases?state=untaken",
            )
        )
    app.extensions.setdefault("beside_profile", []).append(sending.beside_profile)
    people = app.extensions["person"]

    def reader(reader_id: str) -> Any:
        """A person, one of the town's contacts, or who sent a report."""
        return people(reader_id) or reporters.by_id(reader_id)

    app.extensions["person"] = reader
