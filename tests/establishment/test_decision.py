from intake.establishment.states import RequestState as S
from tests.establishment import making
import pytest

@pytest.mark.parametrize("kind", [making.OFFICE, making.EXPERT])
@pytest.mark.parametrize("state", list(S))
def test_every_state_is_reached_by_the_ordinary_steps(cast, state, kind):
    request = making.make_request(cast, state=state, kind=kind)
    assert request.state == state
