"""F1: a server that is killed in the middle of an import leaves it to be begun anew, whole."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake import clock, create_app
from intake.data.base import db
from intake.engine import audit_trail, replay
from intake.engine.outbox import Message
from intake.ops import migrate
from intake.people import accounts
from intake.people.importing import running
from intake.people.models import ImportStage, LinkToken, Person, Unit
from tests.people import importing, towns

ROOT = Path(__file__).parent.parent.parent
HALTING = """
import sys, time
from app import app
from intake import jobs
from intake.people import accounts
from intake.people.importing import cells, writing
module, name = {
    "shape": (cells, "shape"),
    "carry_out": (writing, "carry_out"),
    "invite": (accounts, "invite"),
}[sys.argv[1]]
whole = getattr(module, name)
def halt(*given):
    whole(*given)
    print("here", flush=True)
    time.sleep(120)
setattr(module, name, halt)
with app.app_context():
    jobs.tick()
"""


@pytest.fixture
def elsewhere(store, tmp_path):
    """An installation of its own, with an administrator and nobody else."""
    settings = {"JOBS": "off", "ARGON2_COST": "test", "DATABASE_URL": store.empty()}
    app = create_app(settings, tmp_path)
    with app.app_context():
        migrate.run()
        app.administrator = importing.found()
        yield app
        db.session.remove()
        db.engine.dispose()


def killed_in(app, place: str) -> None:
    """Run the jobs in a process of their own and kill it when it has just done something."""
    environment = {**os.environ, "INTAKE_INSTANCE": app.instance_path, "INTAKE_JOBS": "off"}
    environment["INTAKE_DATABASE_URL"] = app.config["DATABASE_URL"]
    command = [sys.executable, "-c", HALTING, place]
    db.session.rollback()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)


def count(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_f01_a_check_that_was_cut_off_is_begun_anew(elsewhere):
    import_id = importing.bring(elsewhere.administrator, towns.file(towns.units()))
    killed_in(elsewhere, "shape")
    assert importing.again(import_id).stage is ImportStage.CHECKING
    running.advance(clock.now())
    assert importing.again(import_id).stage is ImportStage.FAULTY  # the heads are not there


def test_f01_a_write_that_was_cut_off_leaves_nothing_and_is_begun_anew(elsewhere):
    files = towns.file(towns.units()), towns.file(towns.people())
    made = importing.checked(elsewhere.administrator, *files)
    importing.confirm(made.id, elsewhere.administrator)
    before = audit_trail.head()
    killed_in(elsewhere, "carry_out")
    assert (count(Unit), count(Person)) == (1, 1)
    assert audit_trail.head() == before
    assert importing.again(made.id).stage is ImportStage.WRITING
    running.advance(clock.now())
    assert importing.again(made.id).stage is ImportStage.DONE
    assert (count(Unit), count(Person)) == (41, 301)
    assert replay.verify() == []


def invitations() -> list[str]:
    """Whom letters with an invitation were queued for."""
    db.session.rollback()
    queued = select(Message.person_id).where(Message.track == "invitation")
    return sorted(db.session.scalars(queued))


def test_f01_invitations_that_were_cut_off_go_on_and_everybody_gets_one(elsewhere, monkeypatch):
    files = towns.file(towns.units()), towns.file(towns.people())
    made = importing.checked(elsewhere.administrator, *files)
    importing.confirm(made.id, elsewhere.administrator, invite=True)
    killed_in(elsewhere, "invite")  # within the first lot
    assert (importing.again(made.id).stage, count(Person)) == (ImportStage.INVITING, 301)
    assert invitations() == []
    real = accounts.invite
    left = iter(range(150))  # within the second
    monkeypatch.setattr(accounts, "invite", lambda *given: next(left) + 1 and real(*given))
    running.advance(clock.now())
    made = importing.again(made.id)
    assert (made.stage, made.done, made.total) == (ImportStage.INVITING, 100, 300)
    assert len(invitations()) == 100
    monkeypatch.setattr(accounts, "invite", real)
    running.advance(clock.now())
    assert importing.again(made.id).stage is ImportStage.DONE
    everybody = set(db.session.scalars(select(Person.id))) - {elsewhere.administrator.id}
    assert invitations() == sorted(everybody)
    assert count(LinkToken) == 300
