"""One token, three jobs: the form is ours, fresh, and used once."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flask import redirect, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from wtforms.csrf.core import CSRF
from wtforms.validators import ValidationError

from intake import clock
from intake.data.base import Base, db
from intake.security import keys

if TYPE_CHECKING:
    from intake.web.forms.base import BaseForm

LIFETIME = timedelta(hours=24)


class UsedToken(Base):
    """A form token that was used, and where its form led."""

    __tablename__ = "used_token"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    leads_to: Mapped[str] = mapped_column(String(300), default="")


def purpose(endpoint: str | None, values: Mapping[str, Any]) -> str:
    """What a form is for: endpoint and path values of where it is posted."""
    return ":".join([str(endpoint), *(f"{key}={values[key]}" for key in sorted(values))])


def sent_token() -> dict[str, Any] | None:
    """The content of the token that came with this request, None where none of ours did."""
    if request.method != "POST":
        return None
    return keys.verified("form", request.form.get("csrf_token", ""))


def sent_here() -> dict[str, Any] | None:
    """The same, where the form was made for the address that it came to."""
    content = sent_token()
    if content is None or content["for"] != purpose(request.endpoint, request.view_args or {}):
        return None
    return content


def follow_repeat() -> Any:
    """Send a form that was used before to where it led, whatever has become of the right to use
    it: a double click on "hand on" must not end with a refusal (A21)."""
    content = sent_here()
    if content is None:
        return None
    if content["who"] and content["who"] != getattr(current_user, "id", ""):
        return None
    token = hashed(request.form["csrf_token"])
    path = db.session.scalar(select(UsedToken.leads_to).where(UsedToken.hash == token))
    return redirect(path, 303) if path else None


def hashed(token: str) -> str:
    """What is kept of a used token."""
    return sha256(token.encode()).hexdigest()


def forget_old_tokens(now: datetime) -> None:
    """Drop the tokens that no form can carry any more."""
    db.session.execute(delete(UsedToken).where(UsedToken.created_at < now - LIFETIME * 2))


class FormToken(CSRF):
    """Signs purpose (endpoint with its path values), person or nobody, what it is about where the
    address does not say it, 128 random bits and the time. Bound to the person, not to the session:
    a form survives signing in again.
    """

    def setup_form(self, form: "BaseForm") -> list[tuple[str, Any]]:
        self.form = form
        found: list[tuple[str, Any]] = super().setup_form(form)
        return found

    def generate_csrf_token(self, _field: Any) -> str:
        came = sent_token()
        if came is not None and self._holds(came):
            return request.form["csrf_token"]  # a refused form keeps its token
        return keys.signed(
            "form",
            {
                "for": self.form.token_purpose(),
                "who": self.form.owner(),
                "about": self.form.bound_to(),
                "nonce": secrets.token_hex(16),
                "at": int(clock.now().timestamp()),
            },
        )

    def validate_csrf_token(self, form: "BaseForm", field: Any) -> None:
        content = keys.verified("form", field.data or "")
        form.token_held = content is not None and self._holds(content)
        form.token_hash = hashed(field.data or "")
        if not form.token_held:
            raise ValidationError(
                _("The form had expired. Check what you typed and send it again.")
            )

    def _holds(self, content: dict[str, Any]) -> bool:
        age = clock.now().timestamp() - content["at"]
        fresh = -300 < age < LIFETIME.total_seconds()
        right = content["for"] == self.form.token_purpose() and content["who"] == self.form.owner()
        return bool(fresh and right and content.get("about", "") == self.form.bound_to())
