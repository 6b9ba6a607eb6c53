"""What a notice to a platform must hold before a person may send it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from intake.fakes.models import Case
from intake.forms import Problem
from intake.people import town


def problems(_case: Case, text: str = "", route: str = "", **_answers: Any) -> Sequence[Problem]:
    """What a notice lacks: a way, the words, and who sends it."""
    found = []
    if not route.strip():
        found.append(Problem(_("Say where the notice goes."), "route"))
    if town.current().contact_email not in text:
        found.append(Problem(_("Sign the notice with the town's own e-mail address."), "text"))
    return found
