"""A legal hold stops the erasing of a case, a request or a profile until it is lifted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail, legal_hold, replay
from intake.establishment.models import Request, Version
from intake.establishment.states import RequestState as S
from intake.fakes.models import Case, Contact
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.profiles.models import Profile, ProfileAdmin
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, WrongState
from intake.retention import job
from tests.browser import Browser
from tests.establishment import making as requests
from tests.fakes import making as fakes
from tests.profiles import making as profiles
from tests.retention.quiet import nights_until
from tests.retention.test_job import count, later

LONG = timedelta(days=366 * 11)
REASON = "Poliisi pyytää asiakirjat esitutkintaan."


@pytest.fixture
def begun(cast):
    """The first night, which only begins to count."""
    job.run(clock.now())
    return cast


@pytest.mark.policy("P7")
def test_a244_nothing_of_a_held_case_goes_until_a_lead_lifts_it(app, begun, still):
    lead = fakes.make_lead(begun)
    made = fakes.report(told=Told(name="Aino", email="aino@posti.example"))
    case = fakes.walk(begun, made, C.NOT_FAKE)
    fakes.take(case, "hold", begun.handler, reason=REASON)
    with pytest.raises(WrongState):
        fakes.take(case, "hold", begun.handler, reason=REASON)
    with pytest.raises(NotAllowed):
        fakes.take(case, "lift_hold", begun.handler, reason=REASON)
    later(still, clock.now() + LONG)
    assert (count(Case), count(Contact)) == (1, 1)
    assert any(words and words.get("reason") == REASON for _line, words in _history(case.id))
    page = Browser(app).signs_in(begun.handler).opens(f"/cases/{case.id}")
    assert "Poistaminen on estetty" in page.main
    fakes.take(case, "lift_hold", lead, reason="Asia on loppuun käsitelty.")
    later(still, clock.now() + timedelta(days=1))
    assert (count(Case), count(Contact), count(legal_hold.Hold)) == (0, 0, 0)
    assert replay.verify() == []


def _history(subject_id: str):
    return audit_trail.history([subject_id])


def test_a244_a_case_stays_while_one_that_was_merged_into_it_is_held(begun, still):
    case = fakes.make_case(begun, C.DUPLICATE)
    main = fakes.again(case).main_case
    for step, answers in (("take", {}), ("dismiss", {"ground": "parody", "reason": "Satiiria."})):
        fakes.take(main, step, begun.handler, **answers)
    fakes.take(case, "hold", begun.handler, reason=REASON)
    later(still, clock.now() + LONG)
    assert count(Case) == 2


def test_a244_a_held_request_keeps_its_profile_and_the_other_way_round(app, begun, still):
    made = requests.make_request(begun, S.APPROVED)
    of = select(Version.id).where(Version.request_id == made.id)
    profile = db.session.scalars(select(Profile).where(Profile.decided.in_(of))).one()
    profiles.take(profile, "accept_part", begun.admin)
    for step in ("list", "announce_closing", "close"):
        profiles.WALKS[step](begun, profile, step)
    requests.take(made, "hold", begun.keeper, reason=REASON)
    later(still, clock.now() + LONG)
    assert (count(Request), count(ProfileAdmin)) == (1, 2)
    page = Browser(app).signs_in(begun.keeper).opens("/retention")
    assert REASON in page.main
    requests.take(made, "lift_hold", begun.other_keeper, reason=REASON)
    profiles.take(profile, "hold", begun.keeper, reason=REASON)
    later(still, clock.now() + timedelta(days=1))
    assert (count(Request), count(ProfileAdmin)) == (1, 2)
    profiles.take(profile, "lift_hold", begun.keeper, reason=REASON)
    later(still, clock.now() + timedelta(days=1))
    assert (count(Request), count(ProfileAdmin), count(Profile)) == (0, 0, 1)
    assert replay.verify() == []


def test_a244_a_held_draft_is_not_discarded_by_anybody(begun, still, tick):
    made = requests.make_request(begun, S.AWAITING_CONSENT, requests.EXPERT)
    requests.take(made, "hold", begun.keeper, reason=REASON)
    requests.take(made, "take_back", begun.requester)
    with pytest.raises(WrongState):
        requests.take(made, "discard", begun.requester)
    nights_until(still, clock.now() + timedelta(days=300))
    tick(clock.now())
    assert count(Request) == 1
    requests.take(made, "lift_hold", begun.keeper, reason=REASON)
    tick(clock.now() + timedelta(hours=1))
    assert count(Request) == 0


def test_a244_who_leaves_with_a_held_draft_can_leave(app, begun):
    from intake.data.write import write
    from intake.people import service as people
    from intake.people.models import Person

    made = requests.make_request(begun, S.AWAITING_CONSENT, requests.EXPERT)
    requests.take(made, "hold", begun.keeper, reason=REASON)
    requests.take(made, "take_back", begun.requester)
    with write():
        people.end_service(
            db.session.get_one(Person, begun.requester.id),
            db.session.get_one(Person, begun.administrator.id),
            clock.now(),
        )
    assert count(Request) == 1


@pytest.mark.parametrize("state", [P.CLOSED, P.NEVER_OPENED])
def test_a244_a_hold_is_set_and_lifted_in_the_browser(app, begun, state):
    profile = profiles.make_profile(begun, state)
    keeper = Browser(app).signs_in(begun.keeper)
    page = keeper.opens(f"/profiles/{profile.id}").follows("Estä poistaminen")
    refused = page.fills(reason="x").presses("Estä poistaminen")
    assert refused.errors
    page = refused.fills(reason=REASON).presses("Estä poistaminen")
    assert "Poistaminen on estetty" in page.main
    page = page.follows("Poista poistamisen esto").fills(reason=REASON)
    assert "Poistaminen on estetty" not in page.presses("Poista poistamisen esto").main


def test_a244_who_may_not_see_a_case_reads_no_reason_and_who_is_excluded_nothing(app, begun):
    case = fakes.case_of(fakes.report())
    fakes.take(case, "exclude", begun.handler, person=begun.other_keeper.id, reason="Itse.")
    fakes.take(case, "hold", begun.handler, reason=REASON)
    page = Browser(app).signs_in(begun.keeper).opens("/retention")
    assert case.reference in page.main
    assert REASON not in page.main
    assert case.reference not in Browser(app).signs_in(begun.other_keeper).opens("/retention").main
