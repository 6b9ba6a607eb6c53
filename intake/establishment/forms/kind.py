"""Which kind of profile is asked for, and what a change of mind costs."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from intake.profiles.models import ProfileKind
from intake.web.forms import BaseForm, Radio, Seen, Tick

TYPES = [
    (ProfileKind.OFFICE.value, _l("Office profile")),
    (ProfileKind.EXPERT.value, _l("Expert profile")),
]


class StartForm(BaseForm):
    """The kind of the profile (P1, P2)."""

    profile_type = Radio(
        _l("Type of profile"),
        hint=_l("An office profile has at least two admins, an expert profile is one person's."),
        missing=_l("Choose the type of the profile."),
        choices=TYPES,
        clause="P1",
    )


class TypeForm(StartForm):
    """Another kind instead: asks first where answers would be lost."""

    seen = Seen()
    was = HiddenField()
    sure = Tick(
        _l("Remove these answers and change the type"),
        missing=_l("Tick the box if the answers may be removed, or keep the type."),
    )

    def settle(self, lost: list[str], other: ProfileKind) -> None:
        """Ask only where something would be lost: when the other kind was chosen."""
        if not lost or self.profile_type.data != other:
            del self.sure
