"""Taking out of the register what should not stand there (P7): one public text is made shorter or
withheld, in one step and at once. The trail names the text, not what stood in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.engine.step_form import Occasion, StepForm
from intake.engine.table import Outcome
from intake.profiles.forms import ConfirmForm, reasons
from intake.profiles.models import Profile
from intake.security import sensitive_text
from intake.web.forms import Lines, Problem, Radio

TEXTS = {  # of `Profile.texts`
    "purpose": _l("Purpose"),
    "audience": _l("Audience"),
    "answering": _l("How questions are answered"),
    "private_messages_text": _l("How private messages are answered"),
    "represents_text": _l("What else?"),
    "role_defined": _l("Task or role"),
    "absence_cover_text": _l("Where to, or who covers?"),
}
COLUMNS = {
    "closing_reason": _l("Why is the profile closed?"),
    "successor": _l("Where do people turn instead?"),
    "interim_channel": _l("Where do people reach you meanwhile?"),
}
TASK = "task-"  # and the id of the admin whose work task it is


class RedactForm(StepForm):
    """Which text, and what stands there from now on."""

    what = Radio(_l("Which text?"), missing=_l("Choose the text."), clause="P7", trail=True)
    how = Radio(
        _l("What stands there from now on?"),
        choices=(("shorter", _l("The shorter text below")), ("withheld", _l("Nothing"))),
        clause="P7",
        trail=True,
    )
    text = Lines(
        _l("The shorter text"), optional=True, most=1000, public=True, clause="P7", trail=True
    )
    reason = reasons()

    def settle(self, occasion: Occasion) -> None:
        """Offer the texts that the register shows of a profile."""
        self.what.choices = [
            (name, f"{label}: {text}") for name, (label, text) in texts(occasion.subject).items()
        ]


class ListForm(ConfirmForm):
    """Listing: whatever may be somebody's own in the texts is answered for, also where nobody was
    asked when the texts were decided."""

    def settle(self, occasion: Occasion) -> None:
        """Ask about the texts of the profile."""
        self.ask_about(written(occasion.subject))


def texts(profile: Profile) -> dict[str, tuple[Any, str]]:
    """What is published of a profile as somebody wrote it: (what it is, the text) by name."""
    found = {name: (label, profile.texts.get(name)) for name, label in TEXTS.items()}
    found |= {name: (label, getattr(profile, name)) for name, label in COLUMNS.items()}
    found |= {
        TASK + admin.id: (_("Work task of %(name)s", name=admin.person.name), admin.task)
        for admin in profile.current_admins
    }
    return {name: (label, str(text)) for name, (label, text) in found.items() if text}


def written(profile: Profile) -> list[str]:
    """Every text that is published of a profile, its name too."""
    return [profile.name, *(text for _label, text in texts(profile).values())]


def public_texts_hold_no_code(profile: Profile, _now: datetime) -> Sequence[Problem]:
    """No identity code gets into the register (P7), whenever the text was decided."""
    if not sensitive_text.identity_codes("\n\n".join(written(profile))):
        return []
    return [Problem(_("A public text holds a personal identity code. Redact it first."))]


def text_is_shorter(
    profile: Profile, _now: datetime, *, what: str = "", how: str = "", text: str = ""
) -> Sequence[Problem]:
    """What replaces a text is shorter than it, or nothing."""
    stands = texts(profile).get(what)
    if stands is None:
        return [Problem(_("Choose the text."), "what")]
    if how == "shorter" and not text:
        return [Problem(_("Write the shorter text, or choose Nothing."), "text")]
    if how == "shorter" and len(text) >= len(stands[1]):
        return [Problem(_("This is no shorter than what stands there."), "text")]
    return []


def redact(
    profile: Profile, _actor: Any, _now: datetime, *, what: str, how: str, text: str = ""
) -> Outcome:
    """The public text is another from now on."""
    new = text if how == "shorter" else ""
    if what in TEXTS:
        profile.texts = {**profile.texts, what: new}
    elif what in COLUMNS:
        setattr(profile, what, new)
    else:
        admin = next(one for one in profile.current_admins if what == TASK + one.id)
        admin.task = new
    return Outcome({"text": what, "how": how})
