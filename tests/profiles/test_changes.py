"""What changes of a profile after its decision, and the checking off of an admin who went."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine import replay
from intake.people.models import Person
from intake.profiles import service
from intake.profiles.change import duties as change_duties
from intake.profiles.change.models import Change, Handover
from intake.profiles.models import ProfileKind
from intake.profiles.states import ChangeState as S
from intake.profiles.states import ContinuationState as C
from intake.profiles.states import HandoverState as H
from intake.profiles.states import ProfileState as P
from intake.refusals import KeptApart, NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.profiles.making import (
    EXPERT,
    again,
    make_profile,
    open_profile,
    propose,
    steps_of,
    take,
)
from tests.profiles.test_closing import DONE, leave

REASON = "Niin on sovittu."
HOURS = {"hours_update": Decimal(1), "hours_interaction": Decimal(1)}


def new_admin(profile, by, person) -> Change:
    return propose(profile, "admin", by, person=person.email, task="ohjaaja", **HOURS)


def waits(cast) -> dict[str, list[str]]:
    found = {}
    for name, person in cast.everyone().items():
        person = db.session.get_one(Person, person.id)
        mine = change_duties.of_changes(person, clock.now())
        mine += change_duties.of_handovers(person, clock.now())
        if mine:
            found[name] = [duty.url.rsplit("/", 1)[-1] for duty in mine]
    return found


def admins(profile) -> set[str]:
    return {one.person.name for one in again(profile).current_admins}


@pytest.mark.policy("P1", "O3", "O4")
def test_a_new_admin_agrees_and_the_supervisor_decides(cast, visitor):
    profile = make_profile(cast)
    change = new_admin(profile, cast.requester, cast.colleague)
    assert waits(cast) == {"colleague": ["accept_part"]}
    for person in (cast.head, cast.admin):
        with pytest.raises((WrongState, NotAllowed)):
            take(change, "allow", person)
    take(change, "accept_part", cast.colleague)
    assert waits(cast) == {"head": ["allow"]}
    with pytest.raises(NotAllowed):
        take(change, "allow", cast.requester)
    assert cast.colleague.name not in admins(profile)
    take(change, "allow", cast.head)
    assert cast.colleague.name in admins(profile)
    assert change_state(change) is S.IN_FORCE
    page = visitor.opens(f"/register/{again(profile).slug}").main
    assert f"{cast.colleague.name}, ohjaaja" in page
    assert replay.verify() == []


def change_state(change):
    return db.session.get_one(type(change), change.id).state


@pytest.mark.policy("P1")
def test_who_cannot_become_an_admin_is_said_beside_the_field(cast):
    profile = make_profile(cast)
    for email in ("ei.ole@savonkoski.example", cast.admin.email, cast.head.email):
        with pytest.raises(Unready) as refusal:
            propose(profile, "admin", cast.requester, person=email, task="ohjaaja", **HOURS)
        assert [one.field for one in refusal.value.problems] == ["person"]
    assert db.session.scalars(select(Change)).all() == []


@pytest.mark.policy("O3")
def test_a02_nobody_decides_that_they_become_an_admin(cast):
    """The head would be the new admin: the next one up decides, and the head does not."""
    profile = make_profile(cast, decided_by_id=cast.far_head.id)
    change = new_admin(profile, cast.requester, cast.head)
    take(change, "accept_part", cast.head)
    with pytest.raises(NotAllowed):
        take(change, "allow", cast.head)
    take(change, "allow", cast.director)
    assert cast.head.name in admins(profile)


@pytest.mark.policy("P1", "O8")
def test_a_profile_left_with_one_admin_goes_on_once_another_is_named(cast):
    profile = make_profile(cast)
    leave(cast, cast.admin)
    assert again(profile).continuation is C.IN_QUESTION
    change = new_admin(profile, cast.head, cast.colleague)
    take(change, "accept_part", cast.colleague)
    take(change, "allow", cast.head)
    assert again(profile).continuation is C.GOES_ON
    assert len(again(profile).current_admins) == 2


@pytest.mark.policy("O8")
def test_a_doubt_stays_to_be_decided_though_an_admin_comes(cast):
    profile = make_profile(cast)
    take(profile, "leave", cast.admin)
    asked = {"reason": REASON, "closes_on": clock.today(), "successor": "Verkkosivut"}
    take(profile, "ask_closing", cast.keeper, **asked)
    change = new_admin(profile, cast.requester, cast.colleague)
    take(change, "accept_part", cast.colleague)
    take(change, "allow", cast.head)
    assert again(profile).continuation is C.IN_QUESTION


@pytest.mark.policy("O3")
def test_another_unit_takes_a_profile_over_where_its_head_agrees(cast):
    profile = make_profile(cast)
    with pytest.raises(Unready) as refusal:
        propose(profile, "unit", cast.head, unit=cast.youth.id)
    assert [one.field for one in refusal.value.problems] == ["unit"]
    change = propose(profile, "unit", cast.head, unit=cast.far.id)
    decides = service.workflow.CHANGE
    found = [
        name
        for name, person in cast.everyone().items()
        if decides.may("allow", change, db.session.get_one(Person, person.id), clock.now())
    ]
    assert "head" not in found
    assert len(found) == 1
    take(change, "allow", getattr(cast, found[0]))
    assert again(profile).unit_id == cast.far.id
    assert replay.verify() == []


@pytest.mark.policy("O1", "O3", "E1")
@pytest.mark.parametrize(
    ("field", "step", "second"), [("purpose", "allow", "head"), ("audience", "confirm", "admin")]
)
def test_a_public_text_is_looked_at_by_a_second_person_a_purpose_decided_on(
    cast, visitor, field, step, second
):
    profile = make_profile(cast)
    change = propose(profile, "text", cast.requester, field=field, text="Kaikille nuorille.")
    assert "Kaikille nuorille." not in visitor.opens(f"/register/{profile.slug}").main
    for person in (cast.requester, cast.stranger, cast.colleague):
        with pytest.raises((NotAllowed, KeptApart)):
            take(change, step, person)
    other = "confirm" if step == "allow" else "allow"
    with pytest.raises((WrongState, NotAllowed)):
        take(change, other, cast.head)
    take(change, step, getattr(cast, second))
    assert "Kaikille nuorille." in visitor.opens(f"/register/{profile.slug}").main
    assert replay.verify() == []


@pytest.mark.policy("E5")
def test_an_experts_profile_keeps_the_experts_own_name(cast):
    profile = make_profile(cast, kind=EXPERT)
    with pytest.raises(Unready) as refusal:
        propose(profile, "name", cast.colleague, new_name="Nuorten asialla")
    assert [one.field for one in refusal.value.problems] == ["new_name"]
    change = propose(profile, "name", cast.colleague, new_name=f"Nuoret {cast.colleague.name}")
    with pytest.raises(KeptApart):
        take(change, "confirm", cast.colleague)
    take(change, "confirm", cast.head)
    assert again(profile).name == f"Nuoret {cast.colleague.name}"


def test_a_text_that_is_the_same_is_no_change(cast):
    profile = make_profile(cast)
    same = profile.texts["audience"]
    with pytest.raises(Unready) as refusal:
        propose(profile, "text", cast.admin, field="audience", text=same)
    assert refusal.value.problems[0].field == "text"
    with pytest.raises(Unready):
        propose(profile, "text", cast.admin, field="role_defined", text="Rehtori")


@pytest.mark.policy("P4")
def test_a_name_is_typed_by_one_and_confirmed_by_another(cast, visitor):
    profile = make_profile(cast)
    change = propose(profile, "name", cast.admin, new_name="Savonkosken nuoret")
    with pytest.raises(KeptApart):
        take(change, "confirm", cast.admin)
    take(change, "confirm", cast.requester)
    assert again(profile).name == "Savonkosken nuoret"
    assert "Savonkosken nuoret" in visitor.opens("/register?q=nuoret").main
    assert replay.verify() == []


@pytest.mark.policy("P1", "P2")
def test_an_experts_profile_becomes_an_office_profile(cast, visitor):
    profile = make_profile(cast, kind=EXPERT)
    typed = {"person": cast.admin.email, "task": "ohjaaja", **HOURS}
    typed |= {"new_name": "Savonkosken nuorisotyö", "shared_mailbox": "nuoriso@savonkoski.example"}
    for wrong in ("nuoriso@muualla.example", cast.chief.email):
        with pytest.raises(Unready) as refusal:
            propose(profile, "office", cast.colleague, **{**typed, "shared_mailbox": wrong})
        assert [one.field for one in refusal.value.problems] == ["shared_mailbox"]
    change = propose(profile, "office", cast.colleague, **typed)
    take(change, "accept_part", cast.admin)
    take(change, "allow", cast.head)
    profile = again(profile)
    assert (profile.kind, profile.subject_id) == (ProfileKind.OFFICE, None)
    assert admins(profile) == {cast.admin.name, cast.colleague.name}
    page = visitor.opens(f"/register/{profile.slug}").main
    for said in ("virkaprofiili", "Savonkosken nuorisotyö", "nuoriso@savonkoski.example"):
        assert said in page, said
    assert "Asiantuntija" not in page
    assert replay.verify() == []
    with pytest.raises(WrongState):
        propose(profile, "office", cast.colleague, **typed)


@pytest.mark.policy("O2", "O4")
def test_ones_own_task_and_hours_are_recorded_and_the_supervisor_told(cast, visitor):
    profile = make_profile(cast)
    take(profile, "change_part", cast.admin, task="somevastaava", **HOURS)
    assert "somevastaava" in visitor.opens(f"/register/{again(profile).slug}").main
    none = {"hours_update": Decimal(0), "hours_interaction": Decimal(0)}
    take(profile, "change_part", cast.requester, task="ohjaaja", **none)
    with pytest.raises(Unready) as refusal:
        take(profile, "change_part", cast.admin, task="somevastaava", **none)
    assert refusal.value.problems[0].field == "hours_update"


def test_a_change_is_refused_withdrawn_and_falls_away_with_its_profile(cast, still):
    profile = make_profile(cast)
    refused = propose(profile, "text", cast.admin, field="purpose", text="Kaikille nuorille.")
    take(refused, "refuse", cast.head, reason="Tarkoitus pysyy.")
    withdrawn = new_admin(profile, cast.admin, cast.colleague)
    take(withdrawn, "withdraw", cast.colleague)
    open_ = new_admin(profile, cast.admin, cast.colleague)
    take(
        profile,
        "announce_closing",
        cast.head,
        reason=REASON,
        closes_on=clock.today(),
        successor="Verkkosivut",
        short_notice_reason=REASON,
    )
    take(profile, "close", cast.requester, **DONE)
    assert [change_state(one) for one in (refused, withdrawn, open_)] == [
        S.REFUSED,
        S.WITHDRAWN,
        S.WITHDRAWN,
    ]
    assert waits(cast) == {}
    assert replay.verify() == []


@pytest.mark.policy("G9", "P1")
def test_an_admin_who_goes_is_checked_off_by_two_people(cast, still, tick):
    profile = make_profile(cast)
    take(profile, "leave", cast.admin)
    row = db.session.scalars(select(Handover)).one()
    assert (row.state, row.person_id) == (H.OPEN, cast.admin.id)
    said = {"requester": ["say"], "head": ["say"]}
    assert waits(cast) == said
    lines = dict.fromkeys(("removed", "passwords", "recovery", "second_factor"), True)
    with pytest.raises(NotAllowed):
        take(row, "say", cast.admin, **lines)
    take(row, "say", cast.requester, **lines)
    assert waits(cast) == {"head": ["confirm"]}
    with pytest.raises(KeptApart):
        take(row, "confirm", cast.requester, **lines)
    take(row, "confirm", cast.keeper, **lines)
    assert change_state(row) is H.DONE
    assert waits(cast) == {}
    assert steps_of(row) == ["begin", "say", "confirm"]
    assert replay.verify() == []


@pytest.mark.policy("G9")
def test_a_set_up_without_an_address_has_nothing_to_check_off(cast):
    profile = open_profile(cast)
    take(profile, "leave", cast.admin)
    assert db.session.scalars(select(Handover)).all() == []
    assert again(profile).state is P.SETUP


@pytest.mark.policy("P1", "O3", "G9")
def test_from_a_leaver_to_a_new_admin_in_the_browser(app, cast):
    profile = make_profile(cast)
    leave(cast, cast.admin)
    head = Browser(app).signs_in(cast.head)
    page = head.opens("/desk")
    assert "Päätä jatkosta" in page.main
    page = head.opens(f"/profiles/{profile.id}")
    for step in ("Nimeä uusi hallinnoija", "Siirrä toiselle yksikölle", "Ilmoita lopettamisesta"):
        assert step in page.main, step
    page = page.follows("Nimeä uusi hallinnoija")
    page = page.fills(person="kuka@muualla.example", task="ohjaaja", reason=REASON)
    page = page.fills(hours_update="1", hours_interaction="0,5").presses("Ehdota muutosta")
    assert page.errors == ["Tällä työosoitteella ei ole ketään palveluksessa."]
    page = page.fills(person=cast.colleague.email).presses("Ehdota muutosta")
    assert page.status == 200
    riitta = Browser(app).signs_in(cast.colleague)
    page = riitta.opens("/desk").follows("Vastaa hallinnoijana")
    assert "ohjaaja" in page.main
    assert page.presses("Ryhdyn hallinnoijaksi").status == 200
    page = head.opens("/desk").follows("Salli muutos")
    page = page.presses("Salli muutos")
    assert "Muutos on voimassa." in page.main
    page = head.opens("/desk").follows("Kuittaa lähtijä")
    page = page.presses("Kuittaa lähtijä")
    assert page.status == 422
    assert len(page.errors) == 4
