"""What ends in every room, at once, when somebody leaves the town's service."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.establishment.states import RequestState as S
from intake.people import queries
from intake.people.models import Absence, LinkPurpose, LinkToken, Role
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, WrongState
from tests.browser import Browser
from tests.establishment import making as requests
from tests.people.doing import again, do, steps_of
from tests.profiles import making as profiles

TODAY = date(2026, 11, 23)


def leave(cast, person) -> None:
    do("end_service", person, by=cast.administrator)


@pytest.mark.policy("P1")
def test_a31_a44_everything_of_theirs_ends_at_once(app, cast, make):
    browser = Browser(app).signs_in(cast.head)
    do("grant", cast.head, Role.HANDLER, by=cast.administrator)
    absence = make.absence(cast.head, TODAY + timedelta(days=2), TODAY + timedelta(days=3))
    link = LinkToken(purpose=LinkPurpose.RESET, hash="x", ends_at=clock.now())
    with write():
        link.person_id = cast.head.id
        db.session.add(link)
    leave(cast, cast.head)
    person = again(cast.head)
    assert not person.is_active
    assert (person.roles, person.password_hash) == (set(), None)
    assert again(cast.area).head_id is None
    assert again(absence).cancelled_at is not None
    assert again(link).used_at is not None
    assert browser.opens("/desk").path == "/sign-in"
    assert steps_of(cast.head.id) == ["leave"]
    with pytest.raises(WrongState):
        leave(cast, cast.head)


@pytest.mark.policy("O3")
def test_a44_what_waits_for_a_leaver_is_routed_anew_in_the_same_write(cast):
    request = requests.make_request(cast)
    assert request.acting_id == cast.head.id
    leave(cast, cast.head)
    assert requests.again(request).acting_id == cast.director.id
    with pytest.raises(NotAllowed):
        requests.take(request, "approve", cast.head)
    requests.take(request, "reject", cast.director)


def test_a44_what_was_handed_on_to_a_leaver_goes_elsewhere(cast):
    request = requests.make_request(cast)
    requests.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    leave(cast, cast.far_head)
    assert requests.again(request).acting_id == cast.director.id  # who handed it on stays out


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (S.SUBMITTED, S.WITHDRAWN),
        (S.RETURNED, S.WITHDRAWN),
        (S.APPROVED, S.APPROVED),
        (S.REJECTED, S.REJECTED),
    ],
)
def test_open_requests_of_a_leaver_are_withdrawn_and_decided_ones_stay(cast, state, after):
    request = requests.make_request(cast, state)
    leave(cast, cast.requester)
    assert requests.again(request).state == after


def test_a_draft_of_a_leaver_is_erased(cast):
    from intake.establishment.models import Request

    request = requests.make_request(cast, S.DRAFT)
    leave(cast, cast.requester)
    assert db.session.get(Request, request.id) is None


@pytest.mark.policy("E0", "E2")
@pytest.mark.parametrize("state", [S.AWAITING_CONSENT, S.SUBMITTED, S.RETURNED])
def test_a_request_about_an_expert_who_leaves_is_withdrawn(cast, state):
    request = requests.make_request(cast, state, requests.EXPERT)
    leave(cast, cast.colleague)
    assert requests.again(request).state == S.WITHDRAWN
    assert requests.steps_of(request)[-1] == "employment_ends"


@pytest.mark.policy("P1", "O4")
def test_a_request_that_names_a_leaver_goes_on_without_them(app, cast):
    request = requests.make_request(cast)
    leave(cast, cast.admin)
    found = requests.again(request)
    assert found.state == S.SUBMITTED
    assert requests.steps_of(request)[-1] == "admin_leaves"
    page = Browser(app).signs_in(cast.head).opens(f"/establishment/{request.id}")
    assert "Yksi hallinnoija on lähtenyt kaupungin palveluksesta." in page.main


@pytest.mark.policy("P1", "E0")
@pytest.mark.parametrize(
    ("kind", "who", "state", "after"),
    [
        (profiles.OFFICE, "admin", P.ACTIVE, P.ACTIVE),
        (profiles.EXPERT, "colleague", P.SETUP, P.NEVER_OPENED),
        (profiles.EXPERT, "colleague", P.ACTIVE, P.CLOSING_ANNOUNCED),
        (profiles.EXPERT, "colleague", P.CLOSING_ANNOUNCED, P.CLOSING_ANNOUNCED),
    ],
)
def test_profiles_of_a_leaver_go_on_or_close(cast, kind, who, state, after):
    profile = profiles.make_profile(cast, state, kind=kind)
    person = getattr(cast, who)
    leave(cast, person)
    assert profiles.again(profile).state is after
    if kind is profiles.OFFICE:
        assert person.id not in {one.person_id for one in profiles.again(profile).current_admins}


def test_a43_who_has_moved_decides_no_more_where_their_office_ended(cast):
    request = requests.make_request(cast)
    do("move_person", cast.head, cast.far, by=cast.administrator)
    assert requests.again(request).acting_id == cast.director.id
    with pytest.raises(NotAllowed):
        requests.take(request, "approve", cast.head)


def test_a43_a_deputyship_that_ended_decides_nothing(app, cast, make):
    request = requests.make_request(cast)
    make.absence(cast.head, TODAY, TODAY)
    browser = Browser(app).signs_in(cast.deputy)
    assert browser.opens(f"/establishment/{request.id}/approve").status == 200
    do("name_head", cast.area, cast.head, None, by=cast.administrator)
    assert browser.opens(f"/establishment/{request.id}/approve").status in (403, 404)


def test_many_changes_in_one_write_reroute_once_at_its_end(cast):
    from intake.people import service

    request = requests.make_request(cast)
    with write():
        by = again(cast.administrator)
        for head in (cast.stranger, cast.far_head, cast.chief):
            service.name_head(again(cast.area), again(head), None, by, clock.now())
    assert requests.again(request).acting_id == cast.chief.id
    assert requests.steps_of(request).count("reroute") == 1


# the page


def test_the_page_lists_what_ends_before_it_ends(app, cast, make):
    requests.make_request(cast, S.DRAFT)
    requests.make_request(cast, profile={"handle": ["nuoret.toinen"]})
    profiles.make_profile(cast)
    make.absence(cast.requester, TODAY, TODAY)
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/{cast.requester.id}/leave")
    for words in (
        "Poissaolo 23.11.2026–23.11.2026.",
        "Se peruuntuu.",
        "Luonnos, jota muut eivät saa lukea Se poistetaan.",
        "hallinnoijia jää liian vähän",
    ):
        assert words in page.main
    done = page.presses("Päätä palvelus")
    assert done.path == f"/people/{cast.requester.id}"
    assert "lähtenyt 23.11.2026" in done.main
    assert queries.active_person(cast.requester.id) is None
    assert db.session.query(Absence).one().cancelled_at is not None


def test_what_a_head_answers_for_is_listed_too(app, cast):
    requests.make_request(cast)
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/{cast.head.id}/leave")
    assert "Esimies, Kulttuuri ja vapaa-aika" in page.main
    assert "Se siirtyy sille, joka silloin päättää." in page.main


def test_a_page_that_no_longer_tells_all_that_ends_is_refused(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/{cast.requester.id}/leave")
    requests.make_request(cast)
    assert page.presses("Päätä palvelus").status == 409
    assert queries.active_person(cast.requester.id) is not None


def test_a41_a_head_does_not_read_the_drafts_of_their_people(app, cast):
    request = requests.make_request(cast, S.DRAFT)
    page = Browser(app).signs_in(cast.head).opens(f"/people/{cast.requester.id}")
    assert request.id not in page.html
    assert "Savonkosken nuorisopalvelut" not in page.main
