"""The first steps: a list that ticks itself off, for administrators, until all is done."""

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.handbook import service as handbook
from intake.people import settings
from intake.people.models import Level, Person, Role
from intake.refusals import NotAllowed
from intake.site import onboarding
from tests.browser import Browser
from tests.profiles import making as profiles

BEGINNING = "Ensiaskeleet"


def done(person: Person) -> set[str]:
    db.session.rollback()
    progress = onboarding.of(db.session.get_one(Person, person.id))
    steps = onboarding.STEPS if progress is None else progress.done
    return {step.code for step in steps}


def change(by: Person, **values) -> None:
    with write():
        settings.change(values, db.session.get_one(Person, by.id), clock.now(), seen=99)


@pytest.fixture
def first(app, make) -> Person:
    """The only person of an empty house."""
    return make.person("Timo Rantapajula", None, Role.ADMINISTRATOR)


def test_each_step_is_done_when_it_is_done(app, make, first, monkeypatch):
    assert done(first) == set()
    change(first, name_fi="Uusikoski", name_sv="Nyforsen")
    assert done(first) == set()
    change(first, name_en="Newfalls")
    assert done(first) == {"names"}
    change(first, mail_domains=("uusikoski.fi",))
    assert "mail_domains" in done(first)
    change(first, contact_email="tieto@uusikoski.fi")
    assert "contacts" not in done(first)
    change(first, dpo_contact="suoja@uusikoski.fi")
    assert "contacts" in done(first)
    change(first, register_page="https://www.uusikoski.fi/some")
    assert "register_page" in done(first)
    change(first, colour="#8b0000")
    assert "look" in done(first)

    root = make.unit("Uusikoski")
    make.head(root, first)
    assert "units" not in done(first)
    sector = make.unit("Sivistys", root, Level.SECTOR)
    make.head(sector, first)
    assert "units" in done(first)

    assert "people" not in done(first)
    second = make.person("Aili Uusitalo", sector, Role.KEEPER)
    assert "people" in done(first)
    make.person("Arvo Uusitalo", sector, Role.KEEPER)
    assert {"keepers", "administrators"} & done(first) == {"keepers"}
    make.person("Asta Uusitalo", sector, Role.ADMINISTRATOR)
    assert {"handlers", "administrators"} & done(first) == {"administrators"}
    make.person("Aatu Uusitalo", sector, Role.HANDLER)
    lead = make.person("Aapo Uusitalo", sector, Role.LEAD)
    assert "handlers" in done(first)
    make.leave(lead)
    assert "handlers" not in done(first)
    make.leave(second)
    assert "keepers" not in done(first)
    make.person("Aino Uusitalo", sector, Role.KEEPER)

    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1")
    assert "mail" in done(first)
    assert {"guidelines", "platforms", "profile"} & done(first) == set()


def test_in_the_end_the_list_is_gone_whatever_is_optional(app, cast, make, now, monkeypatch):
    administrator = cast.administrator
    change(administrator, dpo_contact="suoja@savonkoski.example", register_page="https://www.x.fi")
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1")
    make.person("Asta Uusitalo", cast.far, Role.ADMINISTRATOR)
    make.person("Aapo Uusitalo", cast.far, Role.LEAD)
    with write():
        handbook.ensure_shipped(now)
    profiles.make_profile(cast)
    browser = Browser(app).signs_in(administrator)
    page = browser.opens("/desk")
    assert "Valmiina kohtia: 11/13." in page.main
    with write():
        for code in ("guidelines", "platforms"):
            onboarding.take(code, db.session.get_one(Person, administrator.id), now)
    assert BEGINNING not in browser.opens("/desk").main


def test_only_administrators_are_shown_the_list(app, cast):
    for person in (cast.keeper, cast.head, cast.requester):
        assert BEGINNING not in Browser(app).signs_in(person).opens("/desk").main
    assert BEGINNING in Browser(app).signs_in(cast.administrator).opens("/desk").main


def test_a_desk_with_first_steps_does_not_say_that_nothing_waits(app, first):
    page = Browser(app).signs_in(first).opens("/desk")
    assert page.heading == "Profiilivahdin käyttöönotto on kesken"


def test_every_open_step_says_why_and_leads_to_where_it_is_done(app, first):
    browser = Browser(app).signs_in(first)
    page = browser.opens("/desk")
    for step in onboarding.STEPS:
        assert str(step.why) in page.main
        if step.endpoint:
            assert page.follows(str(step.title)).status == 200, step.code


@pytest.mark.parametrize("code", ["guidelines", "platforms"])
def test_what_is_shipped_can_be_taken_as_it_is(app, first, code):
    browser = Browser(app).signs_in(first)
    title = next(step.title for step in onboarding.STEPS if step.code == code)
    page = browser.opens("/desk").follows(str(title)).presses("Ota ne sellaisinaan")
    assert page.path == "/desk"
    assert code in done(first)
    entries = [entry for entry, _words in audit_trail.history([onboarding.List.id])]
    assert [(entry.step, entry.actor) for entry in entries] == [(code, first.id)]
    browser.opens(f"/first-steps/{code}").presses("Ota ne sellaisinaan")
    assert len(audit_trail.history([onboarding.List.id])) == 1
    assert "käyttöön sellaisinaan" in browser.opens("/trail").main


def test_guidelines_that_a_keeper_has_acknowledged_were_looked_at(app, cast, now):
    with write():
        handbook.ensure_shipped(now)
        handbook.acknowledge(db.session.get_one(Person, cast.requester.id), now)
    assert "guidelines" not in done(cast.administrator)
    with write():
        handbook.acknowledge(db.session.get_one(Person, cast.keeper.id), now)
    assert "guidelines" in done(cast.administrator)


def test_a_change_of_a_service_counts_as_a_look_at_them(app, cast, now):
    from intake.handbook.models import Platform

    with write():
        handbook.ensure_shipped(now)
        service = db.session.get_one(Platform, "facebook")
        audit_trail.record(cast.keeper, now, service, "platform", "change")
    assert "platforms" in done(cast.administrator)


def test_nobody_else_takes_anything(app, cast, now):
    with pytest.raises(NotAllowed), write():
        onboarding.take("platforms", db.session.get_one(Person, cast.keeper.id), now)
