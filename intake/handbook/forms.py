"""Forms of the handbook."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import StopValidation

from intake.addresses import is_web_address
from intake.handbook.models import (
    APPROVALS,
    KINDS,
    MAIL,
    TRAININGS,
    Approval,
    PlatformKind,
    TrainingKind,
)
from intake.web.forms import BaseForm, Choice, Day, Line, Lines, Radio, Seen, Tick, Ticks, Whole

CODE = re.compile(r"(?!new$)[a-z][a-z0-9_]{1,15}")
TEXT_LIMIT = 30_000  # characters of the guidelines in one language
YES_NO = [("yes", _l("Yes")), ("no", _l("No"))]


def web_address(_form: Any, field: Any) -> None:
    """A whole http(s) address, and no other (A28)."""
    if field.data and not is_web_address(field.data):
        raise StopValidation(_("Write a whole web address that begins with https://."))


def way_to_report(_form: Any, field: Any) -> None:
    """A web address, a mail address, or words: never another scheme (A28)."""
    text = field.data or ""
    if is_web_address(text) or MAIL.fullmatch(text):
        return
    if re.match(r"[/\\]{2}|[\w.+-]+:(?!\s)", text):
        raise StopValidation(
            _(
                "Write a whole web address that begins with https://, a mail address, or in words "
                "where the report is made."
            )
        )


def code_of_ours(_form: Any, field: Any) -> None:
    """What may stand in addresses and keys for ever."""
    if not CODE.fullmatch(field.data or ""):
        raise StopValidation(_("Use 2 to 16 small letters a–z, digits or underscores."))


class AcknowledgeForm(BaseForm):
    """A button that says what it means; `seen` is the number of the version that was shown."""

    seen = Seen()


class ActForm(BaseForm):
    """A button; `was` is the fingerprint of what was shown."""

    was = HiddenField()


class PlatformForm(BaseForm):
    """What the town says of a service (S2, G3, G7)."""

    was = HiddenField()
    stored_name = Line(_l("Name"), most=60, width="22", clause="S2")
    kind = Choice(_l("Kind"), choices=list(KINDS.items()), width="22", clause="S2")
    approval = Radio(_l("Use at work"), choices=list(APPROVALS.items()), clause="G7")
    has_messages = Radio(_l("Can people send private messages there?"), choices=YES_NO, clause="O9")
    bio_limit = Whole(
        _l("Room for the profile text"),
        hint=_l("In characters. Leave this empty where there is no limit."),
        least="1",
        most="10000",
        optional=True,
        clause="O4",
    )
    terms_url = Line(
        _l("Address of the terms of use"),
        hint=_l("A whole web address, for example https://service.example/terms."),
        most=500,
        optional=True,
        inputmode="url",
        checks=[web_address],
        clause="G3",
    )

    def values(self) -> dict[str, Any]:
        """The columns of a platform; a name that cannot be changed is left out."""
        limit = self.bio_limit.data
        named = {"stored_name": self.stored_name.data} if "stored_name" in self else {}
        return named | {
            "kind": PlatformKind(self.kind.data),
            "approval": Approval(self.approval.data),
            "has_messages": self.has_messages.data == "yes",
            "bio_limit": None if limit is None else int(limit),
            "terms_url": self.terms_url.data or "",
        }


class NewPlatformForm(PlatformForm):
    """A service that is not there yet."""

    code = Line(
        _l("Code"),
        hint=_l("Part of addresses, for example peertube. It cannot be changed later."),
        width="9",
        most=16,
        checks=[code_of_ours],
    )


class HostForm(BaseForm):
    """A host that the addresses of a service have too."""

    host = Line(
        _l("Host"),
        hint=_l("The name alone, without https:// and without a path."),
        most=253,
        width="22",
        inputmode="url",
        clause="S2",
    )


class RouteForm(BaseForm):
    """Where a service takes a kind of report (P5)."""

    was = HiddenField()
    address = Line(
        _l("Where the report is made"),
        hint=_l("A web address, a mail address, or words such as a path in the app."),
        most=500,
        checks=[way_to_report],
        clause="P5",
    )
    needs_account = Radio(_l("Does one need an account there?"), choices=YES_NO, clause="P5")
    asks = Lines(_l("What it asks for"), most=1000, rows=3, optional=True, clause="P5")

    def values(self) -> dict[str, Any]:
        """The columns of a route."""
        return {
            "address": self.address.data,
            "needs_account": self.needs_account.data == "yes",
            "asks": self.asks.data or "",
        }


def _text(language: Any) -> Lines:
    missing = _l("Write the text in this language too.")
    return Lines(language, most=TEXT_LIMIT, rows=24, missing=missing, clause="P12")


class VersionForm(BaseForm):
    """A new version of the guidelines; `seen` is the number of the one it began from."""

    seen = Seen()
    text_fi = _text(_l("In Finnish"))
    text_sv = _text(_l("In Swedish"))
    text_en = _text(_l("In English"))
    agreed = Tick(
        _l("I know that everybody who runs a profile must acknowledge this version anew"),
        missing=_l("Tick this to publish the version."),
        clause="G1",
    )

    def texts(self) -> dict[str, str]:
        """The text of each language as it was typed."""
        return {code: self[f"text_{code}"].data or "" for code in ("fi", "sv", "en")}


class TrainingForm(BaseForm):
    """A training that one person or several have had (P11, G1)."""

    people = Ticks(_l("Who has had it?"), missing=_l("Choose at least one person."))
    kind = Radio(_l("Which training?"), choices=list(TRAININGS.items()), clause="P11")
    held_on = Day(_l("When was it held?"), clause="P11")
    until = Day(
        _l("Until when is it valid?"),
        hint=_l("Leave this empty where it is valid for the time being."),
        optional=True,
        clause="P11",
    )

    def values(self) -> dict[str, Any]:
        """What the service takes beside the people."""
        return {
            "kind": TrainingKind(self.kind.data),
            "held_on": self.held_on.data,
            "until": self.until.data,
        }
