"""The last group: who decides (O3)."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.establishment.forms.base import PageForm, require, wrong
from intake.web.forms import Choice, Lines


class DeciderPage(PageForm):
    """The supervisor found from unit and admins, or another with a reason (O3)."""

    dependent = frozenset({"supervisor_reason"})

    supervisor = Choice(
        _l("Decision by"),
        hint=_l("Proposed from the unit. You may choose another supervisor with a reason."),
        optional=True,
        personal=True,
        clause="O3",
    )
    supervisor_reason = Lines(
        _l("Why another supervisor?"),
        hint=_l("Fill this in if you chose another supervisor than the one proposed."),
        missing=_l("Say why another supervisor should decide."),
        optional=True,
        least=20,
        most=500,
        rows=3,
        clause="O3",
    )

    def settle(self) -> None:
        """Offer those who head or deputise a unit today and are no party to the matter."""
        context = self.context
        proposed = context.route.acting if context.route else None
        label = _("%(name)s (proposed)", name=proposed.name) if proposed else _("The one proposed")
        self.supervisor.choices = [
            ("", label),
            *(
                (person.id, person.name)
                for person in context.deciders
                if person.id not in context.conflict
                and (person != proposed or person.id == self.supervisor.data)
            ),
        ]
        if self.supervisor.data and not (proposed and self.supervisor.data == proposed.id):
            require(self.supervisor_reason, self.supervisor_reason.missing)

    def judge(self) -> None:
        """Nobody who takes part in the matter decides on it (A1)."""
        chosen = self.supervisor.data
        if chosen and chosen in self.context.conflict:
            self.supervisor.errors = []
            wrong(
                self.supervisor,
                _("This person takes part in the matter and may not decide it. Choose another."),
            )
