"""The grammar refuses tables that contradict themselves, and obeys those that do not."""

from datetime import UTC, datetime
from enum import StrEnum
from types import SimpleNamespace

import pytest

from intake.engine import tracks
from intake.engine.table import (
    CLOCK,
    EFFECT,
    NOTHING,
    STAY,
    BadTable,
    Deadline,
    Effect,
    Party,
    Step,
    Workflow,
)
from intake.refusals import KeptApart, NotAllowed, Unready, WrongState

NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Light(StrEnum):
    OFF = "off"
    ON = "on"
    BROKEN = "broken"


owner = Party("owner", lambda subject, _now: [subject.owner])
BUY = Step("buy", (NOTHING,), Light.OFF, (owner,))
SWITCH = Step("switch", (Light.OFF,), Light.ON, (owner,))
OUT = Step("out", (Light.ON,), Light.OFF, (owner, CLOCK))
BREAK = Step("break_", (Light.OFF, Light.ON), Light.BROKEN, (EFFECT,))
DUST = Step("dust", (Light.OFF, Light.ON), STAY, (owner,))
ASLEEP = tuple(Deadline(state, "since", "days") for state in (Light.OFF, Light.ON))


def lamp(state=Light.OFF):
    return SimpleNamespace(state=state, owner="Anna")


def table(*steps, deadlines=ASLEEP, ends=(Light.BROKEN,)):
    return Workflow("lamp", Light, steps, frozenset(ends), deadlines)


def take(flow, name, subject, actor, now, **answers):
    row = flow.check(name, subject, actor, now)
    flow.apply(row, subject, now, answers)
    return row


WHOLE = (BUY, SWITCH, OUT, BREAK, DUST)


def test_a_whole_table_stands():
    assert table(*WHOLE).path_to(Light.BROKEN) == ["buy", "break_"]


@pytest.mark.parametrize(
    ("steps", "deadlines", "sentence"),
    [
        ((*WHOLE, Step("switch", (Light.OFF,), Light.ON, (owner,))), ASLEEP, "declared twice"),
        ((BUY, SWITCH, OUT, DUST), ASLEEP, "nobody reaches"),
        ((BUY, SWITCH, Step("break_", (Light.OFF,), Light.BROKEN, (owner,))), ASLEEP, "no way out"),
        ((*WHOLE, Step("wash", (Light.OFF,), STAY, ())), ASLEEP, "nobody may take it"),
        (WHOLE, ASLEEP[:1], "may fall asleep"),
        (
            WHOLE,
            (*ASLEEP[:1], Deadline(Light.ON, "since", "days", (), step="dust")),
            "no step for the clock",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_at_import(steps, deadlines, sentence):
    with pytest.raises(BadTable, match=sentence):
        table(*steps, deadlines=deadlines)


def test_a_step_is_refused_in_the_wrong_state():
    with pytest.raises(WrongState):
        take(table(*WHOLE), "out", lamp(), "Anna", NOW)


def test_a_step_is_refused_to_whom_it_does_not_belong():
    with pytest.raises(NotAllowed):
        take(table(*WHOLE), "switch", lamp(), "Pena", NOW)


def test_time_and_consequence_are_no_persons():
    light = table(*WHOLE)
    assert light.check("out", lamp(Light.ON), CLOCK, NOW) is OUT
    assert light.check("break_", lamp(), Effect("Anna"), NOW) is BREAK
    with pytest.raises(NotAllowed):
        light.check("switch", lamp(), CLOCK, NOW)
    with pytest.raises(NotAllowed):
        light.check("switch", lamp(), Effect("Anna"), NOW)
    with pytest.raises(NotAllowed):
        light.check("break_", lamp(), "Anna", NOW)


def test_what_is_missing_is_said_and_nothing_changes():
    bulb = Step("switch", (Light.OFF,), Light.ON, (owner,), needs=(lambda *_: ["no bulb"],))
    lamp_ = lamp()
    with pytest.raises(Unready) as refusal:
        take(table(BUY, bulb, OUT, BREAK), "switch", lamp_, "Anna", NOW)
    assert refusal.value.problems == ["no bulb"]
    assert lamp_.state is Light.OFF


def test_a_hidden_step_is_in_the_wrong_state():
    day = Step("switch", (Light.OFF,), Light.ON, (owner,), when=(lambda *_: False,))
    light = table(BUY, day, OUT, BREAK)
    assert light.available(lamp(), "Anna", NOW) == []
    with pytest.raises(WrongState):
        take(light, "switch", lamp(), "Anna", NOW)


@pytest.mark.policy("O3")
def test_a53_time_and_numbers_decide_nothing(app):
    """No row of any table lets time alone lead to a state in which something was decided."""
    decided = {"approved", "rejected", "active", "current", "closed", "in_force", "not_fake"}
    for track in tracks.tracks().values():
        for step in track.workflow.steps:
            assert not (CLOCK in step.by and step.to in decided), f"{track.name}.{step.name}"


class Person:
    def __init__(self, name):
        self.id = name


def test_whom_an_earlier_step_excludes_takes_no_later_one_in_any_party_nor_by_its_consequence():
    anna, pena = Person("anna"), Person("pena")
    both = Party("both", lambda *_: [anna, pena])
    dust = Step("dust", (Light.OFF,), STAY, (both, EFFECT), apart_from=("switch",))
    light = Workflow(
        "lamp", Light, (BUY, SWITCH, OUT, BREAK, dust), frozenset({Light.BROKEN}), ASLEEP,
        earlier=lambda _flow, _lamp, steps: {"anna"} if "switch" in steps else set(),
    )  # fmt: skip
    for actor in (anna, Effect(anna)):
        with pytest.raises(KeptApart) as refusal:
            light.check("dust", lamp(), actor, NOW)
        assert refusal.value.people == [pena]
    for actor in (pena, Effect(pena), Effect(CLOCK)):
        assert light.check("dust", lamp(), actor, NOW) is dust


def test_a_table_that_keeps_people_apart_knows_who_took_what():
    dust = Step("dust", (Light.OFF,), STAY, (owner,), apart_from=("switch",))
    with pytest.raises(BadTable, match="nobody knows"):
        table(BUY, SWITCH, OUT, BREAK, dust)
