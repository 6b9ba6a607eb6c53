"""Who may give a role and who is told, in relation to a proposal."""

from datetime import datetime

from intake.engine.table import Party
from intake.people import queries
from intake.people.grants import vouching
from intake.people.models import Person, Proposal, Role


def _organisers(proposal: Proposal, _now: datetime) -> list[Person]:
    """The administrators, but nobody for themself (A6)."""
    found = queries.holders(Role.ADMINISTRATOR)
    return [person for person in found if person.id != proposal.person_id]


def _proposer(proposal: Proposal, _now: datetime) -> list[Person]:
    found = queries.active_person(proposal.by_id)
    return [] if found is None else [found]


def _seconds(proposal: Proposal, _now: datetime) -> list[Person]:
    return vouching.seconds(proposal)


def _holders(proposal: Proposal, _now: datetime) -> list[Person]:
    return queries.holders(proposal.role)


organiser = Party("organiser", _organisers)
proposer = Party("proposer", _proposer)
second_granter = Party("second_granter", _seconds)
role_holders = Party("role_holders", _holders)
