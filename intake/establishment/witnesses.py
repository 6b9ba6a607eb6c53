"""What the chain vouches for in this room: what was sent and decided, and who may decide."""

from intake.engine.witness import Witness
from intake.establishment.models import Conflict, Decision, Reader, Request, Version

WITNESSES = (
    Witness(
        Request,
        ("state", "kind", "requester_id", "version", "decider_id", "named_id", "handed_to_id"),
        "reference",
    ),
    Witness(Version, ("request_id", "number", "answers", "digest", "by_id")),
    Witness(
        Decision,
        (
            "request_id",
            "version",
            "kind",
            "by_id",
            "for_id",
            "reason",
            "conditions",
            "training_reason",
            "at",
        ),
    ),
    Witness(Conflict, ("request_id", "person_id", "why")),
    Witness(Reader, ("request_id", "person_id")),
)
