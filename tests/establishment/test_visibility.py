"""Who sees which request: one condition for lists and pages, and as many queries for many."""

from datetime import date

import pytest
from sqlalchemy import event, select

from intake import clock
from intake.data.base import db
from intake.establishment import duties, parties, queries
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.establishment.workflow import WORKFLOW
from intake.people.models import Person
from intake.refusals import Unseen
from tests.browser import Browser
from tests.establishment import making
from tests.establishment.making import EXPERT, OFFICE

TODAY = date(2026, 11, 23)


def may_see(person, request) -> bool:
    found = db.session.scalars(
        select(Request.id).where(Request.id == request.id, queries.visible_to(person))
    ).first()
    return found is not None


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(S))
def test_whoever_may_act_or_is_told_may_see(cast, state, kind):
    if (state, kind) == (S.AWAITING_CONSENT, OFFICE):
        return
    request = making.make_request(cast, state, kind)
    for step in WORKFLOW.from_state(state):
        for party in step.by if state == S.DRAFT else (*step.by, *step.tells):
            for person in party.people(request, clock.now()):
                assert may_see(person, request), (step.name, party.name, person.name)


def test_a_stranger_does_not_even_learn_that_it_is_there(app, cast):
    request = making.make_request(cast)
    for person in (cast.stranger, cast.handler, cast.chief, cast.leaver):
        assert not may_see(person, request)
    with pytest.raises(Unseen):
        queries.get(request.id, cast.stranger)
    browser = Browser(app).signs_in(cast.stranger)
    for path in ("", "/approve", "/versions/1"):
        assert browser.opens(f"/establishment/{request.id}{path}").status == 404
    assert request.name not in browser.opens("/establishment").main


def test_a_draft_is_its_writers_own(cast):
    request = making.make_request(cast, S.DRAFT, EXPERT)
    assert [who for who, person in cast.everyone().items() if may_see(person, request)] == [
        "requester"
    ]


def test_who_had_it_to_decide_may_go_on_reading(cast, make, still, tick):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY)
    tick()
    making.take(request, "hand_on", cast.deputy, new_decider=cast.far_head.id)
    making.take(request, "reject", cast.far_head)
    for person in (cast.head, cast.deputy, cast.far_head):
        assert may_see(person, request)


@pytest.mark.parametrize("role", ["keeper", "administrator"])
def test_overseers_see_what_was_sent(cast, role):
    assert may_see(getattr(cast, role), making.make_request(cast))


def test_a43_an_admin_taken_off_sees_it_no_more(cast):
    request = making.make_request(cast)
    assert may_see(cast.admin, request)
    making.take(request, "return", cast.head)
    making.save(request, cast.requester, "admins", admins__1__person=cast.colleague.id)
    making.take(request, "submit", cast.requester)
    assert not may_see(cast.admin, request)


def test_a43_a_role_taken_away_ends_the_sight_at_once(app, cast):
    from intake.data.write import write
    from intake.people.models import RoleGrant

    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.keeper)
    browser.opens(f"/establishment/{request.id}", status=200)
    with write():
        grant = db.session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == cast.keeper.id)
        ).one()
        grant.ended_at = clock.now()
    assert browser.opens(f"/establishment/{request.id}").status == 404


def test_a42_a_version_of_another_request_is_not_there(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    assert browser.opens(f"/establishment/{request.id}/versions/2").status == 404
    assert browser.opens(f"/establishment/{request.id}/versions/0").status == 404


def many(cast, number: int) -> None:
    for one in range(number):
        making.make_request(cast, profile={"handle": [f"nuoret_{one}"]}, trained=one == 0)


def test_the_lists_page_by_their_key(app, cast):
    many(cast, 4)
    found = queries.search(cast.head, "", limit=3)
    rest = queries.search(cast.head, "", found.after, limit=3)
    assert len(found.requests) == 3
    assert len(rest.requests) == 1
    assert rest.after is None
    assert not {one.id for one in found.requests} & {one.id for one in rest.requests}


@pytest.mark.parametrize("words", ["pp-2026-001", "SAVONKOSKEN", "nuorisopalv instagram", "noora"])
def test_a_request_is_found_by_its_words(cast, words):
    request = making.make_request(cast)
    assert queries.search(cast.head, words).requests == [making.again(request)]
    assert queries.search(cast.head, "nuorisopalv olematon").requests == []


def test_a05_keepers_have_a_list_of_requests_whose_supervisor_was_named(app, cast):
    making.make_request(cast)
    chosen = making.make_request(
        cast,
        profile={"handle": ["toinen_tunnus"]},
        decider={
            "supervisor": [cast.far_head.id],
            "supervisor_reason": ["Hän vastaa koko kampanjasta kaupungissa."],
        },
    )
    page = Browser(app).signs_in(cast.keeper).opens("/establishment")
    assert "PP-2026-001" in page.main
    listed = page.follows("Päättäjä nimetty").main
    assert chosen.reference in listed
    assert "PP-2026-001" not in listed
    plain = Browser(app).signs_in(cast.far_head).opens("/establishment?named=1")
    assert "Päättäjä nimetty" not in plain.main


def counted(run) -> int:
    """How many statements something takes."""
    statements = []

    def note(*args) -> None:
        statements.append(args[2])

    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        run()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.rollback()
    return len(statements)


@pytest.mark.parametrize("who", ["head", "requester", "admin", "keeper"])
def test_many_requests_take_as_many_queries_as_one(cast, who):
    person_id = getattr(cast, who).id

    def look() -> None:
        person = db.session.get(Person, person_id)
        duties.of(person, clock.now())
        queries.to_decide(person, clock.now())
        page = queries.search(person, "")
        for request in page.requests:
            assert request.platform.name
            assert request.requester.name
            assert request.unit.name_fi

    many(cast, 1)
    one = counted(look)
    many(cast, 5)
    assert counted(look) == one


def test_the_desk_says_what_waits_and_why(app, cast):
    making.make_request(cast)
    page = Browser(app).signs_in(cast.head).opens("/desk")
    assert "Tee päätös pyynnöstä PP-2026-001, Savonkosken nuorisopalvelut, Instagram" in page.main
    assert "Johdat seuraavaa ylempää yksikköä" in page.main


def test_every_party_is_named_once(app):
    names = [party.name for party in vars(parties).values() if isinstance(party, parties.Party)]
    assert len(names) == len(set(names))
