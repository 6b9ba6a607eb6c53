"""Everything about one address: complete, for ten minutes, and with its lines."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data import references
from intake.data.base import db
from intake.data.write import write
from intake.engine.audit_trail import Entry
from intake.fakes.models import Report, Reveal
from intake.fakes.reporter import Told
from intake.fakes.service import incoming
from intake.people.models import Person
from intake.refusals import NotAllowed
from intake.retention import mentions, person_data, table
from intake.retention.models import Disclosure
from tests.browser import Browser
from tests.dump import rows_of
from tests.establishment import making as requests
from tests.fakes import making as fakes
from tests.profiles import making as profiles

EMAIL = "aino.ilmoittaja@posti.example"
TOLD = Told(name="Aino Ilmoittaja", email=EMAIL, phone="0401234567")


def look_up(app, by: Person, email: str, how: str = "card"):
    """A keeper's page after looking somebody up."""
    page = Browser(app).signs_in(by).opens("/retention/person")
    return page.fills(email=email, shown_by=how).presses("Hae tiedot")


def test_a245_a_reporter_gets_all_that_was_sent_and_nothing_of_another(app, cast):
    made = fakes.report(told=TOLD, description="Minun kertomukseni.")
    with write():
        report = db.session.get_one(Report, made.id)
        incoming.add(report, "text", "Lisäsin tämän.", (), clock.now())
    other = fakes.report(told=Told(name="Toinen", email="toinen@posti.example"), description="Oma.")
    page = look_up(app, cast.keeper, EMAIL.upper())
    for said in (
        "Aino Ilmoittaja",
        "0401234567",
        "Minun kertomukseni.",
        "Lisäsin tämän.",
        made.reference,
    ):
        assert said in page.main, said
    for hidden in ("Toinen", "toinen@posti.example", "Oma.", other.reference):
        assert hidden not in page.main, hidden
    lines = db.session.scalars(select(Entry).where(Entry.track == "retention")).all()
    assert [(line.step, line.subject_type) for line in lines] == [
        ("disclose_report", "case"),
        ("disclose", "disclosure"),
    ]
    assert lines[0].subject_id == fakes.case_of(made).id
    assert lines[0].detail()["report"] == made.id
    (reveal,) = db.session.scalars(select(Reveal))
    assert (reveal.what, reveal.by_id) == (f"contact:{made.id}", cast.keeper.id)


def test_a245_the_address_is_in_clear_nowhere_but_on_the_page(app, cast):
    fakes.report(told=TOLD)
    look_up(app, cast.keeper, EMAIL)
    db.session.rollback()
    assert EMAIL not in repr(rows_of(db.session)).casefold()


def test_a245_it_is_over_after_ten_minutes_and_another_keeper_sees_nothing(app, cast, still, tick):
    fakes.report(told=TOLD)
    page = look_up(app, cast.keeper, EMAIL)
    path = page.response.request.path
    for address in (path, f"{path}/json"):
        assert Browser(app).signs_in(cast.other_keeper).opens(address).response.status_code == 404
    still.shift(timedelta(minutes=11))
    for address in (path, f"{path}/json"):
        found = Browser(app).signs_in(cast.keeper).opens(address)
        assert found.response.status_code == 409
        assert EMAIL not in found.html
    assert db.session.scalars(select(Disclosure)).one()
    still.shift(table.SHOWN + timedelta(minutes=1))
    tick(clock.now())
    assert db.session.scalars(select(Disclosure)).first() is None


@pytest.mark.parametrize("who", ["administrator", "handler", "requester"])
def test_a245_nobody_but_a_keeper_looks_anybody_up(app, cast, who):
    person = getattr(cast, who)
    Browser(app).signs_in(person).opens("/retention/person", status=403)
    by = db.session.get_one(Person, person.id)
    with pytest.raises(NotAllowed):
        person_data.look_up(EMAIL, "card", by, clock.now())


def test_a245_a_keeper_who_is_excluded_from_a_case_gets_nothing_of_its_reports(app, cast):
    made = fakes.report(told=TOLD)
    case = fakes.case_of(made)
    fakes.take(case, "exclude", cast.handler, person=cast.keeper.id, reason="Itse asianosainen.")
    page = look_up(app, cast.keeper, EMAIL)
    assert made.reference not in page.main
    assert "Aino Ilmoittaja" not in page.main
    assert made.reference in look_up(app, cast.other_keeper, EMAIL).main


def test_a245_a_colleague_gets_roles_requests_profiles_acts_and_letters(app, cast):
    made = requests.make_request(cast)
    profile = profiles.make_profile(cast)
    page = look_up(app, cast.keeper, cast.requester.email)
    for said in (
        cast.requester.name,
        made.reference,
        profile.name,
        "nuorisotyöntekijä",
        "Noora Lepoharjula lähetti pyynnön",
        "Lokimerkinnät",
        "Viestit",
    ):
        assert said in page.main, said
    path = page.response.request.path
    answer = Browser(app).signs_in(cast.keeper).client.get(f"{path}/json")
    assert answer.headers["Cache-Control"] == "no-store"
    found = json.loads(answer.text)
    assert found["email"] == cast.requester.email
    assert found["person"][0]["name"] == cast.requester.name
    assert {row["part"] for row in found["request"]} == {"pyytäjä", "hallinnoija"}
    assert "password" not in answer.text


def test_a245_every_row_that_names_a_person_is_found(app, cast):
    """However new the table is."""
    requests.make_request(cast)
    found = {(one.table, one.column) for one in mentions.of_person(cast.requester.id)}
    db.session.rollback()
    for column in references.columns_to("person"):
        named = db.session.execute(
            select(column).where(column == cast.requester.id).limit(1)
        ).first()
        assert ((column.table.name, column.name) in found) == (named is not None), str(column)


def test_a245_free_text_that_holds_an_address_is_named_by_its_place_alone(app, cast):
    made = fakes.report(description=f"Huijari käyttää osoitetta {EMAIL} viesteissä.")
    page = look_up(app, cast.keeper, EMAIL)
    assert "report.answers" in page.main
    assert made.id in page.main
    assert "Huijari" not in page.main


@pytest.mark.parametrize("email", ["", "aino", "aino@", "x" * 300 + "@posti.example"])
def test_a_refused_look_up_says_so_beside_the_field_and_keeps_what_was_typed(app, cast, email):
    page = look_up(app, cast.keeper, email)
    assert page.response.status_code == 422
    assert page.errors
    assert db.session.scalars(select(Disclosure)).first() is None


def test_an_address_that_nobody_has_says_so(app, cast):
    assert "Palvelussa ei ole tietoja" in look_up(app, cast.keeper, "ei@kukaan.example").main
