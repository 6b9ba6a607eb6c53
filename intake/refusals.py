"""Why the software says no: each refusal a class with a sentence, a status and a page.

The sentences are message ids: they are translated where they are shown.
"""

from collections.abc import Sequence
from typing import Any, ClassVar


def marked(message: str) -> str:
    """Mark a sentence for the catalogues without translating it here."""
    return message


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not a failure of the program
    """Base of every refusal. `sentence` is an English message id, `status` its HTTP status."""

    status: ClassVar[int] = 403
    sentence: ClassVar[str] = ""


class NotAllowed(Refused):
    """The person may see the subject but is not among those who may take the step."""

    status = 403
    sentence = marked("You may not do this.")


class KeptApart(NotAllowed):
    """Two people means two people: who took an earlier step does not take this one. `people` can
    instead, today."""

    sentence = marked(
        "You took an earlier step of this yourself. Another person must take this one."
    )

    def __init__(self, step: str, people: Sequence[Any] = ()) -> None:
        super().__init__(step)
        self.people = list(people)


class Unseen(Refused):
    """There is no such thing for this person."""

    status = 404
    sentence = marked("There is no such page.")


class WrongState(Refused):
    """The step does not exist in the state the subject is in now."""

    status = 409
    sentence = marked("Somebody was first: this can no longer be done.")


class Stale(Refused):
    """The subject has changed since the person opened it."""

    status = 409
    sentence = marked("This has changed since you opened it.")


class Unready(Refused):
    """Something must hold first; `problems` says what, in the reader's language."""

    status = 422
    sentence = marked("This cannot be done yet.")

    def __init__(self, problems: Sequence[Any]) -> None:
        super().__init__(list(problems))
        self.problems = list(problems)


class Busy(Refused):
    """The database is held by another writer for longer than a person waits."""

    status = 503
    sentence = marked("Others are saving just now, so nothing of this was saved.")
    retry_after: ClassVar[int] = 10  # seconds


class AlreadyDone(Refused):
    """The form was used before; `leads_to` is where its first use led."""

    status = 303

    def __init__(self, leads_to: str) -> None:
        super().__init__(leads_to)
        self.leads_to = leads_to
