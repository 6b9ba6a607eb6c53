"""Listing a profile: a second person confirms the address, and every rule holds."""

from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.handbook.models import Approval, Platform
from intake.people.models import Person
from intake.profiles import queries
from intake.profiles.models import AddressMark, MarkKind, Profile
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Stale, Unready, WrongState
from tests.profiles.making import (
    EXPERT,
    addresses_of,
    admin,
    again,
    confirm,
    make_profile,
    open_profile,
    set_up,
    state_rights,
    steps_of,
    take,
    type_address,
)

KEY = "instagram:handle:savonkosken_nuoret"


@pytest.fixture
def ready(cast) -> Profile:
    """An office profile for which all is done; its lead has typed the address."""
    profile = open_profile(cast)
    set_up(cast, profile)
    return profile


def refused(cast, profile, actor=None, **answers) -> list[str]:
    """The problems for which listing is refused; nothing else has happened."""
    before = audit_trail.head()
    with pytest.raises(Unready) as refusal:
        confirm(cast, profile, actor, **answers)
    assert audit_trail.head() == before
    assert again(profile).state is P.SETUP
    return refusal.value.problems


def change(row, **values) -> None:
    with write():
        for name, value in values.items():
            setattr(again(row), name, value)


@pytest.mark.policy("O6", "P4", "O4")
def test_a_second_admin_confirms_and_the_profile_is_listed(cast, ready):
    confirm(cast, ready)
    profile = again(ready)
    assert (profile.state, profile.listed_at) == (P.ACTIVE, clock.now())
    assert profile.confirmed_on == clock.today()
    line = profile.current[0]
    assert (line.key, line.typed_by_id, line.confirmed_by_id) == (
        KEY,
        cast.requester.id,
        cast.admin.id,
    )
    assert line.seen_on == clock.today()
    assert [entry.actor for entry, _words in audit_trail.history([line.id])] == [
        cast.requester.id,
        cast.admin.id,
    ]
    assert profile.due_at is None


@pytest.mark.policy("E6", "P4")
@pytest.mark.parametrize("who", ["head", "keeper"])
def test_an_experts_profile_is_confirmed_by_the_supervisor_or_a_keeper(cast, who):
    profile = open_profile(cast, EXPERT)
    set_up(cast, profile)
    for other in (cast.colleague, cast.requester, cast.director, cast.administrator):
        with pytest.raises(NotAllowed):
            confirm(cast, profile, other)
    confirm(cast, profile, getattr(cast, who))
    assert again(profile).state is P.ACTIVE


@pytest.mark.policy("P4")
def test_a09_who_typed_the_address_never_confirms_it(cast, ready):
    allowed = {"admin", "keeper", "other_keeper"}
    for name, person in cast.everyone().items():
        if name not in allowed:
            with pytest.raises(NotAllowed):
                confirm(cast, ready, person)
    assert again(ready).state is P.SETUP


@pytest.mark.policy("P4")
def test_a09_a_keeper_who_typed_it_does_not_confirm_it_either(cast):
    profile = open_profile(cast)
    set_up(cast, profile)
    type_address(profile, cast.keeper)
    with pytest.raises(NotAllowed):
        confirm(cast, profile, cast.keeper)
    confirm(cast, profile, cast.requester)


@pytest.mark.policy("P4")
@pytest.mark.parametrize("mark", list(MarkKind))
def test_a09_a_marked_address_is_refused_in_words_that_tell_nothing(cast, ready, mark):
    with write():
        db.session.add(AddressMark(key=KEY, mark=mark, since=clock.now()))
    closed = make_profile(cast, P.CLOSED, key="instagram:handle:vanha_nuoret")
    assert queries.taken(closed.addresses[0].key) == "closed"
    second = open_profile(cast, key="instagram:handle:vanha_nuoret")
    with pytest.raises(Unready) as of_closed:
        type_address(second, cast.requester)
    assert refused(cast, ready) == of_closed.value.problems
    assert refused(cast, ready, cast.keeper) == of_closed.value.problems


@pytest.mark.policy("P4")
def test_a14_a_closed_entrys_address_comes_back_only_by_a_keeper(cast):
    old = make_profile(cast, P.CLOSED)
    new = open_profile(cast)
    with pytest.raises(Unready):
        type_address(new, cast.requester)
    set_up_by_keeper(cast, new)
    confirm(cast, new, cast.admin)
    assert again(new).state is P.ACTIVE
    assert again(old).addresses[0].state is A.FORMER


def set_up_by_keeper(cast, profile) -> None:
    for item in [row.id for row in again(profile).checklist]:
        take(profile, "check_off", cast.requester, item=item, done=True, note="")
    for person in (cast.requester, cast.admin):
        state_rights(profile, person)
    type_address(profile, cast.keeper)


def test_a10_an_address_changed_after_it_was_shown_is_not_confirmed(cast, ready):
    seen, shown = again(ready).revision, queries.fingerprint(again(ready).typed)
    type_address(ready, cast.requester, "https://instagram.com/toinen_tili")
    with pytest.raises(Stale):
        take(ready, "list", cast.admin, seen=seen, shown=shown, seen_today=True)
    problems = refused(cast, ready, shown=shown)
    assert "shown" in [problem.field for problem in problems]
    assert [one.key for one in queries.shown(again(ready), shown)] == [KEY]
    assert queries.shown(again(ready), "0" * 32) == []


@pytest.mark.policy("O4", "O5", "O9", "O10", "P9", "G9", "G10")
def test_every_open_item_of_the_checklist_bars_the_listing(cast, ready):
    for item in [row.id for row in again(ready).checklist]:
        take(ready, "check_off", cast.admin, item=item, done=False, note="")
        assert len(refused(cast, ready)) == 1
        take(ready, "check_off", cast.admin, item=item, done=True, note="")
    confirm(cast, ready)


@pytest.mark.policy("E3", "E5", "P2")
def test_every_open_item_bars_the_listing_of_an_expert_too(cast):
    profile = open_profile(cast, EXPERT)
    set_up(cast, profile)
    for item in [row.id for row in again(profile).checklist]:
        take(profile, "check_off", cast.colleague, item=item, done=False, note="")
        assert len(refused(cast, profile)) == 1
        take(profile, "check_off", cast.colleague, item=item, done=True, note="")


@pytest.mark.policy("O5")
def test_a15_ticks_older_than_30_days_are_asked_again(cast, ready, still):
    change(ready, setup_until=clock.today() + timedelta(days=90))
    still.shift(timedelta(days=30))
    assert again(ready).checklist[0].done_at is not None
    still.shift(timedelta(days=1))
    assert len(refused(cast, ready)) == len(again(ready).checklist)
    assert refused(cast, ready, seen_today=False)[-1].field == "seen_today"


def test_a15_who_confirms_has_opened_the_profile_today(cast, ready):
    assert [one.field for one in refused(cast, ready, seen_today=False)] == ["seen_today"]


@pytest.mark.policy("G9")
@pytest.mark.parametrize(
    "answers", [{"two_step": "off"}, {"recovery_shared": False}, {"rights": None}]
)
def test_an_admin_without_second_step_or_safe_recovery_bars_the_listing(cast, ready, answers):
    if answers.get("rights", "") is None:
        part = next(one for one in again(ready).current_admins if one.person_id == cast.admin.id)
        change(part, rights=None)
    else:
        state_rights(ready, cast.admin, **answers)
    assert len(refused(cast, ready)) == 1
    state_rights(ready, cast.admin, two_step="not_offered")
    confirm(cast, ready)


@pytest.mark.policy("P1", "O4")
def test_every_admin_must_have_accepted(cast):
    profile = open_profile(
        cast, admins=(admin(cast.requester, lead=True), admin(cast.admin, accepted=False))
    )
    set_up(cast, profile)
    assert cast.admin.name in refused(cast, profile, cast.keeper)[0]
    take(profile, "accept_part", cast.admin)
    confirm(cast, profile)


@pytest.mark.policy("P1")
def test_an_office_profile_with_one_admin_is_not_listed(cast, ready):
    take(ready, "leave", cast.admin)
    for item in [row.id for row in again(ready).checklist if row.done_at is None]:
        take(ready, "check_off", cast.requester, item=item, done=True, note="")
    assert len(refused(cast, ready, cast.keeper)) == 1


@pytest.mark.policy("E2", "E0")
def test_no_expert_profile_without_consent_or_service(cast, make):
    profile = open_profile(cast, EXPERT, consent_on=None)
    set_up(cast, profile)
    assert len(refused(cast, profile)) == 1
    other = open_profile(cast, EXPERT, key="instagram:handle:toinen.nuoriso")
    set_up(cast, other)
    make.leave(cast.colleague)
    assert len(refused(cast, other)) == 1


@pytest.mark.policy("O3")
def test_a02_who_decided_is_not_its_admin_when_it_is_listed(cast, ready):
    change(ready, decided_by_id=cast.admin.id)
    assert len(refused(cast, ready)) == 1


@pytest.mark.policy("G7")
@pytest.mark.parametrize("approval", list(Approval))
def test_the_service_is_approved_or_on_trial(cast, ready, approval):
    with write():
        db.session.get_one(Platform, "instagram").approval = approval
    if approval is Approval.NOT_APPROVED:
        assert len(refused(cast, ready)) == 1
    else:
        confirm(cast, ready)


@pytest.mark.policy("P4", "O3")
def test_an_address_that_was_not_decided_on_needs_the_supervisor(cast):
    profile = open_profile(cast)
    set_up(cast, profile, "https://instagram.com/aivan_muu")
    assert len(refused(cast, profile)) == 1
    line = again(profile).typed[0]
    for person in (cast.requester, cast.keeper):
        with pytest.raises(NotAllowed):
            take(line, "allow", person, reason="Sopii minulle.")
    take(line, "allow", cast.head, reason="Tunnus oli jo varattu.")
    confirm(cast, profile)
    assert [one.key for one in again(profile).current] == ["instagram:handle:aivan_muu"]


def test_a_decided_address_needs_no_allowing(cast, ready):
    with pytest.raises(WrongState):
        take(again(ready).typed[0], "allow", cast.head, reason="Turhaan.")


def test_without_a_decided_address_any_of_the_service_will_do(cast):
    profile = open_profile(cast, key=None)
    set_up(cast, profile, "https://instagram.com/aivan_muu")
    confirm(cast, profile)


def test_nothing_is_listed_before_an_address_is_typed(cast):
    profile = open_profile(cast)
    with pytest.raises(WrongState):
        confirm(cast, profile)


@pytest.mark.policy("P4")
def test_a_lasting_id_is_confirmed_with_the_address(cast):
    profile = open_profile(cast, platform_id="facebook", key="facebook:vanity:savonkoskinuoret")
    set_up(cast, profile, "facebook.com/savonkoskinuoret", "61570000000001")
    confirm(cast, profile)
    assert [(one.key, one.lasting) for one in again(profile).current] == [
        ("facebook:vanity:savonkoskinuoret", False),
        ("facebook:id:61570000000001", True),
    ]
    assert steps_of(again(profile).current[1]) == ["type", "confirm"]


def test_all_are_told_of_the_listing_once(cast, ready):
    from intake.engine.outbox import waiting

    confirm(cast, ready)
    told = [one.person_id for one in waiting() if one.step in ("list", "confirm")]
    assert sorted(told) == sorted(set(told))
    assert {cast.requester.id, cast.admin.id, cast.head.id, cast.keeper.id} <= set(told)


@pytest.mark.policy("P4")
def test_a16_other_spellings_of_a_listed_address_are_refused(cast):
    make_profile(cast)
    for text in (
        "https://www.instagram.com/Savonkosken_Nuoret/?hl=fi",
        "instagram.com/savonkosken_nuoret",
        "@SAVONKOSKEN_NUORET",
    ):
        profile = open_profile(cast, key=None)
        with pytest.raises(Unready) as refusal:
            type_address(profile, cast.requester, text)
        assert refusal.value.problems[0].field == "address"
        assert addresses_of(profile) == []


def test_people_in_the_trail_are_those_who_acted(cast, ready):
    confirm(cast, ready, db.session.get_one(Person, cast.keeper.id))
    assert audit_trail.latest(ready.id, "list").actor == cast.keeper.id
    assert replay.verify() == []
