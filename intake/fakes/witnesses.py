"""What the chain vouches for in this room: what a case was found to be, and who may see it."""

from intake.engine.witness import Witness
from intake.fakes.models import Case, CaseKey, Exclusion, PublicWarning

WITNESSES = (
    Witness(
        Case,
        (
            "state",
            "profile_id",
            "handler_id",
            "main_case_id",
            "second_by_id",
            "confirmed_at",
            "outcome",
            "ground",
            "police",
        ),
        "reference",
    ),
    Witness(CaseKey, ("key", "case_id", "from_case_id")),
    Witness(PublicWarning, ("case_id", "profile_id", "texts", "ends_on", "ended_at")),
    Witness(Exclusion, ("case_id", "person_id", "ended_at")),
)
