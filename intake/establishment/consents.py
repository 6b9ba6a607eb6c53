"""An expert's consent (E2): to one matter, by their own sign-in; a change asks again (A46)."""

from flask_babel import gettext as _
from sqlalchemy import select

from intake.data.base import db
from intake.establishment import answers, queries
from intake.establishment.models import Consent, Request
from intake.profiles.models import ProfileKind


def matter_of(request: Request) -> str:
    """The digest of what is consented to: platform, name, handle, role and subject."""
    return answers.matter(queries.present_answers(request))


def given(request: Request) -> Consent | None:
    """The newest consent of the subject that was not withdrawn."""
    return db.session.scalars(
        select(Consent)
        .where(
            Consent.request_id == request.id,
            Consent.person_id == request.subject_id,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.given_at.desc(), Consent.version.desc())
        .limit(1)
    ).first()


def is_missing(request: Request) -> bool:
    """Does an expert request still need consent to this very matter?"""
    if request.kind != ProfileKind.EXPERT:
        return False
    consent = given(request)
    return consent is None or consent.matter != matter_of(request)


def text_of(request: Request) -> str:
    """What the expert agrees to, word for word, in their language."""
    present = queries.present_answers(request)
    sentence = _(
        "I consent to a profile of the town that represents me: %(name)s on %(platform)s, in the "
        "task or role %(role)s. I know that my name, title, unit and work address are published, "
        "and that I may withdraw my consent at any time, after which the profile is closed.",
        name=present.name,
        platform=request.platform.name if request.platform else "",
        role=present.role_defined,
    )
    return str(sentence)
