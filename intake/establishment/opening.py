"""What a decided request hands over to the profile that is set up."""

from intake import clock
from intake.engine import tracks
from intake.establishment import answers, consents, deciding, queries
from intake.establishment.forms.choices import Rhythm
from intake.establishment.models import Decision, Request
from intake.profiles.decided import Decided, DecidedAdmin


def decided(request: Request, decision: Decision) -> Decided:
    """The decided version as a profile needs it: nothing of the draft, nothing looked up later."""
    sent = queries.sent_answers(request)
    consent = consents.given(request)
    version = queries.version_of(request, request.version)
    return Decided(
        version_id=version.id if version else "",
        decided_by_id=decision.by_id,
        kind=request.kind,
        platform_id=sent.platform or "",
        unit_id=sent.unit_id or "",
        name=sent.name,
        subject_id=sent.subject_id,
        key=sent.key,
        texts=answers.public_texts(sent),
        rhythm=sent.rhythm or Rhythm.WEEKLY.value,
        answering_days=sent.answering_days or tracks.setting("answering_days"),
        ends_on=sent.end_date,
        consent_on=clock.today(consent.given_at) if consent else None,
        admins=tuple(
            DecidedAdmin(
                person_id=admin.person_id,
                task=admin.task,
                hours_update=admin.hours_update,
                hours_interaction=admin.hours_interaction,
                lead=admin.lead,
                accepted_at=admin.accepted_at,
            )
            for admin in deciding.facts(request).admins
            if admin.declined_at is None
        ),
        conditions=tuple(decision.conditions),
    )
