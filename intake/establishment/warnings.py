"""What a supervisor should worry about before deciding, in short sentences."""

import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from intake import clock
from intake.engine import tracks
from intake.establishment import answers, deciding, queries
from intake.establishment.forms import checks
from intake.establishment.models import Request, RequestAdmin
from intake.handbook import queries as handbook
from intake.handbook.models import Approval
from intake.profiles.alike import likeness
from intake.profiles.alike import words as likeness_words
from intake.web import templating
from intake.web.forms import publishing

SHORT = 70  # characters of a reason on the decision page, which fits a phone's screen


def of(request: Request, now: datetime) -> list[str]:
    """Everything that stands against a quick approval (O2, P11, G1, G7, P1)."""
    return [
        *_hours(request),
        *_readiness(request, now),
        *_declined(request),
        *_names(request),
        *_platform(request),
        *_public(request),
    ]


def hours(request: Request) -> Decimal:
    """Working time in hours a week, of all admins."""
    admins = deciding.facts(request).admins
    return sum((one.hours_update + one.hours_interaction for one in admins), Decimal(0))


def _hours(request: Request) -> Iterator[str]:
    total = hours(request)
    if total < Decimal(str(tracks.setting("low_hours"))):
        yield _("There is little working time: %(hours)s a week.", hours=templating.hours(total))
    if not any(one.hours_interaction for one in deciding.facts(request).admins):
        yield _("Nobody has time for interaction.")


def _readiness(request: Request, now: datetime) -> Iterator[str]:
    admins = deciding.facts(request).admins
    known = handbook.readiness([one.person_id for one in admins], clock.today(now))
    lacking = [
        (_("No social media training"), [a for a in admins if not known[a.person_id].social_media]),
        (_("No security training"), [a for a in admins if not known[a.person_id].security]),
        (
            _("Guidelines not acknowledged"),
            [a for a in admins if not known[a.person_id].is_current],
        ),
    ]
    return (f"{what}: {_people(who)}." for what, who in lacking if who)


def _declined(request: Request) -> Iterator[str]:
    if declined := [one for one in deciding.facts(request).admins if one.declined_at]:
        yield _("Declined to be an admin: %(people)s.", people=_people(declined))


def silent(request: Request) -> str:
    """Who has not yet said whether they agree to be an admin: no reason to wait with deciding."""
    waited = [
        one for one in deciding.facts(request).admins if not one.declined_at and not one.accepted_at
    ]
    return _people(waited)


def _names(request: Request) -> Iterator[str]:
    sent = queries.sent_answers(request)
    for near in likeness.near([sent.name, sent.handle]):
        yield _("The name is close to another: %(said)s.", said=likeness_words.said(near))
    if sent.name_reason:
        yield _("The name does not show the unit: %(reason)s", reason=_short(sent.name_reason))
    if sent.shared_mailbox and checks.looks_personal(sent.shared_mailbox):
        yield _("Is the mailbox shared? %(address)s", address=sent.shared_mailbox)


def _platform(request: Request) -> Iterator[str]:
    platform = request.platform
    if platform is None or platform.approval == Approval.APPROVED:
        return
    if platform.approval == Approval.ON_TRIAL:
        yield _("%(platform)s is on trial in work use.", platform=platform.name)
    else:
        reason = _short(queries.sent_answers(request).platform_reason)
        yield _(
            "%(platform)s is not approved for work use: %(reason)s",
            platform=platform.name,
            reason=reason,
        )


def _public(request: Request) -> Iterator[str]:
    """What the requester says is meant for everybody (P7)."""
    sent = queries.sent_answers(request)
    texts = [*answers.public_texts(sent).values(), sent.name, *(one.task for one in sent.admins)]
    if found := publishing.remarks(text for text in texts if isinstance(text, str)):
        yield _("Would be published: %(texts)s", texts=", ".join(found))


def _short(text: str) -> str:
    return textwrap.shorten(text, SHORT, placeholder="…")


def _people(admins: Iterable[RequestAdmin]) -> str:
    return ", ".join(one.person.name for one in admins)
