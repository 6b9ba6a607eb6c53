"""The states of a case, and of its track with the police."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands: one case for each fake profile."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    NEEDS_INFO = "needs_info"
    DUPLICATE = "duplicate"
    SPAM = "spam"
    NOT_FAKE = "not_fake"
    CONFIRMED = "confirmed"
    PLATFORM_NOTIFIED = "platform_notified"
    NO_ANSWER = "no_answer"
    PLATFORM_REFUSED = "platform_refused"
    ESCALATED = "escalated"
    TAKEN_DOWN = "taken_down"
    CLOSED_UNRESOLVED = "closed_unresolved"
    REOPENED = "reopened"
    RECOVERING = "recovering"
    RECOVERED = "recovered"


class PoliceState(StrEnum):
    """How far a case has got with the police; the furthest of what was done."""

    NOT_CONSIDERED = "not_considered"
    NOT_NEEDED = "not_needed"
    VICTIM_ADVISED = "victim_advised"
    FILED_BY_VICTIM = "filed_by_victim"
    FILED_BY_TOWN = "filed_by_town"
    INVESTIGATION_ENDED = "investigation_ended"
