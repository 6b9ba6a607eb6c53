"""Opening an original."""

from intake.web.forms import BaseForm


class OriginalForm(BaseForm):
    """Gives out a file as it was handed in; each time leaves a line in the trail."""
