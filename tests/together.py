"""Several acts at one moment, each in a thread and a context of its own."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask

from intake.data.base import db
from intake.refusals import Refused


def at_once(app: Flask, *acts: Callable[[], Any]) -> list[Any]:
    """Let all acts begin together; what each returned, or the refusal it met, in order."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)
    db.session.rollback()

    def run(place: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait(30)
            try:
                outcomes[place] = act()
            except Refused as refusal:
                outcomes[place] = refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=line) for line in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
