"""Reading addresses from lines."""

from collections.abc import Iterable
from typing import TextIO


def read_lines(lines: Iterable[bytes], out: TextIO) -> None:
    """Print one JSON object for each line."""
