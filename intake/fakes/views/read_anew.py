"""The addresses of cases that were read anew, where a handler should look."""

from typing import Any

from flask import render_template

from intake.engine.step_view import me
from intake.engine.tracks import done
from intake.fakes import stored_keys
from intake.fakes.views.room import DESK, room
from intake.web import access


@room.get("/cases/addresses", endpoint="read_anew")
@access.roles(*DESK, referrer=access.UNSEEN)
def index() -> Any:
    """Cases whose address turned out to be another's too, and marks that were narrowed."""
    lines = [
        {
            "case": case,
            "at": entry.at,
            "what": done(entry.track, entry.step),
            "key": key.split(":", 2)[-1],
        }
        for entry, case, key in stored_keys.looked_at(me())
    ]
    return render_template("fakes/read_anew.html", lines=lines)
