"""What the chain vouches for in this room: rights, and the settings that route and publish."""

from intake.engine.witness import Witness
from intake.people.models import Absence, Person, Proposal, RoleGrant, Setting, Unit

WITNESSES = (
    Witness(Person, ("email", "unit_id", "password_hash", "ended_at"), "name"),
    Witness(RoleGrant, ("person_id", "role", "by_id", "confirmed_by_id", "ended_at")),
    Witness(Proposal, ("state", "person_id", "role", "by_id", "lapses_on")),
    Witness(Unit, ("parent_id", "level", "code", "head_id", "deputy_id", "ended_at"), "name_fi"),
    Witness(Absence, ("person_id", "begins", "until", "deputy_id", "cancelled_at")),
    Witness(Setting, ("value",), shipped=True),
)
