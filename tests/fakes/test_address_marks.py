"""One door for an address into a case: after any sequence of steps every address carries what its
case says of it, and no address of the town's is ever called a fake (A180, A181)."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey
from intake.fakes.states import CaseState as C
from intake.fakes.states import Held, PoliceState
from intake.profiles.models import AddressMark, MarkKind
from intake.refusals import Refused, Unready
from tests.fakes.making import (
    ANSWERS_OF,
    FAKE,
    again,
    case_of,
    make_case,
    make_lead,
    report,
    take,
)
from tests.profiles.making import make_profile

OTHER = "https://www.instagram.com/savonkosken.kaupunkl/"
OWN_KEY = "instagram:handle:savonkosken.oma"
OWN = "https://www.instagram.com/savonkosken.oma/"
FOUND_FAKE = ("confirm", "give_up_recovery")
FOUND_NONE = ("retract", "dismiss", "set_aside", "recover", "merge")
KNOWN = (C.CONFIRMED, C.PLATFORM_NOTIFIED, C.NO_ANSWER, C.PLATFORM_REFUSED, C.ESCALATED)


def marks(*keys: str) -> dict[str, MarkKind]:
    db.session.rollback()
    standing = select(AddressMark).where(AddressMark.until.is_(None))
    found = {row.key: row.mark for row in db.session.scalars(standing)}
    return {key: found[key] for key in keys if key in found} if keys else found


def keys_of(case: Case) -> list[str]:
    return [line.key for line in queries.keys_of(again(case))]


def said(case: Case) -> MarkKind | None:
    """What a case says of its addresses, by its state and its history alone."""
    steps = [line.step for line, _words in audit_trail.history([case.id]) if line.track == "case"]
    last = next((one for one in reversed(steps) if one in (*FOUND_FAKE, *FOUND_NONE)), "")
    if last in FOUND_FAKE:
        return MarkKind.CONFIRMED
    waiting = (C.RECEIVED, C.UNDER_REVIEW, C.NEEDS_INFO, C.REOPENED)
    return MarkKind.HELD if case.state in waiting and not case.held else None


# one by one


@pytest.mark.policy("P4", "P5")
def test_a180_an_address_of_the_town_is_not_added_to_a_confirmed_fake(cast):
    make_profile(cast, key=OWN_KEY)
    case = make_case(cast, C.CONFIRMED)
    with pytest.raises(Unready) as refused:
        take(case, "add_key", cast.handler, key=OWN)
    assert [problem.field for problem in refused.value.problems] == ["key"]
    assert OWN_KEY not in keys_of(case)
    assert OWN_KEY not in marks()


def test_a180_nor_does_it_come_there_by_a_merge_or_when_a_profile_is_given_up(cast):
    make_profile(cast, key=OWN_KEY)
    main, other = make_case(cast, C.CONFIRMED), case_of(report(OWN))
    with pytest.raises(Unready):
        take(other, "merge", cast.handler, main_case=main.reference)
    assert marks(OWN_KEY) == {OWN_KEY: MarkKind.HELD}
    lead, lost = make_lead(cast), make_case(cast, C.RECOVERING)
    take(other, "merge", cast.handler, main_case=lost.reference)
    with pytest.raises(Unready):
        take(lost, "give_up_recovery", lead, reason="Ei saatu takaisin.")
    assert MarkKind.CONFIRMED not in marks(OWN_KEY).values()


def test_a181_an_address_split_out_of_a_confirmed_case_is_no_fake_any_more(cast):
    case = make_case(cast, C.CONFIRMED, FAKE)
    take(case, "add_key", cast.handler, key=OTHER)
    mistaken = next(line for line in queries.keys_of(again(case)) if line.shown == OTHER)
    assert marks(mistaken.key) == {mistaken.key: MarkKind.CONFIRMED}
    take(case, "split", cast.handler, keys=[mistaken.id])
    assert marks(mistaken.key) == {mistaken.key: MarkKind.HELD}
    assert marks(*keys_of(case)) == dict.fromkeys(keys_of(case), MarkKind.CONFIRMED)


def test_a_report_that_is_not_held_apart_holds_the_address_of_a_case_that_was(cast):
    case = case_of(report(FAKE, held=Held.TRAP))
    assert marks(*keys_of(case)) == {}
    report(FAKE)
    assert set(marks(*keys_of(case)).values()) == {MarkKind.HELD}


def test_a_confirmed_fake_is_not_hidden_behind_one_that_nobody_has_confirmed(cast):
    lead = make_lead(cast)
    known = make_case(cast, C.TAKEN_DOWN, FAKE, lead=lead)
    report(FAKE)
    assert again(known).state is C.REOPENED
    fresh = case_of(report(OTHER))
    with pytest.raises(Unready):
        take(known, "merge", cast.handler, main_case=fresh.reference)
    assert set(marks(*keys_of(known)).values()) == {MarkKind.CONFIRMED}
    take(fresh, "merge", cast.handler, main_case=known.reference)
    assert set(marks(*keys_of(known)).values()) == {MarkKind.CONFIRMED}


# the time of the police


@pytest.mark.policy("P5")
def test_confirming_begins_the_time_to_decide_on_the_police(cast):
    case = make_case(cast, C.CONFIRMED)
    assert case.police_due_at == clock.due(clock.now(), 5, working=True)
    take(case, "retract", make_lead(cast), ground="parody", reason="Satiiria.")
    assert again(case).police_due_at is None


def test_new_facts_give_the_whole_time_anew(cast):
    case = make_case(cast, C.CONFIRMED)
    take(case, "decide_not_needed", cast.handler, reason="Lievä.")
    assert again(case).police_due_at is None
    take(case, "reconsider", cast.handler, reason="Uhri löytyi.")
    assert again(case).police_due_at == clock.due(clock.now(), 5, working=True)


# whatever is done


numbers = count()
STEPS = (
    "take", "set_aside", "restore", "dismiss", "confirm", "retract", "reopen", "note_takedown",
    "escalate", "close_unresolved", "merge", "unmerge", "add_key", "split", "recover",
    "ask_reporter", "go_on", "end_recovery", "give_up_recovery", "decide_not_needed", "reconsider",
)  # fmt: skip
WORK = st.one_of(
    st.tuples(st.just("report"), st.integers(0, 3), st.booleans()),
    st.tuples(st.sampled_from(STEPS), st.integers(0, 4), st.integers(0, 3)),
)
# most of a random walk is refused: these make sure that every walk gets somewhere
BEGIN = st.sampled_from([
    [],
    [("report", 0, False), ("take", 0, 0), ("confirm", 0, 0)],
    [("report", 0, False), ("report", 1, False), ("take", 0, 0), ("confirm", 0, 0)],
    [("report", 0, False), ("take", 0, 0), ("confirm", 0, 0), ("add_key", 0, 2)],
    [("report", 3, False), ("take", 0, 0), ("recover", 0, 0)],
    [("report", 0, False), ("take", 0, 0), ("confirm", 0, 0), ("note_takedown", 0, 0),
     ("report", 0, False)],
])  # fmt: skip


class Walk:
    """A town of four addresses, one of them its own, and the cases about them."""

    def __init__(self, cast, lead) -> None:
        self.cast, self.lead = cast, lead
        number = next(numbers)
        self.names = [f"savonkoski.{number}.{place}" for place in range(4)]
        make_profile(cast, key=self.key(3))
        self.reports: list = []

    def key(self, place: int) -> str:
        return f"instagram:handle:{self.names[place]}"

    def url(self, place: int) -> str:
        return f"https://www.instagram.com/{self.names[place]}/"

    @property
    def cases(self) -> list[Case]:
        wanted = [self.key(place) for place in range(4)]
        ids = {line.case_id for line in db.session.scalars(
            select(CaseKey).where(CaseKey.key.in_(wanted))
        )}  # fmt: skip
        ids |= {case.id for made in self.reports for case in queries.cases_of(made)}
        return list(
            db.session.scalars(
                select(Case).where(Case.id.in_(ids)).order_by(Case.created_at, Case.id)
            )
        )

    def goes(self, step: str, place: int, other: int) -> None:
        if step == "report":
            self.reports.append(report(self.url(place), held=Held.TRAP if other else None))
            return
        cases = self.cases
        if place >= len(cases):
            return
        case = cases[place]
        actor = self.lead
        try:
            answers = self.answers(step, case, other)
            take(case, step, actor, **answers)
        except (Refused, LookupError):
            db.session.rollback()

    def answers(self, step: str, case: Case, other: int) -> dict:
        cases, lines = self.cases, queries.keys_of(case)
        given = {
            "merge": lambda: {"main_case": cases[other % len(cases)].reference},
            "unmerge": lambda: {"reason": "Eri."},
            "add_key": lambda: {"key": self.url(other)},
            "split": lambda: {"keys": [line.id for line in lines[other:]]},
            "retract": lambda: {"ground": "parody", "reason": "Satiiria."},
            "reopen": lambda: {"reason": "Palasi."},
            "recover": lambda: {"alarm": "hijacked", "since": clock.today()},
            "ask_reporter": lambda: {
                "report": queries.reports_of(case)[0].id, "phrase": "screenshot",
            },
            "give_up_recovery": lambda: {"reason": "Ei saatu."},
            "decide_not_needed": lambda: {"reason": "Lievä."},
            "reconsider": lambda: {"reason": "Uutta."},
        }  # fmt: skip
        if step in given:
            return given[step]()
        made = ANSWERS_OF.get(step, lambda *_: {})
        return made(case, queries.reports_of(case)[0], self.cast)

    def holds(self) -> None:
        standing = marks(*(self.key(place) for place in range(4)))
        expected = {}
        for case in self.cases:
            for key in keys_of(case):
                if (mark := said(case)) is not None:
                    expected[key] = mark
            confirmed = said(case) is MarkKind.CONFIRMED
            asked = confirmed and case.police is PoliceState.NOT_CONSIDERED
            assert (case.police_due_at is not None) == asked, case.state
            if case.state in (*KNOWN, C.TAKEN_DOWN, C.CLOSED_UNRESOLVED):
                assert confirmed
        assert standing == expected
        assert standing.get(self.key(3)) is not MarkKind.CONFIRMED


@pytest.mark.policy("P4", "P5")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BEGIN, st.lists(WORK, min_size=1, max_size=8))
def test_after_any_steps_the_marks_are_what_the_cases_say(marked_town, begin, then):
    walk = Walk(*marked_town)
    for step in [*begin, *then]:
        walk.goes(*step)
        walk.holds()


@pytest.fixture
def marked_town(cast):
    return cast, make_lead(cast)
