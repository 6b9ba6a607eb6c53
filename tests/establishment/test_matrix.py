"""The whole matrix: every state, every step, everybody of the cast, through the engine."""

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine.table import CLOCK, EFFECT, NOTHING, STAY, Effect
from intake.establishment import deciding, service
from intake.establishment.service import TRACK
from intake.establishment.states import RequestState as S
from intake.establishment.workflow import WORKFLOW
from intake.profiles.models import ProfileKind
from intake.refusals import NotAllowed, WrongState
from tests.establishment import making
from tests.establishment.making import EXPERT, OFFICE

# who of the cast is in a party while nobody is away; nobody else is
PARTIES = {
    OFFICE: {
        "requester": {"requester"},
        "asked_admin": {"admin"},
        "decider": {"head"},
        "CLOCK": {"CLOCK"},
        "EFFECT": {"EFFECT"},
    },
    EXPERT: {
        "requester": {"requester"},
        "subject": {"colleague"},
        "decider": {"head"},
        "CLOCK": {"CLOCK"},
        "EFFECT": {"EFFECT"},
    },
}


def holds(condition: str, kind: ProfileKind, state: S) -> bool:
    """Does a condition hold for the request that `making` brings to a state?"""
    consented = kind == EXPERT and state not in (S.DRAFT, S.AWAITING_CONSENT)
    return {
        "consent_is_settled": kind == OFFICE or consented,
        "consent_is_missing": kind == EXPERT and not consented,
        "consent_is_given": consented,
        "decider_has_changed": False,
        "completion_time_is_over": False,
        "is_held": False,
        "is_not_held": True,
    }[condition]


def allowed(step, kind: ProfileKind, state: S) -> set[str]:
    """Who may take a row's step, as the table says."""
    if not all(holds(condition.__name__, kind, state) for condition in step.when):
        return set()
    parties = PARTIES[kind]
    if state is not S.DRAFT:
        parties = parties | {"keepers_of_sent": {"keeper", "other_keeper"}}
    return {who for party in step.by for who in parties.get(party.name, set())}


CELLS = [
    (state, kind)
    for state in S
    for kind in ProfileKind
    if (state, kind) != (S.AWAITING_CONSENT, OFFICE)
]


@pytest.mark.policy("O3", "E2")
@pytest.mark.parametrize(("state", "kind"), CELLS)
def test_every_cell_obeys_its_row(cast, state, kind):
    request = making.make_request(cast, state=state, kind=kind)
    actors = {**cast.everyone(), "CLOCK": CLOCK, "EFFECT": Effect(cast.administrator)}
    open_cells = set()
    for name in {step.name for step in WORKFLOW.steps}:
        row = WORKFLOW.rows.get((name, state))
        expected = allowed(row, kind, state) if row else set()
        for who, actor in actors.items():
            try:
                WORKFLOW.check(name, request, actor, clock.now())
                open_cells.add((name, who))
            except WrongState:
                assert not expected, (name, who)
            except NotAllowed:
                assert who not in expected, (name, who)
        assert {who for step, who in open_cells if step == name} == expected, name
    for name, who in open_cells:
        performs(request, name, actors[who])


class Undone(Exception):  # noqa: N818 -- nothing is wrong
    """Takes a write back."""


def performs(request, name: str, actor) -> None:
    """The open step can be taken, goes where its row says and leaves its line."""
    row = WORKFLOW.rows[(name, making.again(request).state)]
    old = request.state
    told: list = []

    def take() -> None:
        with write():
            found = making.again(request)
            given = {**making.ANSWERS.get(name, {})}
            if name == "save":
                given = {"page": "closing", "values": {"exit_plan": ["Uusi."]}, "typed_on": None}
            if name == "hand_on":
                given["new_decider"] = _somebody_far(found).id
            if name == "admin_leaves":
                given["person_id"] = deciding.facts(found).admins[0].person_id
            service.take(found, name, actor, clock.now(), seen=found.revision, **given)
            told.extend(db.session.info["pending"]["trail"])
            if row.to is not NOTHING:
                assert found.state == (old if row.to == STAY else row.to)
            raise Undone

    with pytest.raises(Undone):
        take()
    assert name in [line.step for line in told]
    assert making.again(request).state == old


def _somebody_far(request):
    return deciding.may_be_handed_to(request, clock.now())[0]


def test_what_is_no_ones_step_has_no_page(app):
    from intake.establishment.views.steps import PAGES

    hidden = {step.name for step in WORKFLOW.steps if set(step.by) <= {CLOCK, EFFECT}}
    births = {"start", "save"}
    shown = {step.name for step in WORKFLOW.steps if PAGES.rows(TRACK, step.name)}
    assert {step.name for step in WORKFLOW.steps} - hidden - births == shown


def test_the_clock_decides_nothing(app):
    taken = [step for step in WORKFLOW.steps if CLOCK in step.by]
    assert {step.name: step.to for step in taken} == {
        "discard": NOTHING,
        "consent_lapses": S.DRAFT,
        "reroute": STAY,
    }


def test_the_track_is_registered_whole(app):
    from intake.engine import tracks

    assert tracks.track("request") is TRACK
    assert "| `approve` |" in tracks.as_markdown(TRACK)
