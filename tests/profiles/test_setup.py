"""The set-up of an approved profile."""

import pytest

from intake.profiles import queries
from intake.profiles.states import ProfileState as P
from tests.profiles.making import open_profile, steps_of


@pytest.mark.policy("O3", "O6")
def test_an_approval_opens_a_profile_with_admins_checklist_and_a_last_day(cast):
    profile = open_profile(cast, conditions=("Kuvat ennakkoon.",))
    assert profile.state is P.SETUP
    assert [row.person_id for row in profile.current_admins] == [cast.requester.id, cast.admin.id]
    assert profile.checklist[-1].text == "Kuvat ennakkoon."
    assert str(profile.setup_until) == "2026-12-23"
    assert profile.due_at is not None
    assert profile.slug == "savonkosken-nuorisopalvelut"
    assert steps_of(profile) == ["prepare"]
    assert queries.near(["Savonkosken nuoriso palvelut"]) == [profile]
