"""The nightly job: by a clock that is trusted, in small writes, and never what is held."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from intake import clock
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, jobs, replay
from intake.engine.outbox import Message
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.fakes import erasure
from intake.fakes.models import Case, CaseKey, Contact, Evidence, Report
from intake.fakes.reporter import Told
from intake.fakes.reporting import uploads
from intake.fakes.states import CaseState as C
from intake.people import service as people
from intake.people.models import Absence, Person
from intake.refusals import NotAllowed, WrongState
from intake.retention import clock_guard, job, table
from tests.browser import Browser
from tests.establishment import making as requests
from tests.fakes import making as fakes
from tests.fakes.corpus import png, upload
from tests.retention.quiet import A_DAY, nights_until
from tests.retention.test_table import change
from tests.retention.test_year import confirm

TOLD = Told(name="Aino", email="aino@posti.example")


@pytest.fixture
def begun(cast):
    """The first night, which only begins to count."""
    assert job.run(clock.now()) == {}
    return cast


def later(still, moment) -> dict[str, int]:
    """The night of a moment, the nights before it having been quiet."""
    nights_until(still, moment)
    return job.run(clock.now())


def count(model) -> int:
    """How many rows a table has."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def dismissed(cast, *urls: str, **more) -> Case:
    """A case that was found to be no fake."""
    return fakes.walk(cast, fakes.report(*urls, **more), C.NOT_FAKE)


@pytest.mark.policy("P7")
def test_a240_each_goes_on_its_day_and_not_the_day_before(begun, still):
    dismissed(begun, told=TOLD)
    ended = clock.now()
    assert "contact" not in later(still, ended.replace(year=2027, month=5, day=22))
    assert count(Contact) == 1
    assert later(still, ended.replace(year=2027, month=5, day=24))["contact"] == 1
    assert count(Contact) == 0
    assert "case" not in later(still, ended.replace(year=2031, month=11, day=23))
    assert (count(Case), count(Report)) == (1, 1)
    assert later(still, ended.replace(year=2031, month=11, day=24))["case"] == 1
    assert (count(Case), count(Report), count(CaseKey)) == (0, 0, 0)
    line = audit_trail.latest("case", "erase")
    assert line.actor == "CLOCK"
    assert line.detail() == {"type": "case", "count": 1, "references": ["VP-2026-001"]}
    assert replay.verify() == []


def test_a240_what_another_case_needs_stays(app, begun, still):
    first, second = "https://x.com/savonkoski_yksi", "https://x.com/savonkoski_kaksi"
    made = fakes.report(first, second, told=TOLD)
    ended, other = fakes.case_of(made, 0), fakes.case_of(made, 1)
    for step, answers in (("take", {}), ("dismiss", {"ground": "parody", "reason": "Satiiria."})):
        fakes.take(ended, step, begun.handler, **answers)
    later(still, clock.now() + timedelta(days=366 * 6))
    assert [one.id for one in db.session.scalars(select(Case))] == [other.id]
    assert (count(Report), count(Contact)) == (1, 1)
    page = Browser(app).signs_in(begun.handler).opens(f"/cases/{other.id}")
    assert page.response.status_code == 200
    assert replay.verify() == []


def test_a240_a_file_that_another_row_names_stays_on_the_disk(app, begun, still):
    same = png(7)

    def sent(url: str, number: int) -> Report:
        form = SimpleNamespace(token_held=True, token_hash=f"{number:064d}")
        uploads.stage(form, [upload("kuva.png", same)])
        return fakes.report(url, files=uploads.staged(form.token_hash))

    fakes.walk(begun, sent("https://x.com/savonkoski_yksi", 1), C.NOT_FAKE)
    fakes.case_of(sent("https://x.com/savonkoski_kaksi", 2))
    (digest,) = {row.sha256 for row in db.session.scalars(select(Evidence))}
    assert later(still, clock.now() + timedelta(days=366 * 6))["case"] == 1
    still.shift(timedelta(days=2))
    jobs.tick(clock.now())
    assert file_store.exists(digest)


def test_a242_the_job_goes_on_where_it_broke_off(begun, still, monkeypatch):
    for number in range(5):
        dismissed(begun, f"https://x.com/savonkoski_{number}")
    monkeypatch.setattr(job, "AT_ONCE", 2)
    whole, calls = erasure.erase_cases, []

    def dying(ids, now):
        calls.append(list(ids))
        found = whole(ids, now)
        if len(calls) == 2:
            raise RuntimeError("the power went")
        return found

    row = table.row("case")
    broken = type(row)(**{**vars(row), "erase": dying})
    monkeypatch.setattr(table, "ROWS", tuple(broken if one is row else one for one in table.ROWS))
    with pytest.raises(RuntimeError):
        later(still, clock.now() + timedelta(days=366 * 6))
    assert count(Case) == 3
    assert replay.verify() == []
    db.session.rollback()
    assert job.run(clock.now())["case"] == 3
    assert (count(Case), count(Report)) == (0, 0)
    lines = db.session.scalars(
        select(audit_trail.Entry).where(
            audit_trail.Entry.step == "erase", audit_trail.Entry.subject_id == "case"
        )
    )
    told = [reference for line in lines for reference in line.detail()["references"]]
    assert sorted(told) == [f"VP-2026-{number:03d}" for number in range(1, 6)]
    assert job.run(clock.now()) == {}


@pytest.mark.parametrize("jump", [timedelta(days=2), timedelta(days=366 * 10)])
def test_a243_a_clock_that_jumps_erases_nothing_until_an_administrator_says_so(
    app, begun, still, jump
):
    dismissed(begun, told=TOLD)
    with write():
        db.session.scalars(select(Case)).one().ended_at = clock.now() - timedelta(days=366 * 6)
    with write():
        db.session.scalars(select(Report)).one().created_at = clock.now() - timedelta(days=366 * 7)
    still.shift(jump)
    jobs.tick(clock.now())  # other jobs, and their lines, go on
    assert count(Contact) == 1
    assert clock_guard.newest().refused_at == clock.now()
    told = select(Message.person_id).where(Message.template == "clock_jump")
    assert set(db.session.scalars(told)) == {begun.administrator.id}
    for _night in range(3):  # lines of the wrong time make it no better
        still.shift(A_DAY)
        with write():
            admin = db.session.get_one(Person, begun.administrator.id)
            audit_trail.record(admin, clock.now(), admin, "person", "end_session")
        jobs.tick(clock.now())
    assert count(Contact) == 1
    with pytest.raises(NotAllowed), write():
        clock_guard.confirm(db.session.get_one(Person, begun.keeper.id), clock.now())
    desk = Browser(app).signs_in(begun.administrator).opens("/desk")
    assert "palvelimen kello" in desk.main
    page = Browser(app).signs_in(begun.administrator).opens("/retention").follows("Tarkista kello")
    assert "Tietoja poistetaan taas ensi yönä." in page.presses("Kello on oikeassa").html
    still.shift(A_DAY)
    jobs.tick(clock.now())
    assert count(Contact) == 0
    with pytest.raises(WrongState):
        confirm(begun)


def test_a243_a_draft_is_not_discarded_by_a_clock_that_jumps(begun, still):
    requests.make_request(begun, S.DRAFT)
    still.shift(timedelta(days=400))
    jobs.tick(clock.now())
    assert count(Request) == 1
    confirm(begun)
    jobs.tick(clock.now() + timedelta(hours=1))
    assert count(Request) == 0


def test_a243_a_clock_that_is_set_right_again_needs_nobody(begun, still):
    right = clock.now()
    still.shift(timedelta(days=4000))
    jobs.tick(clock.now())
    assert clock_guard.newest().refused_at
    still.move_to(right + A_DAY)
    job.run(clock.now())
    assert clock_guard.newest().refused_at is None


def test_a243_the_nights_of_a_quiet_town_are_no_jump(begun, still):
    for _night in range(5):
        still.shift(timedelta(hours=25))
        jobs.tick(clock.now())
        assert clock_guard.newest().refused_at is None


def test_old_letters_go_and_those_of_the_last_months_stay(begun, still):
    fakes.report()
    still.shift(timedelta(days=3))
    jobs.tick(clock.now())
    letters = select(Message.id).where(Message.template == "morning")
    first = set(db.session.scalars(letters))
    assert first
    later(still, clock.now() + timedelta(days=500))
    assert not first & set(db.session.scalars(letters))


def test_a244_old_letters_go_but_for_those_about_what_is_held(begun, still):
    held, other = (fakes.case_of(fakes.report(f"https://x.com/koski_{name}")) for name in "ab")
    fakes.take(held, "hold", begun.handler, reason="Poliisi pyytää asiakirjat.")
    about = select(func.count()).select_from(Message)
    assert db.session.scalar(about.where(Message.subject_id == other.id))
    later(still, clock.now() + timedelta(days=500))
    assert db.session.scalar(about.where(Message.subject_id == other.id)) == 0
    assert db.session.scalar(about.where(Message.subject_id == held.id))


def test_a240_letters_go_with_their_subject_however_young_they_are(begun, still):
    change(begun, "case", 24)
    change(begun, "letter", 36)
    case = dismissed(begun)
    about = select(func.count()).where(Message.subject_id == case.id)
    assert db.session.scalar(about)
    later(still, clock.now() + timedelta(days=366 * 2 + 5))
    assert db.session.scalar(about) == 0
    assert count(Message)  # of the changes


def test_an_absence_goes_and_whoever_stood_in_is_not_named_any_more(begun, still):
    day = clock.today() + A_DAY
    with write():
        head, chief = (db.session.get_one(Person, one.id) for one in (begun.head, begun.chief))
        people.enter_absence(head, day, day, chief, head, clock.now())
    later(still, clock.now() + timedelta(days=190))
    assert count(Absence) == 0
    assert replay.verify() == []


def test_who_comes_back_after_all_was_erased_is_somebody_new(begun, still):
    later(still, clock.now() + timedelta(days=366 * 3))
    gone = db.session.get_one(Person, begun.leaver.id)
    assert gone.email.endswith("@erased.invalid")
    with pytest.raises(WrongState), write():
        people.take_back(
            db.session.get_one(Person, gone.id),
            db.session.get_one(Person, begun.administrator.id),
            clock.now(),
        )


def test_a_copy_from_before_an_upgrade_goes_after_a_month(app, begun, still, tick):
    copy = Path(app.instance_path) / "before-0001.db"
    copy.write_bytes(b"all that was")
    os.utime(copy, (clock.now().timestamp(),) * 2)
    still.shift(timedelta(days=29))
    job.forget_copies(clock.now())
    assert copy.exists()
    still.shift(timedelta(days=2))
    job.forget_copies(clock.now())
    assert not copy.exists()
