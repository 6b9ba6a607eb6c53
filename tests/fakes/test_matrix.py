"""The whole matrix of a case: every state, every step, everybody of the cast (A53, A70)."""

import pytest

from intake import clock
from intake.data.base import db
from intake.engine.table import ANYONE, CLOCK, EFFECT, NOTHING, Effect
from intake.fakes import queries, reporter, workflow
from intake.fakes.models import Case
from intake.fakes.states import CaseState, PoliceState
from intake.people.models import Person
from intake.refusals import NotAllowed, WrongState
from tests.fakes.making import make_case, make_lead

# who of the cast is in a party of a case that `making` brings to a state; nobody else is
PARTIES = {
    "handler": {"handler", "lead"},
    "lead": {"lead"},
    "other_handler": {"lead"},
    "keeper": {"keeper", "other_keeper"},
    "reporter": {"reporter"},
    "anyone": {"ANYONE"},
}
OWN = {"target_admins": {"requester", "admin"}, "supervisor": {"head"}}


@pytest.fixture
def lead(cast) -> Person:
    return make_lead(cast)


def actors(cast, lead, case) -> dict:
    people = {
        name: db.session.get_one(Person, person.id) for name, person in cast.everyone().items()
    }
    people["lead"] = db.session.get_one(Person, lead.id)
    found = reporter.of_case(case.id)
    if found:
        people["reporter"] = found[0]
    return {**people, "ANYONE": ANYONE, "CLOCK": CLOCK, "EFFECT": Effect(cast.handler)}


def who_may(flow, case, name, everybody) -> set[str]:
    found = set()
    for who, actor in everybody.items():
        try:
            flow.check(name, case, actor, clock.now())
        except (NotAllowed, WrongState):
            continue
        found.add(who)
    return found


def said(step, everybody, known: dict, when: dict[str, bool]) -> set[str]:
    """Who may take it, as the table says."""
    if not all(when[condition.__name__] for condition in step.when):
        return set()
    if ANYONE in step.by:
        return set(everybody)
    named = {who for party in step.by for who in known.get(party.name, set())}
    return (named | ({"EFFECT"} if EFFECT in step.by else set())) & set(everybody)


@pytest.mark.policy("P5", "P7")
@pytest.mark.parametrize("state", list(CaseState))
def test_each_cell_of_a_case_obeys_its_row(cast, lead, state):
    case = make_case(cast, state, lead=lead)
    assert case.state is state
    own = OWN if state in (CaseState.RECOVERING, CaseState.RECOVERED) else {}
    everybody = actors(cast, lead, case)
    known = {**PARTIES, **own}
    if case.handler_id is None:
        known["other_handler"] = {"handler", "lead"}
    for name in {step.name for step in workflow.CASE.steps}:
        row = workflow.CASE.rows.get((name, state))
        expected = (
            said(
                row,
                everybody,
                known,
                {
                    "warning_is_public": False,
                    "no_second_is_due": True,
                    "a_page_of_a_site_is_confirmed": False,
                    "is_held": False,
                    "is_not_held": True,
                },
            )
            if row
            else set()
        )
        assert who_may(workflow.CASE, case, name, everybody) == expected, name


@pytest.mark.parametrize("state", list(CaseState))
def test_each_cell_of_the_police_obeys_its_row(cast, lead, state):
    case = make_case(cast, state, lead=lead)
    everybody = actors(cast, lead, case)
    handled = case.taken_at is not None and state not in (CaseState.SPAM, CaseState.DUPLICATE)
    for name in {step.name for step in workflow.POLICE.steps}:
        row = workflow.POLICE.rows.get((name, PoliceState.NOT_CONSIDERED))
        when = {"case_is_being_handled": handled}
        expected = said(row, everybody, PARTIES, when) if row else set()
        assert who_may(workflow.POLICE, case, name, everybody) == expected, name


def test_anybody_reports_and_only_those_concerned_begin_to_get_a_profile_back(cast, lead):
    new = Case(name="uusi", platform_code="instagram")
    assert workflow.CASE.check("open", new, ANYONE, clock.now()).start == (NOTHING,)
    everybody = actors(cast, lead, new)
    assert who_may(workflow.CASE, new, "open_recovery", everybody) == {
        "handler",
        "lead",
        "keeper",
        "other_keeper",
    }


def test_a53_time_takes_no_step_on_a_case():
    for flow in (workflow.CASE, workflow.POLICE):
        assert not any(CLOCK in step.by for step in flow.steps)
        assert not any(deadline.step for deadline in flow.deadlines)


def test_a_case_is_seen_by_handlers_alone(cast, lead):
    case = make_case(cast)
    for name, person in cast.everyone().items():
        found = db.session.scalars(
            queries.select(Case.id).where(queries.visible_to(person), Case.id == case.id)
        ).all()
        assert bool(found) == (name == "handler"), name
