"""How long everything is kept: the one place where a period stands.

The page of keepers, the privacy notice and the nightly job are made from these rows. A row without
`find` is obeyed by the job that it names, and says the span by which that job goes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from intake.data.base import db
from intake.data.cache import commit_cache
from intake.engine import jobs
from intake.establishment import erasure as establishment
from intake.fakes import erasure as fakes
from intake.fakes.reporting import follow_session, uploads
from intake.ops import migrate
from intake.people import accounts, links, town
from intake.people.importing import running
from intake.people.service import erasure as people
from intake.profiles import erasure as profiles
from intake.retention import across, periods
from intake.retention.across import Erase, Find
from intake.retention.models import Period
from intake.retention.periods import Length, Unit
from intake.web import forms

SHOWN = timedelta(days=1)  # after which a disclosure is erased


class Fate(StrEnum):
    """What happens when the time is over."""

    ERASED = "erased"
    ANONYMISED = "anonymised"


FATES = {Fate.ERASED: _l("Erased"), Fate.ANONYMISED: _l("Made anonymous")}
TASK = _l(
    "A task in the public interest: Article 6(1)(e) of the General Data Protection Regulation, "
    "section 4 of the Data Protection Act (1050/2018)"
)
RECORDS = _l(
    "The town's duty to set how long its records are kept: section 21 of act 906/2019, section 8 "
    "of act 831/1994"
)
CHARGE = _l("The right to bring charges for fraud: chapter 8, section 1 of the Criminal Code")
COMPLAINT = _l(
    "The time for complaints to a service: Article 20 of the Digital Services Act (2022/2065)"
)
SECURE = _l("Information security: Article 32 of the General Data Protection Regulation")


@dataclass(frozen=True)
class Row:
    """One type of data: what it is, on which legal ground it is kept, counted `since` what and how
    long, and what happens then; `tables` are where it lies. `setting` names the number among the
    town's settings, where it has stood there before."""

    code: str
    what: Any
    ground: Any
    since: Any
    length: Length
    tables: tuple[str, ...]
    fate: Fate = Fate.ERASED
    find: Find | None = None
    erase: Erase | None = None
    setting: str = ""
    job: str = "retention"

    @property
    def is_adjustable(self) -> bool:
        """May keepers choose another length on the page?"""
        return not self.length.is_fixed and not self.setting

    @property
    def number(self) -> int:
        """The length that holds today, in the unit of the row."""
        if self.setting:
            return int(getattr(town.current(), self.setting))
        return chosen().get(self.code, self.length.number)

    @property
    def told(self) -> str:
        """How long, counted from what, in words."""
        return f"{periods.told(self.number, self.length.unit)} {self.since}"

    def before(self, now: datetime) -> datetime:
        """What ended before this moment has been kept long enough."""
        return periods.before(now, self.number, self.length.unit)


def chosen() -> dict[str, int]:
    """The lengths that keepers have chosen, by code; one outside its limits does not count."""
    kept = commit_cache()
    found: dict[str, int] | None = kept.get("retention")
    if found is None:
        query = select(Period.code, Period.length)
        rows = {row.code: row.length for row in db.session.execute(query)}
        found = {
            row.code: rows[row.code]
            for row in ROWS
            if row.code in rows and row.length.least <= rows[row.code] <= row.length.most
        }
        kept["retention"] = found
    return found


ROWS = (
    Row(
        "case",
        _l("Reports of fake profiles, and all that was written and handed in of their case"),
        CHARGE,
        _l("from the end of the case, or from the last look at the profile"),
        Length(60, least=24, most=120),
        (
            *("case", "case_key", "case_name", "case_report", "report", "report_address"),
            *("evidence", "evidence_page", "filing", "question", "addition", "look", "watch"),
            *("note", "public_warning", "exclusion", "reveal", "address_mark"),
        ),
        find=fakes.cases,
        erase=fakes.erase_cases,
    ),
    Row(
        "contact",
        _l("A reporter's contact data"),
        COMPLAINT,
        _l("from the end of the case"),
        Length(6, least=1, most=12),
        ("contact",),
        find=fakes.contacts,
        erase=fakes.erase_contacts,
    ),
    Row(
        "request",
        _l("Requests: answers, consents, remarks, decisions with their reasons"),
        RECORDS,
        _l("from the end of the profile, or of the request where no profile came of it"),
        Length(24, least=12, most=120),
        (
            *("request", "request_version", "request_admin", "request_conflict"),
            *("request_reader", "consent", "remark", "decision"),
        ),
        find=establishment.requests,
        erase=establishment.erase_requests,
    ),
    Row(
        "draft",
        _l("Drafts of requests that were never sent"),
        TASK,
        _l("from the last change"),
        Length(0, Unit.DAYS),
        (),
        setting="draft_days",
        job="deadlines",
    ),
    Row(
        "office_profile",
        _l("An office profile that was closed: its admins, checklist and texts"),
        RECORDS,
        _l("from the closing; the entry itself stays in the register"),
        Length(24, least=12, most=120),
        ("profile", "profile_admin", "checklist_tick", *profiles.SINCE_LISTED),
        Fate.ANONYMISED,
        find=across.free_profiles(profiles.office_profiles),
        erase=profiles.part_from_persons,
    ),
    Row(
        "expert_profile",
        _l("An expert profile that was closed, or any that was never opened: all of it"),
        RECORDS,
        _l("from the closing"),
        Length(24, least=12, most=120),
        ("address", "near_name", "likely_fake"),
        find=across.free_profiles(profiles.other_profiles),
        erase=profiles.erase_profiles,
    ),
    Row(
        "leaver",
        _l(
            "Somebody who has left the town's service: address, title, unit, roles, "
            "acknowledgements, trainings"
        ),
        TASK,
        _l("from the last day of service"),
        Length(24, least=6, most=60),
        ("role_grant", "role_proposal", "acknowledgement", "training"),
        find=people.leavers,
        erase=across.erase_leavers,
    ),
    Row(
        "name",
        _l("The name of somebody who has left, which stays with what they took part in"),
        RECORDS,
        _l("from the last day of service, and not before the last request, profile or case"),
        Length(24, least=6, most=60),
        ("person",),
        Fate.ANONYMISED,
        find=people.names,
        erase=people.erase_names,
    ),
    Row(
        "absence",
        _l("Absences and who stood in"),
        TASK,
        _l("from the last day of the absence"),
        Length(6, least=1, most=24),
        ("absence",),
        find=people.absences,
        erase=people.erase_absences,
    ),
    Row(
        "letter",
        _l("Messages: to whom and about what, also those that were not sent"),
        TASK,
        _l("from the day they were written"),
        Length(12, least=3, most=36),
        ("outbox",),
        find=across.old_letters,
        erase=across.erase_letters,
    ),
    Row(
        "words",
        _l("What was written with a change of settings, units and people"),
        RECORDS,
        _l("from the change"),
        Length(120, least=24, most=240),
        ("trail_words",),
        find=across.old_words,
        erase=across.erase_words,
    ),
    Row(
        "import",
        _l("That people and units were imported, and how the files were called"),
        TASK,
        _l("from the end of the import"),
        Length(24, least=1, most=60),
        ("import", "import_file"),
        find=people.imports,
        erase=people.erase_imports,
    ),
    Row(
        "import_file",
        _l("The files of an import"),
        TASK,
        _l("from the end of the import"),
        Length.of(running.KEPT),
        (),
        job="old_imports",
    ),
    Row(
        "staged_file",
        _l("Files of a report that was never sent"),
        TASK,
        _l("from the moment they came"),
        Length.of(uploads.KEPT),
        (),
        job="unsent_files",
    ),
    Row(
        "session",
        _l("Sign-ins: when, and with which kind of browser"),
        SECURE,
        _l("from their end"),
        Length.of(accounts.KEPT),
        ("session",),
        job="old_sessions",
    ),
    Row(
        "link",
        _l("Links of invitations and new passwords"),
        SECURE,
        _l("from their end"),
        Length.of(links.KEPT),
        ("link_token",),
        job="old_sessions",
    ),
    Row(
        "form",
        _l("Marks of used forms"),
        SECURE,
        _l("from their use"),
        Length.of(forms.LIFETIME * 2),
        ("used_token",),
        job="old_tokens",
    ),
    Row(
        "follow",
        _l("That a browser has shown the code of a report"),
        TASK,
        _l("from the last form that it sent"),
        Length.of(follow_session.AGE),
        ("follow",),
        job="follows",
    ),
    Row(
        "disclosure",
        _l("Which address somebody's data was looked up by"),
        TASK,
        _l("from the look-up"),
        Length.of(SHOWN),
        ("disclosure",),
        job="disclosures",
    ),
    Row(
        "copy",
        _l("Copies of the whole database from before an upgrade"),
        SECURE,
        _l("from the upgrade"),
        Length.of(migrate.COPIES),
        (),
        job="old_copies",
    ),
    Row(
        "job",
        _l("Which job of the server ran when"),
        SECURE,
        _l("from the run"),
        Length.of(jobs.KEPT),
        ("job_run",),
        job="old_tokens",
    ),
)

# what is in no row, and why: as long as the town runs the service
KEPT = {
    "trail": "it proves that nobody has tampered with the register; it holds codes and times",
    "trail_head": "the end of the trail",
    "trail_salt": "the salts of what stands in other tables, each as long as its row",
    "trail_check": "one row: the newest comparison, written anew each night",
    "key_mark": "one row: which keys the database belongs to",
    "counter": "the last number given out, so that no reference is given twice",
    "near_stamp": "one row: which names look-alikes are compared with",
    "neighbour": "names of others that keepers know, until they take them away",
    "unit": "the organisation, without persons once their offices end",
    "setting": "the town's own settings",
    "town_image": "the town's logo",
    "platform": "services: no person",
    "platform_host": "hosts of services: no person",
    "special_host": "hosts of services: no person",
    "address_rule": "rules of services: no person",
    "report_route": "where services take reports: no person",
    "guideline_version": "the guidelines: no person",
    "search_document": "what subjects are found by, each as long as its subject",
    "search_term": "the words of these, each as long as any has it",
    "search_state": "how far they were made by this program",
    "legal_hold": "holds that stand; with their subject they go",
    "retention_period": "what keepers have chosen here",
    "retention_run": "one row: the newest run",
}


def row(code: str) -> Row:
    """The row of a code; raises KeyError."""
    return {one.code: one for one in ROWS}[code]
