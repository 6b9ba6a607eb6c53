"""A3-A5: who stands in, whom it is handed on to, whom the requester names."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine.outbox import Message
from intake.establishment import deciding, service
from intake.people.models import Absence, Person
from intake.refusals import NotAllowed, Unready, WrongState
from tests.establishment import making

pytestmark = pytest.mark.policy("O3")
TODAY = date(2026, 11, 23)


def told(request, step: str) -> dict[str, set[str]]:
    """Who was told of a step, by party."""
    rows = db.session.scalars(
        select(Message).where(Message.subject_id == request.id, Message.step == step)
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.party, set()).add(row.person_id)
    return found


@pytest.mark.parametrize("step", ["approve", "reject", "return"])
def test_a03_the_head_is_told_once_of_what_the_deputy_decided(cast, make, step):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY + timedelta(days=3))
    making.take(request, step, cast.deputy)
    assert told(request, step)["stood_in_for"] == {cast.head.id}


def test_a03_a_head_who_decides_is_not_told_of_it(cast):
    request = making.make_request(cast)
    making.take(request, "reject", cast.head)
    assert "stood_in_for" not in told(request, "reject")


@pytest.mark.parametrize(
    "who", ["requester", "admin", "colleague", "keeper", "administrator", "handler", "head"]
)
def test_a04_only_who_decides_somewhere_and_outside_the_matter_gets_it(cast, who):
    request = making.make_request(cast)
    with pytest.raises(Unready):
        making.take(request, "hand_on", cast.head, new_decider=getattr(cast, who).id)


def test_a04_who_has_handed_it_on_never_gets_it_back(cast):
    request = making.make_request(cast)
    making.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    assert told(request, "hand_on") == {
        "decider_desk": {cast.far_head.id},
        "former_decider": {cast.head.id},
        "requester": {cast.requester.id},
    }
    with pytest.raises(NotAllowed):
        making.take(request, "approve", cast.head)
    with pytest.raises(Unready):
        making.take(request, "hand_on", cast.far_head, new_decider=cast.head.id)


def test_a04_after_three_hand_ons_it_only_goes_up(cast):
    request = making.make_request(cast)
    making.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    making.take(request, "hand_on", cast.far_head, new_decider=cast.chief.id)
    making.take(request, "hand_on", cast.chief, new_decider=cast.director.id)
    with pytest.raises(Unready) as refused:
        making.take(request, "hand_on", cast.director, new_decider=cast.deputy.id)
    assert refused.value.problems[0].field == "new_decider"
    making.take(request, "hand_on", cast.director, new_decider=cast.mayor.id)
    assert deciding.route_of(making.again(request), clock.now()).acting == cast.mayor
    with pytest.raises(Unready):
        making.take(request, "hand_on", cast.mayor, new_decider=cast.deputy.id)


def test_a04_who_no_longer_heads_anything_decides_no_more(cast, make):
    request = making.make_request(cast)
    making.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    make.head(cast.far_sector, cast.stranger)
    with pytest.raises(NotAllowed):
        making.take(request, "approve", cast.far_head)
    assert deciding.route_of(making.again(request), clock.now()).acting == cast.director


def test_a05_the_computed_supervisor_is_told_that_another_was_named(cast):
    request = making.make_request(cast, decider=named(cast.far_head))
    assert deciding.route_of(request, clock.now()).acting == cast.far_head
    assert told(request, "submit")["passed_over"] == {cast.head.id}
    assert told(request, "submit")["decider_desk"] == {cast.far_head.id}
    with pytest.raises(NotAllowed):
        making.take(request, "approve", cast.head)
    making.take(request, "approve", cast.far_head)


def test_a05_nobody_is_passed_over_where_the_named_one_is_the_computed_one(cast, make):
    request = making.make_request(cast, decider=named(cast.director))
    assert deciding.passed_over(request, clock.now()) == cast.head
    make.leave(cast.head)
    assert deciding.passed_over(making.again(request), clock.now()) is None


def named(person: Person) -> dict[str, list[str]]:
    return {
        "supervisor": [person.id],
        "supervisor_reason": ["Hän vastaa koko kampanjasta kaupungissa."],
    }


class Undone(Exception):  # noqa: N818 -- nothing is wrong
    """Takes everything of an example back."""


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["hand_on", "disqualify", "away", "leave", "resend"]),
        st.integers(min_value=0, max_value=9),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=MOVES)
@example(moves=[("leave", 2), ("resend", 0)])
def test_a04_the_decider_is_never_in_the_conflict_set_and_it_ends(moves, walked):
    cast, request = walked

    def play() -> None:
        with write():
            for move, choice in moves:
                _move(cast, making.again(request), move, choice)
                found = making.again(request)
                conflict = deciding.conflict_of(found)
                for person in deciding.deciders_of(found, clock.now()):
                    assert person.id not in conflict
            _ends(making.again(request))
            raise Undone

    with pytest.raises(Undone):
        play()


@pytest.fixture
def walked(cast):
    return cast, making.make_request(cast)


def _move(cast, request, move: str, choice: int) -> None:
    deciders = deciding.deciders_of(request, clock.now())
    if move == "away":
        heads = [cast.head, cast.deputy, cast.director, cast.chief, cast.far_head]
        db.session.add(
            Absence(
                person_id=heads[choice % 5].id,
                begins=TODAY,
                until=TODAY,
                entered_by_id=cast.administrator.id,
            )
        )
        db.session.flush()
    elif move == "leave":
        heads = [cast.head, cast.director, cast.chief]
        heads[choice % 3].ended_at = clock.now()
        db.session.flush()
    elif move == "resend" and deciders:
        _resend(cast, request, deciders[0], choice)
    elif move in ("hand_on", "disqualify") and deciders:
        _pass_on(request, deciders[choice % len(deciders)], move, choice)


def _resend(cast, request, decider, choice: int) -> None:
    """Returned, sent again with a head among the admins."""
    service.take(request, "return", decider, clock.now(), **making.ANSWERS["return"])
    there = [head for head in (cast.chief, cast.far_head, cast.deputy) if head.is_active]
    head = there[choice % len(there)]
    page = {**request.draft["admins"], "admins-1-person": [head.id]}
    service.save(request, cast.requester, "admins", page, clock.now(), None)
    service.take(request, "submit", cast.requester, clock.now())


def _pass_on(request, actor, move: str, choice: int) -> None:
    targets = deciding.may_be_handed_to(request, clock.now())
    if move == "hand_on" and targets:
        target = targets[choice % len(targets)]
        service.take(request, move, actor, clock.now(), new_decider=target.id, reason=making.REASON)
    elif move == "disqualify":
        service.take(request, move, actor, clock.now())


def _ends(request) -> None:
    """However it is passed on, it comes to an end within as many steps as there are heads."""
    for _ in range(20):
        deciders = deciding.deciders_of(request, clock.now())
        if not deciders:
            return
        _pass_on(request, deciders[0], "hand_on", 0)
        if deciders[0] in deciding.deciders_of(request, clock.now()):
            try:
                service.take(request, "disqualify", deciders[0], clock.now())
            except WrongState:
                return
    raise AssertionError("it goes round and round")
