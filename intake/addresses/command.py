"""Reading addresses from lines."""

import json
from collections.abc import Iterable
from typing import TextIO

from intake.addresses.read import read


def read_lines(lines: Iterable[bytes | str], out: TextIO) -> None:
    """Print one JSON object for each line that is not empty; what is no UTF-8 becomes U+FFFD."""
    for line in lines:
        raw = line if isinstance(line, bytes) else line.encode(errors="surrogatepass")
        text = raw.decode(errors="replace").rstrip("\r\n")
        if text.strip():
            out.write(json.dumps(read(text).as_json()) + "\n")
