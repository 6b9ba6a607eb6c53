"""Backup and restore: what was there is there again, whole, or nothing was touched."""

import json
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from alembic import command
from flask import Flask
from sqlalchemy import func, select, text

from intake import create_app
from intake.config import NotStarted, read_key
from intake.data.base import Base, db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.engine.outbox import Fate, Message
from intake.ops import backup as backing_up
from intake.ops import migrate, server
from intake.ops.backup import MANIFEST, BackupRefused
from intake.people.models import Session, Setting
from tests.conftest import MONDAY, SETTINGS
from tests.dump import dump
from tests.establishment.making import make_request
from tests.factories import Cast, Make

pytestmark = pytest.mark.embedded


class House:
    """An embedded installation in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app: Flask = create_app(SETTINGS, folder)

    def __enter__(self) -> "House":
        self.context = self.app.app_context()
        self.context.push()
        return self

    def __exit__(self, *_: object) -> None:
        db.session.remove()
        db.engine.dispose()
        self.context.pop()

    def back_up(self, now, **options) -> Path:
        options = {"keys_apart": None, "keep": None, **options}
        return backing_up.back_up(self.folder.parent / "backups", now=now, **options)

    def restore(self, backup: Path, now, keys_apart=None, anchor=None) -> list[str]:
        return list(backing_up.restore(backup, keys_apart, anchor, now))


FILE = "ab" * 32  # evidence is called by its hash


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """An installation with people, a request, messages that wait, evidence and settings."""
    folder = tmp_path_factory.mktemp("model")
    with time_machine.travel(MONDAY, tick=False), House(folder):
        migrate.run()
        cast = Cast(Make())
        make_request(cast)
        with write():
            until = MONDAY + timedelta(hours=1)
            db.session.add(Session(hash="x" * 64, person_id=cast.head.id, ends_at=until))
        migrate.run()  # what the product ships for units comes with the next start
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / FILE).write_bytes(b"\x89PNG kuva")
    (folder / "settings.toml").write_text('mail_from = "x@savonkoski.example"\n')
    return folder


@pytest.fixture
def lived_in(model, tmp_path) -> Iterator[House]:
    """That installation, to do with it what a test likes."""
    shutil.copytree(model, tmp_path / "first")
    with House(tmp_path / "first") as house:
        yield house


def entries(folder: Path) -> dict[str, bytes]:
    """What a folder holds, but for what every start makes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "locale" not in file.parts and file.suffix != ".lock"
    }


def test_f19_what_was_backed_up_is_there_again(lived_in, tmp_path, now):
    before = dump()
    made = lived_in.back_up(now)
    manifest = json.loads((made / MANIFEST).read_text())
    shutil.rmtree(lived_in.folder)
    with House(tmp_path / "second") as second:
        said = second.restore(made, now)
        assert said[-1].startswith("Restored as of 2026-11-23T08:00:00+00:00")
        after = dump()
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"session", "outbox", "trail", "trail_head"}
        assert replay.verify() == []
        assert audit_trail.head()[0] == manifest["trail"][0] + 1
        assert db.session.get(audit_trail.Entry, audit_trail.head()[0]).step == "restore"
        assert (second.folder / f"evidence/{FILE}").read_bytes() == b"\x89PNG kuva"
        assert (second.folder / "settings.toml").read_text().startswith("mail_from")
        kept = (second.folder / "keys.toml").read_bytes()
        assert kept == (made / "keys" / "keys.toml").read_bytes()
        assert (second.folder / "keys.toml").stat().st_mode & 0o077 == 0


def test_f19_nobody_stays_signed_in_and_no_message_is_sent_twice(lived_in, tmp_path, now):
    waiting = db.session.scalar(select(func.count()).select_from(Message))
    assert waiting > 1
    with write():
        first = db.session.scalars(select(Message)).first()
        first.fate, first.lease_until = Fate.UNDER_WAY, now
    made = lived_in.back_up(now)
    with House(tmp_path / "second") as second:
        second.restore(made, now)
        assert db.session.scalar(select(func.count()).select_from(Session)) == 0
        messages = db.session.scalars(select(Message)).all()
        assert [message.fate for message in messages] == [Fate.UNCERTAIN] * waiting
        assert {message.lease_until for message in messages} == {None}


def test_f18_a_backup_while_others_write_is_a_state_that_existed(lived_in, tmp_path, now):
    stop, somebody = threading.Event(), backing_up.Installation()

    def go_on_writing(number: int) -> None:
        with lived_in.app.app_context():
            count = 0
            while not stop.is_set():
                with write():
                    row = db.session.get(Setting, f"writer {number}") or Setting()
                    row.name, row.value = f"writer {number}", str(count := count + 1)
                    db.session.add(row)
                    audit_trail.record(somebody, now, somebody, "person", "add")

    writers = [threading.Thread(target=go_on_writing, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        made = [lived_in.back_up(now.replace(second=second)) for second in range(5)]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for number, backup in enumerate(made):
        rows = json.loads((backup / MANIFEST).read_text())["rows"]
        with House(tmp_path / f"copy{number}") as copy:
            copy.restore(backup, now)
            assert replay.verify() == []
            expected = {**rows, "session": 0, "trail": rows["trail"] + 1}
            for table in Base.metadata.sorted_tables:
                count = db.session.scalar(select(func.count()).select_from(table))
                assert count == expected[table.name], table.name
            of_writers = Setting.name.startswith("writer")
            written = sum(map(int, db.session.scalars(select(Setting.value).where(of_writers))))
            told = audit_trail.Entry.actor == somebody.id
            assert db.session.scalar(select(func.count()).where(told)) == written


@pytest.mark.parametrize("name", ["database.db", f"evidence/{FILE}", MANIFEST, "keys/keys.toml"])
@pytest.mark.parametrize("damage", ["flipped", "truncated", "missing"])
def test_f19_what_is_damaged_is_refused_whole(lived_in, tmp_path, now, name, damage):
    made = lived_in.back_up(now)
    file = made / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    if damage == "flipped":
        file.write_bytes(content)
    elif damage == "truncated":
        file.write_bytes(content[: len(content) // 2])
    else:
        file.unlink()
    with House(tmp_path / "second") as second:
        before = entries(second.folder)
        with pytest.raises(NotStarted):
            second.restore(made, now)
        assert entries(second.folder) == before


def test_f19_changed_settings_are_refused(lived_in, tmp_path, now):
    made = lived_in.back_up(now)
    (made / "keys" / "settings.toml").write_text('mail_from = "y@evil.example"\n')
    with (
        House(tmp_path / "second") as second,
        pytest.raises(BackupRefused, match="not that of this"),
    ):
        second.restore(made, now)


def test_f19_other_keys_are_refused(lived_in, tmp_path, now):
    made = lived_in.back_up(now)
    with House(tmp_path / "second") as second:
        own = second.folder / "own"
        own.mkdir()
        shutil.copy(second.folder / "keys.toml", own)
        before = entries(second.folder)
        with pytest.raises(BackupRefused, match="not the keys of this backup"):
            second.restore(made, now, keys_apart=own)
        assert entries(second.folder) == before


def test_keys_are_kept_apart_where_a_place_is_named(lived_in, tmp_path, now):
    made = lived_in.back_up(now, keys_apart=tmp_path / "safe")
    assert not (made / "keys").exists()
    assert (tmp_path / "safe" / "keys.toml").stat().st_mode & 0o077 == 0
    lived_in.back_up(now.replace(second=1), keys_apart=tmp_path / "safe")
    with House(tmp_path / "second") as second:
        with pytest.raises(BackupRefused, match="not the keys of this backup"):
            second.restore(made, now)
        (second.folder / "settings.toml").write_text("")
        said = second.restore(made, now, keys_apart=tmp_path / "safe")
        assert "settings.toml was there already and stays as it is." in said
        second.app.config["ROOT_KEY"] = b"other" * 8
        with pytest.raises(BackupRefused, match="other keys"):
            second.back_up(now.replace(second=2), keys_apart=tmp_path / "safe")


def test_f6_a_running_server_keeps_a_restore_away(lived_in, tmp_path, now):
    made = lived_in.back_up(now)
    with House(tmp_path / "second") as second:
        one, another = server.present(second.folder), server.present(second.folder)
        with one, another, pytest.raises(NotStarted, match="A server is running"):
            second.restore(made, now)
        alone = server.present(second.folder, alone=True)
        with alone, pytest.raises(NotStarted, match="is being restored"):
            server.present(second.folder).__enter__()


def test_an_instance_in_use_is_not_restored_over(lived_in, tmp_path, now):
    made = lived_in.back_up(now)
    before = dump()
    with pytest.raises(BackupRefused, match="is in use"):
        lived_in.restore(made, now)
    assert dump() == before
    with House(tmp_path / "second") as second:
        (tmp_path / "second" / "profiilivahti.db").write_bytes(b"no database at all" * 100)
        with pytest.raises(BackupRefused, match="is in use"):
            second.restore(made, now)


def test_a129_a_restore_says_what_is_lost(lived_in, tmp_path, now):
    early = audit_trail.head()
    made = lived_in.back_up(now)
    with write():
        for _ in range(3):
            audit_trail.record(
                backing_up.Installation(), now, backing_up.Installation(), "unit", "add"
            )
    late = audit_trail.head()
    with House(tmp_path / "second") as second:
        said = second.restore(made, now, anchor=late)
        assert said[0].startswith("The backup ends 3 entries before the head kept elsewhere")
    with House(tmp_path / "third") as third:
        with pytest.raises(BackupRefused, match="differs from the head"):
            third.restore(made, now, anchor=(early[0], late[1]))
        assert third.restore(made, now, anchor=early)[0].startswith("The backup holds the head")


def test_f19_an_older_backup_is_brought_up_to_date(tmp_path, now):
    with House(tmp_path / "first") as first:
        config = first.app.extensions["migrate"].migrate.get_config(str(migrate.FOLDER))
        command.upgrade(config, "0001")
        made = first.back_up(now)
    with House(tmp_path / "second") as second:
        second.restore(made, now)
        assert migrate.revision() == migrate.newest()
    manifest = json.loads((made / MANIFEST).read_text())
    manifest["revision"] = "9999"
    manifest["seal"] = backing_up._signature(manifest, read_key(made / "keys" / "keys.toml"))
    (made / MANIFEST).write_text(json.dumps(manifest))
    with House(tmp_path / "third") as third, pytest.raises(BackupRefused, match="newer program"):
        third.restore(made, now)


def test_a217_a_restore_compares_the_register_with_the_trail(lived_in, tmp_path, now):
    made = lived_in.back_up(now)
    with House(tmp_path / "second") as second:
        assert not [line for line in second.restore(made, now) if "trail says" in line]
    with write():
        db.session.execute(text("UPDATE person SET email = 'evil' WHERE name LIKE 'Timo%'"))
    made = lived_in.back_up(now.replace(second=1))
    with House(tmp_path / "third") as third:
        said = third.restore(made, now)
        assert "email is not what the trail says" in said[-2]
        assert "(1 differences)" in said[-1]


def test_only_the_newest_backups_are_kept(lived_in, now):
    backups = lived_in.folder.parent / "backups"
    (backups / ".profiilivahti-x.part").mkdir(parents=True)  # one was killed
    (backups / "somebody-elses").mkdir()
    for second in range(4):
        lived_in.back_up(now.replace(second=second), keep=2)
    assert sorted(path.name for path in backups.iterdir()) == [
        "profiilivahti-20261123T080002Z",
        "profiilivahti-20261123T080003Z",
        "somebody-elses",
    ]


def test_a_backup_that_fails_leaves_nothing(lived_in, now, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backing_up, "_copy", full)
    with pytest.raises(BackupRefused, match="No space left"):
        lived_in.back_up(now)
    assert list((lived_in.folder.parent / "backups").iterdir()) == []


def test_f7_a_restore_that_finds_no_room_leaves_no_database(lived_in, tmp_path, now, monkeypatch):
    made = lived_in.back_up(now)

    def full(*_):
        raise OSError(28, "No space left on device")

    with House(tmp_path / "second") as second:
        with monkeypatch.context() as patched:
            patched.setattr(backing_up, "_calm", full)
            with pytest.raises(BackupRefused, match="No space left"):
                second.restore(made, now)
        assert [file.name for file in second.folder.glob("*.db*")] == []
        assert [file.name for file in second.folder.glob(".*")] == []
        assert second.restore(made, now)[-1].startswith("Restored")


def test_a_damaged_database_is_not_backed_up(lived_in, now):
    db.session.remove()
    db.engine.dispose()
    file = lived_in.folder / "profiilivahti.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    file.write_bytes(content)
    with pytest.raises(BackupRefused):
        lived_in.back_up(now)


def test_before_the_first_start_there_is_nothing_to_back_up(tmp_path, now):
    with House(tmp_path / "first") as house, pytest.raises(BackupRefused, match="first start"):
        house.back_up(now)


def test_the_commands_speak(lived_in, tmp_path):
    run = lived_in.app.test_cli_runner().invoke
    answer = run(args=["backup", str(tmp_path / "b"), "--keep", "3"])
    assert answer.exit_code == 0
    made = answer.output.strip()
    head = tmp_path / "head"
    head.write_text(run(args=["trail", "head"]).output)
    with House(tmp_path / "second") as second:
        other = second.app.test_cli_runner().invoke
        answer = other(args=["restore", made, "--head", str(head)])
        assert answer.exit_code == 0
        assert "nothing before it is lost" in answer.output
        answer = other(args=["restore", made])
        assert answer.exit_code == 2
        assert "is in use" in answer.output
        head.write_text("kaksi")
        assert other(args=["restore", made, "--head", str(head)]).exit_code == 2


def test_postgresql_is_left_to_its_own_tools(tmp_path, now):
    elsewhere = {**SETTINGS, "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/x"}
    with create_app(elsewhere, tmp_path).app_context():
        with pytest.raises(BackupRefused, match="pg_dump"):
            backing_up.back_up(tmp_path, None, None, now)
        with pytest.raises(BackupRefused, match="pg_restore"):
            list(backing_up.restore(tmp_path, None, None, now))
