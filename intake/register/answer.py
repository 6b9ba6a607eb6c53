"""The answer to one thing that somebody asks about."""

from dataclasses import dataclass, field
from typing import Any

from intake.addresses import Kind, Reach
from intake.register.entry import Entry
from intake.register.lookalikes import Similar
from intake.register.verdicts import LOOKS, REPORTED, Verdict


@dataclass(frozen=True)
class Answer:
    """A verdict and its sentences: `heading` is the first of `message`, `text` the rest. `reach`
    says what was asked about is, None for a name, a number or a reference. `profiles` begin with
    the one that decided; `is_partial`: they have some words of a name and not the others. `piece`
    is what of the text was asked about; the answer to a whole text is its worst, with all of them
    as `askings` where it asks about several things."""

    query: str
    verdict: Verdict
    message: str
    profiles: list[Entry] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    kind: Kind = Kind.ADDRESS
    reach: Reach | None = None
    askings: tuple["Answer", ...] = ()
    piece: str = ""
    is_partial: bool = False

    @property
    def every(self) -> tuple["Answer", ...]:
        """Each answer, the worst first."""
        return self.askings or (self,)

    @property
    def shown(self) -> str:
        """What was asked about, as the page repeats it."""
        return self.piece or self.query

    @property
    def heading(self) -> str:
        """The first sentence."""
        return self.message.partition(". ")[0] + ("." if self.text else "")

    @property
    def text(self) -> str:
        """The rest."""
        return self.message.partition(". ")[2]

    @property
    def offers_report(self) -> bool:
        """May there be a fake to report?"""
        return self.verdict in REPORTED and self.kind is not Kind.REFERENCE

    @property
    def imitated(self) -> str | None:
        """The slug of the profile that a fake would imitate."""
        return self.similar[0].entry.slug if self.similar else None

    @property
    def looks(self) -> tuple[str, str]:
        """Kind of colour and shape of icon."""
        return LOOKS[self.verdict]

    @property
    def state(self) -> str | None:
        """The state of the profile that decided."""
        return self.profiles[0].status.value if self.profiles else None

    def as_json(self) -> dict[str, Any]:
        """As the API tells it: what was asked about, by itself, under `askings`."""
        return self._own_json() | {"askings": [one._own_json() for one in self.askings]}

    def _own_json(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "verdict": self.verdict.value,
            "kind": self.kind.value,
            "reach": self.reach.value if self.reach else None,
            "state": self.state,
            "profiles": [entry.as_json() for entry in self.profiles],
            "similar": [one.as_json() for one in self.similar],
            "message": self.message,
        }
