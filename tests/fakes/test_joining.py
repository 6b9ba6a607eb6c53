"""Merging cases and parting them again: nothing is lost, and everything can be undone (A93)."""

import pytest

from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey, CaseReport, ReportAddress
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.fakes.states import Held, Priority
from intake.profiles.models import AddressMark, MarkKind
from intake.refusals import Unready
from tests.browser import Browser
from tests.dump import rows_of
from tests.fakes.making import FAKE, again, case_of, make_case, make_lead, report, take

OTHER = "https://www.instagram.com/savonkosken.kaupunkl/"
THIRD = "https://x.com/savonkoski_fi"
KEPT = ("report", "contact", "addition", "evidence")
JOINED = ("case_key", "case_report", "report_address")


def kept(*tables: str) -> dict[str, list[tuple]]:
    db.session.rollback()
    rows = rows_of(db.session)
    return {name: sorted(map(repr, rows[name])) for name in tables}


def marks() -> dict[str, MarkKind]:
    db.session.rollback()
    rows = db.session.query(AddressMark).filter(AddressMark.until.is_(None))
    return {row.key: row.mark for row in rows}


@pytest.mark.policy("P5")
def test_a93_undoing_a_merge_restores_every_row_as_it_was(cast):
    first, second = case_of(report(FAKE)), case_of(report(OTHER, told=Told(name="Aino")))
    both = report(FAKE, OTHER)
    before = kept(*KEPT, *JOINED)
    merged = take(second, "merge", cast.handler, main_case=first.reference)
    assert merged.state is C.DUPLICATE
    assert len(queries.reports_of(again(first))) == 3
    assert len(queries.keys_of(again(first))) == 2
    assert queries.reports_of(merged) == [db.session.get_one(type(both), both.id)]
    take(second, "unmerge", cast.handler, reason="Eri tekijä.")
    assert kept(*KEPT, *JOINED) == before


@pytest.mark.policy("P5")
def test_a93_parting_what_was_merged_loses_no_report_and_no_key(cast):
    moved = report(OTHER)
    first, second = case_of(report(FAKE)), case_of(moved)
    before = kept(*KEPT)
    take(second, "merge", cast.handler, main_case=first.id)
    line = next(key for key in queries.keys_of(again(first)) if key.from_case_id == second.id)
    take(first, "split", cast.handler, reports=[moved.id], keys=[line.id])
    parted = case_of(moved)
    assert parted.state is C.RECEIVED
    assert parted.due_at is not None
    assert kept(*KEPT) == before
    assert [key.key for key in queries.keys_of(parted)] == [line.key]
    assert {row.from_case_id for row in db.session.query(CaseReport)} == {None}
    leads_to = db.session.query(ReportAddress.case_id).filter_by(report_id=moved.id).scalar()
    assert leads_to == parted.id
    take(second, "unmerge", cast.handler, reason="Erotettu jo.")
    assert queries.reports_of(again(parted)) == [db.session.get_one(type(moved), moved.id)]


def test_a93_a_merge_within_a_merge_comes_apart_layer_by_layer(cast):
    cases = [case_of(report(url)) for url in (FAKE, OTHER, THIRD)]
    take(cases[0], "merge", cast.handler, main_case=cases[1].id)
    take(cases[1], "merge", cast.handler, main_case=cases[2].id)
    assert len(queries.reports_of(again(cases[2]))) == 3
    take(cases[0], "unmerge", cast.handler, reason="Eri tekijä.")
    assert [len(queries.reports_of(again(case))) for case in cases] == [1, 0, 2]
    take(cases[1], "unmerge", cast.handler, reason="Eri tekijä.")
    assert [len(queries.keys_of(again(case))) for case in cases] == [1, 1, 1]
    for case, url in zip(cases, (FAKE, OTHER, THIRD), strict=True):
        assert case_of(report(url)) == again(case)


@pytest.mark.parametrize("state", [C.NOT_FAKE, C.TAKEN_DOWN, C.CLOSED_UNRESOLVED])
def test_a92_what_is_merged_into_an_ended_case_wakes_it(cast, state):
    main = make_case(cast, state, FAKE, lead=make_lead(cast))
    take(case_of(report(OTHER)), "merge", cast.handler, main_case=main.reference)
    assert again(main).state is C.REOPENED
    assert again(main).due_at is not None


@pytest.mark.policy("P5")
@pytest.mark.parametrize(
    "state", [C.SPAM, C.NOT_FAKE, C.TAKEN_DOWN, C.CLOSED_UNRESOLVED, C.RECOVERED]
)
def test_a92_a_report_on_an_ended_case_is_on_the_queue_at_once(app, cast, state):
    case = make_case(cast, state, lead=make_lead(cast))
    url = queries.keys_of(case)[0].shown
    report(url)
    assert again(case).state is C.REOPENED
    page = Browser(app).signs_in(cast.handler).opens("/cases?state=untaken")
    assert case.reference in page.main


def test_what_comes_first_sets_the_pace(cast):
    main = case_of(report(FAKE, held=Held.TRAP))
    assert main.due_at is None
    urgent = case_of(report(OTHER, harm="money"))
    take(urgent, "merge", cast.handler, main_case=main.id)
    main = again(main)
    assert (main.held, main.priority, main.due_at) == (False, Priority.URGENT, urgent.triage_by)


def test_marks_follow_what_each_case_was_found_to_be(cast):
    main = make_case(cast, C.CONFIRMED, FAKE)
    other = case_of(report(OTHER))
    key = queries.keys_of(other)[0].key
    take(other, "merge", cast.handler, main_case=main.id)
    assert marks()[key] is MarkKind.CONFIRMED
    take(other, "unmerge", cast.handler, reason="Eri tekijä.")
    assert marks()[key] is MarkKind.HELD


def test_a_question_follows_its_report(cast):
    made = report(OTHER)
    other, main = case_of(made), case_of(report(FAKE))
    take(other, "take", cast.handler)
    take(other, "ask_reporter", cast.handler, report=made.id, phrase="address")
    take(other, "merge", cast.handler, main_case=main.id)
    assert [one.report_id for one in queries.open_questions(again(main))] == [made.id]
    take(other, "unmerge", cast.handler, reason="Eri tekijä.")
    assert [one.report_id for one in queries.open_questions(again(other))] == [made.id]


@pytest.mark.parametrize("wrong", ["VP-2026-999", "", "itse", "yhdistetty"])
def test_a_case_is_merged_into_another_open_one_only(cast, wrong):
    case, merged = case_of(report(FAKE)), case_of(report(OTHER))
    take(merged, "merge", cast.handler, main_case=case_of(report(THIRD)).id)
    named = {"itse": case.reference, "yhdistetty": merged.reference}.get(wrong, wrong)
    with pytest.raises(Unready):
        take(case, "merge", cast.handler, main_case=named)


@pytest.mark.policy("P5")
def test_a93_ten_addresses_make_ten_links_and_merge_nothing(cast):
    urls = [f"https://x.com/savonkoski_{number}" for number in range(10)]
    known = [case_of(report(url)) for url in urls[:3]]
    made = report(*urls)
    cases = queries.cases_of(made)
    assert len(cases) == 10
    assert [case.id for case in cases[:3]] == [case.id for case in known]
    take(cases[0], "set_aside", cast.handler)
    assert {again(case).state for case in cases[1:]} == {C.RECEIVED}


@pytest.mark.policy("P5")
def test_two_spellings_become_one_case_in_the_browser(app, cast):
    first, second = case_of(report(FAKE)), case_of(report(OTHER))
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{second.id}")
    page = page.follows("Yhdistä").fills(main_case="VP-2026-999").presses("Yhdistä")
    assert page.status == 422
    page = page.fills(main_case=first.reference.lower()).presses("Yhdistä")
    assert "Tapaukset on yhdistetty." in page.main
    assert f"Yhdistetty tapaukseen: {first.reference}" in page.main
    page = page.follows(first.reference)
    assert "2 ilmoitusta" in page.main
    assert f"Yhdistetty tähän: {second.reference}" in page.main
    page = page.follows("Erota").presses("Erota")
    assert page.status == 422
    key = next(key.id for key in queries.keys_of(again(first)) if key.from_case_id)
    page = page.fills(keys=[key]).presses("Erota")
    assert "oma tapaus" in page.main
    assert db.session.query(CaseKey).filter_by(case_id=first.id).count() == 1
    assert db.session.query(Case).count() == 3
