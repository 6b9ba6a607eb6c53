"""The queue: the oldest deadline first, narrowed by the address, many sorted at once (A90, W7)."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from intake import clock
from intake.addresses import fold
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine.audit_trail import Entry
from intake.fakes import queries
from intake.fakes.desk import queue
from intake.fakes.models import Case, CaseReport
from intake.fakes.states import CaseState as C
from intake.fakes.states import Held, Priority
from intake.people.models import Person
from tests.browser import Browser
from tests.fakes.making import FAKE, again, case_of, look, make_case, make_lead, report, take
from tests.profiles.making import make_profile
from tests.test_work import counted

SPAM = "Osta halpoja kelloja"
LONG = f"{SPAM} meiltä, toimitus kotiin parissa päivässä."


def fake(number: int) -> str:
    return f"https://x.com/savonkoski_{number}"


def found(cast, **asked) -> list[str]:
    """Names of the cases of a page, in order."""
    person = db.session.get_one(Person, cast.handler.id)
    return [case.name for case in queue.page(queue.Asked(**asked), person, clock.now()).cases]


def copies(case: Case, number: int, **changes) -> list[str]:
    """As many cases more like one, each with its report; found by the same words."""
    table = Case.__table__
    row = db.session.execute(select(table).where(table.c.id == case.id)).mappings().one()
    columns = dict(row)
    report_id = queries.reports_of(case)[0].id
    ids = [random_id() for _ in range(number)]
    now = clock.now()
    alone = {"same_text": None, **changes}  # else all of them are one row
    rows = [{**columns, "id": one, "reference": f"X-{one}", **alone} for one in ids]
    with write():
        db.session.execute(insert(table), rows)
        linked = [{"case_id": one, "report_id": report_id, "created_at": now} for one in ids]
        db.session.execute(insert(CaseReport.__table__), linked)
    return ids


@pytest.mark.policy("P5")
def test_the_oldest_deadline_comes_first_and_what_has_none_last(cast, still):
    first = case_of(report(fake(1)))
    still.shift(timedelta(days=1))
    second = case_of(report(fake(2)))
    take(case_of(report(fake(3))), "set_aside", cast.handler)
    urgent = case_of(report(fake(4), harm="money"))
    assert found(cast) == [urgent.name, first.name, second.name]
    assert found(cast, q="savonkoski") == [urgent.name, first.name, second.name, "savonkoski_3"]


@pytest.mark.policy("P5")
def test_search_looks_through_all_states_and_what_is_held_apart(cast):
    lead = make_lead(cast)
    for number, state in enumerate(C):
        if state not in (C.RECOVERING, C.RECOVERED, C.DUPLICATE):
            make_case(cast, state, fake(number), lead=lead)
    make_case(cast, C.RECEIVED, fake(99), held=Held.TRAP)
    assert len(found(cast, q="savonkoski")) == len(C) - 3 + 1
    assert "savonkoski_99" not in found(cast)
    assert found(cast, view="held") == ["savonkoski_99"]
    assert found(cast, q="SAVONKOSKI_99") == ["savonkoski_99"]
    assert found(cast, q="savonkoski", view="held") == ["savonkoski_99"]
    assert found(cast, q='\'; DROP TABLE "case" --') == []


@pytest.mark.policy("P5")
def test_each_filter_narrows_to_what_it_says(cast, still):
    profile = make_profile(cast)
    mine = make_case(cast, C.UNDER_REVIEW, fake(1))
    facebook = case_of(report("https://www.facebook.com/savonkoskif"))
    ended = make_case(cast, C.TAKEN_DOWN, fake(2))
    with write():
        db.session.get_one(Case, mine.id).profile_id = profile.id
        db.session.get_one(Case, facebook.id).unit_id = cast.far.id
    assert found(cast, view="mine") == [mine.name, ended.name]
    assert found(cast, view="unassigned") == [facebook.name]
    assert found(cast, state="untaken") == [facebook.name]
    assert found(cast, state="under_review") == [mine.name]
    assert found(cast, platform="facebook") == [facebook.name]
    assert found(cast, unit=profile.unit_id) == [mine.name]
    assert found(cast, unit=cast.far_sector.id) == [facebook.name]
    assert found(cast, view="late") == found(cast, view="urgent") == found(cast, view="looks") == []
    assert found(cast, state="nothing") == found(cast, unit="nothing") == []
    still.shift(timedelta(days=8))
    assert set(found(cast, view="late")) == {mine.name, facebook.name, ended.name}
    assert found(cast, view="looks") == [ended.name]


def test_what_its_handler_has_left_waits_for_anybody(cast):
    lead = make_lead(cast)
    case = make_case(cast, C.CONFIRMED, fake(1))
    assert found(cast, state="untaken") == []
    with write():
        db.session.get_one(Case, case.id).handler_id = cast.leaver.id
    assert found(cast, state="untaken") == [case.name]
    take(case, "assign", lead, handler=lead.id)
    assert found(cast, state="untaken") == []


def test_pages_follow_each_other_and_none_is_lost(app, cast):
    dated = case_of(report(fake(1)))
    undated = take(case_of(report(fake(2))), "set_aside", cast.handler)
    now = clock.now()
    for number in range(60):
        copies(dated, 1, due_at=now + timedelta(hours=number // 3))
    copies(undated, 60)
    person = db.session.get_one(Person, cast.handler.id)
    asked, seen = queue.Asked(q="savonkoski"), []
    while True:
        page = queue.page(asked, person, now)
        seen += page.cases
        if page.after is None:
            break
        asked = queue.Asked(q="savonkoski", after=page.after)
    assert len(seen) == len({case.id for case in seen}) == 122
    dues = [case.due_at for case in seen if case.due_at]
    assert dues == sorted(dues)
    assert not any(case.due_at for case in seen[len(dues) :])
    page = Browser(app).signs_in(cast.handler).opens("/cases?q=savonkoski").follows("Seuraavat")
    assert page.response.request.args["q"] == "savonkoski"
    assert page.status == 200


@pytest.mark.policy("P5")
def test_w7_the_queue_and_a_case_ask_as_often_with_many_as_with_few(app, cast):
    case = case_of(report(FAKE))
    browser = Browser(app).signs_in(cast.handler)
    paths = (
        "/cases",
        "/cases?q=savonkosken&view=open",
        "/cases?view=mine",
        f"/cases/{case.id}",
        "/desk",
    )
    asked = []
    for number in (10, 990):
        copies(case, number)
        copies(take(case_of(report(fake(number))), "take", cast.handler), number)
        for _ in range(number // 90):
            report(FAKE)
        numbers = []
        for path in paths:
            browser.opens(path)
            with counted() as statements:
                browser.opens(path, status=200)
            numbers.append(len(statements))
        asked.append(numbers)
    few, many = asked  # one more: what a session has forgotten meanwhile it asks for again
    assert all(there <= here + 1 for here, there in zip(few, many, strict=True))
    assert max(few) < 60
    assert "1 000+" in browser.opens("/cases").main


@pytest.mark.policy("P5")
def test_a90_the_one_real_report_is_found_among_ten_thousand(app, cast):
    spam = case_of(report(fake(1), description=SPAM))
    copies(spam, 5_000)
    copies(case_of(report(fake(2), description=SPAM, held=Held.FLOOD)), 5_000)
    real = case_of(report(FAKE, description="Pankkitunnukset menivät", harm="data"))
    browser = Browser(app).signs_in(cast.handler)
    assert real.reference in browser.opens("/cases?view=urgent").main
    assert real.reference in browser.opens("/cases?q=pankkitunnukset").main
    assert browser.opens("/cases").tree is not None
    desk = browser.opens("/desk").main
    assert "Sinua odottaa yksi asia" in desk
    assert "1 000+ ilmoitusta" in desk


@pytest.mark.policy("P5")
def test_a90_what_is_set_aside_together_is_restored_together(app, cast):
    for number in range(3):
        report(fake(number), description=SPAM)
    made = report(FAKE)
    page = Browser(app).signs_in(cast.handler).opens("/cases?q=halpoja")
    page = page.follows("Valitse kaikki").fills(step="set_aside").presses("Tee")
    assert "3 tapausta käsitelty." in page.main
    spam = db.session.query(Case).filter_by(state=C.SPAM)
    assert spam.count() == 3
    assert case_of(made).state is C.RECEIVED
    lines = db.session.query(Entry).filter_by(step="set_aside").count()
    assert lines == 3
    page = page.presses("Peru")
    assert spam.count() == 0
    assert all(case.due_at for case in db.session.query(Case))
    assert "3 tapausta käsitelty." in page.main


def test_a90_nothing_is_set_aside_that_changed_meanwhile(app, cast):
    cases = [case_of(report(fake(number), description=SPAM)) for number in range(3)]
    page = Browser(app).signs_in(cast.handler).opens("/cases?ticked=all")
    report(fake(0), description="Minua huijattiin", harm="money")
    take(cases[1], "take", make_lead(cast))
    page = page.fills(step="set_aside").presses("Tee")
    assert "1 tapaus käsitelty." in page.main
    states = [again(case).state for case in cases]
    assert states == [C.RECEIVED, C.UNDER_REVIEW, C.SPAM]
    for case in cases[:2]:
        assert case.reference in page.main
    page = page.fills(chosen=[], step="take").presses("Tee")
    assert page.errors == ["Valitse ensin tapaukset."]


def test_marks_that_nobody_drew_are_nothing(app, cast):
    case = case_of(report(FAKE))
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens("/cases")
    data = {"csrf_token": page.html.split('name="csrf_token" value="')[1].split('"')[0]}
    data |= {"step": "set_aside", "chosen": [f"{case.id}-x-1", "x", f"{case.id}-1", "-1-1"]}
    assert browser.posts("/cases/sort", data).status == 200
    assert again(case).state is C.RECEIVED


@pytest.mark.policy("G6")
def test_an_address_is_never_a_link_and_its_name_never_looks_like_one(app, cast):
    made = report("https://savonkoski-asiointi.example/kirjaudu?x=1")
    case = case_of(made)
    browser = Browser(app).signs_in(cast.handler)
    for path in ("/cases", f"/cases/{case.id}", "/desk"):
        page = browser.opens(path)
        links = [link.get("href") for link in page.tree.iter("a")]
        assert not any("savonkoski-asiointi" in link for link in links)
        assert "savonkoski-asiointi.example" not in page.text, path
    assert "hxxps://savonkoski-asiointi[.]example" in browser.opens(f"/cases/{case.id}").main


@pytest.mark.policy("P5")
def test_lateness_is_told_in_the_queue_and_in_the_case(app, cast, still):
    case = case_of(report(FAKE, harm="money"))
    assert case.priority is Priority.URGENT
    still.shift(timedelta(hours=5))
    browser = Browser(app).signs_in(cast.handler)
    assert "Myöhässä 3 h" in browser.opens("/cases").main
    assert "Määräaika on ohi" in browser.opens(f"/cases/{case.id}").main
    still.shift(timedelta(days=2))
    assert "Myöhässä 2 pv" in Browser(app).signs_in(cast.handler).opens("/cases").main


def test_a_look_is_due_on_its_day_and_not_before(app, cast, still):
    case = make_case(cast, C.TAKEN_DOWN, fake(1))
    look(case, cast.handler)
    take(case, "decide_not_needed", cast.handler, reason="Lievä.")
    browser = Browser(app).signs_in(cast.handler)
    assert "Tarkista" in browser.opens("/cases").main
    assert "Katso, onko" not in browser.opens("/desk").main
    assert fold(case.name) not in fold(browser.opens("/desk").main)
    still.shift(timedelta(days=7))
    assert case.reference in Browser(app).signs_in(cast.handler).opens("/desk").main


@pytest.mark.policy("P5")
def test_a90_equal_texts_are_one_row_and_are_set_aside_together(app, cast):
    spam = [case_of(report(fake(number), description=LONG)) for number in range(4)]
    harmed = case_of(report(fake(5), description=LONG, harm="money"))
    joined = case_of(report(fake(6), description=LONG))
    report(fake(6), description="Tili pyytää pankkitunnuksia meiltä kaikilta.")
    real = case_of(report(FAKE, description="Kaupungin nimissä kysellään asukkaiden tietoja."))
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens("/cases")
    shown = [case for case in spam if case.reference in page.main]
    assert shown == [min(spam, key=lambda case: (case.due_at, case.id))]
    for alone in (harmed, joined, real):
        assert alone.reference in page.main
    page = page.follows("ja 3 muuta")
    assert all(case.reference in page.main for case in spam)
    assert real.reference not in page.main
    report(fake(0), description="Tästä tilistä on nyt uutta kerrottavaa.")
    page = page.presses("Siirrä sivuun odottavat")
    assert "3 tapausta käsitelty." in page.main
    assert [again(case).state for case in spam] == [C.RECEIVED, C.SPAM, C.SPAM, C.SPAM]
    assert [again(one).state for one in (harmed, joined, real)] == [C.RECEIVED] * 3
    page = page.follows("Valitse kaikki").fills(step="restore").presses("Tee")
    assert [again(case).state for case in spam] == [C.RECEIVED] * 4


@pytest.mark.policy("P7")
def test_a70_who_is_excluded_from_one_of_equal_texts_sees_the_others(app, cast):
    spam = [case_of(report(fake(number), description=LONG)) for number in range(3)]
    first = min(spam, key=lambda case: (case.due_at, case.id))
    take(first, "exclude", make_lead(cast), person=cast.handler.id)
    page = Browser(app).signs_in(cast.handler).opens("/cases")
    assert first.reference not in page.main
    assert "ja 1 muu" in page.main


def test_the_queue_is_searched_by_address_handle_and_reference_as_people_paste_them(cast):
    sent = report("https://www.instagram.com/savonkosken_kaupunkl")
    (name,) = (case_of(sent).name,)
    number = sent.reference
    for q in (
        "katso hxxps://www.instagram[.]com/savonkosken_kaupunkl?igsh=1 !!",
        "@savonkosken_kaupunkl",
        "Instagram @savonkosken_kaupunkl",
        number,
        number.replace("-", "").lower(),
    ):
        assert found(cast, q=q) == [name], q
