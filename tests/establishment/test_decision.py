from intake.establishment.states import RequestState as S
from tests.establishment import making
import pytest
from intake.profiles.models import ProfileKind


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (state, kind)
        for state in S
        for kind in ProfileKind
        if (state, kind) != (S.AWAITING_CONSENT, ProfileKind.OFFICE)
    ],
)
def test_every_state_is_reached_by_the_ordinary_steps(cast, state, kind):
    request = making.make_request(cast, state=state, kind=kind)
    assert request.state == state
