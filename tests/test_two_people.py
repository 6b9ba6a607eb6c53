"""Two people means two people: held by person, through every detour (A182, A183, A9, A54)."""

import pytest

from intake import clock
from intake.data.base import db
from intake.engine import tracks
from intake.fakes.states import CaseState as C
from intake.people.models import Person, Role
from intake.profiles import duties, workflow
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P
from intake.refusals import KeptApart, NotAllowed, Unready
from tests.browser import Browser
from tests.fakes import making as fakes
from tests.fakes.making import again, grant, look, make_case, take
from tests.profiles import making as profiles
from tests.profiles.making import make_profile, raise_alarm, type_address

FOUND = {"unit_answer": "not_ours", "looks_private": True}


@pytest.fixture
def colleague(cast) -> Person:
    """Another handler."""
    person = cast.make.person("Toinen Käsittelijä", cast.sector, Role.HANDLER)
    return db.session.get_one(Person, person.id)


@pytest.fixture
def case(cast):
    found = make_case(cast, C.UNDER_REVIEW)
    look(found, cast.handler)
    return again(found)


def refuses(case, step: str, who: Person, **answers) -> None:
    with pytest.raises(NotAllowed):
        take(case, step, who, **answers)


# the mechanism


def test_every_step_that_a_row_names_is_a_step_of_some_track(app):
    known = {step.name for track in tracks.tracks().values() for step in track.workflow.steps}
    named = {
        (track.name, step.name): set(step.apart_from)
        for track in tracks.tracks().values()
        for step in track.workflow.steps
        if step.apart_from
    }
    assert all(names <= known for names in named.values())
    assert set(named) == {
        ("request", "approve"),
        ("request", "reject"),
        ("profile", "list"),
        ("address", "allow"),
        ("address", "confirm"),
        ("alarm", "clear"),
        ("change", "confirm"),
        ("handover", "confirm"),
        ("case", "second"),
        ("case", "confirm"),
        ("grant", "grant"),
        ("grant", "refuse"),
    }


def test_the_refusal_says_who_can_instead(app, cast, colleague, case):
    take(case, "second", colleague, opinion="Näyttää yksityiseltä.")
    with pytest.raises(KeptApart) as refused:
        take(case, "confirm", colleague, **FOUND)
    assert [one.id for one in refused.value.people] == [cast.handler.id]
    page = Browser(app).signs_in(colleague).opens(f"/cases/{case.id}/confirm")
    assert page.status == 403
    assert f"Tämän voi tehdä: {cast.handler.name}." in page.main
    page = page.browser.opens(f"/cases/{case.id}")
    assert f"/cases/{case.id}/confirm" not in page.html
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")
    assert f"/cases/{case.id}/confirm" in page.html


# the second opinion


@pytest.mark.policy("P5")
def test_a182_one_handler_alone_confirms_nothing_past_the_second_opinion(cast, colleague, case):
    take(case, "assign", cast.handler, handler=colleague.id)
    refuses(case, "second", cast.handler, opinion="Oma näkemys.")
    with pytest.raises(Unready):
        take(case, "confirm", cast.handler, **FOUND)
    take(case, "assign", cast.handler, handler=cast.handler.id)
    take(case, "second", colleague, opinion="Samaa mieltä.")
    assert take(case, "confirm", cast.handler, **FOUND).state is C.CONFIRMED


def test_a182_who_gave_the_opinion_does_not_confirm_whoever_took_the_case(cast, colleague, case):
    take(case, "second", colleague, opinion="Valeprofiili.")
    take(case, "assign", colleague, handler=colleague.id)
    refuses(case, "confirm", colleague, **FOUND)
    take(case, "ask_reporter", colleague, report=case.reports[0].id, phrase="screenshot")
    take(case, "go_on", colleague)
    refuses(case, "confirm", colleague, **FOUND)
    assert take(case, "confirm", cast.handler, **FOUND).state is C.CONFIRMED


def test_a182_nor_by_a_merge_that_is_undone(cast, colleague, case):
    take(case, "second", colleague, opinion="Valeprofiili.")
    other = fakes.case_of(fakes.report("https://x.com/savonkoski_muu"))
    take(case, "merge", colleague, main_case=other.reference)
    take(case, "unmerge", colleague, reason="Erehdys.")
    with pytest.raises((Unready, NotAllowed)):
        take(case, "confirm", colleague, **FOUND)


def test_a182_nor_with_a_role_that_came_in_between(cast, colleague, case):
    take(case, "second", colleague, opinion="Valeprofiili.")
    for role in (Role.LEAD, Role.KEEPER, Role.ADMINISTRATOR):
        grant(colleague, role)
    db.session.expire_all()
    refuses(case, "confirm", colleague, **FOUND)


def test_a182_a_town_with_one_handler_has_no_second_opinion(cast, case):
    refuses(case, "second", cast.handler, opinion="Oma.")
    grant(cast.handler, Role.LEAD)
    refuses(case, "second", cast.handler, opinion="Oma.")


def test_an_opinion_of_an_earlier_round_excludes_nobody(cast, colleague, case):
    take(case, "second", colleague, opinion="Ei valeprofiili.")
    take(case, "dismiss", cast.handler, ground="parody", reason="Satiiria, sanoo sen itse.")
    take(case, "reopen", cast.handler, reason="Muuttui.")
    take(case, "take", colleague)
    refuses(case, "second", colleague, opinion="Oma.")
    take(case, "second", cast.handler, opinion="Nyt valeprofiili.")
    assert take(case, "confirm", colleague, **FOUND).state is C.CONFIRMED


# the address


@pytest.mark.policy("P4")
@pytest.mark.parametrize("role", [Role.KEEPER, Role.ADMINISTRATOR, None])
def test_a183_who_typed_an_address_neither_allows_nor_confirms_it(cast, role):
    profile = make_profile(cast, P.ACTIVE)
    line = type_address(profile, cast.requester, "https://www.instagram.com/aivan.uusi/")
    if role is not None:
        grant(cast.requester, role)
    db.session.expire_all()
    typist = db.session.get_one(Person, cast.requester.id)
    for step in ("allow", "confirm"):
        assert not workflow.ADDRESS.may(step, line, typist, clock.now())
    assert not duties.of_addresses(typist, clock.now(), line)
    assert workflow.ADDRESS.may("confirm", line, cast.keeper, clock.now())


def test_a183_a_supervisor_who_typed_it_as_a_keeper_does_not_allow_it(cast):
    profile = make_profile(cast, P.ACTIVE, key="instagram:handle:paatetty")
    grant(cast.head, Role.KEEPER)
    db.session.expire_all()
    head = db.session.get_one(Person, cast.head.id)
    line = type_address(profile, head, "https://www.instagram.com/aivan.muu/")
    with pytest.raises(KeptApart):
        workflow.ADDRESS.check("allow", line, head, clock.now())


# the alarm


@pytest.mark.policy("P4", "G9")
def test_a183_who_set_the_alarm_first_does_not_clear_the_one_that_followed(cast):
    profile = make_profile(cast)
    raise_alarm(cast, profile, AlarmState.HIJACKED, cast.other_keeper)
    raise_alarm(cast, profile, AlarmState.LOST, cast.requester)
    profiles.take(profile, "propose_clear", cast.keeper, what_was_checked="Kaikki salasanat.")
    current = profiles.again(profile)
    for person in (cast.other_keeper, cast.keeper):
        assert not workflow.ALARM.may("clear", current, person, clock.now())
        assert not duties.of_alarms(person, clock.now(), current)
    assert duties.of_alarms(cast.head, clock.now(), current)
    profiles.take(profile, "clear", cast.head, seen_today=True)
    raise_alarm(cast, profile, AlarmState.HIJACKED, cast.requester)
    profiles.take(profile, "propose_clear", cast.keeper, what_was_checked="Kaikki salasanat.")
    profiles.take(profile, "clear", cast.other_keeper, seen_today=True)
