"""Absences in the browser: who enters them for whom, and that they move decisions at once."""

from datetime import date, timedelta

import pytest

from intake.data.base import db
from intake.people.models import Absence
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.establishment import making
from tests.people.doing import again, do, steps_of, told

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def enters(app, who, *, person=None, begins=TODAY, until=TODAY + 3 * DAY, deputy=""):
    page = Browser(app).signs_in(who).opens("/people/absences/new")
    named = {} if person is None else {"person": person.email}
    filled = page.fills(begins=begins.isoformat(), until=until.isoformat(), deputy=deputy, **named)
    return filled.presses("Merkitse")


def only() -> Absence | None:
    return db.session.query(Absence).one_or_none()


def test_anybody_enters_their_own_absence_and_is_asked_no_reason(app, cast):
    page = enters(app, cast.requester, deputy="joonas")
    assert page.heading == "Poissaolo: Noora Lepoharjula"
    assert "Joonas Metsäpurola" in page.main
    assert only().deputy_id == cast.admin.id
    form = Browser(app).signs_in(cast.requester).opens("/people/absences/new")
    assert "person" not in form.html.split("<form")[1].split("</form")[0].replace('person"', "")
    assert "textarea" not in form.html


@pytest.mark.policy("O3")
def test_an_absence_moves_what_waits_at_once_and_back_when_it_ends(app, cast, still):
    request = making.make_request(cast)
    enters(app, cast.head)
    assert making.again(request).acting_id == cast.deputy.id
    absence = only()
    do("cancel_absence", absence, by=cast.head)
    assert making.again(request).acting_id == cast.head.id


@pytest.mark.parametrize("who", ["head", "administrator"])
def test_the_head_and_an_administrator_enter_it_for_somebody(app, cast, who):
    page = enters(app, getattr(cast, who), person=cast.requester, deputy=cast.admin.email)
    assert page.heading == "Poissaolo: Noora Lepoharjula"
    assert set(told("absence")) == {cast.requester.id, cast.admin.id}


@pytest.mark.parametrize("who", ["keeper", "director"])
def test_others_do_not(app, cast, who):
    page = enters(app, getattr(cast, who), person=cast.requester)
    assert page.status == 422
    assert "oma esimiehensä tai pääkäyttäjä" in page.errors[0]
    assert only() is None


@pytest.mark.policy("O3")
def test_a03_who_would_stand_in_enters_changes_and_cancels_nothing(app, cast, make):
    page = enters(app, cast.director, person=cast.head, deputy=cast.director.email)
    assert page.status == 422
    assert only() is None
    absence = make.absence(cast.head, TODAY, TODAY + 3 * DAY, deputy=cast.director)
    for verb, *given in (("change_absence", TODAY + 9 * DAY), ("cancel_absence",)):
        with pytest.raises(NotAllowed):
            do(verb, absence, *given, by=cast.director)
    browser = Browser(app).signs_in(cast.director)
    assert "Muuta viimeistä päivää" not in browser.opens(f"/people/absences/{absence.id}").main
    assert browser.opens(f"/people/absences/{absence.id}/cancel").status == 403
    for deputy in (cast.deputy,):  # the standing deputy
        with pytest.raises(NotAllowed):
            do("change_absence", absence, TODAY + 9 * DAY, by=deputy)


@pytest.mark.policy("O3")
def test_a03_no_day_that_has_passed(app, cast):
    page = enters(app, cast.head, begins=TODAY - DAY)
    assert page.status == 422
    assert page.errors == ["Poissaolo ei voi alkaa ennen tätä päivää."]


@pytest.mark.parametrize("until", ["2206-12-05", "9999-12-31", "0026-12-05"])
def test_a_year_of_another_century_is_taken_for_a_slip(app, cast, until):
    page = Browser(app).signs_in(cast.requester).opens("/people/absences/new")
    page = page.fills(begins=TODAY.isoformat(), until=until).presses("Merkitse")
    assert page.errors == ["Kirjoita päivä, esimerkiksi 24.11.2026."]
    assert only() is None


def test_somebody_is_back_early(app, cast, make, still):
    absence = make.absence(cast.head, TODAY, TODAY + 9 * DAY)
    still.shift(timedelta(days=3))
    page = Browser(app).signs_in(cast.head).opens(f"/people/absences/{absence.id}")
    back = TODAY + 2 * DAY
    page = page.fills(until=back.isoformat()).presses("Muuta viimeistä päivää")
    assert page.status == 200
    assert again(absence).until == back
    assert "päättynyt" in page.main
    assert steps_of(absence.id) == ["change"]
    with pytest.raises(WrongState):
        do("cancel_absence", absence, by=cast.head)


@pytest.mark.parametrize("until", [TODAY - DAY, TODAY - 9 * DAY])
def test_the_last_day_is_not_before_the_first_nor_longer_ago_than_yesterday(cast, make, until):
    absence = make.absence(cast.head, until - DAY if until < TODAY - DAY else TODAY, TODAY)
    with pytest.raises(Unready) as refusal:
        do("change_absence", absence, until, by=cast.head)
    assert refusal.value.problems[0].field == "until"


def test_two_absences_do_not_overlap(app, cast, make):
    make.absence(cast.head, TODAY + DAY, TODAY + 2 * DAY)
    later = make.absence(cast.head, TODAY + 5 * DAY, TODAY + 6 * DAY)
    page = enters(app, cast.head, begins=TODAY, until=TODAY + DAY)
    assert page.status == 422
    first = db.session.query(Absence).filter_by(begins=TODAY + DAY).one()
    with pytest.raises(Unready):
        do("change_absence", first, later.begins, by=cast.head)


def test_an_absence_is_cancelled_after_a_page_that_asks(app, cast, make):
    absence = make.absence(cast.requester, TODAY + DAY, TODAY + 2 * DAY)
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/people/absences/{absence.id}/cancel").presses("Peruuta poissaolo")
    assert page.path == "/people/absences"
    assert "Poissaoloja ei ole merkitty." in page.main
    assert again(absence).cancelled_at is not None


def test_a41_only_those_concerned_see_an_absence(app, cast, make):
    absence = make.absence(cast.requester, TODAY, TODAY, deputy=cast.stranger)
    for who in ("requester", "head", "keeper", "administrator", "stranger"):
        browser = Browser(app).signs_in(getattr(cast, who))
        assert browser.opens(f"/people/absences/{absence.id}").status == 200, who
    for who in ("admin", "far_head", "handler"):
        browser = Browser(app).signs_in(getattr(cast, who))
        assert browser.opens(f"/people/absences/{absence.id}").status == 404, who


def test_heads_see_the_absences_of_their_people(app, cast, make):
    make.absence(cast.requester, TODAY, TODAY)
    make.absence(cast.stranger, TODAY, TODAY)
    page = Browser(app).signs_in(cast.head).opens("/people/absences")
    assert "Noora Lepoharjula" in page.main
    assert "Emma Karhulehtola" not in page.main
    assert (
        "Muiden poissaolot" not in Browser(app).signs_in(cast.admin).opens("/people/absences").main
    )


@pytest.mark.parametrize(
    ("who", "deputy", "words"),
    [
        ("head", "", "Sijaisenasi päättää Helka Vuorivirtanen."),
        ("head", "chief", "Sijaisenasi päättää Antti Muurainvaara."),
        ("director", "", "seuraava yläyksikkö päättää"),
        ("requester", "", "poissa olevaksi 24.11.2026 asti"),
    ],
)
def test_the_desk_says_that_i_am_marked_away(app, cast, make, who, deputy, words):
    person = getattr(cast, who)
    make.absence(person, TODAY, TODAY + DAY, deputy=getattr(cast, deputy) if deputy else None)
    page = Browser(app).signs_in(person).opens("/desk")
    assert words in page.main
    assert "poissa nyt" in page.main


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_letter_of_an_absence_names_days_and_deputy_and_no_more(app, cast, language):
    from intake.data.write import write
    from intake.engine import outbox
    from intake.engine.outbox import Message

    with write():
        again(cast.requester).language = language
    enters(app, cast.head, person=cast.requester, deputy=cast.admin.email)
    message = db.session.query(Message).filter_by(person_id=cast.requester.id).one()
    text = outbox.letter(message).plain
    assert "Joonas Metsäpurola" in text
    assert f"/people/absences/{only().id}" in text
