"""The states of a profile and of its addresses."""

from enum import StrEnum


class ProfileState(StrEnum):
    """Where a profile stands."""

    SETUP = "setup"
    ACTIVE = "active"
    CLOSING_ANNOUNCED = "closing_announced"
    CLOSED = "closed"
    NEVER_OPENED = "never_opened"


class AlarmState(StrEnum):
    """Whether the town still holds a profile that exists in its service."""

    CLEAR = "clear"
    HIJACKED = "hijacked"  # somebody else holds it
    LOST = "lost"  # the service locked or removed it, or the town cannot get in


class AddressState(StrEnum):
    """Where one address of a profile stands."""

    TYPED = "typed"
    CURRENT = "current"
    DROPPED = "dropped"
    FORMER = "former"


class ContinuationState(StrEnum):
    """Whether a profile in use goes on, or the supervisor has to decide that it does."""

    GOES_ON = "goes_on"
    IN_QUESTION = "in_question"


class PresenceState(StrEnum):
    """Whether somebody looks after a profile as usual, or an absence is announced (E4)."""

    PRESENT = "present"
    AWAY = "away"


class ChangeState(StrEnum):
    """Where a change of a profile stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"  # by who becomes an admin
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class HandoverState(StrEnum):
    """How many have said that an admin who went gets in no more."""

    OPEN = "open"
    SAID = "said"  # by one
    DONE = "done"
