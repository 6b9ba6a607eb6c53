"""Two at once, on real threads: one wins, the other is told, and nothing is half done."""

import threading
from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.people.models import Person
from intake.profiles import queries, service
from intake.profiles.models import Profile
from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from intake.refusals import Refused, Stale, Unready, WrongState
from tests.profiles.making import (
    EXPERT,
    OFFICE,
    addresses_of,
    again,
    make_profile,
    open_profile,
    set_up,
    type_address,
)


def at_once(app, *runs) -> list:
    """Take (profile, step, person, answers) in one moment; what came of each, in order."""
    barrier, outcomes = threading.Barrier(len(runs)), [None] * len(runs)
    plain = [(profile.id, step, person.id, answers) for profile, step, person, answers in runs]
    db.session.rollback()

    def run(place: int, profile_id: str, step: str, person_id: str, answers: dict) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with write():
                    profile = db.session.get_one(Profile, profile_id)
                    person = db.session.get_one(Person, person_id)
                    service.take(profile, step, person, clock.now(), **answers)
                outcomes[place] = "done"
            except Refused as refusal:
                outcomes[place] = refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(n, *args)) for n, args in enumerate(plain)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def listing(profile) -> dict:
    """What the confirmation of a profile posts."""
    current = again(profile)
    shown = queries.fingerprint(current.typed)
    return {"shown": shown, "seen_today": True, "seen": current.revision}


@pytest.mark.policy("P4", "O6")
def test_a16_two_profiles_with_one_address_make_one_entry_and_one_field_error(app, cast, race):
    both = [open_profile(cast), open_profile(cast)]
    for profile in both:
        set_up(cast, profile)
    outcomes = at_once(app, *[(one, "list", cast.admin, listing(one)) for one in both])
    assert outcomes.count("done") == 1
    lost = next(one for one in outcomes if one != "done")
    assert isinstance(lost, Unready)
    assert [problem.field for problem in lost.problems] == ["address"]
    assert sorted(again(one).state for one in both) == [P.ACTIVE, P.SETUP]
    assert sorted(addresses_of(one)[0].state for one in both) == [A.CURRENT, A.TYPED]
    assert replay.verify() == []


CANCEL = {"reason": "Tarvetta ei ole."}


@pytest.mark.policy("O6")
@pytest.mark.parametrize(
    ("kind", "second", "other", "answers"),
    [
        (OFFICE, "admin", ("cancel_setup", "head"), CANCEL),
        (EXPERT, "keeper", ("cancel_setup", "head"), CANCEL),
        (EXPERT, "keeper", ("withdraw_consent", "colleague"), {}),
    ],
)
def test_a20_of_listing_and_ending_one_wins(app, cast, kind, second, other, answers, race):
    profile = open_profile(cast, kind)
    set_up(cast, profile)
    given = listing(profile)
    step, who = other
    outcomes = at_once(
        app,
        (profile, "list", getattr(cast, second), given),
        (profile, step, getattr(cast, who), {**answers, "seen": given["seen"]}),
    )
    assert outcomes.count("done") == 1
    lost = next(one for one in outcomes if one != "done")
    assert isinstance(lost, WrongState | Stale)
    expected = P.ACTIVE if outcomes[0] == "done" else P.NEVER_OPENED
    assert again(profile).state is expected
    assert addresses_of(profile)[0].state is (A.CURRENT if expected is P.ACTIVE else A.DROPPED)
    moved = [entry for entry, _ in audit_trail.history([profile.id]) if entry.old != entry.new]
    assert [entry.step for entry in moved] == ["prepare", "list" if expected is P.ACTIVE else step]


def test_a20_closing_and_calling_it_off_at_once(app, cast, still, race):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    still.shift(timedelta(days=41))
    seen = again(profile).revision
    done = {"final_post": True, "ended_how": "handle_kept", "access_removed": True, "seen": seen}
    outcomes = at_once(
        app,
        (profile, "close", cast.requester, done),
        (profile, "call_off_closing", cast.head, {"reason": "Jatketaan.", "seen": seen}),
    )
    assert outcomes.count("done") == 1
    assert again(profile).state in (P.CLOSED, P.ACTIVE)


def test_a10_typing_and_listing_at_once_never_lists_what_was_not_seen(app, cast, race):
    profile = open_profile(cast, key=None)
    set_up(cast, profile, "instagram.com/savonkosken_nuoret")
    given = listing(profile)
    profile_id, admin_id, typist_id = profile.id, cast.admin.id, cast.requester.id
    db.session.rollback()
    barrier, outcomes = threading.Barrier(2), []

    def go(act) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with write():
                    act(db.session.get_one(Profile, profile_id))
                outcomes.append("done")
            except Refused as refusal:
                outcomes.append(refusal)
            finally:
                db.session.remove()

    def confirm(current) -> None:
        person = db.session.get_one(Person, admin_id)
        service.take(current, "list", person, clock.now(), **given)

    def retype(current) -> None:
        person = db.session.get_one(Person, typist_id)
        service.type_address(current, person, clock.now(), address="instagram.com/muu_tili")

    threads = [threading.Thread(target=go, args=(act,)) for act in (confirm, retype)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    current = [line.key for line in again(profile).current]
    assert current in ([], ["instagram:handle:savonkosken_nuoret"])
    assert (again(profile).state is P.ACTIVE) == bool(current)


def test_typing_again_takes_the_place_of_what_was_typed(cast):
    profile = open_profile(cast, key=None)
    type_address(profile, cast.requester, "instagram.com/savonkosken_nuoret")
    type_address(profile, cast.admin, "instagram.com/muu_tili")
    assert {line.key: line.state for line in addresses_of(profile)} == {
        "instagram:handle:savonkosken_nuoret": A.DROPPED,
        "instagram:handle:muu_tili": A.TYPED,
    }
