"""What the pages show of what is sent, of the police, and of the two profiles side by side."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from intake import clock
from intake.engine.table import problems_of
from intake.fakes import notice_text, parties, queries, words, workflow
from intake.fakes.forms.filing import DraftForm, NotifyForm, WarnForm
from intake.fakes.forms.steps import StepForm
from intake.fakes.models import Case, Filing
from intake.fakes.service import recovery
from intake.fakes.states import PoliceState, Way
from intake.handbook import queries as handbook
from intake.handbook.models import Channel, ReportRoute
from intake.people import queries as people
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.refusals import NotAllowed, WrongState
from intake.web import locale, templating

CHANNELS = (Way.RULES, Way.ART16)
NOTICES = (*CHANNELS, Way.COMPLAINT, Way.BODY, Way.DSC)  # what a service or body answers
COMPLAINT_MONTHS = 6  # from being told a decision (2022/2065 art. 20(1))
WARNED_DAYS = 14
MEANS = {
    "note_receipt": _l("The service has said that it received the notice."),
    "note_no_answer": _l("The service has not answered in time. The lead handler is told."),
    "note_refusal": _l(
        "The refusal of a notice of illegal content starts six months in which the town can "
        "complain to the service. A refused report of breached rules gives no such right: send a "
        "notice of illegal content."
    ),
    "escalate": _l("The case goes beyond the ordinary notice."),
    "warn_public": _l(
        "Shown at once on the start page, the register and the profile's entry. Never name the "
        "fake profile, its address or who is behind it."
    ),
    "end_warning": _l("The warning disappears from the public pages at once."),
    "recover": _l(
        "The address is the town's own. The register and the check warn at once, and everybody "
        "who looks after the profile is told."
    ),
    "open_recovery": _l(
        "The register and the check warn at once, and everybody who looks after the profile is "
        "told."
    ),
    "file_recovery": _l("The town has asked the service to give the profile back."),
    "end_recovery": _l("The alarm was cleared by two people: the town holds its profile again."),
    "give_up_recovery": _l(
        "The profile is closed. Whoever uses its address now is not the town, and the case goes "
        "on as that of a fake profile."
    ),
    "advise_victim": _l(
        "Identity theft is investigated only if the injured party demands punishment. Tell them "
        "so, and how to report it."
    ),
    "file": _l("Make the packet for the police first, and note here what was reported."),
}


def draft_of(case: Case, asked: DraftForm) -> DraftForm:
    """The choices of a notice, filled in where nobody has chosen: the first channel that was not
    used yet, English, and the offences that come to mind."""
    if asked.channel.data not in CHANNELS:
        asked.channel.data = next((way for way in CHANNELS if way not in used(case)), CHANNELS[0])
    if asked.language.data not in notice_text.LANGUAGES:
        asked.language.data = notice_text.LANGUAGES[0]
    known = {choice.value for choice in asked.offence.choices}
    asked.offence.data = [one for one in asked.offence.data or () if one in known]
    if not asked.offence.data:
        asked.offence.data = [offence.value for offence in notice_text.likely(case)]
    return asked


def used(case: Case) -> set[Way]:
    """The channels on which a notice went since the case was last confirmed."""
    return {
        filing.way
        for filing in queries.filings_of(case)
        if filing.way in CHANNELS
        and (case.confirmed_at is None or filing.sent_at >= case.confirmed_at)
    }


def fill_notice(
    form: NotifyForm, case: Case, draft: DraftForm, sender: Person, now: datetime
) -> None:
    """Draft the notice in the language it is sent in and in the other."""
    channel, spoken = str(draft.channel.data), str(draft.language.data)
    other = next(one for one in notice_text.LANGUAGES if one != spoken)
    offences = draft.offence.data or ()
    form.channel.data, form.language.data = channel, spoken
    form.text.data = notice_text.draft(case, sender, channel, spoken, offences, now)
    form.copy.data = notice_text.draft(case, sender, channel, other, offences, now)
    route = route_of(case, channel)
    form.route.data = handbook.words_of(route)[0] if route else ""


def route_of(case: Case, channel: str) -> ReportRoute | None:
    """The platform's own route for a channel, as the handbook knows it."""
    return handbook.route(case.platform_code, Channel(channel)) if channel in CHANNELS else None


def fill(form: StepForm, step: str, case: Case, now: datetime) -> None:
    """Offer the notices of the case, and ready words, where a step's form asks for them."""
    if "filing" in form:
        rows = [one for one in queries.filings_of(case) if one.way in NOTICES]
        form["filing"].choices = [(row.id, filing_label(row)) for row in rows]
        waiting = [row.id for row in rows if row.decided_on is None]
        if form["filing"].data is None and len(waiting) == 1:
            form["filing"].data = waiting[0]
    if isinstance(form, WarnForm) and form.ends_on.data is None and not form.is_submitted():
        form.ends_on.data = clock.today(now) + timedelta(days=WARNED_DAYS)
        for code in locale.offered():
            form[f"text_{code}"].data = notice_text.warning_draft(case, code)
    if step == "recover" and not form.is_submitted():
        form["alarm"].data = "hijacked"


def filing_label(row: Filing) -> str:
    """What a notice is called among the others of its case."""
    return f"{words.WAYS[row.way]}, {templating.long_date(row.sent_at)}"


def complaint_until(row: Filing) -> date | None:
    """The last day on which the town can complain to the service about its decision on a notice
    of illegal content; at least six months from being told (2022/2065 art. 20(1))."""
    if row.way is not Way.ART16 or row.decided_on is None:
        return None
    years, month = divmod(row.decided_on.month - 1 + COMPLAINT_MONTHS, 12)
    year, month = row.decided_on.year + years, month + 1
    return date(year, month, min(row.decided_on.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Sent:
    """What was sent, as the case page shows it."""

    filing: Filing
    way: str
    by: str
    complaint_until: date | None


def filings_of(case: Case, *, police: bool = False) -> list[Sent]:
    """What was sent about a case, newest first: to the service and further, or to the police."""
    rows = [row for row in queries.filings_of(case) if (row.way is Way.POLICE) == police]
    names = people.people(row.by_id for row in rows)
    return [
        Sent(
            row,
            str(words.WAYS[row.way]),
            names[row.by_id].name if row.by_id in names else "",
            complaint_until(row),
        )
        for row in reversed(rows)
    ]


@dataclass(frozen=True)
class Police:
    """The track with the police, as the case page shows it."""

    tag: Any
    due: datetime | None
    steps: list[tuple[str, Any]]
    filings: list[Sent]
    packed_at: datetime | None
    is_stale: bool  # evidence came after the packet was made


def police_of(case: Case, person: Person, now: datetime) -> Police:
    """How the case stands with the police, and the steps that are open to a person."""
    newest = max((file.created_at for file in queries.evidence_of(case)), default=None)
    waits = case.police is PoliceState.NOT_CONSIDERED
    return Police(
        tag=words.POLICE.states[case.police],
        due=case.police_due_at if waits else None,
        steps=[
            (url_for("fakes.filing", id=case.id, step=row.name), words.POLICE.buttons[row.name])
            for row in workflow.POLICE.available(case, person, now)
        ],
        filings=filings_of(case, police=True),
        packed_at=case.packet_at,
        is_stale=bool(case.packet_at and newest and newest > case.packet_at),
    )


def handles(case: Case, person: Person, now: datetime) -> bool:
    """Is a person a handler of the case?"""
    return person in parties.handler.people(case, now)


def told_of_route(route: ReportRoute | None) -> dict[str, Any]:
    """A platform's route in words: where, what it asks for, and whether that is still true."""
    if route is None:
        return {}
    address, asks = handbook.words_of(route)
    return {
        "address": address,
        "asks": asks,
        "needs_account": route.needs_account,
        "checked_on": route.checked_on,
        "is_fresh": route.is_fresh(clock.today()),
    }


def beside_profile(profile: Profile, person: Person, now: datetime) -> list[tuple[str, Any]]:
    """What a person may do about a profile of the town's own: begin to get it back, or note what
    was sent for it."""
    open_case = queries.open_recovery_of(profile.id)
    if open_case is None:
        case = recovery.new_case(profile)
        if _is_closed_to(case, "open_recovery", person, now):
            return []
        place = url_for("fakes.open_recovery", profile=profile.id)
        return [(place, words.CASE.buttons["open_recovery"])]
    found = []
    if handles(open_case, person, now):
        found.append((words.place(open_case), words.title(open_case)))
    if any(row.name == "file_recovery" for row in workflow.CASE.available(open_case, person, now)):
        place = url_for("fakes.file_recovery", id=open_case.id)
        found.append((place, words.CASE.buttons["file_recovery"]))
    return found


def _is_closed_to(case: Case, step: str, person: Person, now: datetime) -> bool:
    """Can a person not take a step now, whatever they answer?"""
    try:
        row = workflow.CASE.check(step, case, person, now)
    except (NotAllowed, WrongState):
        return True
    return bool(problems_of(row, case, now, acting=person))
