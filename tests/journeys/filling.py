"""What people write into the form of a request, and whom its messages reach."""

import sqlite3
from datetime import date

from tests.server import Server

CONTENT = {
    "content_plan": "Kuvia ja vastauksia, kaksi julkaisua viikossa.",
    "update_rhythm": "weekly",
    "content_languages": ["fi"],
}
QUESTIONS = {
    "answering": "Hallinnoijat vastaavat arkisin vuorotellen.",
    "answering_days": "3",
    "private_messages": "answered",
}
TERMS = {"terms_on": f"{date.today()}", "terms_version": "Ehdot 1.9.2026"}  # noqa: DTZ011


def told(town: Server, name: str, step: str) -> set[str]:
    """Whom the outbox tells of a step of the matter of this name, by the name before the @."""
    sql = """SELECT person.email FROM outbox JOIN person ON person.id = outbox.person_id
             WHERE outbox.title LIKE ? AND outbox.step = ?"""
    with sqlite3.connect(town.instance / "profiilivahti.db") as database:
        rows = database.execute(sql, (f"{name}%", step)).fetchall()
    return {email.split("@")[0] for (email,) in rows}
