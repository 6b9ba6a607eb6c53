"""What an operator relies on: migrations whole or not at all, failures that are honest, a start
that refuses in words, packages that are those of the lock."""

import ast
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from alembic import command
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import Engine, event

from intake import create_app, ports
from intake.config import NotStarted
from intake.data.base import db
from intake.engine import audit_trail
from intake.ops import migrate
from tests.browser import Browser
from tests.conftest import SETTINGS
from tests.documents import tracked
from tests.dump import dump
from tests.server import ROOT, Server

SECRET = "merkki-Zyxqvatsalainen"


# F15: a migration happens whole or not at all


def schema(file: Path) -> list[tuple[object, ...]]:
    """What the database is made of; the order of a table's constraints is chance."""
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = found.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    return [(kind, name, sorted(re.split(r",?\s*\n", sql or ""))) for kind, name, sql in rows]


def upgraded_to(folder: Path, revision: str) -> None:
    app = create_app(SETTINGS, folder)
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(str(migrate.FOLDER)), revision)
        db.engine.dispose()


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Path:
    """An installation of the first release, in use."""
    folder = tmp_path_factory.mktemp("released")
    upgraded_to(folder, "0001")
    with closing(sqlite3.connect(folder / "profiilivahti.db")) as found, found:
        found.execute("INSERT INTO setting VALUES ('low_hours', '1.5', '2026-01-01')")
    return folder


def run_and_kill(*cases: tuple[int, Path]) -> list[str]:
    """Migrate folders at once, each killed at its K-th statement; what each ended with."""
    told = [str(part) for case in cases for part in case]
    line = [sys.executable, "-m", "tests.killed", *told]
    return subprocess.check_output(line, cwd=ROOT, text=True).split()


def start(folder: Path) -> list[tuple[object, ...]]:
    """Bring it up to date as every start does; the schema afterwards."""
    with create_app(SETTINGS, folder).app_context():
        migrate.run()
        assert migrate.revision() == migrate.newest()
        db.session.remove()
        db.engine.dispose()
    return schema(folder / "profiilivahti.db")


@pytest.mark.embedded
def test_f15_a_migration_that_is_killed_leaves_no_half(released, tmp_path):
    def installation(name: str, *, in_use: bool) -> Path:
        shutil.copytree(released, tmp_path / name) if in_use else (tmp_path / name).mkdir()
        return tmp_path / name

    new, old = installation("new", in_use=False), installation("old", in_use=True)
    counts = [int(count) for count in run_and_kill((0, new), (0, new), (0, old), (0, old))]
    whole = start(new)  # two at once: one waits for the other
    assert schema(old / "profiilivahti.db") == whole

    cases = []
    for in_use, count in ((False, max(counts[:2])), (True, max(counts[2:]))):
        for part in (0.1, 0.4, 0.7, 0.9):
            folder = installation(f"{in_use}{part}", in_use=in_use)
            cases.append((int(count * part), folder))
    before = schema(released / "profiilivahti.db")
    assert run_and_kill(*cases) == ["killed"] * len(cases)
    for _at, folder in cases:
        in_use = folder.name.startswith("True")
        file = folder / "profiilivahti.db"
        assert schema(file) in (before if in_use else [], whole)
        assert start(folder) == whole
        if in_use:
            with closing(sqlite3.connect(file)) as found:
                assert found.execute(
                    "SELECT value FROM setting WHERE name = 'low_hours'"
                ).fetchall() == [("1.5",)]
            assert schema(folder / f"before-{migrate.newest()}.db") == before


@pytest.mark.embedded
def test_f15_a_full_disk_changes_nothing_and_is_said(released, tmp_path):
    folder = tmp_path / "full"
    shutil.copytree(released, folder)
    before = schema(folder / "profiilivahti.db")

    def fill(connection, _record) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", fill)
    try:
        with create_app(SETTINGS, folder).app_context():
            with pytest.raises(NotStarted, match="nothing in it was changed"):
                migrate.run()
            db.session.remove()
            db.engine.dispose()
    finally:
        event.remove(Engine, "connect", fill)
    assert schema(folder / "profiilivahti.db") == before
    start(folder)


@pytest.mark.embedded
def test_f15_only_the_last_copies_are_kept(released, tmp_path):
    folder = tmp_path / "often"
    shutil.copytree(released, folder)
    for number in range(5):
        (folder / f"before-000{number}.db.old").touch()
        (folder / f"before-x{number}.db").touch()
    start(folder)
    kept = sorted(file.name for file in folder.glob("before-*.db"))
    assert len(kept) == migrate.KEPT
    assert f"before-{migrate.newest()}.db" in kept


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "used by a newer one"),
        ("DROP TABLE alembic_version", "its making was cut short"),
    ],
)
def test_f15_what_cannot_be_brought_up_to_date_is_refused(released, tmp_path, change, said):
    folder = tmp_path / "strange"
    shutil.copytree(released, folder)
    with closing(sqlite3.connect(folder / "profiilivahti.db")) as found, found:
        found.execute(change)
    with create_app(SETTINGS, folder).app_context():
        with pytest.raises(NotStarted, match=said):
            migrate.run()
        db.session.remove()
        db.engine.dispose()


# F23: what fails says so, and changes nothing


@pytest.fixture
def honest(app, monkeypatch):
    """Failures become pages, as in production."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return app


def broken(*_args, **_values):
    raise ZeroDivisionError(SECRET)


def templates(app, monkeypatch, **broken_ones: str) -> None:
    """Break templates, named with two underscores for the slash."""
    sources = {name.replace("__", "/") + ".html": "{{ 1 / 0 }}" for name in broken_ones}
    loader = ChoiceLoader([DictLoader(sources), app.jinja_env.loader])
    monkeypatch.setattr(app.jinja_env, "loader", loader)


def break_view(app, monkeypatch) -> None:
    broken.access = app.view_functions["site.start"].access
    monkeypatch.setitem(app.view_functions, "site.start", broken)


def break_template(app, monkeypatch) -> None:
    templates(app, monkeypatch, site__start="")


def break_translation(_app, monkeypatch) -> None:
    monkeypatch.setattr("flask_babel.Domain.get_translations", broken)


def break_error_page(app, monkeypatch) -> None:
    break_view(app, monkeypatch)
    templates(app, monkeypatch, errors__page="")


def break_database(app, monkeypatch) -> None:
    monkeypatch.setattr("intake.people.town.current", broken)
    break_view(app, monkeypatch)


LAYERS = [break_view, break_template, break_translation, break_error_page, break_database]


@pytest.mark.parametrize("layer", LAYERS)
def test_f23_what_fails_gives_a_page_with_a_number(honest, monkeypatch, layer):
    before = dump()
    layer(honest, monkeypatch)
    answer = honest.test_client().get("/")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert re.search(r"500-[0-9a-f]{8}", page)
    assert page.rstrip().endswith("</html>")
    assert SECRET not in page
    assert "Traceback" not in page
    assert "Content-Security-Policy" in answer.headers
    monkeypatch.undo()
    assert dump() == before
    assert honest.test_client().get("/").status_code == 200


def test_f23_a_failure_under_the_api_is_a_problem_document(honest, monkeypatch):
    endpoint = honest.url_map.bind("").match("/api/v1/profiles")[0]
    broken.access = honest.view_functions[endpoint].access
    monkeypatch.setitem(honest.view_functions, endpoint, broken)
    answer = honest.test_client().get("/api/v1/profiles")
    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert SECRET not in answer.get_data(as_text=True)


@pytest.mark.parametrize("writer", ["_line", "append"])
def test_f23_a_trail_that_cannot_be_written_rolls_all_back(honest, cast, monkeypatch, writer):
    browser = Browser(honest).signs_in(cast.requester)
    page = browser.opens("/me")
    before = dump()
    if writer == "append":
        finishing = [
            broken if one is audit_trail.append else one for one in ports.of(honest).finishing
        ]
        monkeypatch.setattr(ports.of(honest), "finishing", finishing)
    else:
        monkeypatch.setattr(audit_trail, writer, broken)
    answer = page.fills(language="sv").presses("Tallenna")
    assert answer.status == 500
    assert "500-" in answer.main
    monkeypatch.undo()
    assert dump() == before


# A48, A162: a start that refuses says which setting, opens no socket and shows no secret


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("settings", "arguments", "named"),
    [
        ({"LIMITS": "off", "ARGON2_COST": "test"}, (), ["INTAKE_LIMITS", "INTAKE_ARGON2_COST"]),
        ({"ARGON2_COST": "default"}, ("--demo",), ["demo town"]),
    ],
)
def test_a48_an_unsafe_start_ends_with_2_and_no_socket(tmp_path, settings, arguments, named):
    base_url = "https://profiilit.savonkoski.example"
    server = Server(tmp_path, **{"BASE_URL": base_url, **settings})
    watch = "import sys; sys.addaudithook(lambda name, _: name == 'socket.bind' and print(name))"
    (tmp_path / "sitecustomize.py").write_text(watch)
    ended = subprocess.run(
        [sys.executable, "app.py", "--port", str(server.port), *arguments],
        cwd=ROOT,
        env={**server.environment, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    assert all(name in ended.stderr for name in named)
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""  # neither an address nor a bound socket


@pytest.mark.embedded
def test_a162_no_command_shows_a_secret(tmp_path, monkeypatch):
    key = sha256(b"a key for this test").hexdigest()
    (tmp_path / "keys.toml").write_text(f'root = "{key}"\n')
    mail = f"smtp://town:{SECRET}@127.0.0.1:9"
    app = create_app({**SETTINGS, "MAIL_URL": mail}, tmp_path)
    run = app.test_cli_runner().invoke
    with app.app_context():
        migrate.run()
    said = ""
    for name, one in app.cli.commands.items():
        for group in getattr(one, "commands", {"": one}):
            line = [name, *([group] if group else [])]
            for arguments in (["--help"], ["--nonsense"], ["nowhere", "--nonsense"]):
                said += run(args=[*line, *arguments]).output
    for line in (
        ["doctor"],
        ["doctor", "--mail", "x@savonkoski.example"],
        ["deliver"],
        ["tick"],
        ["backup", str(tmp_path / "backups")],
        ["restore", str(tmp_path / "nowhere")],
        ["trail", "head"],
        ["trail", "verify"],
        ["workflow"],
    ):
        said += run(args=line).output
    assert len(said) > 2000
    assert SECRET not in said
    assert key not in said
    for path in ("/", "/nowhere", "/readyz", "/api/v1/profiles/x"):
        assert key not in app.test_client().get(path).text
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


KEY_LIKE = re.compile(
    r"(BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{30}"
    r"|(?i:key|secret|token|password|root)[\"']?\s*[=:]\s*[\"'][0-9A-Za-z+/_-]{24,}[\"'])"
)


@pytest.mark.embedded
@pytest.mark.embedded
def test_a162_nothing_secret_is_in_the_repository():
    texts = [file for file in tracked() if file.is_file() and file.suffix != ".png"]
    assert len(texts) > 100
    assert not [file for file in texts if KEY_LIKE.search(file.read_text(errors="replace"))]
    assert KEY_LIKE.search('root = "' + "0f1e" * 16 + '"')


# A160, A165: what is installed and what is loaded


@pytest.mark.embedded
@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a160_every_line_of_a_lock_has_its_hashes(name):
    text = (ROOT / name).read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[a-zA-Z0-9._-]+(\[[a-z,]+\])?==[^ ]+ .*--hash=sha256:[0-9a-f]{64}", line)


@pytest.mark.embedded
def test_a160_the_tests_and_the_manual_install_by_the_lock():
    for file in ("tests/run", "docs/operations.md"):
        assert "--require-hashes --only-binary :all:" in (ROOT / file).read_text(), file


@pytest.mark.embedded
def test_a160_a_changed_package_is_not_installed(tmp_path):
    wheel = tmp_path / "tiny-1-py3-none-any.whl"
    record = "tiny.py,,\ntiny-1.dist-info/METADATA,,\ntiny-1.dist-info/WHEEL,,\n"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr("tiny.py", "")
        made.writestr(
            "tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n"
        )
        made.writestr(
            "tiny-1.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        made.writestr("tiny-1.dist-info/RECORD", record + "tiny-1.dist-info/RECORD,,\n")
    right = sha256(wheel.read_bytes()).hexdigest()
    for digest, code in ((right, 0), (right[::-1], 1)):
        (tmp_path / "lock").write_text(f"tiny==1 --hash=sha256:{digest}\n")
        line = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        line += ["--require-hashes", "--no-deps", "--no-index", "--only-binary", ":all:"]
        line += ["--find-links", str(tmp_path), "--target", str(tmp_path / digest)]
        ended = subprocess.run(
            [*line, "-r", str(tmp_path / "lock")], capture_output=True, check=False
        )
        assert ended.returncode == code, ended.stderr


@pytest.mark.embedded
def test_a165_nothing_is_rebuilt_from_stored_objects():
    dangerous = {"pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "joblib"}
    for file in (ROOT / "intake").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not dangerous & {name.split(".")[0] for name in names}, file
    assert '"S"' in (ROOT / "pyproject.toml").read_text()
