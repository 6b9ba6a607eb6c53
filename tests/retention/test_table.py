"""One table says how long everything is kept: complete, printed in the notice, adjusted within
limits."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import Base, db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.engine.outbox import Message
from intake.people import town
from intake.people.models import Person
from intake.ports import here
from intake.refusals import NotAllowed, Stale, Unready
from intake.retention import periods, service, table
from intake.retention.periods import Unit
from tests.browser import Browser

HERE = ZoneInfo("Europe/Helsinki")
REASON = "Tiedonhallintasuunnitelma muuttui."


def test_every_table_is_kept_for_a_time_or_for_a_reason():
    """A new table must say how long its rows are kept."""
    told = [name for row in table.ROWS for name in row.tables]
    assert len(told) == len(set(told))
    assert set(told) & table.KEPT.keys() == set()
    assert {*told, *table.KEPT} == set(Base.metadata.tables)
    assert all(len(why) > 10 for why in table.KEPT.values())


def test_every_row_is_obeyed_by_a_job_and_fits_trail_and_letters(app):
    names = {job.name for job in here().jobs}
    for row in table.ROWS:
        assert row.job in names, row.code
        assert (row.job == "retention") == (row.find is not None), row.code
        assert len(row.code) <= 16
        assert row.is_adjustable == (row.find is not None)
        if row.is_adjustable:
            assert row.length.least < row.length.number < row.length.most


def change(cast, code: str, length: int, by=None, seen: int | None = None) -> None:
    """A keeper chooses another length."""
    row = table.row(code)
    with write():
        person = db.session.get_one(Person, (by or cast.keeper).id)
        seen = row.number if seen is None else seen
        service.change(row, length, REASON, person, clock.now(), seen=seen)


def test_a241_a_keeper_changes_a_time_and_others_are_told(app, cast):
    with write():
        town.store(dpo_contact="tietosuoja@savonkoski.example")
    change(cast, "case", 36)
    with pytest.raises(Unready):
        change(cast, "case", 36)
    assert table.row("case").number == 36
    entry = audit_trail.latest("case", "change")
    assert (entry.actor, entry.detail()["before"], entry.detail()["after"]) == (
        *(cast.keeper.id, 60, 36),
    )
    told = select(Message.person_id).where(Message.template == "retention_changed")
    assert set(db.session.scalars(told)) == {cast.other_keeper.id, "dpo_contact"}
    assert replay.verify() == []


def test_a241_nobody_else_changes_it_nor_beyond_its_limits_nor_over_another(app, cast):
    for by in (cast.administrator, cast.handler, cast.requester):
        with pytest.raises(NotAllowed):
            change(cast, "case", 36, by)
    for length in (0, 23, 121, 10**9):
        with pytest.raises(Unready) as refused:
            change(cast, "case", length)
        assert [problem.field for problem in refused.value.problems] == ["length"]
    with pytest.raises(NotAllowed):
        change(cast, "session", 3)
    change(cast, "case", 36)
    with pytest.raises(Stale):
        change(cast, "case", 48, seen=60)
    assert table.row("case").number == 36


def test_a241_a_length_that_somebody_wrote_past_the_program_does_not_count(app, cast):
    change(cast, "case", 36)
    with write():
        db.session.connection().exec_driver_sql("UPDATE retention_period SET length = 1")
    assert table.row("case").number == 60
    assert any("retention_period case: length is not" in line for line in replay.verify())


@pytest.mark.parametrize(
    "length", ["60", "23", "121", "", "kaksi", "-3", "60,5", "9" * 400, "１２１"]
)
def test_a_refused_time_stands_beside_its_field_and_keeps_what_was_typed(app, cast, length):
    page = Browser(app).signs_in(cast.keeper).opens("/retention/case", status=200)
    again = page.fills(length=length, reason=REASON).presses("Tallenna")
    assert again.response.status_code == 422
    assert again.errors
    assert REASON in again.html
    assert table.row("case").number == 60


def test_a_keeper_changes_a_time_in_the_browser_and_the_notice_says_so(app, cast, visitor):
    keeper = Browser(app).signs_in(cast.keeper)
    assert "5 vuotta" in keeper.opens("/retention").main
    page = keeper.opens("/retention/case").fills(length="48", reason=REASON).presses("Tallenna")
    assert "4 vuotta" in page.main
    notice = visitor.opens("/privacy")
    assert "4 vuotta tapauksen päättymisestä" in notice.main
    assert "5 vuotta" not in notice.main


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_notice_holds_every_row_of_the_table(app, visitor, language):
    page = visitor.opens("/privacy", query={"lang": language})
    with app.test_request_context(f"/?lang={language}"):
        for row in table.ROWS:
            for said in (row.what, row.told, row.ground):
                assert str(said) in page.main


def at(text: str) -> datetime:
    """A moment in Helsinki."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def test_lengths_are_counted_by_the_calendar():
    moment = at("2028-02-29 10:00")
    assert periods.before(moment, 12, Unit.MONTHS) == at("2027-02-28 10:00")
    assert periods.before(at("2026-08-31 10:00"), 6, Unit.MONTHS) == at("2026-02-28 10:00")
    assert periods.before(at("2026-05-01 00:30"), 2, Unit.MONTHS) == at("2026-03-01 00:30")
    assert periods.before(moment, 2, Unit.DAYS) == at("2028-02-27 10:00")


def test_who_may_see_the_table(app, cast):
    for person, status in (
        *((cast.keeper, 200), (cast.administrator, 200), (cast.handler, 403)),
        (cast.requester, 403),
    ):
        Browser(app).signs_in(person).opens("/retention", status=status)
    Browser(app).signs_in(cast.administrator).opens("/retention/case", status=403)
