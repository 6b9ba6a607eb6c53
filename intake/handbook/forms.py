"""Forms of the handbook."""

from intake.forms import BaseForm, Seen


class AcknowledgeForm(BaseForm):
    """A button that says what it means; `seen` is the number of the version that was shown."""

    seen = Seen()
