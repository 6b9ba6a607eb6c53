"""The log: enough to find a fault, nothing of anybody, and no line that was not ours."""

import io
import json
import logging
import socket
import threading
import warnings
from contextlib import suppress

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DataError, IntegrityError

from intake import logs
from intake.data.base import db
from intake.people.models import Setting
from intake.web import access
from tests.server import Server

MARKER = "merkki-Zyxqvatsalainen"
FORGED = 'Matti\n{"level": "info", "message": "all is well"}\r\x1b[2J\u2028'
LINE = {"time", "level", "logger", "message", "number", "method", "endpoint"}


class Log:
    """What would be written in production."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self) -> list[dict]:
        """Every line, read as JSON."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(app, monkeypatch):
    log, root = Log(), logging.getLogger()
    handler = logging.StreamHandler(log.stream)
    handler.setFormatter(logs.JsonLines())
    monkeypatch.setattr(root, "handlers", [*root.handlers, handler])
    for name in logs.OURS:
        monkeypatch.setattr(logging.getLogger(name), "level", logging.INFO)
        logging.getLogger(name).manager._clear_cache()
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    yield log
    monkeypatch.undo()
    root.manager._clear_cache()


def public_posts(app) -> list[tuple[str, str]]:
    """(endpoint, path) of everything that anybody may post to."""
    return [
        (rule.endpoint, rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods and app.view_functions[rule.endpoint].access.public
    ]


def typed_twice() -> None:
    """A value that breaks a constraint, as the database itself tells of it."""
    with db.engine.connect().execution_options(writes=True) as connection:
        connection.execute(
            insert(Setting), [{"name": MARKER, "value": MARKER}, {"name": MARKER, "value": "x"}]
        )


def raises(error: Exception):
    def fail() -> None:
        raise error

    return fail


DETAIL = Exception(f"DETAIL: Key (email)=({MARKER}) already exists.")
FAILURES = {
    "the value in its text": raises(ValueError(f"invalid literal: {MARKER}")),
    "IntegrityError": raises(IntegrityError("INSERT", {"email": MARKER}, DETAIL)),
    "DataError": raises(DataError("INSERT", {"email": MARKER}, DETAIL)),
    "from the database": typed_twice,
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a66_what_fails_inside_tells_nothing_of_what_was_sent(
    app, cast, log, monkeypatch, capfd, failure
):
    posts = public_posts(app)
    assert len(posts) >= 3
    for endpoint, path in posts:
        declared = access.of(endpoint)

        def view(**_values) -> None:
            FAILURES[failure]()

        view.access = declared
        monkeypatch.setitem(app.view_functions, endpoint, view)
        answer = app.test_client().post(
            path.replace("<", "").replace(">", ""),
            query_string={"q": MARKER},
            data={"email": MARKER, "password": MARKER, "csrf_token": MARKER},
            headers={"User-Agent": MARKER, "Referer": f"http://x/{MARKER}", "X-Token": MARKER},
            environ_base={"REMOTE_ADDR": "192.0.2.77"},
        )
        assert answer.status_code == 500, path
        assert MARKER not in answer.get_data(as_text=True)
        failed, answered = log.lines()[-2:]
        assert f"500-{failed['number']}" in answer.get_data(as_text=True)
        assert set(failed) >= {*LINE, "error", "at"}
        assert set(answered) == {*LINE, "status", "ms"}
        assert (answered["endpoint"], answered["method"]) == (endpoint, "POST")
        assert answered["status"] == 500
    written = log.text + "".join(capfd.readouterr())
    for secret in (MARKER, "192.0.2.77", "Traceback", "DETAIL"):
        assert secret not in written


def test_a66_a_line_for_an_answer_holds_no_address_and_no_query(app, log):
    client = app.test_client()
    client.get(f"/check?q={MARKER}")
    client.get(f"/{MARKER}")
    client.open("/check", method=MARKER.upper().replace("-", ""))
    client.get("/check", headers={"Host": f"{MARKER}.example"})
    told = [(line["method"], line["endpoint"], line["status"]) for line in log.lines()]
    assert told[:2] == [("GET", "register.check_page", 200), ("GET", "none", 404)]
    assert told[2][0] == "other"
    assert told[3][2] == 400
    assert MARKER.lower() not in log.text.lower()


def test_what_failed_is_found_by_type_and_place(app, log, monkeypatch):
    def view() -> None:
        try:
            app.jinja_env.get_template("register/check.html").render(form=MARKER)
        except Exception as error:
            raise RuntimeError(MARKER) from error

    view.access = access.of("site.start")
    monkeypatch.setitem(app.view_functions, "site.start", view)
    app.test_client().get("/")
    failed = log.lines()[0]
    assert failed["error"] == "builtins.RuntimeError"
    assert failed["cause"].endswith("Error")
    assert all(place.startswith("intake/") for place in failed["at"])


@pytest.mark.parametrize("formatter", [logs.JsonLines(), logs.PlainLines()])
def test_a130_a_name_forges_no_line(app, formatter):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger = logging.getLogger("intake.test")
    logger.addHandler(handler)
    try:
        logger.warning("a job of %s failed", FORGED)
    finally:
        logger.removeHandler(handler)
    assert len(stream.getvalue().splitlines()) == 1
    assert stream.getvalue().rstrip("\n").isprintable()
    if isinstance(formatter, logs.JsonLines):
        assert json.loads(stream.getvalue())["message"] == f"a job of {FORGED} failed"


def test_a130_what_the_terminal_shows_is_escaped(app, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", [FORGED])
    shown = app.test_cli_runner().invoke(args=["doctor"]).output
    assert "\x1b" not in shown
    assert '\n{"level"' not in shown


def test_lines_of_libraries_lose_paths_and_addresses(app, log):
    logging.getLogger("waitress").warning("Exception while serving %s", f"/welcome/{MARKER}")
    logging.getLogger("x").warning("to a.b@savonkoski.example with key=%s of 3", MARKER)
    assert [line["message"] for line in log.lines()] == [
        "Exception while serving …",
        "to … with … of 3",
    ]


def test_a_developer_sees_the_whole_trace():
    try:
        raise ValueError("the text")
    except ValueError as error:
        fault = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("intake", logging.ERROR, "x", 1, "failed", (), fault)
    assert "ValueError: the text" in logs.PlainLines().format(record)
    assert "the text" not in logs.JsonLines().format(record)


@pytest.fixture
def whole_process(monkeypatch):
    """What `start` changes for the process is put back."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    for name in logs.OURS:
        monkeypatch.setattr(logging.getLogger(name), "level", logging.NOTSET)
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    yield
    logging.captureWarnings(capture=False)
    root.manager._clear_cache()


@pytest.mark.parametrize(
    ("wanted", "base_url", "as_json"),
    [
        ("auto", "http://127.0.0.1:8000", False),
        ("auto", "https://profiilit.savonkoski.example", True),
        ("json", "http://127.0.0.1:8000", True),
        ("plain", "https://profiilit.savonkoski.example", False),
    ],
)
def test_production_writes_json(whole_process, wanted, base_url, as_json):
    stream = io.StringIO()
    logs.start({"LOGS": wanted, "BASE_URL": base_url, "LOG_LEVEL": "warning"}, stream)
    logging.getLogger("intake").info("below the level")
    logging.getLogger("intake").warning("said")
    assert len(stream.getvalue().splitlines()) == 1
    assert stream.getvalue().startswith("{") == as_json


def test_a66_what_nobody_catches_is_told_like_the_rest(whole_process):
    stream = io.StringIO()
    config = {"LOGS": "json", "BASE_URL": "http://127.0.0.1", "LOG_LEVEL": "info"}
    logs.start(config, stream)
    thread = threading.Thread(target=lambda: int(MARKER))
    thread.start()
    thread.join()
    warnings.showwarning(UserWarning(MARKER + "@x"), UserWarning, "/x.py", 1)
    fault, warned = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert (fault["message"], fault["error"]) == ("ended by a failure", "builtins.ValueError")
    assert warned["logger"] == "py.warnings"
    assert MARKER not in stream.getvalue()


@pytest.mark.embedded
def test_a66_the_server_itself_writes_nothing_that_was_sent(tmp_path):
    server = Server(tmp_path, LOGS="json").start()
    sent = [
        f"GET /{MARKER}?q={MARKER} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {MARKER}\r\n\r\n",
        f"GET /check HTTP/1.1\r\nHost: {MARKER}\r\n\r\n",
        f"{MARKER} / HTTP/9\r\n{MARKER}\r\n\r\n",
        f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x{MARKER}\r\n\r\n{MARKER}",
        f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n{MARKER}",
    ]
    for request in sent:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(request.encode())
            client.settimeout(0.5)
            with suppress(TimeoutError):  # the last one waits for the rest, and we hang up
                client.recv(10_000)
    server.stop()
    written = server.said()
    assert MARKER not in written
    terminal = ("Serving at", "There is no administrator yet.")  # standard output, not the log
    lines = [json.loads(line) for line in written.splitlines() if not line.startswith(terminal)]
    assert {"none", "site.healthz"} <= {line.get("endpoint") for line in lines}


@pytest.mark.embedded
def test_a66_a_start_that_fails_tells_no_secret(tmp_path):
    (tmp_path / "write.lock").mkdir()
    server = Server(tmp_path, LOGS="json", MAIL_URL=f"smtp://town:{MARKER}@127.0.0.1")
    with pytest.raises(AssertionError, match="did not come up"):
        server.start()
    server.output.close()
    assert server.process.returncode == 1
    fault = json.loads(server.said())
    assert fault["error"] == "builtins.IsADirectoryError"
    assert fault["at"]
