"""Profiilivahti. `python app.py` serves it; `flask --app app --help` tells of the commands."""

import argparse
import os
import sys
from pathlib import Path

from intake import clock, config, create_app, demo, logs
from intake.data.base import db
from intake.ops import migrate, server
from intake.people import accounts

os.umask(0o077)  # nobody else on this machine reads what is written here
try:
    app = create_app()
except config.NotStarted as refusal:
    refusal.show()
    sys.exit(refusal.exit_code)
logs.start(app.config)


def main() -> int:
    """Serve until told to stop; says in a sentence why where it does not start."""
    options = _options()
    try:
        config.refuse_open_door(options.host, app.config)
        app.config["BASE_URL"] = config.at_port(app.config["BASE_URL"], options.port)
        with server.present(Path(app.instance_path)):
            _serve(options)
    except config.NotStarted as refusal:
        refusal.show()
        return refusal.exit_code
    return 0


def _serve(options: argparse.Namespace) -> None:
    """Bring the database up to date and serve."""
    with app.app_context():
        migrate.run()
        for line in demo.prepare(wanted=options.demo):
            print(line)
        if link := accounts.offer_first_start(clock.now()):
            print(f"There is no administrator yet. The first one begins here, within 24 h: {link}")
        db.session.remove()
    address = f"http://{options.host}:{options.port}"
    server.serve(
        app, options.host, options.port, lambda: print(f"Serving at {address}", flush=True)
    )


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
