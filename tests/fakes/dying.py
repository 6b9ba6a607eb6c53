"""`python -m tests.fakes.dying FOLDER POINTS`: send reports with a file, each from a worker that
dies at another point of its work, and after each death send the same form again (F1).

The points are each statement, each commit, and each file that is synced or gets its name. POINTS
is how many of them are tried, spread over all of the work; 0 tries every one.
"""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, func, select

from intake import clock, create_app
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine import jobs
from intake.fakes.evidence import integrity_check
from intake.fakes.models import Evidence, Report
from intake.handbook import service as handbook
from intake.ops import migrate
from tests import killed
from tests.fakes import corpus
from tests.fakes.test_report import CODE
from tests.faults import assert_sound

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main(folder: str, points: int) -> None:
    """Print how many deaths were survived; raises AssertionError where one was not."""
    app = create_app({"JOBS": "off", "EVIDENCE_FREE": "0", "LIMITS": "off"}, Path(folder))
    app.testing = True
    with app.app_context():
        migrate.run()
        with write():
            handbook.ensure_shipped(clock.now())
    number = int(_child(app, _form(app, 0), 0))
    step = max(1, number // points) if points else 1
    tried = range(1, number + 1, step)
    print(sum(_dies_and_sends_again(app, last) for last in tried))  # noqa: T201 -- told to the test


def _dies_and_sends_again(app: Flask, last: int) -> bool:
    """Did the worker die? Later forms pass a few points less than the first."""
    form = _form(app, last)
    outlived = _child(app, form, last)
    with app.app_context():
        _is_sound()
        assert len(_sent(form)) <= 1
    assert len({_send(app, form) for _again in range(2)}) == 1
    with app.app_context():
        jobs.tick()
        _is_sound()
        (report,) = _sent(form)
        of_it = select(func.count()).select_from(Evidence).where(Evidence.report_id == report.id)
        assert db.session.scalar(of_it) == 1
        db.session.remove()
    return not outlived


def _sent(form: dict[str, Any]) -> list[Report]:
    """The reports that a form became."""
    told = form["description"]
    return [one for one in db.session.scalars(select(Report)) if one.answers["description"] == told]


def _is_sound() -> None:
    assert_sound()
    assert list(integrity_check.faults()) == []


def _form(app: Flask, last: int) -> dict[str, Any]:
    """A form of its own, filled."""
    with app.test_client() as visitor:
        page = visitor.get("/report").text
    found = TOKEN.search(page)
    assert found
    return {
        "csrf_token": found[1],
        "urls": f"instagram.com/death.{last}",
        "target_kind": "official",
        "acts": "draw",
        "description": f"This is death {last}.",
        "harm": "no",
        "seen_at": clock.today().strftime("%d.%m.%Y"),
        "reporter_role": "bystander",
        "good_faith": "y",
    }


def _send(app: Flask, form: dict[str, Any]) -> str:
    """Send a form; the code of its receipt."""
    file = io.BytesIO(corpus.png(1)), "kuva.png"
    with app.test_client() as visitor:
        answer = visitor.post("/report", data={**form, "evidence": file})
    found = CODE.search(answer.text)
    assert answer.status_code == 200, answer.text
    assert found, answer.text
    return found.group()


def _child(app: Flask, form: dict[str, Any], last: int) -> str:
    """Send a form from a process that dies at a point; with 0 it lives and tells how many it
    passed."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return killed.ended(killed.begin(lambda: _send(app, form), last, _points))


def _points(reach: Callable[..., None]) -> None:
    killed.statements(reach)
    event.listen(Engine, "commit", reach)
    for place, name in ((file_store.os, "fsync"), (file_store.Path, "replace")):
        setattr(place, name, _reaching(getattr(place, name), reach))


def _reaching(act: Callable[..., Any], reach: Callable[..., None]) -> Callable[..., Any]:
    """Do something, with a point before and a point after it."""

    def done(*given: Any) -> Any:
        reach()
        result = act(*given)
        reach()
        return result

    return done


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
