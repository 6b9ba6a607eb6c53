"""Contact data: sealed in the database under keys that rotate while servers run."""

import sqlite3
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import select

from intake import config, ports
from intake.clock import now as moment
from intake.data.base import db, embedded, is_postgresql
from intake.data.write import write
from intake.engine import audit_trail
from intake.fakes import reporter
from intake.fakes.models import Contact
from intake.fakes.reporter import Told
from intake.ops import doctor
from intake.security import field_encryption, keys
from tests.dump import rows_of
from tests.fakes.making import report, told_of

CONTACT = Told(  # each marker is so long that no token holds it by chance
    "Zyxqvatmerkki Henkilo", "zyxqvatposti@posti.example", "040 7654321", True, "Zyxqvatsyyseloste"
)
MARKERS = (b"Zyxqvatmerkki", b"zyxqvatposti@posti.example", b"040 7654321", b"Zyxqvatsyyseloste")


@pytest.fixture
def key_file(app):
    """The key file, put back as it was."""
    file = Path(app.instance_path) / config.KEYS
    kept = file.read_text()
    yield file
    file.write_text(kept)


def tokens() -> list[str]:
    return list(db.session.scalars(select(Contact.encrypted)))


@pytest.mark.policy("P7")
def test_a72_whoever_reads_the_database_finds_no_contact_data(app, cast):
    made = report(told=CONTACT)
    assert told_of(made) == CONTACT
    if is_postgresql():
        content = str(rows_of(db.session)).encode()
    else:
        file = embedded()
        content = b"".join(
            Path(f"{file}{end}").read_bytes()
            for end in ("", "-wal")
            if Path(f"{file}{end}").exists()
        )
    assert b"contact" in content
    for marker in MARKERS:
        assert marker not in content


def test_a72_another_key_opens_nothing(app, cast, monkeypatch):
    report(told=CONTACT)
    token = tokens()[0]
    monkeypatch.setitem(app.config, "ROOT_KEY", bytes(range(32)))
    monkeypatch.setattr(ports.of(app), "cipher", None)
    with pytest.raises(InvalidToken):
        field_encryption.decrypted(token)
    monkeypatch.undo()
    ports.of(app).cipher = None
    assert "Zyxqvatmerkki" in field_encryption.decrypted(token)


def test_a164_keys_rotate_while_the_old_ones_still_open(app, cast, key_file):
    first = report(told=CONTACT)
    old = tokens()
    field_encryption.add_key()
    assert told_of(first) == CONTACT
    second = report(told=Told(name="Toinen"))
    result = app.test_cli_runner().invoke(args=["keys", "rotate-fields"])
    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 rows are sealed under the new key.")
    assert not set(old) & set(tokens())
    assert (told_of(first), told_of(second)) == (CONTACT, Told(name="Toinen"))
    assert len(config.field_keys(key_file)) == 2
    assert config.read_key(key_file) == app.config["ROOT_KEY"]
    assert key_file.stat().st_mode & 0o077 == 0
    assert "Zyxqvatmerkki" in field_encryption.decrypted(old[0])
    entry = audit_trail.newest(1)[0]
    assert (entry.step, entry.detail()) == ("rotate_fields", {"rows": 2})
    assert "Zyxqvatmerkki" not in str(rows_of(db.session))


def test_a164_the_newest_key_alone_seals(app, cast, key_file):
    field_encryption.add_key()
    report(told=CONTACT)
    token = tokens()[0]
    key_file.write_text(f'root = "{app.config["ROOT_KEY"].hex()}"\n')
    with pytest.raises(InvalidToken):
        field_encryption.decrypted(token)


def test_a_rotation_goes_through_more_rows_than_one_write_takes(app, cast, key_file, monkeypatch):
    monkeypatch.setattr(reporter, "ROWS", 2)
    for number in range(5):
        report(f"https://x.com/huijaus_{number}", told=CONTACT)
    old = tokens()
    field_encryption.add_key()
    assert reporter.seal_again() == 5
    assert not set(old) & set(tokens())


@pytest.mark.parametrize(
    "line", ['fields = "abc"', 'fields = ["00"]', "fields = [1]", "fields = 7"]
)
def test_a_list_of_keys_that_cannot_be_read_is_said(key_file, line):
    key_file.write_text(f"{key_file.read_text()}{line}\n")
    with pytest.raises(config.BadSettings, match="fields must be a list"):
        config.field_keys(key_file)


def test_the_doctor_sees_rows_that_no_key_opens(app, cast):
    def said() -> str:
        return next(str(one) for one in doctor.examine(moment()) if one.subject == "fields")

    made = report(told=CONTACT)
    assert said().startswith("ok")
    with write():
        db.session.get_one(Contact, made.id).encrypted = keys.keyed_hash("x", "y")
    assert "1 sealed rows cannot be opened" in said()


def test_the_key_file_of_sqlite_and_the_database_lie_apart(app):
    """A copy of the database alone opens nothing: the file holds no key."""
    if is_postgresql():
        return
    db.session.remove()
    with sqlite3.connect(embedded()) as database:
        content = "".join(database.iterdump())
    assert app.config["ROOT_KEY"].hex() not in content
    assert keys.derive("fields").hex() not in content
