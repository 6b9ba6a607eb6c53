"""Keys that are lost or another's stop the start; files nobody can write are seen by trying."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake import create_app
from intake.config import NotStarted
from intake.data import file_store
from intake.data.base import db, embedded
from intake.ops import doctor, health, migrate
from tests.conftest import SETTINGS

NOBODY = 65534

# one worker has them all: they open the folders above their own, which workers share
pytestmark = pytest.mark.xdist_group("folders")


@contextmanager
def started(settings: dict[str, str], folder: Path):
    """An application on a database of its own, brought up to date."""
    app = create_app(settings, folder)
    with app.app_context():
        try:
            migrate.run()
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def test_a218_lost_keys_stop_the_start_and_no_new_ones_are_made(store, tmp_path):
    settings = {**SETTINGS, "DATABASE_URL": store.empty()}
    with started(settings, tmp_path):
        kept = (tmp_path / "keys.toml").read_bytes()
    (tmp_path / "keys.toml").unlink()
    with pytest.raises(NotStarted, match=r"keys\.toml is missing, but there is a database"):
        create_app(settings, tmp_path)
    assert not (tmp_path / "keys.toml").exists()
    (tmp_path / "keys.toml").write_bytes(kept)
    with started(settings, tmp_path):
        assert list(health.reasons()) == []


@pytest.mark.embedded
@pytest.mark.parametrize("content", [b"no database at all", b"\0" * 5000])
def test_a218_whatever_the_file_holds(tmp_path, content):
    (tmp_path / "profiilivahti.db").write_bytes(content)
    with pytest.raises(NotStarted, match="is missing"):
        create_app(SETTINGS, tmp_path)


@pytest.mark.embedded
def test_an_empty_file_is_no_database(tmp_path):
    (tmp_path / "profiilivahti.db").touch()
    with started(SETTINGS, tmp_path):
        assert (tmp_path / "keys.toml").exists()


def test_a218_other_keys_stop_the_start(store, tmp_path):
    settings = {**SETTINGS, "DATABASE_URL": store.empty()}
    with started(settings, tmp_path / "first"):
        pass
    if embedded_of(settings) is None:
        shutil.copytree(tmp_path / "first", tmp_path / "second")
    (tmp_path / "second").mkdir(exist_ok=True)
    (tmp_path / "second" / "keys.toml").write_text(f'root = "{os.urandom(32).hex()}"\n')
    with (
        pytest.raises(NotStarted, match=r"keys\.toml is not that of the database"),
        started(settings, tmp_path / "second"),
    ):
        pass


def embedded_of(settings: dict[str, str]) -> str | None:
    """The file of a database, None where it is elsewhere."""
    url = settings["DATABASE_URL"]
    return url.removeprefix("sqlite:///") if url.startswith("sqlite") else None


@contextmanager
def as_nobody(*paths: Path):
    """As a user who owns none of this: root may do all, so it takes another's place."""
    root = os.geteuid() == 0
    outer = [one for path in paths for one in path.parents if one.stat().st_mode & 0o011 != 0o011]
    modes = {path: path.stat().st_mode for path in {*paths, *outer}}
    for path in outer:
        path.chmod(modes[path] | 0o055)
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if root:
            os.seteuid(NOBODY)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.fixture
def instance(tmp_path):
    """An embedded installation of its own, in use."""
    folder = tmp_path / "instance"
    with started(SETTINGS, folder):
        file_store.ready()
        for name in health.LOCKS:
            (folder / name).touch()
        open_files(folder)
        assert list(health.reasons()) == []
        yield folder


def open_files(folder: Path) -> None:
    """What others may not read hides nothing else: only writing is refused in these tests."""
    folder.chmod(0o777)
    file_store.folder().chmod(0o777)
    for file in folder.iterdir():
        file.chmod(0o777 if file.is_dir() else 0o666)


@pytest.mark.embedded
@pytest.mark.parametrize(
    "name", [".", "evidence", "profiilivahti.db", "write.lock", "migrate.lock", "serving.lock"]
)
def test_a219_what_the_server_cannot_write_is_seen(instance, now, name):
    """`/readyz` and doctor see it, though the mode of the folder promises all."""
    path = instance / name
    db.session.remove()
    db.engine.dispose()  # SQLite goes on with a file that this process has open
    with as_nobody(path):
        said = health.folders()
    assert said.startswith(f"{path} cannot be written")
    assert health.folders() == ""


@pytest.mark.embedded
@pytest.mark.parametrize("name", ["write.lock", "profiilivahti.db-wal"])
def test_a219_a_folder_in_the_place_of_a_file_is_seen(instance, now, name):
    db.session.remove()
    db.engine.dispose()
    (instance / name).unlink(missing_ok=True)
    (instance / name).mkdir()
    assert "cannot be written" in health.folders()
    found = [one for one in doctor._folder(now) if one.level == "BAD"]
    assert "cannot be written" in found[0].said


@pytest.mark.embedded
def test_a_writer_at_work_is_no_fault(app, instance):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(embedded(), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert health.folders() == ""
        other.rollback()
