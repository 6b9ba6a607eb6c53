"""Profiilivahti. `python app.py` serves it; `flask --app app --help` tells of the commands."""

import argparse
import sys

from intake import clock, config, create_app, demo, migrating, serving
from intake.database import db
from intake.people import accounts

app = create_app()


def main() -> int:
    """Bring the database up to date and serve until told to stop."""
    options = _options()
    with app.app_context():
        migrating.run()
        try:
            for line in demo.prepare(wanted=options.demo):
                print(line)
        except config.BadSettings as problem:
            print(f"Not started: {problem}", file=sys.stderr)
            return 2
        if link := accounts.offer_first_start(clock.now()):
            print(f"There is no administrator yet. The first one begins here, within 24 h: {link}")
        db.session.remove()
    address = f"http://{options.host}:{options.port}"
    serving.serve(
        app, options.host, options.port, lambda: print(f"Serving at {address}", flush=True)
    )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--demo", action="store_true", help="fill an empty database with an invented town"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument("--port", type=int, default=8000, help="port to listen at")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
