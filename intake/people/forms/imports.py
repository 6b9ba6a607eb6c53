"""Forms of importing units and people."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.people.importing import layout
from intake.people.importing.reading import PACKED
from intake.people.importing.words import FAULTS
from intake.web.forms import BaseForm, File, Tick, Upload
from intake.web.forms.fields import MEGABYTE
from intake.web.templating import number

CSV = (".csv", ".txt", "text/csv")


class ImportForm(BaseForm):
    """A file of units, a file of people, or both at once."""

    units = File(
        _l("File of units"), optional=True, most=layout.MEGABYTES + 1, accept=CSV, width="36"
    )
    people = File(
        _l("File of people"), optional=True, most=layout.MEGABYTES + 1, accept=CSV, width="36"
    )

    @property
    def files(self) -> list[Upload]:
        """The files that were chosen."""
        return [field.data for field in (self.units, self.people) if field.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one file, all of them together within the limit, none a spreadsheet's own."""
        if not super().validate(extra_validators):
            return False
        if not self.files:
            self.units.errors = [_("Choose a file of units, of people, or both.")]
        for field in (self.units, self.people):
            if field.data and field.data.content.startswith(PACKED):
                field.errors = [str(FAULTS["spreadsheet"])]
        if (size := sum(len(file.content) for file in self.files)) > layout.MEGABYTES * MEGABYTE:
            self.problems.append(_too_large(size))
        return not self.errors and not self.problems


def _too_large(size: int) -> str:
    over = max(size / MEGABYTE - layout.MEGABYTES, 0.01)
    sentence = _("The files are %(over)s MB too large. Together they may have %(most)d MB.")
    return str(sentence) % {"over": number(round(over, 2)), "most": layout.MEGABYTES}


class ConfirmForm(BaseForm):
    """Let the changes be made that were seen."""

    seen = HiddenField()
    invite = Tick(
        _l("Send the new people an invitation, by which they choose their password"),
        optional=True,
    )
