"""What a reporter is told of a case: nothing of other reports until the town has confirmed it."""

import re
from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.fakes.models import Report
from intake.fakes.reporting import report_status
from intake.fakes.reporting.report_status import Stage
from tests.fakes.following import SECOND, at_status, coded
from tests.fakes.making import FAKE, case_of, look, notice, report, take

CHANGING = re.compile(r'(name="csrf_token" value=")[^"]*')


def stages(made: Report, place: int = 0) -> list[Stage]:
    """What the reporter has been told so far."""
    again = db.session.get_one(Report, made.id, populate_existing=True)
    return [point.stage for point in report_status.of(again, clock.now())[place].points]


@pytest.fixture
def step(still, cast):
    """A handler's step, a minute after the one before."""

    def taken(case, name, **answers):
        still.shift(timedelta(minutes=1))
        return take(case, name, cast.handler, **answers)

    return taken


def page_of(app, code: str, made: Report) -> str:
    html = at_status(app, code).html.replace(made.reference, "VI-000000")
    return CHANGING.sub(r"\1", html)


@pytest.mark.policy("P5", "P7")
def test_a81_a_further_report_looks_like_a_first_and_only_one(app, cast, still, step):
    """Bytes of the page: the same as of a report that nobody made before."""
    step(case_of(report(FAKE)), "take")
    still.shift(timedelta(days=1))
    joined, joined_code = coded(FAKE)
    alone, alone_code = coded(SECOND)
    assert case_of(joined).state.value == "under_review"
    assert page_of(app, joined_code, joined) == page_of(app, alone_code, alone)
    still.shift(timedelta(hours=1))
    step(case_of(joined), "reveal", what="contact")
    now = clock.now()
    step(case_of(alone), "take")
    still.move_to(now)
    assert stages(joined) == stages(alone) == [Stage.RECEIVED, Stage.HANDLED]


def test_a81_what_other_reporters_do_is_not_seen(app, cast, still, step):
    first = report(FAKE)
    step(step(case_of(first), "take"), "dismiss", ground="parody", reason="Satiiria.")
    told = [Stage.RECEIVED, Stage.HANDLED, Stage.NOT_FAKE]
    assert stages(first) == told
    still.shift(timedelta(minutes=1))
    second, code = coded(FAKE)
    assert case_of(second).state.value == "reopened"
    assert stages(first) == told
    assert stages(second) == [Stage.RECEIVED]
    assert at_status(app, code).heading == "Saimme ilmoituksesi"
    step(case_of(first), "take")
    assert stages(first) == [*told, Stage.AGAIN]
    assert stages(second) == [Stage.RECEIVED, Stage.HANDLED]


def test_a81_a_question_to_another_reporter_is_not_seen(app, cast, step, still):
    first = report(FAKE)
    still.shift(timedelta(minutes=1))
    second = report(FAKE)
    case = step(case_of(first), "take")
    step(case, "ask_reporter", report=second.id, phrase="when")
    assert stages(first) == [Stage.RECEIVED, Stage.HANDLED]
    assert stages(second) == [Stage.RECEIVED, Stage.HANDLED, Stage.ASKED]


def test_a81_a_merge_is_not_seen_until_the_main_case_is_confirmed(app, cast, step):
    main = step(case_of(report(FAKE)), "take")
    merged, code = coded(SECOND)
    step(case_of(merged), "merge", main_case=main.reference)
    assert stages(merged) == [Stage.RECEIVED, Stage.HANDLED]
    assert "yhdist" not in at_status(app, code).main.lower()
    look(main, cast.handler)
    step(main, "confirm", unit_answer="not_ours")
    assert stages(merged) == [Stage.RECEIVED, Stage.HANDLED, Stage.CONFIRMED]


def test_a_report_merged_into_a_confirmed_fake_does_not_go_back_to_being_handled(app, cast, step):
    main = step(case_of(report(FAKE)), "take")
    look(main, cast.handler)
    main = step(main, "confirm", unit_answer="not_ours")
    merged, _code = coded(SECOND)
    step(step(case_of(merged), "take"), "merge", main_case=main.reference)
    assert stages(merged) == [Stage.RECEIVED, Stage.CONFIRMED]


@pytest.mark.policy("P5", "G8")
def test_from_confirmed_on_each_report_shows_the_state_of_the_case(app, cast, step, still):
    first = report(FAKE)
    case = step(case_of(first), "take")
    look(case, cast.handler)
    case = step(case, "confirm", unit_answer="not_ours")
    case = step(case, "notify", **notice(case))
    late, code = coded(FAKE)
    assert stages(late) == [Stage.RECEIVED, Stage.CONFIRMED, Stage.NOTIFIED]
    page = at_status(app, code)
    assert page.heading == "Ilmoitimme profiilin palvelun ylläpitäjälle"
    assert "Odotamme vastausta. Tarkistamme tilanteen to 26.11. mennessä." in page.main
    assert "Profiili poistettu tai muu lopputulos" in page.main
    still.shift(timedelta(days=1))
    look(case, cast.handler, there=False)
    case = step(case, "note_takedown", outcome="renamed", seen_at=clock.now())
    assert stages(first)[-2:] == [Stage.NOTIFIED, Stage.GONE]
    page = at_status(app, code)
    assert page.heading == "Profiili ei enää esiinny toisena"
    assert "ti 1.12. mennessä" in page.main


def test_each_address_has_a_status_of_its_own(app, cast, step):
    made, code = coded(FAKE, SECOND, "https://x.com/savonkoski_huijaus")
    step(case_of(made, 1), "take")
    assert [stages(made, place)[-1] for place in range(3)] == [
        Stage.RECEIVED,
        Stage.HANDLED,
        Stage.RECEIVED,
    ]
    page = at_status(app, code)
    assert [f"Osoite {number}" in page.main for number in (1, 2, 3)] == [True] * 3
    assert "savonkosk" not in page.main.lower()


def test_an_address_that_was_parted_goes_its_own_way(app, cast, step):
    stays, made = report(FAKE), report(FAKE)
    case = step(case_of(stays), "take")
    step(case, "split", reports=[made.id], keys=[])
    step(case, "dismiss", ground="parody", reason="Satiiria.")
    assert stages(stays)[-1] is Stage.NOT_FAKE
    assert stages(made)[-1] is Stage.HANDLED


def test_a_retracted_confirmation_is_told(app, cast, step, still):
    from tests.fakes.making import make_lead

    made, code = coded(FAKE)
    case = step(case_of(made), "take")
    look(case, cast.handler)
    case = step(case, "confirm", unit_answer="not_ours")
    still.shift(timedelta(minutes=1))
    take(case, "retract", make_lead(cast), ground="official", reason="Oma profiili.")
    assert stages(made)[-2:] == [Stage.CONFIRMED, Stage.NOT_FAKE]
    assert at_status(app, code).heading == "Kyse ei ole valeprofiilista"


def test_a_report_held_apart_looks_like_any_other(app, cast):
    held, held_code = coded(FAKE, held="trap")
    plain, plain_code = coded(SECOND)
    assert page_of(app, held_code, held) == page_of(app, plain_code, plain)
