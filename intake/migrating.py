"""Migrations: made by Alembic from the first model on, run at start."""

import fcntl
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from intake import clock
from intake.database import UTC, db, write

FOLDER = Path(__file__).parent / "migrations"


def init_app(app: Flask) -> None:
    """Bind Flask-Migrate, so that `flask db` works."""
    Migrate(
        app,
        db,
        directory=str(FOLDER),
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=_render,
    )


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own column type by the name of what it is made of: migrations import nothing of ours."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTC) else False


def run() -> None:
    """Bring the database up to date, one process at a time."""
    with Path(current_app.instance_path, "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        upgrade(directory=str(FOLDER))
        _ship()


def _ship() -> None:
    """Let each room see to what the product brings along, such as the first guidelines."""
    with write():
        for ship in current_app.extensions.get("shipped", []):
            ship(clock.now())
