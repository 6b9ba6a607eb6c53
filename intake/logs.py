"""Logs: a line for each event, without what anybody sent or who they are.

No address, path, query, field or parameter is written, and of an exception only its type and
where in our own files it was raised: its text may hold what was typed (A66). What is written is
escaped, so that nothing typed can forge a line (A130).
"""

import json
import logging
import re
import secrets
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any, TextIO

from flask import Flask, Request, Response, g, has_request_context, request
from werkzeug.routing import MapAdapter

from intake.config import is_production

PACKAGE = Path(__file__).parent
PROBES = ("/healthz", "/readyz")
OURS = ("intake", "access")  # loggers whose words are fixed sentences
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
FOREIGN = re.compile(r"\S*[/@?=&%]\S*")  # a library's line may hold a path or an address
access_log = logging.getLogger("access")


class House(Flask):
    """Flask, but what fails is logged without the path, which may hold the secret of a link; and
    probes, which come by number instead of name, are answered whatever they call us."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None and request.path in PROBES:
            request.environ["HTTP_HOST"] = self.config["TRUSTED_HOSTS"][0]
        return super().create_url_adapter(request)

    def log_exception(self, exc_info: Any) -> None:
        self.logger.error("a view failed", exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Leave a line for each answer; before all else, so that it sees what the others made."""
    app.before_request(_begin)
    app.after_request(_see)
    app.teardown_request(_tell)


def _begin() -> None:
    g.begun = time.perf_counter()


def _see(response: Response) -> Response:
    g.status = response.status_code
    return response


def _tell(_error: BaseException | None) -> None:
    if "begun" in g:
        milliseconds = round((time.perf_counter() - g.begun) * 1000, 1)
        access_log.info(
            "answered", extra={"facts": {"status": g.get("status", 500), "ms": milliseconds}}
        )


def number() -> str:
    """The number of this request: random, on its error page and on each of its lines."""
    if "number" not in g:
        g.number = secrets.token_hex(4)
    return str(g.number)


def start(config: Mapping[str, Any], stream: TextIO | None = None) -> None:
    """Write the log of the whole process to standard error (or `stream`), as the settings say."""
    wanted = config["LOGS"]
    as_json = wanted == "json" or (wanted == "auto" and is_production(config["BASE_URL"]))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(config["LOG_LEVEL"].upper())
    logging.captureWarnings(capture=True)
    if as_json:
        sys.excepthook = lambda *fault: _last_words(fault)
        threading.excepthook = lambda fault: _last_words(fault[:3])


def _last_words(fault: Any) -> None:
    if issubclass(fault[0], KeyboardInterrupt):
        return
    logging.getLogger("intake").critical("ended by a failure", exc_info=fault)


class JsonLines(logging.Formatter):
    """One JSON object a line, in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record))


class PlainLines(logging.Formatter):
    """For the terminal of a developer, at a loopback address: whole traces."""

    def format(self, record: logging.LogRecord) -> str:
        told = {**facts(record), "error": None, "cause": None, "at": None}
        head = [told.pop(name) for name in ("time", "level", "logger", "message")]
        rest = [f"{name}={value}" for name, value in told.items() if value is not None]
        line = visible(" ".join([*head, *rest]))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """What is written of an event."""
    message = record.getMessage()
    if record.name.split(".")[0] not in OURS:
        message = FOREIGN.sub("…", message)
    moment = datetime.fromtimestamp(record.created, UTC)
    return {
        "time": moment.isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": message,
        **_request(),
        **getattr(record, "facts", {}),
        **(_fault(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}),
    }


def _request() -> dict[str, str]:
    if not has_request_context():
        return {}
    return {
        "number": number(),
        "method": request.method if request.method in METHODS else "other",
        "endpoint": request.endpoint or "none",
    }


def _fault(error: BaseException) -> dict[str, Any]:
    told = {"error": _type(error), "at": list(_places(error))}
    cause = error.__cause__ or error.__context__
    return {**told, "cause": _type(cause)} if cause else told


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    """Where in our own files it passed: file, line and function, never what they held."""
    for frame, line in walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        for root in (PACKAGE, PACKAGE.parent / "templates"):
            if file.is_relative_to(root):
                yield f"{file.relative_to(root.parent)}:{line} {frame.f_code.co_name}"


def visible(text: str) -> str:
    """The text on one line: what is no printable sign is written as its code."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )
