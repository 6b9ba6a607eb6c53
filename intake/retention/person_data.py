"""Everything that is held of one person, found by an e-mail address: for the data protection
officer, who answers whoever asks (GDPR, Article 15).

Asking is a step that leaves a line without the address; for each report that comes to light, and
each of its cases, one more, as when a handler opens contact data (A80). What was found is shown
for a short time to who asked, and never stored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from intake import text
from intake.data.base import db
from intake.engine import audit_trail, history, outbox
from intake.fakes import parties as case_parties
from intake.fakes import queries as cases
from intake.fakes import reporter
from intake.fakes.models import Addition, Case, Contact, Evidence, Report, Reveal
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, Unseen, WrongState
from intake.retention import mentions, staff_data
from intake.retention.models import Disclosure
from intake.security import keys
from intake.security.sealed import Sealed

SHOWN = timedelta(minutes=10)


def look_up(email: str, shown_by: str, by: Person, now: datetime) -> Disclosure:
    """Open everything about an address for ten minutes, inside write(). Raises NotAllowed for who
    is no register keeper."""
    if Role.KEEPER not in by.roles:
        raise NotAllowed
    row = Disclosure(address=Sealed.of(text.mail_key(email)), by_id=by.id, until=now + SHOWN)
    db.session.add(row)
    db.session.flush()
    found = [(report, case) for report in _reports(email) for case in _open_cases(report, by)]
    for report, case in found:
        what = f"contact:{report.id}"
        db.session.add(Reveal(case_id=case.id, what=what, by_id=by.id, until=row.until))
        facts = {"report": report.id, "disclosure": row.id}
        audit_trail.record(by, now, case, "retention", "disclose_report", facts=facts)
    person = people.by_email(email)
    audit_trail.record(
        by,
        now,
        row,
        "retention",
        "disclose",
        facts={"person": person.id if person else None, "reports": len(found)},
        words={"address": keys.keyed_hash("look-up", text.mail_key(email)), "shown_by": shown_by},
    )
    return row


def find(disclosure_id: str, by: Person, now: datetime) -> Disclosure:
    """A disclosure that is open to a person; raises Unseen where it is none of theirs, and
    WrongState where its time is over."""
    row = db.session.get(Disclosure, disclosure_id)
    if row is None or row.by_id != by.id:
        raise Unseen
    if row.until <= now:
        raise WrongState
    return row


def _reports(email: str) -> list[Report]:
    """The reports whose sealed contact data has an address."""
    hashes = {reporter.mail_hash(one) for one in (email, text.mail_key(email))}
    query = select(Report).join(Contact, Contact.report_id == Report.id)
    return list(db.session.scalars(query.where(Contact.mail_hash.in_(hashes)).order_by(Report.id)))


def _open_cases(report: Report, by: Person) -> list[Case]:
    """The cases of a report, none of them where there is one that the person may see nothing
    of (A70): what is left out is not even counted."""
    found = cases.cases_of(report)
    return [] if any(by.id in case_parties.excluded(case) for case in found) else found


@dataclass(frozen=True)
class Section:
    """A part of what was found: rows of (what, value) under a heading's code."""

    code: str
    rows: Sequence[dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Every name that a row has, in the order they come."""
        return list(dict.fromkeys(name for row in self.rows for name in row))


def everything(row: Disclosure, by: Person, now: datetime) -> tuple[str, list[Section]]:
    """The address, and all that is held under it."""
    email = row.address.opened()
    person = people.by_email(email)
    reports = [one for one in _reports(email) if (line := _line(one, row, by)) and line.until > now]
    sections = [Section("report", [_report(one, row, by, now) for one in reports])]
    names = [email]
    if person is not None:
        names.append(person.name)
        sections = [Section(code, rows) for code, rows in staff_data.of(person)] + sections
        sections.append(Section("act", list(_lines(person))))
        sections.append(Section("named", list(_told(mentions.of_person(person.id)))))
    ids = [*([person.id] if person else []), *(one.id for one in reports)]
    sections.append(Section("letter", list(_letters(ids))))
    own = (person.id,) if person is not None else ()
    places = [one for one in mentions.of_text(names) if one.row not in own]
    sections.append(Section("mention", list(_told(places))))
    return email, [section for section in sections if section.rows]


def _line(report: Report, row: Disclosure, by: Person) -> Reveal | None:
    """The line that this look-up has left for a report."""
    query = select(Reveal).where(
        Reveal.what == f"contact:{report.id}",
        Reveal.by_id == by.id,
        Reveal.until == row.until,
    )
    return db.session.scalars(query.limit(1)).first()


def _report(report: Report, row: Disclosure, by: Person, now: datetime) -> dict[str, Any]:
    line = _line(report, row, by)
    told = reporter.revealed(report, line, now) if line else reporter.Told()
    of = Addition.report_id == report.id
    additions = db.session.scalars(select(Addition).where(of).order_by(Addition.created_at))
    files = db.session.scalars(select(Evidence).where(Evidence.report_id == report.id))
    return {
        "reference": report.reference,
        "at": report.created_at,
        "language": report.language,
        "contact": vars(told),
        "answers": dict(report.answers),
        "addresses": [line.typed for line in report.addresses],
        "additions": [
            {"at": one.created_at, "kind": one.kind, "text": one.text} for one in additions
        ],
        "files": [{"type": one.media_type, "bytes": one.size} for one in files],
    }


def _lines(person: Person) -> Iterable[dict[str, Any]]:
    """Every line of the trail that a person has left, or that is about them."""
    line = audit_trail.Entry
    about = line.facts.contains(f'"{person.id}"', autoescape=True)
    mine = or_(line.actor == person.id, line.subject_id == person.id, about)
    query = select(line).where(mine, line.step != "exclude").order_by(line.seq)
    names: dict[str, Any] = {}
    for entry in db.session.scalars(query):
        if entry.actor not in names:
            names |= people.people([entry.actor])
        yield {
            "number": entry.seq,
            "at": entry.at,
            "what": history.sentence(entry, names),
            "subject": f"{entry.subject_type} {entry.subject_id}",
        }


def _letters(ids: Sequence[str]) -> Iterable[dict[str, Any]]:
    letter = outbox.Message
    query = select(letter).where(letter.person_id.in_(ids)).order_by(letter.created_at)
    for one in db.session.scalars(query):
        yield {
            "at": one.created_at,
            "what": one.title,
            "template": one.template,
            "fate": str(outbox.FATES[one.fate].text),
        }


def _told(places: Iterable[mentions.Place]) -> Iterable[dict[str, Any]]:
    for one in places:
        yield {"at": one.at, "where": f"{one.table}.{one.column}", "row": one.row}
