"""From set-up to closed, by the ordinary steps."""

import pytest

from intake.profiles.states import AddressState as A
from intake.profiles.states import ProfileState as P
from tests.profiles.making import EXPERT, OFFICE, addresses_of, again, make_profile, steps_of


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(P))
def test_a_profile_of_either_kind_walks_to_every_state(cast, state, kind):
    assert make_profile(cast, state, kind).state is state


@pytest.mark.policy("O6", "O8", "E6", "P4")
def test_a_profile_is_set_up_listed_announced_to_close_and_closed(cast):
    profile = make_profile(cast, P.CLOSED)
    done = [step for step in steps_of(profile) if step not in ("check_off", "state_rights")]
    assert done == ["prepare", "list", "announce_closing", "close"]
    address = addresses_of(profile)[0]
    assert (address.state, address.key) == (A.FORMER, "instagram:handle:savonkosken_nuoret")
    assert again(profile).listed_at is not None
    assert again(profile).closed_on == again(profile).closes_on
