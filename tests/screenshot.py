"""`python -m tests.screenshot`: the start page of the demo town, as README shows it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.server import ROOT, Server, chromium

TARGET = ROOT / "docs" / "screenshot.png"
MOST = 150_000  # bytes


def main() -> int:
    """Serve the demo town, take the picture, and say how large it is."""
    with TemporaryDirectory() as folder, chromium() as browser:
        server = Server(Path(folder), "--demo").start()
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
            page.goto(server.base)
            page.screenshot(path=TARGET, full_page=True)
        finally:
            server.stop()
    size = TARGET.stat().st_size
    print(f"{TARGET.relative_to(ROOT)}: {size} bytes")  # noqa: T201 -- a command speaks
    return 0 if size < MOST else 1


if __name__ == "__main__":
    sys.exit(main())
