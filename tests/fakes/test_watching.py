"""The genuine profile is looked at on days 1, 7 and 14 after a notice (P5)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, tracks
from intake.fakes import duties
from intake.fakes.models import Case, Watch
from intake.fakes.states import CaseState as C
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.profiles.states import AlarmState
from tests.browser import Browser
from tests.fakes.making import again, make_case, notice, take
from tests.fakes.test_notice import with_genuine


@pytest.fixture
def case(cast) -> Case:
    found = with_genuine(cast, make_case(cast, C.CONFIRMED))
    return take(found, "notify", cast.handler, **notice(found))


def watches() -> list[Watch]:
    return list(db.session.scalars(select(Watch).order_by(Watch.due_on)))


def titles(person: Person) -> list[str]:
    one = db.session.get_one(Person, person.id)
    return [str(duty.verb) for duty in duties.of_cases(one, clock.now()) if "/watch/" in duty.url]


@pytest.mark.policy("P5")
def test_its_admins_and_the_handler_are_asked_on_days_1_7_and_14(app, cast, case, still):
    assert [row.due_on - clock.today() for row in watches()] == [
        timedelta(days=1),
        timedelta(days=7),
        timedelta(days=14),
    ]
    assert titles(cast.requester) == []
    for days in (1, 6, 7):
        still.shift(timedelta(days=days))
        for person in (cast.requester, cast.admin, cast.handler):
            assert len(titles(person)) == 1
        for person in (cast.stranger, cast.head, cast.keeper):
            assert titles(person) == []
        row = next(row for row in watches() if row.looked_at is None)
        page = Browser(app).signs_in(cast.admin).opens(f"/cases/watch/{row.id}")
        page.fills(found="there").presses("Kirjaa havainto")
        assert titles(cast.handler) == []
    assert {row.looked_by_id for row in watches()} == {cast.admin.id}


def test_one_look_answers_all_that_are_due_and_none_that_is_to_come(app, cast, case, still):
    still.shift(timedelta(days=8))
    assert len(titles(cast.handler)) == 1
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/watch/{watches()[0].id}")
    page.fills(found="there").presses("Kirjaa havainto")
    assert [row.looked_at is None for row in watches()] == [False, False, True]
    assert titles(cast.handler) == []


def test_a69_the_page_shows_an_admin_the_genuine_profile_and_nothing_of_the_case(app, cast, case):
    page = Browser(app).signs_in(cast.requester).opens(f"/cases/watch/{watches()[0].id}")
    assert "savonkosken_nuoret" in page.main
    assert "kaupunkl" not in page.html
    assert case.reference not in page.html
    for person in (cast.stranger, cast.head, cast.keeper, cast.administrator):
        Browser(app).signs_in(person).opens(f"/cases/watch/{watches()[0].id}", status=404)


def test_a_look_is_noted_once_and_leaves_a_line(app, cast, case, still):
    still.shift(timedelta(days=1))
    row = watches()[0]
    first, second = Browser(app).signs_in(cast.requester), Browser(app).signs_in(cast.handler)
    late = second.opens(f"/cases/watch/{row.id}")
    page = first.opens(f"/cases/watch/{row.id}").fills(found="there").presses("Kirjaa havainto")
    assert page.path == "/desk"
    assert watches()[0].looked_by_id == cast.requester.id
    assert titles(cast.handler) == []
    assert late.fills(found="gone").presses("Kirjaa havainto").status == 409
    entry = audit_trail.history([row.id])[0][0]
    assert tracks.done(entry.track, entry.step) is not None


@pytest.mark.policy("P5", "P4")
def test_a_genuine_profile_that_is_gone_leads_to_the_step_that_warns_of_it(app, cast, case):
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/cases/watch/{watches()[0].id}").fills(found="gone")
    page = page.presses("Kirjaa havainto")
    assert page.path == f"/profiles/{case.profile_id}/flag_lost"
    page.fills(what_happened="Profiili on poistettu.", interim_channel="savonkoski.example")
    assert db.session.get_one(Profile, case.profile_id).alarm is AlarmState.CLEAR


def test_nothing_is_asked_where_there_is_no_genuine_profile(cast):
    found = make_case(cast, C.CONFIRMED)
    take(found, "notify", cast.handler, **notice(found))
    assert watches() == []


def test_looks_cost_the_same_however_many_there_are(app, cast, case, still):
    from tests.test_work import counted

    still.shift(timedelta(days=1))
    person = db.session.get_one(Person, cast.requester.id)
    with counted() as few:
        duties.of_cases(person, clock.now())
    with write():
        for _ in range(40):
            row = Watch(profile_id=case.profile_id, case_id=case.id, due_on=clock.today())
            db.session.add(row)
    person = db.session.get_one(Person, cast.requester.id)
    with counted() as many:
        duties.of_cases(person, clock.now())
    assert len(many) <= len(few) + 1
    assert again(case).state is C.PLATFORM_NOTIFIED
