"""The states of a role that is to be given to a person."""

from enum import StrEnum


class GrantState(StrEnum):
    """Where the giving of a role stands, once two people could say yes."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
