"""The files that come with a report and with what is added to it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import fields

from intake.fakes.evidence import pictures
from intake.text import clean
from intake.web.forms import BaseForm, Told, Upload
from intake.web.forms.fields import CONTROL, MEGABYTE

FILES = 5
LARGEST = 10  # megabytes of one file
MOST = (FILES * LARGEST + 5) * MEGABYTE  # bytes of a form's files, and room to say what is too much


class Pictures(Told, fields.MultipleFileField):
    """Files of a report: `data` is a list of uploads; what they are, the room finds out."""

    type_of = "files"
    largest, most = LARGEST, FILES
    kept: Sequence[Any] = ()  # `uploads.Waiting`: what waits for the form while it is refused

    @property
    def accept(self) -> Sequence[str]:
        """What the person may choose: what can be opened here."""
        return pictures.accepted()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Those that are too large are left out, and named; the others are kept."""
        sent = [one for one in valuelist if getattr(one, "filename", "")]
        read = [self._read(one) for one in sent]
        self.data = [one for one in read if len(one.content) <= LARGEST * MEGABYTE]
        if large := [one.name for one in read if one not in self.data]:
            raise ValueError(self.too_large(", ".join(large)))

    @staticmethod
    def too_large(name: str) -> str:
        """What is said of a file beyond `largest`, here and by the script before it is sent."""
        told: str = _(
            "%(name)s is over %(most)d MB. Choose a smaller picture.", name=name, most=LARGEST
        )
        return told

    @staticmethod
    def too_many() -> str:
        """What is said of more than `most` files."""
        return str(_("Send at most %(most)d files at once.", most=FILES))

    @staticmethod
    def _read(sent: Any) -> Upload:
        """At most a byte more than the limit, so that too large a file is seen to be."""
        name = CONTROL.sub("", clean(sent.filename).replace("\\", "/").rpartition("/")[2])
        return Upload(name[:200], sent.stream.read(LARGEST * MEGABYTE + 1))


def screenshots() -> Pictures:
    """The field itself, the same in every form."""
    return Pictures(
        _l("Screenshots"),
        hint=_l(
            "Show the profile's name, address and date. At most five pictures or PDF files of at "
            "most 10 MB each."
        ),
        optional=True,
        personal=True,
        keep="CASE",
    )


class WithFiles(BaseForm):
    """A form that files come with; its own class places the field among the others."""

    evidence: Pictures
