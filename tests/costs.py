"""What something costs beside something else in the same minute: seconds alone tell nothing."""

import time
from collections.abc import Callable


def cost(act: Callable[[], object], tries: int = 1) -> float:
    """Seconds of the processor, the fewest of some tries."""
    found = []
    for _ in range(tries):
        began = time.process_time()
        act()
        found.append(time.process_time() - began)
    return min(found)


def assert_grows_with(much: Callable[[], object], little: Callable[[], object]) -> None:
    """Ten times as much costs ten times as much, not a hundred times."""
    assert cost(much) < 20 * (cost(little) + 0.05)
