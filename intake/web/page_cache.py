"""Public answers are kept and given again until anybody commits anything, in whatever process.

They are the same bytes for everybody, and depend on nothing but the address, the language, the
day and the database; so a warning shows at once, and a page that many ask for costs next to
nothing.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.http import generate_etag

from intake import clock
from intake.data.cache import commit_cache
from intake.web import access, locale

MOST = 500  # answers that are kept
LARGEST = 128 * 1024  # bytes of one: a list with hundreds of units to choose from


@dataclass(frozen=True)
class Answer:
    """The body of an answer, its type and its ETag."""

    body: bytes
    kind: str
    etag: str


class Answers:
    """Answers by what they depend on; those not asked for longest go first."""

    def __init__(self) -> None:
        self.lock, self.kept = Lock(), OrderedDict[Any, Answer]()

    def get(self, key: Any) -> Answer | None:
        """The answer, None where it is not kept."""
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def keep(self, key: Any, answer: Answer) -> None:
        """Keep an answer."""
        with self.lock:
            self.kept[key] = answer
            if len(self.kept) > MOST:
                self.kept.popitem(last=False)


def init_app(app: Flask) -> None:
    """Give again what is kept, and keep what may be."""
    app.before_request(_recall)
    app.after_request(_keep)


def _recall() -> Response | None:
    declared = access.of(request.endpoint)
    if declared is None or not declared.alike or request.method != "GET":
        return None
    answers = commit_cache().setdefault("answers", Answers())  # before anything is read
    key = (request.script_root, request.full_path, locale.current(), clock.today())
    if (found := answers.get(key)) is None:
        g.keep = answers, key
        return None
    g.recalled = True
    response = Response(found.body, content_type=found.kind)
    response.set_etag(found.etag)
    return response


def _keep(response: Response) -> Response:
    if "keep" in g and response.status_code == 200 and not response.direct_passthrough:
        answers, key = g.keep
        body = response.get_data()
        if len(body) + len(request.full_path) <= LARGEST:
            answers.keep(key, Answer(body, response.content_type or "", generate_etag(body)))
    return response
