"""Addresses: read when typed, one waiting at a time, confirmed by a second person (A9-A16)."""

import pytest

from intake import clock
from intake.handbook.models import Platform, PlatformKind
from intake.profiles import queries
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.refusals import NotAllowed, Unready, WrongState
from tests.profiles.making import (
    EXPERT,
    addresses_of,
    again,
    make_profile,
    open_profile,
    steps_of,
    take,
    type_address,
)


def confirm(cast, profile, actor, **answers):
    line = again(profile).typed[0]
    shown = queries.fingerprint(again(profile).typed)
    take(line, "confirm", actor, **{"seen_today": True, "shown": shown, **answers})


@pytest.mark.policy("P4")
@pytest.mark.parametrize(
    "text",
    [
        "https://x.com@evil.example/savonkosken_nuoret",
        "https://evil.example\\@instagram.com/savonkosken_nuoret",
        "https://instagram.com.evil.example/savonkosken_nuoret",
        "https://www.instagram.com/p/CODE/",
        "https://instagram.com/share/xyz",
        "java\tscript:alert(1)",
        "https://facebook.com/savonkoskennuoret",
        "Savonkosken nuorisopalvelut ry",
        "https://instagram.com:80:evil/x",
        "\x00",
        ".." * 500,
    ],
)
def test_a13_what_is_no_address_of_the_service_is_refused_beside_its_field(cast, text):
    profile = open_profile(cast)
    with pytest.raises(Unready) as refusal:
        type_address(profile, cast.requester, text)
    assert refusal.value.problems[0].field == "address"
    assert addresses_of(profile) == []


@pytest.mark.parametrize(
    "text", ["savonkosken_nuoret", "@savonkosken_nuoret", " instagr.am/savonkosken_nuoret. "]
)
def test_a_handle_or_a_sloppy_address_will_do(cast, text):
    line = type_address(open_profile(cast), cast.requester, text)
    assert line.key == "instagram:handle:savonkosken_nuoret"
    assert line.typed == text.strip()


def test_the_lasting_id_is_of_the_same_service(cast):
    profile = open_profile(cast, platform_id="facebook", key=None)
    with pytest.raises(Unready) as refusal:
        type_address(profile, cast.requester, "facebook.com/savonkoskinuoret", "UC123")
    assert refusal.value.problems[0].field == "lasting_id"
    line = type_address(profile, cast.requester, "facebook.com/profile.php?id=61570000000001")
    assert line.lasting


def test_a_service_the_town_added_is_known_by_its_web_address(cast, make):
    from intake.handbook.models import Approval

    make._add(
        Platform(
            code="blogi",
            stored_name="Blogi",
            kind=PlatformKind.BLOG,
            approval=Approval.APPROVED,
            has_messages=False,
            bio_limit=None,
        )
    )
    profile = open_profile(cast, platform_id="blogi", key=None)
    assert type_address(profile, cast.requester, "https://blogi.example/a").key == (
        "web:page:blogi.example/a"
    )


@pytest.mark.parametrize("who", ["head", "stranger", "director", "handler", "administrator"])
def test_only_admins_and_keepers_type(cast, who):
    profile = open_profile(cast)
    with pytest.raises(NotAllowed):
        type_address(profile, getattr(cast, who))


@pytest.mark.parametrize("state", [P.CLOSED, P.NEVER_OPENED])
def test_nothing_is_typed_for_what_is_over(cast, state):
    profile = make_profile(cast, state)
    with pytest.raises(WrongState):
        type_address(profile, cast.keeper, "instagram.com/uusi_osoite")


@pytest.mark.policy("P4")
def test_a11_a_listed_profile_moves_only_by_a_second_person(cast):
    profile = make_profile(cast, key="facebook:vanity:savonkoskinuoret")
    with pytest.raises(Unready):
        type_address(profile, cast.requester, "facebook.com/savonkoskinuoret/posts/1")
    type_address(profile, cast.requester, "facebook.com/uudetnuoret")
    old, new = "facebook:vanity:savonkoskinuoret", "facebook:vanity:uudetnuoret"
    assert [line.key for line in again(profile).current] == [old]
    with pytest.raises(NotAllowed):
        confirm(cast, profile, cast.requester)
    with pytest.raises(Unready):  # it is not the decided one
        confirm(cast, profile, cast.admin)
    take(again(profile).typed[0], "allow", cast.head, reason="Nimi vaihtui.")
    with pytest.raises(Unready):
        confirm(cast, profile, cast.admin, seen_today=False)
    confirm(cast, profile, cast.admin)
    assert {line.key: line.state for line in addresses_of(profile)} == {
        old: A.FORMER,
        new: A.CURRENT,
    }
    assert queries.taken(old) == "closed"
    assert queries.taken(old, but=profile.id) is None
    assert queries.taken(new) == "listed"
    assert again(profile).confirmed_on == clock.today()


def test_a_lasting_id_is_given_anew_with_a_new_address(cast):
    profile = open_profile(cast, platform_id="facebook", key="facebook:vanity:savonkoskinuoret")
    from tests.profiles.making import confirm as list_it
    from tests.profiles.making import set_up

    set_up(cast, profile, "facebook.com/savonkoskinuoret", "61570000000001")
    list_it(cast, profile)
    with pytest.raises(Unready) as refusal:
        type_address(profile, cast.requester, "facebook.com/uudetnuoret")
    assert refusal.value.problems[0].field == "lasting_id"
    type_address(profile, cast.requester, "facebook.com/uudetnuoret", "61570000000002")
    take(again(profile).typed[0], "allow", cast.head, reason="Nimi vaihtui.")
    confirm(cast, profile, cast.admin)
    assert [line.key for line in again(profile).current] == [
        "facebook:vanity:uudetnuoret",
        "facebook:id:61570000000002",
    ]
    assert len([line for line in addresses_of(profile) if line.state is A.FORMER]) == 2
    line = type_address(profile, cast.requester, "facebook.com/kolmasnimi", "61570000000002")
    assert again(profile).typed == [line]  # the same account under a new name


def test_the_address_of_a_listed_expert_is_confirmed_by_others(cast):
    profile = make_profile(cast, kind=EXPERT)
    type_address(profile, cast.colleague, "instagram.com/uusi.nuoriso")
    take(again(profile).typed[0], "allow", cast.head, reason="Nimi vaihtui.")
    with pytest.raises(NotAllowed):
        confirm(cast, profile, cast.colleague)
    confirm(cast, profile, cast.head)


def test_what_was_typed_is_dropped_with_its_lasting_id(cast):
    profile = open_profile(cast, platform_id="facebook", key="facebook:vanity:savonkoskinuoret")
    type_address(profile, cast.requester, "facebook.com/savonkoskinuoret", "61570000000001")
    first, second = again(profile).typed
    with pytest.raises(NotAllowed):
        take(first, "drop", cast.stranger)
    take(first, "drop", cast.admin)
    assert again(first).state is again(second).state is A.DROPPED
    assert steps_of(second) == ["type", "drop"]


def test_an_address_is_not_confirmed_alone_while_the_profile_is_set_up(cast):
    profile = open_profile(cast)
    type_address(profile, cast.requester)
    with pytest.raises(WrongState):
        confirm(cast, profile, cast.admin)
