"""Who sees nothing of a case: those without the role, and those who are excluded (A69, A70)."""

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import duties, parties, queries, service
from intake.fakes.desk import queue
from intake.fakes.models import Exclusion
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.people.models import Person
from intake.refusals import Unready
from tests.browser import Browser
from tests.fakes.making import FAKE, again, case_of, make_case, make_lead, report, take

OTHER = "https://x.com/savonkoski_fi"
WORD = "merkkisanaparvi"


@pytest.fixture
def lead(cast) -> Person:
    return make_lead(cast)


def exclude(case, by: Person, person: Person):
    return take(case, "exclude", by, person=person.id, reason="Sanotaan tekijäksi.")


@pytest.mark.policy("P7", "S2")
def test_a69_nobody_without_the_role_finds_anything(app, cast):
    case = case_of(report(FAKE, description=WORD, told=Told(name="Aino Ilmoittaja")))
    for name, person in cast.everyone().items():
        if name == "leaver":
            continue
        browser = Browser(app).signs_in(person)
        found = browser.opens(f"/cases?q={WORD}")
        desk = browser.opens("/desk").main
        if name == "handler":
            assert case.reference in found.main
            continue
        keeper = name in ("keeper", "other_keeper")
        assert found.status == (200 if keeper else 403), name
        assert case.reference not in found.main
        assert case.name not in found.main
        assert browser.opens(f"/cases/{case.id}").status == (404 if keeper else 403)
        assert case.name not in desk
        assert "ilmoitus" not in desk


@pytest.mark.policy("P7")
def test_a69_counts_and_duties_are_those_of_a_house_without_the_report(cast):
    someone = [db.session.get_one(Person, one.id) for one in (cast.keeper, cast.head, cast.admin)]
    told = [(queue.counts(one, clock.now()), duties.of_cases(one, clock.now())) for one in someone]
    make_case(cast, C.CONFIRMED, FAKE, description=WORD)
    report(OTHER, harm="money")
    for person, before in zip(someone, told, strict=True):
        person = db.session.get_one(Person, person.id)
        now = clock.now()
        assert (queue.counts(person, now), duties.of_cases(person, now)) == before
        assert queue.page(queue.Asked(q=WORD), person, now).cases == []


@pytest.mark.policy("P5", "P7")
def test_a70_an_excluded_handler_finds_the_case_nowhere(app, cast, lead):
    case = case_of(report(FAKE, description=WORD))
    case = exclude(case, lead, cast.handler)
    browser = Browser(app).signs_in(cast.handler)
    assert browser.opens(f"/cases/{case.id}").status == 404
    for step in ("take", "merge", "reveal", "note", "look", "end_exclusion"):
        assert browser.opens(f"/cases/{case.id}/{step}").status == 404, step
    for query in (f"q={WORD}", "view=unassigned", "state=untaken", ""):
        assert case.reference not in browser.opens(f"/cases?{query}").main
    assert case.name not in browser.opens("/desk").main
    person = db.session.get_one(Person, cast.handler.id)
    assert queue.counts(person, clock.now())["open"] == "0"
    assert person not in parties.handler.people(case, clock.now())
    assert case.reference in Browser(app).signs_in(lead).opens("/cases").main


@pytest.mark.policy("P5")
def test_a70_to_name_every_handler_hides_a_report_from_nobody(app, cast, lead):
    case = exclude(case_of(report(FAKE)), lead, cast.handler)
    case = exclude(case, lead, lead)
    for person in (cast.handler, lead):
        assert Browser(app).signs_in(person).opens(f"/cases/{case.id}").status == 404
    browser = Browser(app).signs_in(cast.keeper)
    assert "Ota tapaus" in browser.opens("/desk").main
    page = browser.opens("/cases").follows(case.reference).presses("Ota käsittelyyn")
    assert "Tapaus on nyt käsittelyssäsi." in page.main
    rows = queries.exclusions_of(again(case))
    page = page.follows("Päästä taas mukaan").fills(
        exclusion=next(row.id for row in rows if row.person_id == cast.handler.id)
    )
    page = page.presses("Päästä taas mukaan")
    assert Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}").status == 200


def test_a70_nobody_lets_themself_in_again(app, cast, lead):
    case = exclude(case_of(report(FAKE)), lead, lead)
    row = db.session.query(Exclusion).one()
    assert Browser(app).signs_in(lead).opens(f"/cases/{case.id}/end_exclusion").status == 404
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/end_exclusion")
    page.fills(exclusion=row.id).presses("Päästä taas mukaan")
    assert Browser(app).signs_in(lead).opens(f"/cases/{case.id}").status == 200


@pytest.mark.policy("P5", "P7")
def test_a70_merging_and_parting_let_nobody_see_more(cast, lead):
    main, other = case_of(report(OTHER)), case_of(report(FAKE))
    exclude(other, lead, cast.handler)
    take(other, "merge", lead, main_case=main.id)
    assert parties.excluded(again(main)) == {cast.handler.id}
    made = queries.reports_of(again(main))
    take(main, "split", lead, reports=[made[0].id])
    parted = next(one for one in queries.cases_of(made[0]))
    assert parties.excluded(again(parted)) == {cast.handler.id}


@pytest.mark.policy("P7")
def test_a70_cases_that_one_may_not_see_are_not_named(cast, lead):
    hidden, mine = case_of(report(OTHER)), case_of(report(FAKE))
    exclude(hidden, lead, cast.handler)
    with pytest.raises(Unready) as refused:
        take(mine, "merge", cast.handler, main_case=hidden.reference)
    assert "Tällaista tapausta ei ole." in str(refused.value)
    with pytest.raises(Unready) as refused:
        take(mine, "add_key", cast.handler, key=OTHER)
    assert hidden.reference not in str(refused.value)


@pytest.mark.policy("P7")
def test_a70_a_report_of_two_cases_is_read_in_neither(app, cast, lead):
    both = report(FAKE, OTHER, description=WORD, told=Told(name="Aino Ilmoittaja"))
    hidden, other = queries.cases_of(both)
    exclude(hidden, lead, cast.handler)
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{other.id}")
    assert WORD not in page.main
    assert both.reference not in page.main
    page = browser.opens(f"/cases/{other.id}/reveal?what=contact:{both.id}")
    assert both.reference not in page.main
    with write():
        exclusion = queries.exclusions_of(hidden)[0]
        person = db.session.get_one(Person, lead.id)
        service.take(again(hidden), "end_exclusion", person, clock.now(), exclusion=exclusion.id)
    assert WORD in browser.opens(f"/cases/{other.id}").main
