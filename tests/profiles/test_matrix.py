"""The whole matrix: every state, every step, everybody of the cast, through the engine."""

import pytest

from intake import clock
from intake.data.base import db
from intake.engine.table import CLOCK, EFFECT, STAY, Effect
from intake.people.models import Person
from intake.profiles import service, workflow
from intake.profiles.models import Address
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, WrongState
from tests.profiles.making import (
    EXPERT,
    OFFICE,
    again,
    make_profile,
    raise_alarm,
    set_up,
    take,
)

# who of the cast is in a party of a profile that `making` brings to a state; nobody else is
PARTIES = {
    OFFICE: {
        "admins": {"requester", "admin"},
        "lead_admin": {"requester"},
        "supervisor": {"head"},
        "confirmer": {"admin", "keeper", "other_keeper"},
        "keeper": {"keeper", "other_keeper"},
        "handler": {"handler"},
        "second_clearer": {"head", "other_keeper"},
    },
    EXPERT: {
        "admins": {"colleague"},
        "lead_admin": {"colleague"},
        "subject": {"colleague"},
        "supervisor": {"head"},
        "confirmer": {"head", "keeper", "other_keeper"},
        "keeper": {"keeper", "other_keeper"},
        "handler": {"handler"},
        "second_clearer": {"head", "other_keeper"},
    },
}


def actors(cast) -> dict:
    people = {
        name: db.session.get_one(Person, person.id) for name, person in cast.everyone().items()
    }
    return {**people, "CLOCK": CLOCK, "EFFECT": Effect(cast.head)}


def who_may(flow, subject, name, cast) -> set[str]:
    """Who of the cast may take a step now, as the engine says."""
    found = set()
    for who, actor in actors(cast).items():
        try:
            flow.check(name, subject, actor, clock.now())
        except (NotAllowed, WrongState):
            continue
        found.add(who)
    return found


def said(step, kind, when: dict[str, bool]) -> set[str]:
    """Who may take it, as the table says."""
    if not all(when[condition.__name__] for condition in step.when):
        return set()
    named = {who for party in step.by for who in PARTIES[kind].get(party.name, set())}
    return named | ({"EFFECT"} if EFFECT in step.by else set())


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(P))
def test_each_cell_of_a_profile_obeys_its_row(cast, state, kind):
    profile = make_profile(cast, state, kind)
    if state is P.SETUP:
        set_up(cast, profile)
    when = {"address_is_typed": True, "is_expert": kind is EXPERT, "is_office": kind is OFFICE}
    when |= {"has_term": False, "announcement_is_not_posted": True, "address_is_watched": True}
    when |= {"is_held": False, "is_not_held": True}
    for name in {step.name for step in workflow.PROFILE.steps}:
        row = workflow.PROFILE.rows.get((name, state))
        expected = said(row, kind, when) if row else set()
        assert who_may(workflow.PROFILE, again(profile), name, cast) == expected, name


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_each_cell_of_an_address_obeys_its_row(cast, kind):
    profile = make_profile(cast, P.SETUP, kind, decided_by_id=cast.far_head.id)
    new = Address(profile_id=profile.id, key="", typed_by_id="")
    when = {"profile_is_open": True, "address_differs_from_decision": True}
    when["profile_is_listed"] = False
    row = workflow.ADDRESS.rows[("type", None)]
    assert who_may(workflow.ADDRESS, new, "type", cast) == said(row, kind, when)
    set_up(cast, profile, "https://instagram.com/aivan_muu")
    line = again(profile).typed[0]
    for step in workflow.ADDRESS.steps:
        row = workflow.ADDRESS.rows.get((step.name, line.state))
        expected = said(row, kind, when) if row else set()
        assert who_may(workflow.ADDRESS, line, step.name, cast) == expected, step.name


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(P))
@pytest.mark.parametrize("alarm", list(AlarmState))
def test_each_cell_of_an_alarm_obeys_its_row(cast, state, kind, alarm):
    """The alarm was set by an admin; where it is set a keeper has proposed to clear it."""
    profile = make_profile(cast, state, kind)
    if state is P.SETUP:
        set_up(cast, profile)
    exists = state not in (P.CLOSED, P.NEVER_OPENED)
    if alarm is not AlarmState.CLEAR and not exists:
        return  # what does not exist outside cannot be taken over
    if alarm is not AlarmState.CLEAR:
        raise_alarm(cast, profile, alarm)
        take(profile, "propose_clear", cast.keeper, what_was_checked="Kaikki salasanat.")
    when = {"profile_exists_outside": exists, "clearing_is_proposed": True}
    for name in {step.name for step in workflow.ALARM.steps}:
        row = workflow.ALARM.rows.get((name, alarm))
        expected = said(row, kind, when) if row else set()
        assert who_may(workflow.ALARM, again(profile), name, cast) == expected, name


def test_every_step_that_moves_carries_what_was_seen(cast):
    from intake.refusals import Stale
    from tests.profiles.making import take

    profile = make_profile(cast)
    assert workflow.PROFILE.rows[("announce_closing", P.ACTIVE)].to != STAY
    with pytest.raises(Stale):
        take(profile, "announce_closing", cast.head, seen=profile.revision - 1)
    assert service.PROFILE.workflow is workflow.PROFILE
