"""A profile on its way: what the public sees after each ordinary step."""

import pytest

from intake.profiles.states import ProfileState
from intake.register import check, queries
from tests.profiles.making import EXPERT, make_profile

KEY = "instagram:handle:savonkosken_nuoret"
TEXT = "instagram.com/savonkosken_nuoret"


@pytest.mark.policy("O6", "O8", "P4")
@pytest.mark.parametrize(
    ("state", "verdict", "listed"),
    [
        (ProfileState.SETUP, "unknown", False),
        (ProfileState.NEVER_OPENED, "unknown", False),
        (ProfileState.ACTIVE, "official", True),
        (ProfileState.CLOSING_ANNOUNCED, "closing", True),
        (ProfileState.CLOSED, "closed", True),
    ],
)
def test_the_register_follows_an_office_profile(cast, visitor, state, verdict, listed):
    profile = make_profile(cast, state, key=KEY)
    assert check.answer(TEXT, queries.known()).verdict == verdict
    assert check.answer("savonkosken_nuoret", queries.known()).verdict == verdict
    for path in ("/register", "/register?q=savonkosken_nuoret"):
        assert (profile.name in visitor.opens(path, status=200).main) == listed
    if listed:
        page = visitor.opens(f"/register/{profile.slug}", status=200)
        assert page.heading == profile.name
        assert TEXT in page.main
        assert ("Lepoharjula" in page.main) == (state is not ProfileState.CLOSED)
        visitor.opens(f"/api/v1/profiles/{profile.slug}", status=200)


@pytest.mark.policy("E6", "E5")
def test_the_register_follows_an_expert_profile(cast, visitor):
    profile = make_profile(cast, ProfileState.ACTIVE, EXPERT)
    page = visitor.opens(f"/register/{profile.slug}", status=200)
    for said in (cast.colleague.name, cast.colleague.email, "Nuorisopalvelut"):
        assert said in page.main


@pytest.mark.policy("E5")
def test_nothing_public_names_an_expert_whose_profile_is_closed(cast, visitor):
    profile = make_profile(cast, ProfileState.CLOSED, EXPERT)
    for path in (
        f"/register/{profile.slug}",
        "/register",
        "/api/v1/profiles",
        "/api/v1/check?q=instagram.com/riitta.nuoriso",
    ):
        said = visitor.client.get(path).text.replace("riitta.nuoriso", "", 1)
        assert "iitta" not in said, path
        assert "Kirkasojala" not in said, path
    found = check.answer("instagram.com/riitta.nuoriso", queries.known())
    assert found.verdict == "closed"
