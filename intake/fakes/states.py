"""The states of a case and of its track with the police, and the codes that go with them."""

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


class Priority(StrEnum):
    """How fast a case must be looked at."""

    NORMAL = "normal"
    URGENT = "urgent"  # money or data given, bank codes asked for


class Outcome(StrEnum):
    """What became of a fake at its platform."""

    REMOVED = "removed"
    RESTRICTED = "restricted"
    LABELLED = "labelled"
    RENAMED = "renamed"
    HIDDEN_IN_EU = "hidden_in_eu"
    GONE = "gone_without_answer"


class Ground(StrEnum):
    """Why a reported profile is no fake."""

    OFFICIAL = "official"
    WAS_OFFICIAL = "was_official"
    NAMESAKE = "namesake"
    PARODY = "parody"
    OTHER_BODY = "other_body"
    NOT_FOUND = "not_found"
    NO_HARM = "no_harm"


class Held(StrEnum):
    """Why a report is held apart until a handler has looked; it is never thrown away."""

    TRAP = "trap"  # the field that people do not see was filled
    FAST = "fast"  # sent sooner than anybody reads
    FLOOD = "flood"  # no proof of work in a flood


class UnitAnswer(StrEnum):
    """What the imitated unit says of the reported account."""

    NOT_OURS = "not_ours"
    NO_LONGER_OURS = "no_longer_ours"  # a former address that the town does not hold any more
    NOT_REACHED = "not_reached"  # within one working day


class Way(StrEnum):
    """The way a notice goes: to the platform, or further."""

    RULES = "rules"
    ART16 = "art16"
    COMPLAINT = "complaint"
    BODY = "body"
    DSC = "dsc"
    POLICE = "police"
    RECOVERY = "recovery"
