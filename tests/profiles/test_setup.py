"""The set-up of an approved profile: what it begins with, the checklist, its admins, its time."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.engine.table import Effect
from intake.handbook.models import Platform
from intake.profiles import checklist, overview
from intake.profiles.alike import likeness
from intake.profiles.models import ProfileKind
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Unready, Unseen, WrongState
from tests.profiles.making import (
    EXPERT,
    OFFICE,
    admin,
    again,
    make_profile,
    open_profile,
    state_rights,
    steps_of,
    supervisor,
    take,
    tick_all,
)


def items(profile) -> list[str]:
    return [row.item for row in again(profile).checklist]


@pytest.mark.policy("O3", "O6")
def test_an_approval_opens_a_profile_with_admins_checklist_and_a_last_day(cast):
    profile = open_profile(cast, conditions=("Kuvat ennakkoon.",))
    assert profile.state is P.SETUP
    assert [row.person_id for row in profile.current_admins] == [cast.requester.id, cast.admin.id]
    assert profile.checklist[-1].text == "Kuvat ennakkoon."
    assert profile.setup_until == date(2026, 12, 23)
    assert clock.today(profile.due_at) == date(2026, 12, 23)
    assert steps_of(profile) == ["prepare"]


def test_only_an_approval_opens_a_profile(cast):
    from intake.profiles import effects, workflow
    from intake.profiles.models import Profile

    for person in cast.everyone().values():
        with pytest.raises(NotAllowed):
            workflow.PROFILE.check("prepare", Profile(), person, clock.now())
    assert workflow.PROFILE.rows["prepare", None].effect is effects.prepare


@pytest.mark.policy("O4", "O5", "O9", "O10", "P9", "G9", "G10", "P1")
def test_the_checklist_of_an_office_profile(cast):
    assert items(open_profile(cast)) == [
        "text_in_profile",
        "terms_current",
        "messages_stated",
        "copyright",
        "own_password_two_step",
        "privacy_settings",
        "link_back",
        "shared_mailbox",
    ]


@pytest.mark.policy("E3", "E5", "P2")
def test_the_checklist_of_an_expert_asks_for_name_picture_and_separation(cast):
    found = items(open_profile(cast, EXPERT))
    assert {"own_name", "own_picture", "separate", "text_in_profile"} <= set(found)
    assert {"work_address_shown", "work_data_shown", "town_shown"} <= set(found)
    assert "shared_mailbox" not in found


@pytest.mark.policy("O9")
def test_private_messages_are_asked_of_only_where_the_service_has_them(cast):
    profile = open_profile(cast, platform_id="youtube", key=None)
    assert not db.session.get(Platform, "youtube").has_messages
    assert "messages_stated" not in items(profile)


@pytest.mark.policy("O4", "O10", "G9", "G10")
def test_a_tick_says_who_and_when_and_can_be_taken_back(cast):
    profile = open_profile(cast)
    item = profile.checklist[0].id
    take(profile, "check_off", cast.admin, item=item, done=True, note="")
    row = again(profile).checklist[0]
    assert (row.by.id, row.done_at) == (cast.admin.id, clock.now())
    take(profile, "check_off", cast.requester, item=item, done=False, note="")
    row = again(profile).checklist[0]
    assert (row.by, row.done_at) == (None, None)
    assert steps_of(profile) == ["prepare", "check_off", "check_off"]


@pytest.mark.policy("E5")
def test_what_the_policy_advises_may_be_left_out_with_a_reason(cast):
    profile = open_profile(cast, EXPERT)
    row = next(one for one in profile.checklist if one.item == "work_data_shown")
    assert checklist.ITEMS[row.item].optional
    assert not checklist.ITEMS["own_name"].optional
    assert not checklist.ITEMS["own_picture"].optional
    take(profile, "check_off", cast.colleague, item=row.id, done=True, note="Ei mahdu.")
    row = next(one for one in again(profile).checklist if one.item == "work_data_shown")
    assert (row.note, row.done_at is not None) == ("Ei mahdu.", True)


def test_a42_an_item_is_found_through_its_own_profile(cast):
    mine, theirs = open_profile(cast), open_profile(cast, EXPERT)
    for item in (theirs.checklist[0].id, "nothing"):
        with pytest.raises(Unseen):
            take(mine, "check_off", cast.requester, item=item, done=True, note="")
    assert again(theirs).checklist[0].done_at is None


def test_only_its_admins_tick_the_checklist(cast):
    profile = open_profile(cast)
    for name, person in cast.everyone().items():
        if person not in (cast.requester, cast.admin):
            with pytest.raises(NotAllowed):
                take(profile, "check_off", person, item=profile.checklist[0].id, done=True)
            assert again(profile).checklist[0].done_at is None, name


@pytest.mark.policy("G9")
def test_each_admin_says_which_right_they_hold_never_a_password(cast):
    profile = open_profile(cast)
    state_rights(profile, cast.admin, rights="poster", recovery_shared=False)
    part = next(one for one in again(profile).current_admins if one.person_id == cast.admin.id)
    assert (part.rights, part.two_step, part.recovery_shared) == ("poster", "on", False)
    columns = {column.name for column in part.__table__.columns}
    assert not {name for name in columns if "password" in name or "secret" in name}


@pytest.mark.policy("P1", "O4")
def test_a_named_admin_answers_in_their_own_sign_in(cast):
    profile = open_profile(
        cast, admins=(admin(cast.requester, lead=True), admin(cast.admin, accepted=False))
    )
    for person in (cast.requester, cast.head, cast.keeper):
        with pytest.raises(NotAllowed):
            take(profile, "accept_part", person)
    take(profile, "accept_part", cast.admin)
    assert all(part.accepted_at for part in again(profile).current_admins)
    with pytest.raises(NotAllowed):
        take(profile, "decline_part", cast.admin)


@pytest.mark.policy("P1", "O4")
def test_who_declines_is_no_admin_and_the_text_is_checked_anew(cast):
    profile = open_profile(
        cast, admins=(admin(cast.requester, lead=True), admin(cast.admin, accepted=False))
    )
    tick_all(profile, cast.requester)
    take(profile, "decline_part", cast.admin)
    profile = again(profile)
    assert [part.person_id for part in profile.current_admins] == [cast.requester.id]
    assert [row.item for row in profile.checklist if row.done_at is None] == ["text_in_profile"]


@pytest.mark.policy("O6")
def test_the_supervisor_gives_more_time_or_cancels(cast):
    profile = open_profile(cast)
    assert supervisor(profile) == cast.head
    later = profile.setup_until + timedelta(days=15)
    for until in (profile.setup_until, clock.today(), None):
        with pytest.raises(Unready) as refusal:
            take(profile, "extend_setup", cast.head, until=until, reason="Kesken.")
        assert refusal.value.problems[0].field == "until"
    take(profile, "extend_setup", cast.head, until=later, reason="Kesken vielä.")
    assert again(profile).setup_until == later
    assert clock.today(again(profile).due_at) == later
    with pytest.raises(NotAllowed):
        take(profile, "cancel_setup", cast.requester, reason="En halua.")
    take(profile, "cancel_setup", cast.head, reason="Tarvetta ei ole.")
    assert again(profile).state is P.NEVER_OPENED
    assert likeness.near([profile.name]) == []
    with pytest.raises(WrongState):
        take(profile, "extend_setup", cast.head, until=later, reason="Sittenkin.")


@pytest.mark.policy("E2")
def test_an_expert_withdraws_consent_and_the_set_up_ends(cast):
    profile = open_profile(cast, EXPERT)
    with pytest.raises(NotAllowed):
        take(profile, "withdraw_consent", cast.head)
    take(profile, "withdraw_consent", cast.colleague)
    assert again(profile).state is P.NEVER_OPENED
    assert again(profile).consent_ended_at == clock.now()


def test_a17_a_slug_is_made_once_never_reserved_never_shared(cast):
    first = make_profile(cast)
    assert first.slug == "savonkosken-nuorisopalvelut"
    second = open_profile(cast, key="instagram:handle:toinen")
    third = open_profile(cast, key="instagram:handle:kolmas")
    assert second.slug == "savonkosken-nuorisopalvelut-instagram"
    assert third.slug.startswith("savonkosken-nuorisopalvelut-instagram-")
    for name in ("Embed", "csv", "../", "Atom", "🎉🎉🎉"):
        slug = open_profile(cast, name=name, key=None).slug
        assert slug not in ("embed", "csv", "atom", "")
        assert "/" not in slug
        assert "." not in slug


@pytest.mark.policy("E5", "E6")
def test_a17_an_experts_slug_never_holds_a_name(cast):
    slug = open_profile(cast, EXPERT).slug
    assert slug.startswith("nuorisopalvelut-instagram-")
    assert "riitta" not in slug
    assert "kirkasojala" not in slug


@pytest.mark.policy("O4")
def test_the_text_to_paste_begins_with_the_entrys_address_and_fits(cast):
    profile = open_profile(cast, platform_id="bluesky", key=None)
    text = overview.profile_text(profile)
    lines = text.text.split("\n")
    assert lines[0].endswith(f"/register/{profile.slug}")
    assert lines[1] == profile.texts["purpose"]
    assert lines[2] == (
        "Hallinnoijat: Noora Lepoharjula, nuorisotyöntekijä, Joonas Metsäpurola, nuorisotyöntekijä"
    )
    assert lines[3] == profile.texts["private_messages_text"]
    assert (len(text.text) <= 256, text.left_out) == (True, ())
    short = overview.profile_text(open_profile(cast, platform_id="tiktok", key=None))
    assert short.left_out[0][0] is overview.Part.PURPOSE


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_who_leaves_the_town_leaves_the_set_up_of_an_office_profile_and_ends_their_own(cast, kind):
    from intake.data.write import write
    from intake.people.models import Person
    from intake.profiles import service

    profile = open_profile(cast, kind)
    leaver = cast.admin if kind is ProfileKind.OFFICE else cast.colleague
    with write():
        person = db.session.get_one(Person, leaver.id)
        by = db.session.get_one(Person, cast.administrator.id)
        service.person_leaves(person, by, clock.now())
    still = [part.person_id for part in again(profile).current_admins]
    assert still == ([cast.requester.id] if kind is ProfileKind.OFFICE else [cast.colleague.id])
    assert again(profile).state is (P.SETUP if kind is ProfileKind.OFFICE else P.NEVER_OPENED)


def test_nobody_takes_anothers_part_away(cast):
    profile = open_profile(cast)
    take(profile, "leave", cast.admin, person_id=cast.requester.id)
    assert [part.person_id for part in again(profile).current_admins] == [cast.requester.id]
    with pytest.raises(NotAllowed):
        take(profile, "leave", cast.head)
    take(profile, "leave", Effect(cast.administrator), person_id=cast.requester.id)
    assert again(profile).current_admins == []
