"""The track of requests, as the rest of the house knows it."""

from typing import Any

from intake.engine.table import Step
from intake.engine.tracks import Track
from intake.establishment import words
from intake.establishment.duties import duties
from intake.establishment.models import Request
from intake.establishment.workflow import WORKFLOW


def _take(*args: Any, **given: Any) -> Step:
    """The verb of the room, which itself goes by this track."""
    from intake.establishment import service

    return service.take(*args, **given)


TRACK = Track(
    workflow=WORKFLOW,
    model=Request,
    take=_take,
    title=words.title,
    address=words.address,
    words=words.WORDS,
    duties=duties,
)
