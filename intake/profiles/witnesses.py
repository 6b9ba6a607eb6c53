"""What the chain vouches for in this room: all that the register and the check say."""

from intake.engine.witness import Witness
from intake.profiles.models import Address, AddressMark, Neighbour, Profile, ProfileAdmin

WITNESSES = (
    Witness(
        Profile,
        (
            "state",
            "kind",
            "platform_id",
            "unit_id",
            "name",
            "slug",
            "subject_id",
            "texts",
            "decided",
            "decided_by_id",
            "decided_key",
            "consent_on",
            "consent_ended_at",
            "listed_at",
            "confirmed_on",
            "closes_on",
            "closing_reason",
            "successor",
            "closed_on",
            "alarm",
            "interim_channel",
            "ends_on",
            "review_due_on",
            "continuation",
            "presence",
            "away_from",
            "away_until",
            "away_cover",
        ),
        "name",
    ),
    Witness(
        Address,
        (
            "state",
            "profile_id",
            "key",
            "kind",
            "url",
            "lasting",
            "typed_by_id",
            "confirmed_by_id",
            "until",
        ),
        "key",
    ),
    Witness(AddressMark, ("key", "mark", "until")),
    Witness(Neighbour, ("key", "shape", "note"), "text"),
    Witness(ProfileAdmin, ("profile_id", "person_id", "accepted_at", "until")),
)
