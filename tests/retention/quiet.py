"""Time that passes night by night, so that the clock is trusted at its end."""

from datetime import datetime, timedelta

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.retention.models import Run

A_DAY = timedelta(days=1)


def nights_until(still, moment: datetime) -> None:
    """Let quiet nights pass until a moment: the last one is the night before."""
    still.move_to(moment - A_DAY)
    with write():
        run = db.session.get(Run, "retention") or Run(id="retention")
        run.at = clock.now()
        db.session.add(run)
    still.move_to(moment)
