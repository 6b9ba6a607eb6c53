"""`flask doctor`: one line a check, what is wrong and how to mend it."""

from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from intake import create_app
from intake.data.base import db, embedded
from intake.data.write import write
from intake.engine import jobs
from intake.ops import doctor, health
from intake.people.models import Role, RoleGrant
from tests.conftest import SETTINGS
from tests.engine.test_outbox import Postman
from tests.establishment.making import make_request
from tests.faults import unguard_trail
from tests.server import free_port


@pytest.fixture
def instance(app, monkeypatch):
    """The instance folder as an installation leaves it."""
    folder = Path(app.instance_path)
    folder.chmod(0o700)
    yield folder
    folder.chmod(0o700)
    (folder / "keys.toml").chmod(0o600)


@pytest.fixture
def mail_server(app):
    postman = Postman()
    port = free_port()
    controller = Controller(postman, hostname="127.0.0.1", port=port)
    controller.start()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{port}"
    yield postman
    controller.stop()


@pytest.fixture
def same_clock(monkeypatch):
    """The database's own clock stands still with ours."""
    monkeypatch.setattr(doctor, "_database_clock", lambda now: now)


@pytest.fixture
def production(app, monkeypatch):
    """The same application, behind a proxy at an address of the town."""
    monkeypatch.setitem(app.config, "BASE_URL", "https://profiilit.savonkoski.example")
    monkeypatch.setitem(app.config, "PROXY_HOPS", "1")
    monkeypatch.setitem(app.config, "MAIL_FROM", "profiilit@savonkoski.example")
    proxied(monkeypatch, app, "198.51.100.7")


def proxied(monkeypatch, app, came_from: str) -> None:
    """Let the doctor's own question come through a proxy that sends this address."""

    class Proxy:
        def open(self, address, timeout):
            path = address.removeprefix("https://profiilit.savonkoski.example")
            sent = app.test_client().get(path, environ_base={"REMOTE_ADDR": came_from})
            return closing(BytesIO(sent.data))

    monkeypatch.setattr(doctor, "build_opener", lambda *_: Proxy())


@pytest.mark.parametrize(
    ("came_from", "level", "said"),
    [
        ("198.51.100.7:5555", "ok", "private IPv4"),  # documentation's own addresses are nobody's
        ("[2a00:1450::1]:443", "ok", "public IPv6"),
        ("127.0.0.1", "warn", "its own address"),
        ("unknown", "BAD", "no address that can be read"),
    ],
)
def test_a193_doctor_says_what_the_proxy_sends(
    app, instance, production, monkeypatch, now, came_from, level, said
):
    proxied(monkeypatch, app, came_from)
    (found,) = seen(now)["proxy"]
    assert found.startswith(level)
    assert said in found


def test_a193_doctor_says_where_the_proxy_does_not_answer(
    app, instance, production, monkeypatch, now
):
    def away(*_arguments, **_more):
        raise OSError("no route")

    monkeypatch.setattr(doctor, "build_opener", lambda *_: SimpleNamespace(open=away))
    assert "does not answer from here" in seen(now)["proxy"][0]


def seen(now) -> dict[str, list[str]]:
    """What doctor says, `level said` by subject."""
    db.session.rollback()
    found: dict[str, list[str]] = {}
    for one in doctor.examine(now):
        found.setdefault(one.subject, []).append(f"{one.level} {one.said}")
    return found


def test_a_sound_installation_passes_every_check(
    app, cast, now, instance, mail_server, production, same_clock
):
    with write():
        db.session.add(RoleGrant(person_id=cast.head.id, role=Role.ADMINISTRATOR))
    jobs.tick()
    answer = app.test_cli_runner().invoke(args=["doctor"])
    assert answer.exit_code == 0
    lines = answer.output.splitlines()
    noted = [line.split()[1] for line in lines if not line.startswith("ok ")]
    assert noted == ([] if embedded() else ["limits"])  # PostgreSQL: perhaps several processes
    subjects = {line.split()[1] for line in lines}
    expected = {"address", "proxy", "hosts", "folder", "keys", "fields", "disk", "limits", "mail"}
    expected |= {"sender", "database", "search", "trail", "clock", "jobs", "people"}
    assert subjects - {"file", "sqlite"} == expected
    assert ("file" in subjects) == (embedded() is not None)


def test_what_others_can_read_is_named(app, now, instance, production):
    instance.chmod(0o755)
    (instance / "keys.toml").chmod(0o644)
    found = seen(now)
    assert found["folder"] == [f"BAD others can look into it (755): chmod 700 {instance}"]
    assert found["keys"] == [
        f"BAD others can read keys.toml (644): chmod 600 {instance / 'keys.toml'}"
    ]


def test_settings_with_secrets_are_kept_from_others(now, instance):
    (instance / "settings.toml").write_text("")
    (instance / "settings.toml").chmod(0o640)
    try:
        assert "BAD others can read settings.toml (640)" in seen(now)["settings"][0]
    finally:
        (instance / "settings.toml").unlink()


def test_a_proxy_that_is_not_declared_is_asked_for(app, now, production, monkeypatch):
    monkeypatch.setitem(app.config, "PROXY_HOPS", "0")
    assert "warn" in seen(now)["address"][0]


def test_a_mail_server_that_is_away_is_named_without_its_password(app, now):
    app.config["MAIL_URL"] = f"smtp://town:tiukka-salasana@127.0.0.1:{free_port()}"
    said = seen(now)["mail"]
    assert said == ["BAD the server of INTAKE_MAIL_URL does not answer (ConnectionRefusedError)"]


@pytest.mark.parametrize(
    ("sender", "level"),
    [("x@localhost", "BAD"), ("x@toinen.example", "warn"), ("T <x@savonkoski.example>", "ok")],
)
def test_the_sender_belongs_to_the_address(
    app, now, production, mail_server, monkeypatch, sender, level
):
    monkeypatch.setitem(app.config, "MAIL_FROM", sender)
    assert seen(now)["sender"][0].startswith(level)


def test_a_test_message_is_sent_when_asked(app, mail_server):
    run = app.test_cli_runner().invoke
    assert "took it" in run(args=["doctor", "--mail", "it@savonkoski.example"]).output
    receivers, letter = mail_server.letters[0]
    assert receivers == ["it@savonkoski.example"]
    assert letter["Subject"] == "Profiilivahti: test message"
    mail_server.answers = ["550 no"]
    answer = run(args=["doctor", "--mail", "it@savonkoski.example"])
    assert "BAD  test message   the mail server answered 550" in answer.output
    app.config["MAIL_URL"] = ""
    assert "INTAKE_MAIL_URL is empty" in run(args=["doctor", "--mail", "x@y.example"]).output


def test_jobs_that_do_not_run_are_named(cast, now, still):
    assert seen(now)["jobs"][0].startswith("warn never ran yet")
    jobs.tick()
    assert seen(now)["jobs"] == ["ok they run"]
    assert seen(now + timedelta(hours=3))["jobs"][0].startswith("BAD last ran 23.11.2026 10:00")


def test_a126_a_clock_behind_the_trail_is_named(cast, now, same_clock):
    make_request(cast)
    assert seen(now)["clock"] == ["ok 23.11.2026 10:00 in Helsinki"]
    assert seen(now - timedelta(days=1))["clock"][0].startswith("BAD the last entry is of")


def test_a_clock_that_differs_from_that_of_the_database_is_named(app, now):
    """Ours stands still in tests, that of PostgreSQL goes on; SQLite has none of its own."""
    level = "ok" if embedded() else "BAD"
    assert seen(now)["clock"][0].startswith(level)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail SET step = 'x' WHERE seq = (SELECT max(seq) FROM trail)",
        "UPDATE trail_head SET hash = 'x'",
        "DELETE FROM trail_words; DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)",
    ],
)
def test_a_changed_end_of_the_trail_is_named(cast, now, change):
    make_request(cast)
    unguard_trail()
    with write():
        for statement in change.split("; "):
            db.session.execute(text(statement))
    assert seen(now)["trail"][0].startswith("BAD its end was changed")


def test_a210_what_was_changed_past_the_program_is_named(cast, now):
    make_request(cast)
    assert seen(now)["trail"][0].startswith("ok the register is what it says: ")
    with write():
        db.session.execute(text("UPDATE person SET email = 'evil' WHERE name LIKE 'Timo%'"))
    found = seen(now)["trail"][0]
    assert found.startswith("BAD 1 differences, the first: person ")
    assert "trail verify" in found


def test_a217_doctor_does_not_read_for_ever(cast, now, monkeypatch):
    monkeypatch.setattr(doctor, "TRAIL_SECONDS", 1e-9)
    assert seen(now)["trail"][0].startswith("warn not read to its end")


def test_a_town_without_administrator_and_the_demo_are_named(app, cast, now, monkeypatch):
    assert "administrator" in seen(now)["people"][0]
    with write():
        db.session.execute(text("UPDATE role_grant SET ended_at = created_at"))
    assert seen(now)["people"][0].startswith("warn nobody administers it")
    with write():
        db.session.execute(
            text("INSERT INTO setting (name, value, created_at) VALUES ('is_demo', 'true', :now)"),
            {"now": now},
        )
    assert seen(now)["people"][0].startswith("warn this is the demo town")


def test_a_check_that_fails_hides_no_other(now, monkeypatch, app):
    def _broken(_now):
        raise ValueError("salaisuus")

    monkeypatch.setattr(doctor, "MACHINE", (_broken,))
    found = seen(now)
    assert found["broken"] == ["BAD could not be looked at (ValueError)"]
    assert "trail" in found


def test_before_the_first_start_no_database_is_made(tmp_path, now):
    app = create_app(SETTINGS, tmp_path)
    with app.app_context():
        said = [str(one) for one in doctor.examine(now)]
    assert "there is none yet" in said[-1]
    assert not (tmp_path / "profiilivahti.db").exists()


def test_readyz_says_one_word_and_logs_the_reason(app, monkeypatch, caplog):
    client = app.test_client()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.data) == (200, b"ok")
    monkeypatch.setattr(health, "ROOM", 10**18)
    monkeypatch.setattr(health, "SHARE", 1.0)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.data) == (503, b"not ready")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "are left on the disk" in caplog.text


def test_an_older_database_is_not_ready(app, now):
    with write():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert app.test_client().get("/readyz").status_code == 503
    assert "the database is at revision 0001" in seen(now)["database"][0]


def test_a_database_that_is_away_is_not_ready(tmp_path, now):
    away = f"postgresql+psycopg://town:tiukka-salasana@127.0.0.1:{free_port()}/x"
    app = create_app({**SETTINGS, "DATABASE_URL": away}, tmp_path)
    assert app.test_client().get("/readyz").data == b"not ready"
    with app.app_context():
        said = [str(one) for one in doctor.examine(now)]
    assert "the database does not answer (OperationalError)" in said[-1]
    assert "tiukka" not in "".join(said)
