"""Forms of the steps of a proposed role."""

from hashlib import sha256

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.engine.step_form import Occasion, StepForm
from intake.people.models import Proposal
from intake.web.forms import Lines


class GrantForm(StepForm):
    """A button; `shown` marks the person as the page showed them."""

    shown = HiddenField()

    def settle(self, occasion: Occasion) -> None:
        if not self.is_submitted():
            self.shown.data = mark(occasion.subject)


class RefuseForm(GrantForm):
    """Why a role is not given."""

    reason = Lines(_l("Reasons"), least=10, most=1000, missing=_l("Say why."), trail=True)


def mark(proposal: Proposal) -> str:
    """What who decides must have seen: a person with another address is another person."""
    seen = (proposal.person.name, proposal.person.email, proposal.role)
    return sha256("\n".join(seen).encode()).hexdigest()[:32]
